// The counter's value as a function of time: nothing happens between accesses.
#include "sim/system_tick.h"

#include "sim/device_host.h"

namespace boardless::sim {

bool SystemTick::sync(std::uint64_t now) {
  if (!enabled()) {
    last_ = now;
    return false;
  }
  std::uint64_t ticks = (now - last_) / divider();
  last_ += ticks * divider();
  if (ticks == 0) return false;
  if (value_ == 0) {  // loading the counter takes the first tick
    if (load_ == 0) return false;
    value_ = load_;
    --ticks;
  }
  if (ticks < value_) {
    value_ -= static_cast<std::uint32_t>(ticks);
    return false;
  }
  const std::uint64_t period = std::uint64_t{load_} + 1;
  const std::uint64_t past_zero = (ticks - value_) % period;
  value_ = past_zero == 0 ? 0 : load_ - static_cast<std::uint32_t>(past_zero - 1);
  count_flag_ = true;
  return (control_ & 2U) != 0;
}

std::uint64_t SystemTick::next_event() const {
  if (!enabled() || (control_ & 2U) == 0) return kNever;
  if (value_ != 0) return last_ + value_ * divider();
  return load_ == 0 ? kNever : last_ + (std::uint64_t{load_} + 1) * divider();
}

std::uint32_t SystemTick::read(std::uint32_t offset) {
  switch (offset) {
    case 0x0: {
      const std::uint32_t value = control_ | static_cast<std::uint32_t>(count_flag_) << 16;
      count_flag_ = false;
      return value;
    }
    case 0x4:
      return load_;
    case 0x8:
      return value_;
    default:
      return 0xc0000000;  // CALIB: no reference clock, no exact 10 ms value
  }
}

void SystemTick::write(std::uint32_t offset, std::uint32_t value) {
  constexpr std::uint32_t k24Bits = 0xffffff;
  switch (offset) {
    case 0x0:
      control_ = value & 7U;
      break;
    case 0x4:
      load_ = value & k24Bits;
      break;
    case 0x8:
      value_ = 0;
      count_flag_ = false;
      break;
    default:
      break;
  }
}

}  // namespace boardless::sim
