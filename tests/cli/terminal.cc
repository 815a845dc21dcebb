// forkpty(), and a reader at its other end.
#include "tests/cli/terminal.h"

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <sstream>
#include <system_error>

#include "reports/clipped_text.h"

namespace boardless::cli {

Finished boardless_on_terminal(const std::vector<std::string>& arguments, int columns,
                               const Setting& setting) {
  std::vector<std::string> words{BOARDLESS_EXECUTABLE};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  winsize size{};
  size.ws_row = 24;
  size.ws_col = static_cast<unsigned short>(columns);
  int terminal = -1;
  const pid_t process = forkpty(&terminal, nullptr, nullptr, &size);
  if (process < 0) throw std::system_error(errno, std::generic_category(), "forkpty");
  if (process == 0) {
    unsetenv("COLUMNS");
    if (!setting.data.empty()) setenv("BOARDLESS_DATA", setting.data.c_str(), 1);
    execv(BOARDLESS_EXECUTABLE, argv.data());
    _exit(127);
  }
  Finished finished;
  std::array<char, 4096> part{};
  for (;;) {
    const ssize_t count = read(terminal, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;  // the other end was closed
    finished.out.append(part.data(), static_cast<std::size_t>(count));
  }
  close(terminal);
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status)) finished.status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
  for (std::size_t at = 0; (at = finished.out.find("\r\n", at)) != std::string::npos; ++at) {
    finished.out.erase(at, 1);
  }
  return finished;
}

std::size_t longest_line(const std::string& text) {
  std::istringstream stream(text);
  std::size_t longest = 0;
  for (std::string line; std::getline(stream, line);) {
    longest = std::max(longest, reports::display_width(line));
  }
  return longest;
}

}  // namespace boardless::cli
