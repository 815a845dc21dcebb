// SHA-256 of a byte string, by LLVM's support library.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace boardless {

// Lower-case hexadecimal digest, 64 characters.
std::string sha256_hex(std::span<const std::uint8_t> bytes);

}  // namespace boardless
