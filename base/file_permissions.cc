// Owner first: to change it takes set-ID bits away.
#include "base/file_permissions.h"

#include <sys/xattr.h>
#include <unistd.h>

#include <string>

namespace boardless {
namespace {

// POSIX access control lists, acl(5). With one, the mode's bits of the group are the most that
// anybody on the list has, not what the group has.
constexpr const char* kAccessList = "system.posix_acl_access";

// Whether the file has the list of the other now, or both have none.
bool keep_access_list(const std::filesystem::path& replaced, int descriptor) {
  const ssize_t size = ::getxattr(replaced.c_str(), kAccessList, nullptr, 0);
  if (size <= 0) {
    ::fremovexattr(descriptor, kAccessList);  // the folder's default
    return true;
  }
  std::string list(static_cast<std::size_t>(size), '\0');
  return ::getxattr(replaced.c_str(), kAccessList, list.data(), list.size()) == size &&
         ::fsetxattr(descriptor, kAccessList, list.data(), list.size(), 0) == 0;
}

}  // namespace

void keep_permissions(const std::filesystem::path& replaced, const struct stat& status,
                      int descriptor) {
  struct stat own{};
  ::fstat(descriptor, &own);
  constexpr auto kSame = static_cast<uid_t>(-1);
  const bool same_group =
      own.st_gid == status.st_gid || ::fchown(descriptor, kSame, status.st_gid) == 0;
  const bool same_owner =
      own.st_uid == status.st_uid || ::fchown(descriptor, status.st_uid, kSame) == 0;
  mode_t mode = status.st_mode & mode_t{07777};
  if (!same_owner || !same_group) mode &= ~mode_t{S_ISUID | S_ISGID};
  if (!keep_access_list(replaced, descriptor) || !same_group) {
    constexpr unsigned kGroupBits = 3;
    const mode_t others = mode & mode_t{S_IRWXO};
    mode &= ~mode_t{S_IRWXG} | (others << kGroupBits);
  }
  ::fchmod(descriptor, mode);
}

}  // namespace boardless
