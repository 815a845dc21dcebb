// Runs a program without a shell and collects what it says.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace boardless::toolchain {

struct ProcessResult {
  bool found = false;    // there is such a program
  int status = -1;       // exit status; 128 + its number when a signal ended it
  std::string out, err;  // `err` begins with a line about it when its time was over
  bool succeeded() const { return found && status == 0; }
};

// `words` are the program (looked up in PATH unless it has a slash) and its arguments. Its standard
// input is empty. It may take 2 GiB of memory, 1 GiB for a file and 5 minutes of CPU; after `most`
// of time by the clock it and its children are killed. Throws std::system_error when the host has
// no room for another process.
inline constexpr std::chrono::milliseconds kMostTime = std::chrono::minutes{5};
ProcessResult run_process(const std::vector<std::string>& words,
                          std::chrono::milliseconds most = kMostTime);

}  // namespace boardless::toolchain
