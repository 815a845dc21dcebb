// The independent watchdog of ST's microcontrollers: counts down, and resets the chip after zero or
// when it is reloaded before its window opens (registers as in ST's CMSIS device headers; a reload
// value of n lasts n + 1 counts: "Min-max timeout value" of stm32l4xx_hal_iwdg.c). Settings take
// effect at once: the flags that an update is under way read 0.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "devices/device_kinds.h"

namespace boardless::devices {
namespace {

constexpr std::uint32_t kBytes = 0x400;
constexpr std::uint32_t kKr = 0x00, kPr = 0x04, kRlr = 0x08, kSr = 0x0c, kWinr = 0x10, kEwcr = 0x14;
constexpr std::uint32_t kReloads = 0xaaaa, kUnlocks = 0x5555, kStarts = 0xcccc;
constexpr std::uint32_t kLimit = 0xfff;  // of counter, reload value and window
constexpr std::uint32_t kEwie = 1U << 15;
constexpr std::uint32_t kOnf = 1U << 8;  // of U3; reserved on U5
enum class Layout : std::uint8_t {
  kPlain,        // KR, PR up to /256, RLR, SR (STM32F1 to F4)
  kWindow,       // and WINR (F7, G0, H7, L4)
  kEarlyWakeup,  // and EWCR; PR up to /1024 (U3, U5)
};

class Iwdg final : public sim::TimedDevice {
 public:
  Iwdg(Layout layout, const sim::DeviceSite& site)
      : name_(site.name), layout_(layout), clock_(site.clock), host_(site.host) {}

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;
  std::uint64_t next_event() const override;
  void advance() override;
  bool will_reset() const override { return runs_; }

 private:
  sim::ClockRatio ratio() const;
  void write_key(std::uint32_t key);
  void write_setting(std::uint32_t offset, std::uint32_t value);
  void reload();
  void reset(const std::string& why);

  std::string name_;
  Layout layout_;
  const sim::BusClock& clock_;
  sim::DeviceHost& host_;
  bool runs_ = false, unlocked_ = false;
  std::uint32_t prescaler_ = 0, reload_ = kLimit, window_ = kLimit, early_wakeup_ = 0;
  std::uint32_t count_ = kLimit;
  std::uint64_t last_ = 0;  // up to when count_ is current
};

// Of a count.
sim::ClockRatio Iwdg::ratio() const {
  const std::uint32_t largest = layout_ == Layout::kEarlyWakeup ? 8 : 6;
  sim::ClockRatio ratio = clock_.ratio();
  ratio.numerator *= std::uint64_t{4} << std::min(prescaler_, largest);
  return ratio;
}

void Iwdg::reset(const std::string& why) {
  runs_ = false;
  host_.request_reset(fmt::format("the watchdog {} reset the chip: {}", name_, why));
}

void Iwdg::advance() {
  if (!runs_) return;
  const std::uint64_t counts = ratio().take_ticks(last_, host_.now());
  if (counts > count_) {
    reset("it was not reloaded in time");
    return;
  }
  count_ -= static_cast<std::uint32_t>(counts);
}

std::uint64_t Iwdg::next_event() const {
  if (!runs_) return sim::kNever;
  return last_ + ratio().to_cycles(std::uint64_t{count_} + 1);
}

void Iwdg::reload() {
  count_ = reload_;
  last_ = host_.now();
}

void Iwdg::write_key(std::uint32_t key) {
  unlocked_ = key == kUnlocks;
  if (key == kReloads) {
    if (runs_ && count_ > window_) {
      reset(
          fmt::format("it was reloaded at a count of {}, above its window of {}", count_, window_));
    }
    reload();
  }
  if (key == kStarts && !runs_) {
    runs_ = true;
    last_ = host_.now();
  }
}

void Iwdg::write_setting(std::uint32_t offset, std::uint32_t value) {
  if (!unlocked_) return;
  if (offset == kPr) prescaler_ = value & (layout_ == Layout::kEarlyWakeup ? 15U : 7U);
  if (offset == kRlr) reload_ = value & kLimit;
  if (offset == kWinr && layout_ != Layout::kPlain) {
    window_ = value & kLimit;
    reload();
  }
  if (offset == kEwcr && layout_ == Layout::kEarlyWakeup) {
    if ((value & kEwie) != 0) {
      throw NotModelled(fmt::format("{}: its early wakeup interrupt", name_));
    }
    early_wakeup_ = value & kLimit;
  }
}

std::uint32_t Iwdg::read(std::uint32_t offset, std::uint32_t) {
  if (offset == kPr) return prescaler_;
  if (offset == kRlr) return reload_;
  if (offset == kWinr && layout_ != Layout::kPlain) return window_;
  if (offset == kEwcr) return early_wakeup_;
  if (offset == kSr && layout_ == Layout::kEarlyWakeup) return runs_ ? kOnf : 0;
  return 0;
}

void Iwdg::write(std::uint32_t offset, std::uint32_t, std::uint32_t value) {
  advance();
  if (offset == kKr) {
    write_key(value & 0xffff);
  } else {
    write_setting(offset, value);
  }
  host_.reschedule();
}

}  // namespace

sim::DeviceSpec read_iwdg(DeviceKeys& keys) {
  sim::DeviceSpec device = keys.device(kBytes);
  const auto layout =
      static_cast<Layout>(keys.map().choice("layout", {"plain", "window", "early_wakeup"}));
  device.clock = keys.clock();
  device.make = [layout](const sim::DeviceSite& site) {
    return std::make_unique<Iwdg>(layout, site);
  };
  return device;
}

}  // namespace boardless::devices
