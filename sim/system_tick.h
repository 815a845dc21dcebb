// SysTick: the 24-bit down counter of M-profile cores (DDI 0403E B3.3).
#pragma once

#include <cstdint>

namespace boardless::sim {

// Times are core cycles. Whoever owns it calls sync() before every access, and when next_event()
// has come; sync() says whether the exception becomes pending.
class SystemTick {
 public:
  // `reference_divider`: core cycles of the external reference clock (CLKSOURCE = 0).
  explicit SystemTick(std::uint32_t reference_divider) : reference_divider_(reference_divider) {}

  bool sync(std::uint64_t now);
  // When the counter reaches zero next and its interrupt is on; kNever (device_host.h) otherwise.
  std::uint64_t next_event() const;

  // Offsets from 0xe000e010: CTRL, LOAD, VAL, CALIB.
  std::uint32_t read(std::uint32_t offset);
  void write(std::uint32_t offset, std::uint32_t value);

 private:
  bool enabled() const { return (control_ & 1U) != 0; }
  std::uint64_t divider() const { return (control_ & 4U) != 0 ? 1 : reference_divider_; }

  std::uint32_t reference_divider_;
  std::uint32_t control_ = 0, load_ = 0, value_ = 0;
  bool count_flag_ = false;
  std::uint64_t last_ = 0;  // up to when value_ is current
};

}  // namespace boardless::sim
