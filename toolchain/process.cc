// A child with bounds on what it takes, and two pipes that are read until both are closed.
#include "toolchain/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <thread>

#include "base/detail_log.h"
#include "base/resource_limits.h"

namespace boardless::toolchain {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) fail("pipe");
  }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void close_reader() { close(ends_[0]); }
  void close_writer() { close(ends_[1]); }

 private:
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

// What is compiled may be a stranger's: `#include "/dev/zero"` and macros that double without end
// must not take all of the machine. Far more than any kernel or program needs.
constexpr ResourceLimits kCompilerLimits{
    .address_space = Bytes{2} << 30U, .file = Bytes{1} << 30U, .cpu_seconds = 300};

// In the child: becomes the program, or says by `failure` why it cannot.
[[noreturn]] void become(char* const* arguments, const Pipe& out, const Pipe& err,
                         const Pipe& failure) {
  limit_resources(kCompilerLimits);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing >= 0 && ::dup2(nothing, STDIN_FILENO) >= 0 &&
      ::dup2(out.writer(), STDOUT_FILENO) >= 0 && ::dup2(err.writer(), STDERR_FILENO) >= 0) {
    ::execvp(arguments[0], arguments);
  }
  const int error = errno;
  (void)!::write(failure.writer(), &error, sizeof(error));
  ::_exit(127);
}

// Why the child did not become the program; 0: it did.
int error_of_child(Pipe& failure) {
  failure.close_writer();
  int error = 0;
  while (::read(failure.reader(), &error, sizeof(error)) < 0 && errno == EINTR) {
  }
  return error;
}

// Until it ends; what waitpid() says of it.
int wait_for(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) fail("waitpid");
  }
  return status;
}

std::vector<pid_t> children_of(pid_t process) {
  std::ifstream list(fmt::format("/proc/{0}/task/{0}/children", process));
  return {std::istream_iterator<pid_t>(list), {}};
}

void kill_with_children(pid_t process) {
  const std::vector<pid_t> children = children_of(process);
  ::kill(process, SIGKILL);  // first: it would go on when its children are gone
  for (const pid_t child : children) kill_with_children(child);
}

// Stops a child and what it started: a compiler is several programs, of which any may wait for
// ever, as on a pipe that it is told to include. They stay in this program's process group, to
// which a terminal sends its signals, so that they have to be looked for.
void stop(pid_t process) {
  constexpr std::chrono::seconds kTimeToTidyUp{2};  // it removes its temporary files
  const std::vector<pid_t> children = children_of(process);
  ::kill(process, SIGTERM);
  const Clock::time_point end = Clock::now() + kTimeToTidyUp;
  siginfo_t ended{};
  while (::waitid(P_PID, static_cast<id_t>(process), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         ended.si_pid == 0 && Clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  kill_with_children(process);
  for (const pid_t child : children) kill_with_children(child);
}

// Milliseconds for poll().
int time_left(Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
  return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

// Both at once: a program that fills one pipe while the other is waited for would never end. False
// when `end` came first.
bool read_both(Pipe& out, Pipe& err, ProcessResult& result, Clock::time_point end) {
  std::array<pollfd, 2> ends{{{out.reader(), POLLIN, 0}, {err.reader(), POLLIN, 0}}};
  const std::array<std::string*, 2> texts{&result.out, &result.err};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    const int ready = ::poll(ends.data(), ends.size(), time_left(end));
    if (ready < 0 && errno != EINTR) fail("poll");
    if (ready < 0) continue;
    if (ready == 0) return false;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      std::array<char, 4096> buffer;
      const ssize_t count = ::read(ends[i].fd, buffer.data(), buffer.size());
      if (count > 0) texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) ends[i].fd = -1;  // poll() skips it
    }
  }
  return true;
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& words, std::chrono::milliseconds most) {
  const Clock::time_point began = Clock::now();
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  Pipe out, err, failure;
  ProcessResult result;
  const pid_t process = ::fork();
  if (process == 0) become(arguments.data(), out, err, failure);
  if (process < 0) fail("fork");
  if (const int error = error_of_child(failure)) {
    wait_for(process);
    if (error == ENOENT || error == EACCES || error == ENOTDIR || error == ENOEXEC) return result;
    throw std::system_error(error, std::generic_category(), words.front());
  }
  out.close_writer();
  err.close_writer();
  if (!read_both(out, err, result, began + most)) {
    stop(process);
    result.err.insert(0, fmt::format("it did not end within {:g} s, and was stopped\n",
                                     std::chrono::duration<double>(most).count()));
  }
  const int status = wait_for(process);
  result.found = true;
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (details_wanted()) {
    const std::chrono::duration<double> took = Clock::now() - began;
    log_detail(fmt::format("ran {} ({:.2f} s, status {})", fmt::join(words, " "), took.count(),
                           result.status));
  }
  return result;
}

}  // namespace boardless::toolchain
