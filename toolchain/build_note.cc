// Lines of "key: value".
#include "toolchain/build_note.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/data_files.h"
#include "base/error.h"

namespace boardless::toolchain {

std::string BuildNote::library_flags(const std::string& library) const {
  const auto found = std::ranges::find(libraries, library, [](const auto& l) { return l.first; });
  return found == libraries.end() ? "" : found->second;
}

std::string BuildNote::all_flags() const {
  std::string text = flags;
  for (const auto& [library, own] : libraries) text += fmt::format("; {} {}", library, own);
  return text;
}

BuildNote read_build_note(const std::string& image) {
  const auto file = data_directory() / "kernels" / (image + ".build.txt");
  const std::vector<std::uint8_t> bytes = read_file(file);
  std::istringstream lines(std::string(bytes.begin(), bytes.end()));
  BuildNote note;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) {
      throw InputError(fmt::format("{}: '{}': lines are KEY: VALUE", file.string(), line));
    }
    const std::string key = line.substr(0, colon), value = line.substr(colon + 2);
    if (key == "compiler") {
      note.compiler = value;
    } else if (key == "command") {
      note.command = value;
    } else if (key == "flags") {
      note.flags = value;
    } else if (key == "link") {
      note.link_flags = value;
    } else {
      note.libraries.emplace_back(key, value);
    }
  }
  for (const auto& [key, value] : {std::pair{"compiler", &note.compiler},
                                   {"command", &note.command},
                                   {"flags", &note.flags},
                                   {"link", &note.link_flags}}) {
    if (value->empty()) throw InputError(fmt::format("{}: no line '{}'", file.string(), key));
  }
  return note;
}

}  // namespace boardless::toolchain
