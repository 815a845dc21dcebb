// What a program prints, shown as it comes, and below it how far its run is.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/guest_text.h"
#include "cli/progress_bar.h"

namespace boardless::cli {

class RunMonitor {
 public:
  // `max_cycles` 0: nobody knows.
  RunMonitor(const std::string& label, std::uint32_t clock_hz, std::uint64_t max_cycles);

  // A byte that the program printed, on stdout; a terminal gets it harmless.
  void show(char c);
  // Draws how far it is. False: the user interrupted.
  bool go_on(std::uint64_t cycles);

 private:
  ProgressBar bar_;
  std::uint32_t clock_hz_;
  std::uint64_t max_cycles_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  bool is_terminal_;
  GuestText text_;
  bool line_open_ = false;
};

}  // namespace boardless::cli
