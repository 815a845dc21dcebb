// A temporary beside the file is renamed over it at the end.
#include "base/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/file_permissions.h"
#include "base/link_target.h"
#include "base/temporary.h"

namespace boardless {

namespace fs = std::filesystem;

namespace {

// Why a file cannot be written; its name is added by who knows how the user spelled it.
struct Refusal {
  std::string reason;
};

[[noreturn]] void refuse(const std::string& reason) { throw Refusal{reason}; }
[[noreturn]] void refuse_errno() { refuse(std::strerror(errno)); }

// What is to be written: replaced, or written to where it is a device, a pipe or a descriptor.
struct Destination {
  LinkTarget file;
  bool written_to = false;
};

// The nearest folder above that is there must take a new file.
void check_folder(fs::path folder) {
  struct stat status{};
  while (::stat(folder.c_str(), &status) != 0) {
    if (errno != ENOENT || folder == folder_of(folder)) refuse_errno();
    folder = folder_of(folder);
  }
  if (!S_ISDIR(status.st_mode)) refuse(std::strerror(ENOTDIR));
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    refuse(fmt::format("no file can be made in {}: {}", folder.string(), std::strerror(errno)));
  }
}

Destination destination_of(const fs::path& path) {
  if (path.empty()) refuse("no file is named");
  const LinkTarget file = follow_links(path);
  if (!file.there) {
    if (file.is_link) {
      refuse(fmt::format("a symbolic link to {}, which is not there", file.path.string()));
    }
    if (!file.path.has_filename()) refuse("a name that ends in / is a folder's");
    check_folder(folder_of(file.path));
    return {file};
  }
  const mode_t mode = file.there->st_mode;
  if (S_ISDIR(mode)) refuse("it is a folder");
  constexpr mode_t kAnybody = 0222;
  if (S_ISREG(mode) && (mode & kAnybody) == 0) refuse("it is read-only");
  if (::faccessat(AT_FDCWD, file.path.c_str(), W_OK, AT_EACCESS) != 0) refuse_errno();
  if (file.is_descriptor || !S_ISREG(mode)) return {file, true};
  check_folder(folder_of(file.path));
  return {file};
}

// Behind what is there already, where that is a file: somebody else opened it, and may have
// written.
void write_to(const fs::path& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC));
  if (!file || !write_all(file.number(), bytes) || !file.close()) refuse_errno();
}

void replace(const LinkTarget& to, std::string_view bytes) {
  const fs::path folder = folder_of(to.path);
  fs::create_directories(folder);
  // Who may not read the file that is replaced must not read this one before its mode is set.
  constexpr mode_t kNew = 0666, kOwnOnly = 0600;
  TemporaryFile file(folder, to.there ? kOwnOnly : kNew);
  if (!write_all(file.descriptor(), bytes)) refuse_errno();
  if (to.there) keep_permissions(to.path, *to.there, file.descriptor());
  file.keep_as(to.path.filename().string());
}

// Calls `action`, whose failures are told of `path`.
template <class Action>
void naming(const fs::path& path, const Action& action) {
  const auto fail = [&](const std::string& reason) {
    throw InputError(fmt::format("{}: cannot be written: {}", path.string(), reason));
  };
  try {
    action();
  } catch (const Refusal& refusal) {
    fail(refusal.reason);
  } catch (const std::system_error& error) {
    fail(error.code().message());
  }
}

}  // namespace

void check_can_be_written(const fs::path& path) {
  naming(path, [&] { destination_of(path); });
}

void write_file(const fs::path& path, std::string_view bytes) {
  naming(path, [&] {
    const Destination to = destination_of(path);
    if (to.written_to) {
      write_to(to.file.path, bytes);
    } else {
      replace(to.file, bytes);
    }
  });
}

}  // namespace boardless
