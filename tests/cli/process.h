// Runs the built executable as its users do.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/scratch_folder.h"

namespace boardless::cli {

struct Finished {
  int status = -1;  // exit status; -1 when a signal ended it
  int signal = 0;
  std::string out, err;
};

struct Setting {
  std::string data = {};         // BOARDLESS_DATA, when not empty
  std::string stdout_path = {};  // instead of what Finished::out shows
  std::string cache = {};        // XDG_CACHE_HOME, when not empty
  std::string input = {};        // a file as stdin; empty: no input
  bool close_stdout = false;     // the process starts without one
  std::string stderr_path = {};  // instead of what Finished::err shows
  // Sent SIGINT or the like as soon as stderr shows the text; a bare process is sent nothing.
  int signal = 0;
  std::string signal_after = {};
  std::chrono::milliseconds signal_delay{};  // and so much later
};

// Runs `boardless ARGUMENTS` to its end.
Finished boardless(const std::vector<std::string>& arguments, const Setting& setting = {});

// What `boardless ARGUMENTS`, divided at blanks, prints to stdout; it ends with status 0.
std::string printed(const std::string& arguments);
// What it says of bad input, with which it ends: all of stderr.
std::string refusal(const std::string& arguments);

std::string text_of(const std::filesystem::path& path);

}  // namespace boardless::cli
