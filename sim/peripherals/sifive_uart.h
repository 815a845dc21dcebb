// SiFive's UART: queues of eight bytes, each byte in the time that it takes on the wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/device_host.h"
#include "sim/peripherals/bus_clock.h"
#include "sim/serial_console.h"

namespace boardless::sim {

struct SifiveUartSpec {
  std::string name;
  std::uint32_t base = 0;
  // Of mip; none: its interrupts come through a controller that is not modelled.
  std::optional<std::uint32_t> interrupt;
};

// Bytes wait in the console until they are read, so one is received at a time.
class SifiveUart final : public TimedDevice {
 public:
  static constexpr std::uint32_t kBytes = 0x1000;

  SifiveUart(SifiveUartSpec spec, const BusClock& clock, SerialConsole& console, DeviceHost& host);

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;
  std::uint64_t next_event() const override;
  void advance() override;

 private:
  std::uint64_t byte_cycles() const;
  std::uint64_t queued() const;  // bytes that wait behind the one on the wire
  bool has_byte() const;
  std::uint32_t pending() const;
  void transmit(std::uint8_t byte);

  SifiveUartSpec spec_;
  const BusClock& clock_;
  SerialConsole& console_;
  DeviceHost& host_;
  unsigned port_;
  std::string held_;  // written while the transmitter was off
  std::uint32_t transmit_control_ = 0, receive_control_ = 0, interrupt_enable_ = 0;
  std::uint32_t divider_ = 0xffff;
  std::uint64_t sending_until_ = 0;  // all that was written
  std::uint64_t quiet_until_ = 0;    // the next received byte is complete no earlier
};

}  // namespace boardless::sim
