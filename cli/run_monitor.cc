// Puts the program's text and the bar on the screen in turn.
#include "cli/run_monitor.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/interrupt.h"

namespace boardless::cli {

RunMonitor::RunMonitor(const std::string& label, std::uint32_t clock_hz, std::uint64_t max_cycles)
    : bar_(label),
      clock_hz_(clock_hz),
      max_cycles_(max_cycles),
      is_terminal_(::isatty(STDOUT_FILENO) != 0) {}

void RunMonitor::show(char c) {
  bar_.clear();
  if (is_terminal_) {
    std::fputs(text_.show(c).c_str(), stdout);
  } else {
    std::fputc(c, stdout);
  }
  line_open_ = c != '\n';
  if (!line_open_) std::fflush(stdout);
}

bool RunMonitor::go_on(std::uint64_t cycles) {
  // A line that is half printed stays: the bar would take it away.
  if (bar_.visible() && !line_open_) {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began_;
    const auto count = static_cast<double>(cycles);
    bar_.update(cycles, max_cycles_,
                fmt::format("{:.0f} M cycles, {:.3f} s simulated, {:.0f} MHz", count / 1e6,
                            count / clock_hz_, count / 1e6 / std::max(spent.count(), 1e-3)));
  }
  return !interrupted();
}

}  // namespace boardless::cli
