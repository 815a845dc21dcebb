// The files of a library: those that globs name, and what all files of some folders hold.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace boardless::toolchain {

// Files below `root` that match one of `globs` and whose names match none of `except`; relative to
// `root`, sorted. A * does not match a slash.
std::vector<std::filesystem::path> matching_files(const std::filesystem::path& root,
                                                  const std::vector<std::string>& globs,
                                                  const std::vector<std::string>& except);

// A digest of names and contents of files below `root`.
std::string files_digest(const std::filesystem::path& root,
                         const std::vector<std::filesystem::path>& files);

// A digest of names and contents of the headers (.h, .inc) in the folders, with what is below them.
std::string headers_digest(const std::vector<std::filesystem::path>& folders);

}  // namespace boardless::toolchain
