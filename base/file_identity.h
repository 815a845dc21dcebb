// Whether two paths lead to one file, also where nothing is yet.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>

namespace boardless {

struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;              // of the file, or of the nearest folder above that is there
  std::filesystem::path below;  // from that folder to the file; empty: the file is there
  bool operator==(const FileIdentity&) const = default;
};

// Links are followed. Nothing for what may be written and read by several at once (terminals,
// /dev/null, descriptors such as /dev/fd/3), and where the path leads nowhere.
std::optional<FileIdentity> identity_of(const std::filesystem::path& path);

// The same of an open file; nothing when it is none that has a name: a terminal, a pipe.
std::optional<FileIdentity> identity_of(int descriptor);

}  // namespace boardless
