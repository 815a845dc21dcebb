// What a path leads to when its last part is a symbolic link.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <optional>

namespace boardless {

struct LinkTarget {
  std::filesystem::path path;        // of no link, but for a descriptor
  std::optional<struct stat> there;  // nothing has that name yet
  bool is_link = false;              // and of nothing there: dangling
  bool is_descriptor = false;        // of a process, as /dev/fd/3 and /proc/self/fd/3
};

// Throws std::system_error: a part of the path is no folder, links in a circle, no permission.
LinkTarget follow_links(const std::filesystem::path& path);

// The path, or the nearest folder above it that is there; an absolute path's search ends at the
// root.
std::filesystem::path nearest_existing(std::filesystem::path path);

// The folder that a file is in, "." of a bare name.
std::filesystem::path folder_of(const std::filesystem::path& path);

}  // namespace boardless
