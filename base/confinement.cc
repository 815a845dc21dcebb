// Landlock's calls have no wrappers in glibc. Its flags stand here because the headers of Debian 12
// know the first version of it alone (documented in the kernel's
// Documentation/userspace-api/landlock).
#include "base/confinement.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

#include "base/descriptor.h"
#include "base/detail_log.h"
#include "base/link_target.h"

namespace boardless {
namespace {

namespace fs = std::filesystem;

// Rights, by the version of Landlock that brought them.
constexpr std::uint64_t kExecute = 1U << 0U, kWriteFile = 1U << 1U, kReadFile = 1U << 2U,
                        kReadFolder = 1U << 3U;
constexpr std::uint64_t kRemoveFolder = 1U << 4U, kRemoveFile = 1U << 5U;
constexpr std::uint64_t kMake = 0x1fc0;         // devices, folders, files, sockets, pipes, links
constexpr std::uint64_t kRefer = 1U << 13U;     // 2: between folders
constexpr std::uint64_t kTruncate = 1U << 14U;  // 3
// Of these a rule on a file, not on a folder, may hold no others.
constexpr std::uint64_t kOfFiles = kExecute | kWriteFile | kReadFile | kTruncate;

// What is there of the path, links resolved.
fs::path existing(const fs::path& path) {
  std::error_code ignored;
  return nearest_existing(fs::weakly_canonical(fs::absolute(path), ignored));
}

void allow(int rules, const fs::path& path, std::uint64_t rights) {
  const Descriptor file(::open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat status{};
  if (!file || ::fstat(file.number(), &status) != 0) return;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = S_ISDIR(status.st_mode) ? rights : rights & kOfFiles;
  rule.parent_fd = file.number();
  ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

bool confine_files(const Confinement& confinement) {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 2) return false;  // the first forbids all renaming between folders
  std::uint64_t writing = kWriteFile | kRemoveFolder | kRemoveFile | kMake | kRefer;
  if (version >= 3) writing |= kTruncate;
  constexpr std::uint64_t kReading = kReadFile | kReadFolder;

  landlock_ruleset_attr handled{};
  handled.handled_access_fs = writing;
  if (!confinement.starts_programs) handled.handled_access_fs |= kExecute;
  if (confinement.reads) handled.handled_access_fs |= kReading;
  const Descriptor rules(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0)));
  if (!rules) return false;

  allow(rules.number(), "/dev/null", kWriteFile | (writing & kTruncate));
  for (const fs::path& path : confinement.writes) {
    const fs::path there = existing(path);
    allow(rules.number(), there, writing);
    // A file is replaced by one that is made beside it.
    std::error_code ignored;
    if (fs::is_regular_file(there, ignored)) allow(rules.number(), there.parent_path(), writing);
  }
  if (confinement.reads) {
    for (const fs::path& path : *confinement.reads) allow(rules.number(), path, kReading);
  }
  return ::syscall(SYS_landlock_restrict_self, rules.number(), 0) == 0;
}

// Sockets, and what reaches into other processes or the kernel's configuration. Calls that start
// programs are left to Landlock, which knows which file is one.
bool confine_calls() {
  struct Filter {
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    ~Filter() { seccomp_release(context); }
  } const filter;
  if (filter.context == nullptr) return false;
  for (const int call :
       {SCMP_SYS(socket), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(bpf),
        SCMP_SYS(perf_event_open), SCMP_SYS(io_uring_setup), SCMP_SYS(userfaultfd),
        SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(mount),
        SCMP_SYS(unshare), SCMP_SYS(setns)}) {
    if (seccomp_rule_add(filter.context, SCMP_ACT_ERRNO(EPERM), call, 0) != 0) return false;
  }
  return seccomp_load(filter.context) == 0;
}

}  // namespace

std::string confine(const Confinement& confinement) {
  std::string enforced;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
    if (confine_files(confinement)) {
      enforced = confinement.starts_programs ? "files" : "files, programs";
    }
    if (confine_calls()) enforced += enforced.empty() ? "network" : ", network";
  }
  if (enforced.empty()) enforced = "nothing";
  if (details_wanted()) log_detail(fmt::format("the kernel confines: {}", enforced));
  return enforced;
}

}  // namespace boardless
