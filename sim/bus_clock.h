// A peripheral's clock: the core's, divided by what register fields say, or one of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/register_file.h"

namespace boardless::sim {

// Core cycles that `ticks` of a clock take are ticks * numerator / denominator.
struct ClockRatio {
  std::uint64_t numerator = 1, denominator = 1;
  std::uint64_t to_cycles(std::uint64_t ticks) const {
    return (ticks * numerator + denominator - 1) / denominator;
  }
  std::uint64_t to_ticks(std::uint64_t cycles) const { return cycles * denominator / numerator; }
  // Ticks between `since` and `now`, both in cycles; `since` moves on to the last of them.
  std::uint64_t take_ticks(std::uint64_t& since, std::uint64_t now) const {
    const std::uint64_t ticks = to_ticks(now - since);
    since += to_cycles(ticks);
    return ticks;
  }
};

class BusClock {
 public:
  enum class Encoding : std::uint8_t {
    kApb,  // 0xx: 1; 100, 101, 110, 111: 2, 4, 8, 16
    kAhb,  // 0xxx: 1; 1000 to 1111: 2, 4, 8, 16, 64, 128, 256, 512
  };
  struct Divider {
    const RegisterFile* file = nullptr;
    BitField field;
    Encoding encoding = Encoding::kApb;
  };

  // `core`: core cycles per tick of the undivided clock.
  BusClock(ClockRatio core, std::vector<Divider> dividers)
      : core_(core), dividers_(std::move(dividers)) {}

  ClockRatio ratio() const {
    ClockRatio ratio = core_;
    for (const Divider& divider : dividers_) ratio.numerator *= division(divider);
    return ratio;
  }
  // Of timers: twice the bus clock unless the last divider is 1 (the APB prescaler; RM0432 6.2.16).
  ClockRatio timer_ratio() const {
    ClockRatio doubled = ratio();
    if (!dividers_.empty() && division(dividers_.back()) != 1) doubled.denominator *= 2;
    return doubled;
  }

 private:
  static std::uint64_t division(const Divider& divider) {
    const std::uint32_t value = divider.file->field(divider.field);
    if (divider.encoding == Encoding::kApb) {
      return (value & 4U) == 0 ? 1 : std::uint64_t{2} << (value & 3U);
    }
    if ((value & 8U) == 0) return 1;
    const std::uint32_t step = value & 7U;
    return step < 4 ? std::uint64_t{2} << step : std::uint64_t{4} << step;
  }

  ClockRatio core_;
  std::vector<Divider> dividers_;
};

}  // namespace boardless::sim
