// Walks folders component by component of a glob.
#include "toolchain/source_tree.h"

#include <fnmatch.h>

#include <algorithm>
#include <span>

#include "base/data_files.h"
#include "base/sha256.h"

namespace boardless::toolchain {

namespace fs = std::filesystem;

namespace {

bool matches(const std::string& name, const std::string& glob) {
  return fnmatch(glob.c_str(), name.c_str(), FNM_PERIOD) == 0;
}

void walk(const fs::path& root, const fs::path& folder, std::span<const fs::path> rest,
          std::vector<fs::path>& found) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(root / folder, error)) {
    const fs::path name = entry.path().filename();
    if (!matches(name.string(), rest.front().string())) continue;
    if (rest.size() > 1) {
      if (entry.is_directory(error)) walk(root, folder / name, rest.subspan(1), found);
    } else if (entry.is_regular_file(error)) {
      found.push_back(folder / name);
    }
  }
}

}  // namespace

std::vector<fs::path> matching_files(const fs::path& root, const std::vector<std::string>& globs,
                                     const std::vector<std::string>& except) {
  std::vector<fs::path> found;
  for (const std::string& glob : globs) {
    const fs::path path = glob;
    const std::vector<fs::path> components(path.begin(), path.end());
    walk(root, "", components, found);
  }
  std::erase_if(found, [&](const fs::path& file) {
    return std::ranges::any_of(
        except, [&](const std::string& glob) { return matches(file.filename().string(), glob); });
  });
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string files_digest(const fs::path& root, const std::vector<fs::path>& files) {
  std::string text;
  for (const fs::path& file : files) {
    text += file.string() + "\n" + sha256_hex(read_file(root / file)) + "\n";
  }
  return sha256_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string headers_digest(const std::vector<fs::path>& folders) {
  std::string text;
  for (const fs::path& folder : folders) {
    std::vector<fs::path> headers;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const fs::path extension = entry.path().extension();
      if (entry.is_regular_file() && (extension == ".h" || extension == ".inc")) {
        headers.push_back(entry.path().lexically_relative(folder));
      }
    }
    std::ranges::sort(headers);
    text += files_digest(folder, headers);
  }
  return sha256_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace boardless::toolchain
