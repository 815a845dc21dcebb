// The count as a function of time (RM0432 38.3.1, 38.4).
#include "sim/peripherals/timer.h"

namespace boardless::sim {
namespace {

constexpr std::uint32_t kCr1 = 0x00, kDier = 0x0c, kSr = 0x10, kEgr = 0x14, kCnt = 0x24,
                        kPsc = 0x28, kArr = 0x2c;

}  // namespace

Timer::Timer(TimerSpec spec, const BusClock& clock, DeviceHost& host)
    : spec_(std::move(spec)), clock_(clock), host_(host), reload_(limit()) {}

std::uint32_t Timer::limit() const { return spec_.bits >= 32 ? ~0U : (1U << spec_.bits) - 1; }

void Timer::update(bool sets_flag) {
  prescaler_in_use_ = prescaler_;
  if (sets_flag) update_flag_ = true;
}

void Timer::advance() {
  const std::uint64_t now = host_.now();
  if (!runs()) {
    last_ = now;
  } else {
    ClockRatio ratio = clock_.timer_ratio();
    ratio.numerator *= std::uint64_t{prescaler_in_use_} + 1;
    const std::uint64_t ticks = ratio.to_ticks(now - last_);
    if (ticks != 0) {
      last_ += ratio.to_cycles(ticks);
      const std::uint64_t period = std::uint64_t{reload_} + 1;
      const std::uint64_t total = count_ + ticks;
      count_ = static_cast<std::uint32_t>(total % period);
      if (total >= period) update(true);
    }
  }
  host_.set_line(spec_.interrupt, update_flag_ && (interrupt_enable_ & 1U) != 0);
}

std::uint64_t Timer::next_event() const {
  if (!runs() || update_flag_ || (interrupt_enable_ & 1U) == 0) return kNever;
  ClockRatio ratio = clock_.timer_ratio();
  ratio.numerator *= std::uint64_t{prescaler_in_use_} + 1;
  const std::uint64_t left = count_ > reload_ ? 1 : std::uint64_t{reload_} + 1 - count_;
  return last_ + ratio.to_cycles(left);
}

std::uint32_t Timer::read(std::uint32_t offset, std::uint32_t bytes) {
  advance();
  switch (offset) {
    case kCr1:
      return control_;
    case kDier:
      return interrupt_enable_;
    case kSr:
      return static_cast<std::uint32_t>(update_flag_);
    case kEgr:
      return 0;
    case kCnt:
      return count_;
    case kPsc:
      return prescaler_;
    case kArr:
      return reload_;
    default:
      return rest_.read(offset, bytes);
  }
}

void Timer::write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) {
  advance();
  switch (offset) {
    case kCr1:
      control_ = value;
      break;
    case kDier:
      interrupt_enable_ = value;
      break;
    case kSr:
      update_flag_ = update_flag_ && (value & 1U) != 0;
      break;
    case kEgr:
      if ((value & 1U) != 0) {
        count_ = 0;
        update((control_ & 4U) == 0);  // URS: only overflows set the flag
      }
      break;
    case kCnt:
      count_ = value & limit();
      break;
    case kPsc:
      prescaler_ = value & 0xffff;
      break;
    case kArr:
      reload_ = value & limit();
      break;
    default:
      rest_.write(offset, bytes, value);
  }
  advance();
  host_.reschedule();
}

}  // namespace boardless::sim
