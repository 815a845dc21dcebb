// Files and folders that are made beside what they will replace, and never outlive the process:
// gone with their object, by a signal that ends the process (base/live_temporaries.h), and else
// collected the next time something is written to that folder.
//
// A name is ".boardless-PID-SPACE-N.tmp"; SPACE stands for where PID is a process: this boot of
// this machine, and the container on it. A temporary of this space is collected when its process is
// gone, one of any other (a shared folder) when it is a day old.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

#include "base/descriptor.h"
#include "base/live_temporaries.h"

namespace boardless {

// An open folder and a name in it that nobody has. What gets that name is removed with the object.
class TemporaryName {
 public:
  // Collects what others left there. Throws std::system_error when the folder cannot be opened.
  explicit TemporaryName(const std::filesystem::path& folder);
  ~TemporaryName();
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;

  int folder() const { return folder_.number(); }  // a descriptor
  const std::string& name() const { return name_; }

 private:
  Descriptor folder_;
  std::string name_;
  std::optional<LiveTemporary> live_;
};

// A new, empty file, open for writing.
class TemporaryFile {
 public:
  // `mode` as for open(2): the process's umask takes from it. Throws std::system_error.
  TemporaryFile(const std::filesystem::path& folder, mode_t mode);

  int descriptor() const { return descriptor_.number(); }
  // Ends writing, and gives it the name, which has no slash, in the same folder; what had it
  // before is replaced at once. Throws std::system_error.
  void keep_as(const std::string& name);

 private:
  TemporaryName name_;
  Descriptor descriptor_;
};

// A new, empty folder that only this user may enter.
class TemporaryFolder {
 public:
  // Throws std::system_error.
  explicit TemporaryFolder(const std::filesystem::path& folder);
  const std::filesystem::path& path() const { return path_; }

 private:
  TemporaryName name_;
  std::filesystem::path path_;
};

}  // namespace boardless
