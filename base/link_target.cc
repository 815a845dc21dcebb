// Link by link, so that a link to nothing and one to an open file are told from others.
#include "base/link_target.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#include <cerrno>
#include <system_error>

namespace boardless {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& path, int error) {
  throw std::system_error(error, std::generic_category(), path.string());
}

// Such a link names an open file, not a path.
bool is_in_proc(const fs::path& link) {
  struct statfs system{};
  return ::statfs(folder_of(link).c_str(), &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

}  // namespace

fs::path folder_of(const fs::path& path) {
  const fs::path folder = path.parent_path();
  return folder.empty() ? "." : folder;
}

fs::path nearest_existing(fs::path path) {
  std::error_code ignored;
  while (!fs::exists(path, ignored) && path != path.parent_path()) path = path.parent_path();
  return path;
}

LinkTarget follow_links(const fs::path& path) {
  constexpr int kMostLinks = 40;  // as the kernel
  LinkTarget target{.path = path, .there = {}};
  for (int links = 0; links <= kMostLinks; ++links) {
    struct stat status{};
    if (::lstat(target.path.c_str(), &status) != 0) {
      if (errno != ENOENT) fail(path, errno);
      return target;
    }
    target.is_descriptor = S_ISLNK(status.st_mode) && is_in_proc(target.path);
    if (target.is_descriptor && ::stat(target.path.c_str(), &status) != 0) fail(path, errno);
    if (!S_ISLNK(status.st_mode)) {
      target.there = status;
      return target;
    }
    target.is_link = true;
    target.path = target.path.parent_path() / fs::read_symlink(target.path);
  }
  fail(path, ELOOP);
}

}  // namespace boardless
