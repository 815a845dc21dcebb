// A folder for one test's files that disappears with it; tests run at the same time never share
// one.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "base/output_file.h"

namespace boardless {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "boardlessXXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      throw std::system_error(errno, std::generic_category(), pattern);
    }
    path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

  // Writes a file below the folder, with the folders it needs, and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    write_file(path_ / name, bytes);
    return path_ / name;
  }

  // Copies a folder, under a name here, so that it can be written whatever it allows itself.
  void copy(const std::filesystem::path& folder, const std::string& name) const {
    namespace fs = std::filesystem;
    fs::create_directory(path_ / name);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const fs::path to = path_ / name / entry.path().lexically_relative(folder);
      if (entry.is_directory()) {
        fs::create_directory(to);
      } else {
        fs::copy_file(entry.path(), to);
        fs::permissions(to, fs::perms::owner_write, fs::perm_options::add);
      }
    }
  }

  // Names of all files and folders in it, sorted.
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      result.push_back(entry.path().lexically_relative(path_).string());
    }
    std::ranges::sort(result);
    return result;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace boardless
