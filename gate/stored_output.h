// An output that was kept in a file, as `predict --save-output` writes it.
#pragma once

#include <filesystem>
#include <string>

namespace boardless::gate {

// SHA-256 of the elements of a .npy file, or of all bytes of another. Throws InputError: the file
// is not there, or a .npy file has no whole header.
std::string stored_output_sha256(const std::filesystem::path& file);

}  // namespace boardless::gate
