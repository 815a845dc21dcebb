// Asks the environment, then the device.
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "base/number.h"
#include "cli/output.h"

namespace boardless::cli {

std::size_t terminal_width(int descriptor) {
  constexpr std::size_t kUsual = 80;
  if (::isatty(descriptor) == 0) return 0;
  if (const char* columns = std::getenv("COLUMNS")) {
    if (const auto width = read_number(columns, WholeForm{.least = 1})) return *width;
  }
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kUsual;
}

std::size_t table_width(const std::string& output) {
  return is_stdout(output) ? terminal_width(STDOUT_FILENO) : 0;
}

}  // namespace boardless::cli
