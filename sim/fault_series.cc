// Counts, and words.
#include "sim/fault_series.h"

#include <fmt/format.h>

namespace boardless::sim {

void FaultSeries::add(std::uint32_t pc, bool retried, std::uint64_t now, const std::string& what,
                      const std::string& before) {
  last_time_ = now;
  if (retried && pc == pc_) {
    ++repeats_;
    return;
  }
  pc_ = pc;
  repeats_ = 0;
  first_time_ = now;
  first_ = what;
  before_ = before;
}

bool FaultSeries::goes_on(std::uint64_t now) const {
  constexpr std::uint64_t kPeriods = 16;  // interrupts may take their time between two faults
  if (!is_endless()) return false;
  return now - last_time_ <= kPeriods * (last_time_ - first_time_) / repeats_;
}

std::string FaultSeries::text() const {
  return fmt::format(
      "the program faults without end: {}; its handler has returned to the instruction at "
      "0x{:08x} {} times in a row, and each time it faults again{}",
      first_, pc_, repeats_, before_);
}

}  // namespace boardless::sim
