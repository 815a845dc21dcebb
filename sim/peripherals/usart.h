// The USART of ST's microcontrollers, asynchronous and without its FIFO: what it takes to print, to
// read and to be interrupted, each byte in the time that it takes on the wire.
#pragma once

#include <cstdint>
#include <string>

#include "sim/device_host.h"
#include "sim/peripherals/bus_clock.h"
#include "sim/serial_console.h"
#include "sim/storage_device.h"

namespace boardless::sim {

struct UsartSpec {
  std::string name;
  std::uint32_t base = 0;
  std::uint32_t interrupt = 0;  // line
  enum class Layout : std::uint8_t {
    kStatusData,  // SR, DR, BRR, CR1 … (STM32F1 to F4)
    kSplit,       // CR1 … BRR … ISR, ICR, RDR, TDR, PRESC (all later families)
  };
  Layout layout = Layout::kSplit;
  bool low_power = false;  // LPUART: BRR counts 256ths of a clock
};

class Usart final : public TimedDevice {
 public:
  static constexpr std::uint32_t kBytes = 0x400;

  Usart(UsartSpec spec, const BusClock& clock, SerialConsole& console, DeviceHost& host);

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;
  std::uint64_t next_event() const override;
  void advance() override;

 private:
  bool receives() const;
  bool transmits() const;
  bool transmit_empty() const;     // TXE: the data register can take a byte
  bool transmit_complete() const;  // TC: nothing is left on the wire
  std::uint64_t byte_cycles() const;
  std::uint32_t status() const;
  void transmit(std::uint8_t byte);
  std::uint32_t take_received();
  void update_line();

  UsartSpec spec_;
  const BusClock& clock_;
  SerialConsole& console_;
  DeviceHost& host_;
  unsigned port_;
  StorageDevice rest_;
  std::uint32_t cr1_ = 0, brr_ = 0, prescaler_ = 0;
  std::uint64_t shifting_until_ = 0;  // the shift register
  std::uint64_t holding_until_ = 0;   // the data register waits for the shift register until then
  std::uint64_t quiet_until_ = 0;     // the next received byte is complete no earlier
  std::uint32_t received_ = 0;
  bool has_received_ = false;
};

}  // namespace boardless::sim
