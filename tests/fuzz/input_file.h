// Bytes as the file that a reader opens: in a folder of this process, over the one before.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/fuzz/readers.h"
#include "tests/scratch_folder.h"

namespace boardless::fuzz {

// Where input_file() writes.
inline const std::filesystem::path& input_folder() {
  static const ScratchFolder folder;
  return folder.path();
}

// `name` may have folders in front.
inline std::filesystem::path input_file(const std::string& name, Bytes bytes) {
  const std::filesystem::path path = input_folder() / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  return path;
}

}  // namespace boardless::fuzz
