// An up-counting timer of ST's microcontrollers: prescaler, auto-reload, update event (RM0432
// 38.3.1, 38.4). Channels, one-pulse and down-counting modes are storage.
#include <cstdint>
#include <memory>

#include "devices/device_kinds.h"
#include "sim/storage_device.h"

namespace boardless::devices {
namespace {

constexpr std::uint32_t kBytes = 0x400;
constexpr std::uint32_t kCr1 = 0x00, kDier = 0x0c, kSr = 0x10, kEgr = 0x14, kCnt = 0x24,
                        kPsc = 0x28, kArr = 0x2c;

// The count is a function of time. Its clock is the bus clock's timer_ratio().
class Timer final : public sim::TimedDevice {
 public:
  // `bits`: of the counter.
  Timer(std::uint32_t interrupt, std::uint32_t bits, const sim::DeviceSite& site)
      : interrupt_(interrupt),
        limit_(bits >= 32 ? ~0U : (1U << bits) - 1),
        clock_(site.clock),
        host_(site.host),
        reload_(limit_) {}

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;
  std::uint64_t next_event() const override;
  void advance() override;

 private:
  bool runs() const { return (control_ & 1U) != 0; }
  sim::ClockRatio ratio() const;
  void update(bool sets_flag);

  std::uint32_t interrupt_, limit_;
  const sim::BusClock& clock_;
  sim::DeviceHost& host_;
  sim::StorageDevice rest_;
  std::uint32_t control_ = 0, interrupt_enable_ = 0, reload_, count_ = 0;
  std::uint32_t prescaler_ = 0, prescaler_in_use_ = 0;
  bool update_flag_ = false;
  std::uint64_t last_ = 0;  // up to when count_ is current
};

// Of a count.
sim::ClockRatio Timer::ratio() const {
  sim::ClockRatio ratio = clock_.timer_ratio();
  ratio.numerator *= std::uint64_t{prescaler_in_use_} + 1;
  return ratio;
}

void Timer::update(bool sets_flag) {
  prescaler_in_use_ = prescaler_;
  if (sets_flag) update_flag_ = true;
}

void Timer::advance() {
  const std::uint64_t now = host_.now();
  if (!runs()) {
    last_ = now;
  } else {
    const std::uint64_t ticks = ratio().take_ticks(last_, now);
    if (ticks != 0) {
      const std::uint64_t period = std::uint64_t{reload_} + 1;
      const std::uint64_t total = count_ + ticks;
      count_ = static_cast<std::uint32_t>(total % period);
      if (total >= period) update(true);
    }
  }
  host_.set_line(interrupt_, update_flag_ && (interrupt_enable_ & 1U) != 0);
}

std::uint64_t Timer::next_event() const {
  if (!runs() || update_flag_ || (interrupt_enable_ & 1U) == 0) return sim::kNever;
  const std::uint64_t left = count_ > reload_ ? 1 : std::uint64_t{reload_} + 1 - count_;
  return last_ + ratio().to_cycles(left);
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
      count_ = value & limit_;
      break;
    case kPsc:
      prescaler_ = value & 0xffff;
      break;
    case kArr:
      reload_ = value & limit_;
      break;
    default:
      rest_.write(offset, bytes, value);
  }
  advance();
  host_.reschedule();
}

}  // namespace

sim::DeviceSpec read_timer(DeviceKeys& keys) {
  sim::DeviceSpec device = keys.device(kBytes);
  const std::uint32_t interrupt = keys.interrupt();
  const std::uint32_t bits = keys.map().u32("bits");
  if (bits != 16 && bits != 32) keys.map().fail("bits", "must be 16 or 32");
  device.clock = keys.clock();
  device.make = [interrupt, bits](const sim::DeviceSite& site) {
    return std::make_unique<Timer>(interrupt, bits, site);
  };
  return device;
}

}  // namespace boardless::devices
