// Reads descriptors, and looks at a library's files for what they ask.
#include "toolchain/library_descriptor.h"

#include <fmt/format.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Regex.h>

#include <algorithm>

#include "base/data_files.h"
#include "base/error.h"
#include "base/visible_text.h"
#include "targets/yaml_reader.h"
#include "toolchain/git_checkout.h"

namespace boardless::toolchain {

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  const std::vector<std::uint8_t> bytes = read_file(file);
  return {bytes.begin(), bytes.end()};
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

LibraryDescriptor read_descriptor(const fs::path& file) {
  auto map = targets::YamlMap::load(file);
  LibraryDescriptor library;
  library.file = file;
  library.name = map.text("name");
  library.prefix = map.text("prefix");
  library.recognised_by = map.strings("recognised_by");
  if (library.recognised_by.empty()) map.fail("recognised_by", "names no file");
  if (map.has("version")) {
    auto version = map.map("version");
    library.version_file = version.text("file");
    library.version_pattern = version.text("pattern");
    version.finish();
    const llvm::Regex pattern(library.version_pattern);
    std::string problem;
    if (!pattern.isValid(problem)) {
      version.fail("pattern", fmt::format("is no regular expression: {}", problem));
    }
    if (pattern.getNumMatches() != 1) version.fail("pattern", "needs one group, the version");
  }
  library.sources = map.strings("sources");
  if (library.sources.empty()) map.fail("sources", "names no file");
  library.except = map.strings("except");
  library.include = map.strings("include");
  library.flags = map.strings("flags");
  library.architecture =
      static_cast<isa::Architecture>(map.choice("architecture", {"arm", "riscv"}));
  library.adapter = map.strings("adapter");
  if (library.adapter.empty()) map.fail("adapter", "names no file");
  if (map.has("features")) {
    for (targets::YamlMap& feature : map.list_of_maps("features")) {
      library.features.push_back(
          {feature.text("file"), feature.text("contains", ""), feature.text("define")});
      feature.finish();
    }
  }
  map.finish();
  return library;
}

// Empty when no file states one.
std::string stated_version(const fs::path& directory, const LibraryDescriptor& descriptor) {
  const fs::path file = directory / descriptor.version_file;
  if (descriptor.version_file.empty() || !is_file(file)) return "";
  const std::string text = text_of(file);
  // Not std::regex, which takes stack for each character.
  llvm::SmallVector<llvm::StringRef, 2> match;
  if (!llvm::Regex(descriptor.version_pattern).match(text, &match)) return "";
  const std::string version = match[1].str();
  return visible(version) == version ? version : "";
}

}  // namespace

std::vector<LibraryDescriptor> load_library_descriptors(const fs::path& folder) {
  std::vector<LibraryDescriptor> descriptors;
  for (const std::string& name : targets::yaml_names(folder)) {
    descriptors.push_back(read_descriptor(folder / (name + ".yaml")));
  }
  return descriptors;
}

const LibraryDescriptor& recognise(const fs::path& directory,
                                   const std::vector<LibraryDescriptor>& descriptors) {
  std::string known;
  for (const LibraryDescriptor& library : descriptors) {
    const auto is_there = [&](const std::string& file) { return is_file(directory / file); };
    if (std::ranges::all_of(library.recognised_by, is_there)) return library;
    known += fmt::format("{}{} by {}", known.empty() ? "" : "; ", library.name,
                         fmt::join(library.recognised_by, " and "));
  }
  throw InputError(fmt::format("--kernels {}: no kernel library that is known; recognised are {}",
                               directory.string(), known));
}

std::string library_title(const fs::path& directory, const LibraryDescriptor& descriptor) {
  const std::string version = stated_version(directory, descriptor);
  const std::string commit = checked_out(directory);
  std::string title = descriptor.name;
  if (!version.empty() && commit.find(version) == std::string::npos) title += " " + version;
  if (!commit.empty()) title += " " + commit;
  return title;
}

std::vector<std::string> library_defines(const fs::path& directory,
                                         const LibraryDescriptor& descriptor) {
  std::vector<std::string> defines;
  for (const LibraryFeature& feature : descriptor.features) {
    const fs::path file = directory / feature.file;
    if (!is_file(file)) continue;
    if (text_of(file).find(feature.contains) == std::string::npos) continue;
    defines.push_back(feature.define);
  }
  return defines;
}

}  // namespace boardless::toolchain
