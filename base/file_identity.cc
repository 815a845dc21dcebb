// Device and number of what is there, and the rest of the path.
#include "base/file_identity.h"

#include <sys/stat.h>

#include <system_error>

#include "base/link_target.h"

namespace boardless {

namespace fs = std::filesystem;

std::optional<FileIdentity> identity_of(const fs::path& path) {
  try {
    const LinkTarget target = follow_links(path);
    if (target.is_descriptor) return std::nullopt;
    if (target.there) {
      if (S_ISCHR(target.there->st_mode)) return std::nullopt;
      return FileIdentity{target.there->st_dev, target.there->st_ino, {}};
    }
    const fs::path whole = fs::weakly_canonical(fs::absolute(target.path));
    const fs::path folder = nearest_existing(whole.parent_path());
    struct stat status{};
    if (::stat(folder.c_str(), &status) != 0) return std::nullopt;
    return FileIdentity{status.st_dev, status.st_ino, whole.lexically_relative(folder)};
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

std::optional<FileIdentity> identity_of(int descriptor) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino, {}};
}

}  // namespace boardless
