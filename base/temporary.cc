// Everything is done relative to an open folder: no path grows longer than the one that was given.
#include "base/temporary.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <mutex>
#include <set>
#include <string_view>
#include <system_error>

#include "base/remove_tree.h"
#include "base/sha256.h"

namespace boardless {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = ".boardless-", kSuffix = ".tmp";

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// Where a process's number means that process: two names that differ are two boots, machines or
// containers.
const std::string& process_space() {
  static const std::string space = [] {
    std::string text;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), text);
    std::array<char, 256> buffer{};
    if (::gethostname(buffer.data(), buffer.size() - 1) == 0) text += buffer.data();
    struct stat names{};
    if (::stat("/proc/self/ns/pid", &names) == 0) text += fmt::format(" {}", names.st_ino);
    constexpr std::size_t kDigits = 8;
    return sha256_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()})
        .substr(0, kDigits);
  }();
  return space;
}

std::string next_name() {
  static std::atomic<unsigned> count = 0;
  return fmt::format("{}{}-{}-{}{}", kPrefix, ::getpid(), process_space(), ++count, kSuffix);
}

// Whose a temporary is, from its name; nothing for any other name.
struct Owner {
  pid_t process = 0;
  std::string_view space;
};
std::optional<Owner> owner_of(std::string_view name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  Owner owner;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), owner.process);
  if (error != std::errc() || *end != '-' || owner.process <= 0) return std::nullopt;
  name.remove_prefix(static_cast<std::size_t>(end - name.data()) + 1);
  owner.space = name.substr(0, name.find('-'));
  return owner;
}

bool is_left_behind(const Owner& owner, const struct stat& status) {
  if (owner.space == process_space()) return ::kill(owner.process, 0) != 0 && errno == ESRCH;
  constexpr std::time_t kDay = 24 * 60 * 60;
  return status.st_mtime < std::time(nullptr) - kDay;
}

// Removes what processes of this user that are gone left in the folder.
void collect(int folder) {
  const int again = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* const entries = again < 0 ? nullptr : ::fdopendir(again);
  if (entries == nullptr) {
    if (again >= 0) ::close(again);
    return;
  }
  while (const dirent* entry = ::readdir(entries)) {
    const std::optional<Owner> owner = owner_of(entry->d_name);
    struct stat status{};
    if (!owner || ::fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (status.st_uid == ::geteuid() && is_left_behind(*owner, status)) {
      remove_tree(folder, entry->d_name);
    }
  }
  ::closedir(entries);
}

// Once for each folder: a large one takes time to read. A folder's number is given again when it is
// gone, therefore its time of birth too, where the file system knows it.
void collect_once(int folder) {
  static std::mutex mutex;
  static std::set<std::array<std::uint64_t, 5>> done;
  struct statx status{};
  if (::statx(folder, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &status) != 0) return;
  {
    const std::lock_guard lock(mutex);
    const auto seconds = static_cast<std::uint64_t>(status.stx_btime.tv_sec);
    if (!done.insert({status.stx_dev_major, status.stx_dev_minor, status.stx_ino, seconds,
                      status.stx_btime.tv_nsec})
             .second) {
      return;
    }
  }
  collect(folder);
}

int opened(const fs::path& folder) {
  const fs::path& named = folder.empty() ? "." : folder;
  const int descriptor = ::open(named.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail(named.string());
  return descriptor;
}

}  // namespace

TemporaryName::TemporaryName(const fs::path& folder) : folder_(opened(folder)) {
  collect_once(folder_.number());
  struct stat taken{};  // by a process of the same number that is no more
  do {
    name_ = next_name();
  } while (::fstatat(folder_.number(), name_.c_str(), &taken, AT_SYMLINK_NOFOLLOW) == 0);
  live_.emplace(folder_.number(), name_);
}

TemporaryName::~TemporaryName() { remove_tree(folder(), name_.c_str()); }

TemporaryFile::TemporaryFile(const fs::path& folder, mode_t mode)
    : name_(folder),
      descriptor_(::openat(name_.folder(), name_.name().c_str(),
                           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)) {
  if (!descriptor_) fail(folder.string());
}

void TemporaryFile::keep_as(const std::string& name) {
  if (!descriptor_.close()) fail(name);
  if (::renameat(name_.folder(), name_.name().c_str(), name_.folder(), name.c_str()) != 0) {
    fail(name);
  }
}

TemporaryFolder::TemporaryFolder(const fs::path& folder)
    : name_(folder), path_(folder / name_.name()) {
  constexpr mode_t kOwnOnly = 0700;
  if (::mkdirat(name_.folder(), name_.name().c_str(), kOwnOnly) != 0) fail(path_.string());
}

}  // namespace boardless
