// Files and stdin by base/data_files.h; stdout here.
#include "cli/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/data_files.h"
#include "base/output_file.h"

namespace boardless::cli {

// Opened by its name, a file that stdout goes to would be written from its beginning again.
bool is_stdout(const std::string& output) {
  return output.empty() || output == "-" || output == "/dev/stdout" || output == "/dev/fd/1" ||
         output == "/proc/self/fd/1";
}

void write_output(const std::string& output, std::string_view text) {
  if (!is_stdout(output)) {
    write_file(output, text);
    return;
  }
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  throw std::system_error(errno, std::generic_category(), "standard output cannot be written");
}

std::string read_input_text(const std::string& file, std::uint64_t most) {
  const std::vector<std::uint8_t> bytes = read_input(file, most);
  return {bytes.begin(), bytes.end()};
}

void keep_standard_streams_apart() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    // The lowest that is free, which is this one; to write to it is refused.
    if (::open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY) < 0) return;
  }
}

}  // namespace boardless::cli
