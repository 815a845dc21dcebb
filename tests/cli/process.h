// Runs the built executable as its users do.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace boardless::cli {

struct Finished {
  int status = -1;  // exit status; -1 when a signal ended it
  int signal = 0;
  std::string out, err;
};

struct Setting {
  std::string data = {};         // BOARDLESS_DATA, when not empty
  std::string stdout_path = {};  // instead of what Finished::out shows
  std::string cache = {};        // XDG_CACHE_HOME, when not empty
};

// Runs `boardless ARGUMENTS` to its end, without input.
Finished boardless(const std::vector<std::string>& arguments, const Setting& setting = {});

// A new folder that goes away with the object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const;
  // Names of all files and folders in it, sorted.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

std::string text_of(const std::filesystem::path& path);

}  // namespace boardless::cli
