// Reading whole files, and where the installed data lies.
#include "base/data_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "base/error.h"
#include "base/program_file.h"

namespace boardless {

namespace fs = std::filesystem;

fs::path data_directory() {
  fs::path directory;
  if (const char* override_path = std::getenv("BOARDLESS_DATA")) {
    directory = override_path;
  } else {
    // bin/boardless has it in share/ beside bin/, an extension within its package.
    const fs::path folder = program_file().parent_path();
    const fs::path data = fs::path("share") / "boardless";
    std::error_code ignored;
    directory = folder / data;
    if (!fs::is_directory(directory, ignored)) directory = folder.parent_path() / data;
  }
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    throw InputError(fmt::format(
        "{}: no such data folder; set BOARDLESS_DATA to the folder that holds targets/, zoo/ and "
        "kernels/",
        directory.string()));
  }
  return directory;
}

namespace {

void check_size(const fs::path& path, std::uint64_t bytes, std::uint64_t most) {
  if (bytes <= most) return;
  throw InputError(
      fmt::format("{}: larger than {} bytes, the most that is read", path.string(), most));
}

}  // namespace

std::vector<std::uint8_t> read_file(const fs::path& path, std::uint64_t most) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    throw InputError(fmt::format("{}: {}", path.string(),
                                 fs::exists(path, error) ? "not a regular file" : "no such file"));
  }
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw InputError(fmt::format("{}: cannot be opened for reading", path.string()));
  const auto size = static_cast<std::uint64_t>(file.tellg());
  check_size(path, size, most);
  std::vector<std::uint8_t> bytes(size);
  file.seekg(0);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw InputError(fmt::format("{}: cannot be read", path.string()));
  return bytes;
}

std::vector<std::uint8_t> read_input(const std::string& file, std::uint64_t most) {
  if (file != "-") return read_file(file, most);
  static bool taken = false;
  if (taken) throw InputError("-: standard input can be read for one argument only");
  taken = true;
  std::vector<std::uint8_t> bytes;
  std::array<std::uint8_t, 65536> part{};
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, part.data(), part.size());
    if (count == 0) return bytes;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw InputError("-: standard input cannot be read");
    bytes.insert(bytes.end(), part.begin(), part.begin() + count);
    check_size(file, bytes.size(), most);
  }
}

}  // namespace boardless
