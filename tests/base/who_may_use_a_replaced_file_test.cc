// Does a file that is replaced keep who may read and write it, and does a new one get what the
// umask leaves?
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>

#include "base/output_file.h"
#include "tests/scratch_folder.h"

namespace boardless {
namespace {

namespace fs = std::filesystem;

// The process's umask for as long as it lives.
class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t before_;
};

struct stat status_of(const fs::path& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status;
}

mode_t mode_of(const fs::path& path) { return status_of(path).st_mode & mode_t{07777}; }

TEST(NewFile, GetsWhatTheUmaskLeaves) {
  const ScratchFolder folder;
  for (const mode_t mask : {mode_t{022}, mode_t{077}, mode_t{0}}) {
    const Umask kept(mask);
    const fs::path file = folder.path() / std::to_string(mask);
    write_file(file, "x");
    EXPECT_EQ(mode_of(file), 0666 & ~mask);
  }
}

TEST(ReplacedFile, KeepsItsMode) {
  const ScratchFolder folder;
  const fs::path file = folder.write("file", "x");
  const Umask mask(077);
  for (const mode_t mode : {mode_t{0600}, mode_t{0640}, mode_t{0755}, mode_t{0666}, mode_t{0200}}) {
    ASSERT_EQ(::chmod(file.c_str(), mode), 0);
    const ino_t before = status_of(file).st_ino;
    write_file(file, "y");
    EXPECT_EQ(mode_of(file), mode);
    EXPECT_NE(status_of(file).st_ino, before) << "it was to be replaced";
  }
}

TEST(ReplacedFile, KeepsItsOwner) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const ScratchFolder folder;
  const fs::path file = folder.write("file", "x");
  ASSERT_EQ(::chown(file.c_str(), 12, 34), 0);
  ASSERT_EQ(::chmod(file.c_str(), 04754), 0);
  write_file(file, "y");
  EXPECT_EQ(status_of(file).st_uid, 12U);
  EXPECT_EQ(status_of(file).st_gid, 34U);
  EXPECT_EQ(mode_of(file), 04754U);
}

// With a list, the mode's bits for the group are a mask: kept without the list they would give the
// group what only user 1000 had.
TEST(ReplacedFile, KeepsItsAccessList) {
  struct Entry {
    std::uint16_t tag, permissions;
    std::uint32_t id;
  };
  constexpr std::uint32_t kNobody = 0xffffffff;
  constexpr std::array<Entry, 5> kEntries{
      {{1, 6, kNobody}, {2, 6, 1000}, {4, 0, kNobody}, {0x10, 6, kNobody}, {0x20, 0, kNobody}}};
  std::array<char, 4 + sizeof kEntries> list{2};  // the version, and the entries
  std::memcpy(list.data() + 4, kEntries.data(), sizeof kEntries);

  const ScratchFolder folder;
  const fs::path file = folder.write("file", "x");
  const char* const name = "system.posix_acl_access";
  if (::setxattr(file.c_str(), name, list.data(), list.size(), 0) != 0) {
    GTEST_SKIP() << "no access lists here";
  }
  write_file(file, "y");
  std::array<char, list.size()> kept{};
  ASSERT_EQ(::getxattr(file.c_str(), name, kept.data(), kept.size()),
            static_cast<ssize_t>(kept.size()));
  EXPECT_EQ(kept, list);
}

}  // namespace
}  // namespace boardless
