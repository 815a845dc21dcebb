// Starts processes and collects what they say.
#include "tests/cli/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <thread>

#include "base/data_files.h"

namespace boardless::cli {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> environment(const Setting& setting) {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    if (text.starts_with("BOARDLESS_DATA=")) continue;
    if (text.starts_with("XDG_CACHE_HOME=") && !setting.cache.empty()) continue;
    result.push_back(text);
  }
  if (!setting.data.empty()) result.push_back("BOARDLESS_DATA=" + setting.data);
  if (!setting.cache.empty()) result.push_back("XDG_CACHE_HOME=" + setting.cache);
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// Waits until the file holds the text; gives up after a minute.
bool appears(const std::string& file, const std::string& text) {
  constexpr std::chrono::milliseconds kBetween{10};
  for (int i = 0; i < 6000; ++i) {
    if (text_of(file).find(text) != std::string::npos) return true;
    std::this_thread::sleep_for(kBetween);
  }
  return false;
}

}  // namespace

Finished boardless(const std::vector<std::string>& arguments, const Setting& setting) {
  const ScratchFolder scratch;
  const std::string out = setting.stdout_path.empty() ? scratch / "out" : setting.stdout_path;
  const std::string err = setting.stderr_path.empty() ? scratch / "err" : setting.stderr_path;
  std::vector<std::string> words{BOARDLESS_EXECUTABLE};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment(setting);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string in = setting.input.empty() ? "/dev/null" : setting.input;
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, in.c_str(), O_RDONLY, 0);
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), kWrite, 0600);
  if (setting.close_stdout) posix_spawn_file_actions_addclose(&actions, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), kWrite, 0600);
  // A test run in the background ignores what it is to send.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  sigset_t all;
  sigfillset(&all);
  posix_spawnattr_setsigdefault(&attributes, &all);
  pid_t process = 0;
  const int error = posix_spawn(&process, BOARDLESS_EXECUTABLE, &actions, &attributes,
                                pointers(words).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) throw std::system_error(error, std::generic_category(), BOARDLESS_EXECUTABLE);
  if (setting.signal != 0 && appears(err, setting.signal_after)) {
    std::this_thread::sleep_for(setting.signal_delay);
    kill(process, setting.signal);
  }
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  }

  Finished finished;
  if (WIFEXITED(status)) finished.status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
  if (setting.stdout_path.empty()) finished.out = text_of(out);
  if (setting.stderr_path.empty()) finished.err = text_of(err);
  return finished;
}

namespace {

std::vector<std::string> words(const std::string& arguments) {
  std::istringstream stream(arguments);
  return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

std::string printed(const std::string& arguments) {
  const Finished finished = boardless(words(arguments));
  EXPECT_EQ(finished.status, 0) << finished.err;
  return finished.out;
}

std::string refusal(const std::string& arguments) {
  const Finished finished = boardless(words(arguments));
  EXPECT_EQ(finished.status, 2) << finished.out;
  return finished.err;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace boardless::cli
