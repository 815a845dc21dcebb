// An up-counting timer of ST's microcontrollers: prescaler, auto-reload, update event.
#pragma once

#include <cstdint>
#include <string>

#include "sim/device_host.h"
#include "sim/peripherals/bus_clock.h"
#include "sim/storage_device.h"

namespace boardless::sim {

struct TimerSpec {
  std::string name;
  std::uint32_t base = 0;
  std::uint32_t interrupt = 0;  // line
  std::uint32_t bits = 16;      // of the counter
};

// Its clock is the bus clock's timer_ratio(). Channels, one-pulse and down-counting modes are
// storage.
class Timer final : public TimedDevice {
 public:
  static constexpr std::uint32_t kBytes = 0x400;

  Timer(TimerSpec spec, const BusClock& clock, DeviceHost& host);

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;
  std::uint64_t next_event() const override;
  void advance() override;

 private:
  bool runs() const { return (control_ & 1U) != 0; }
  std::uint32_t limit() const;
  void update(bool sets_flag);

  TimerSpec spec_;
  const BusClock& clock_;
  DeviceHost& host_;
  StorageDevice rest_;
  std::uint32_t control_ = 0, interrupt_enable_ = 0, reload_ = 0, count_ = 0;
  std::uint32_t prescaler_ = 0, prescaler_in_use_ = 0;
  bool update_flag_ = false;
  std::uint64_t last_ = 0;  // up to when count_ is current
};

}  // namespace boardless::sim
