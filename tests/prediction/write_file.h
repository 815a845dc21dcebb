// Writes bytes or a document to a file, or throws InputError.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "base/error.h"

namespace boardless::prediction {

inline void write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (!file) throw InputError(fmt::format("{} cannot be written", path.string()));
}

inline void write_document(const std::filesystem::path& path, const nlohmann::json& document) {
  const std::string text = document.dump(1);
  write_file(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace boardless::prediction
