// Texts made smaller for the store, by zlib.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace boardless::store {

std::vector<std::uint8_t> packed(const std::string& text);
// Nothing for what packed() did not write, and for what claims more than a gigabyte.
std::optional<std::string> unpacked(std::span<const std::uint8_t> bytes);

}  // namespace boardless::store
