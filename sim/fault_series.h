// Notices a program that faults for ever: its handler returns to the instruction that faulted,
// which faults again, as nothing has changed.
#pragma once

#include <cstdint>
#include <string>

namespace boardless::sim {

class FaultSeries {
 public:
  // Far more than a handler that means to recover tries in a row.
  static constexpr unsigned kMany = 1000;

  // The instruction at `pc` faults at time `now`. `retried`: a handler returned to it, and nothing
  // ran since. `before` is what the run has to say of earlier faults.
  void add(std::uint32_t pc, bool retried, std::uint64_t now, const std::string& what,
           const std::string& before);

  bool is_endless() const { return repeats_ >= kMany; }
  // Whether one that is has not ended meanwhile, without a fault: the next is due.
  bool goes_on(std::uint64_t now) const;
  // What there is to say of an endless one: the first fault, and that it repeats.
  std::string text() const;

 private:
  std::uint32_t pc_ = 0;
  unsigned repeats_ = 0;  // since the first, without another instruction between
  std::uint64_t first_time_ = 0, last_time_ = 0;
  std::string first_, before_;
};

}  // namespace boardless::sim
