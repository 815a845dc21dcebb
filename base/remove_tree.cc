// Reads folders by getdents64(2): readdir() allocates, which a signal handler must not.
#include "base/remove_tree.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace boardless {
namespace {

// struct linux_dirent64 of getdents64(2), up to the name.
struct Entry {
  std::uint64_t inode;
  std::int64_t offset;
  std::uint16_t length;  // of the entry, to where the next one begins
  std::uint8_t type;
};
constexpr std::size_t kNameAt = offsetof(Entry, type) + 1;

constexpr int kMostDepth = 64;  // below it things stay; each level takes stack

void remove_at_depth(int folder, const char* name, int depth);

void empty_folder(int folder, int depth) {
  alignas(Entry) std::array<char, 4096> buffer;
  for (;;) {
    const long count = ::syscall(SYS_getdents64, folder, buffer.data(), buffer.size());
    if (count <= 0) return;
    for (std::size_t at = 0; at < static_cast<std::size_t>(count);) {
      Entry entry;
      std::memcpy(&entry, buffer.data() + at, sizeof entry);
      const char* const name = buffer.data() + at + kNameAt;
      if (std::strcmp(name, ".") != 0 && std::strcmp(name, "..") != 0) {
        remove_at_depth(folder, name, depth);
      }
      at += entry.length;
    }
  }
}

void remove_at_depth(int folder, const char* name, int depth) {
  if (::unlinkat(folder, name, 0) == 0 || errno == ENOENT || depth == kMostDepth) return;
  const int inner = ::openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (inner < 0) return;
  empty_folder(inner, depth + 1);
  ::close(inner);
  ::unlinkat(folder, name, AT_REMOVEDIR);
}

}  // namespace

void remove_tree(int folder, const char* name) {
  const int kept = errno;
  remove_at_depth(folder, name, 0);
  errno = kept;
}

}  // namespace boardless
