// The USART of ST's microcontrollers, asynchronous and without its FIFO: what it takes to print, to
// read and to be interrupted, each byte in the time that it takes on the wire (RM0432 50.8 for the
// split layout, RM0390 25.6 for the other).
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "devices/device_kinds.h"
#include "sim/storage_device.h"

namespace boardless::devices {
namespace {

constexpr std::uint32_t kBytes = 0x400;
enum class Layout : std::uint8_t {
  kStatusData,  // SR, DR, BRR, CR1 … (STM32F1 to F4)
  kSplit,       // CR1 … BRR … ISR, ICR, RDR, TDR, PRESC (all later families)
};

// CR1; the bits for the receiver and transmitter are the same in both layouts.
constexpr std::uint32_t kReceiver = 1U << 2, kTransmitter = 1U << 3, kRxInterrupt = 1U << 5,
                        kTcInterrupt = 1U << 6, kTxInterrupt = 1U << 7, kOver8 = 1U << 15;
// Status; the low byte is the same in both layouts.
constexpr std::uint32_t kRxne = 1U << 5, kTc = 1U << 6, kTxe = 1U << 7, kTeack = 1U << 21,
                        kReack = 1U << 22;

struct Offsets {
  std::uint32_t cr1, brr, status, rx, tx, prescaler;
};
constexpr std::uint32_t kNone = ~0U;
constexpr Offsets kStatusData{0x0c, 0x08, 0x00, 0x04, 0x04, kNone};
constexpr Offsets kSplit{0x00, 0x0c, 0x1c, 0x24, 0x28, 0x2c};

const Offsets& offsets(Layout layout) { return layout == Layout::kSplit ? kSplit : kStatusData; }

struct UsartSpec {
  std::uint32_t interrupt = 0;
  Layout layout = Layout::kSplit;
  bool low_power = false;  // LPUART: BRR counts 256ths of a clock
};

class Usart final : public sim::TimedDevice {
 public:
  Usart(const UsartSpec& spec, const sim::DeviceSite& site)
      : spec_(spec),
        clock_(site.clock),
        console_(site.console),
        host_(site.host),
        port_(console_.add_port(site.name)) {}

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
  const sim::BusClock& clock_;
  sim::SerialConsole& console_;
  sim::DeviceHost& host_;
  unsigned port_;
  sim::StorageDevice rest_;
  std::uint32_t cr1_ = 0, brr_ = 0, prescaler_ = 0;
  std::uint64_t shifting_until_ = 0;  // the shift register
  std::uint64_t holding_until_ = 0;   // the data register waits for the shift register until then
  std::uint64_t quiet_until_ = 0;     // the next received byte is complete no earlier
  std::uint32_t received_ = 0;
  bool has_received_ = false;
};

bool Usart::receives() const {
  const std::uint32_t enable = spec_.layout == Layout::kSplit ? 1U : 1U << 13;
  return (cr1_ & enable) != 0 && (cr1_ & kReceiver) != 0;
}

bool Usart::transmits() const {
  const std::uint32_t enable = spec_.layout == Layout::kSplit ? 1U : 1U << 13;
  return (cr1_ & enable) != 0 && (cr1_ & kTransmitter) != 0;
}

std::uint64_t Usart::byte_cycles() const {
  constexpr std::array<std::uint64_t, 16> kPrescalers{1,  2,  4,   6,   8,   10,  12,  16,
                                                      32, 64, 128, 256, 256, 256, 256, 256};
  constexpr std::uint64_t kBits = 10;  // start, eight data, stop
  std::uint64_t ticks = kBits * brr_;
  if (spec_.low_power) {
    ticks /= 256;
  } else if ((cr1_ & kOver8) != 0) {
    // USARTDIV[3:1] lies one bit lower, and is doubled: BRR counts halves of a clock.
    ticks = kBits * ((brr_ & ~0xfU) | (brr_ & 7U) << 1) / 2;
  }
  return clock_.ratio().to_cycles(ticks * kPrescalers[prescaler_ & 15]);
}

bool Usart::transmit_empty() const { return host_.now() >= holding_until_; }
bool Usart::transmit_complete() const { return host_.now() >= shifting_until_; }

std::uint32_t Usart::status() const {
  std::uint32_t value = 0;
  if (has_received_) value |= kRxne;
  if (transmit_empty()) value |= kTxe;
  if (transmit_complete()) value |= kTc;
  if (spec_.layout == Layout::kSplit) {
    if (transmits()) value |= kTeack;
    if (receives()) value |= kReack;
  }
  return value;
}

void Usart::transmit(std::uint8_t byte) {
  if (!transmits()) return;
  console_.print(port_, byte);
  const std::uint64_t starts = std::max(host_.now(), shifting_until_);
  holding_until_ = starts;
  shifting_until_ = starts + byte_cycles();
}

std::uint32_t Usart::take_received() {
  has_received_ = false;
  quiet_until_ = host_.now() + byte_cycles();
  return received_;
}

std::uint32_t Usart::read(std::uint32_t offset, std::uint32_t bytes) {
  advance();
  const Offsets& at = offsets(spec_.layout);
  if (offset == at.status) return status();
  if (offset == at.rx) {
    const std::uint32_t value = take_received();
    update_line();
    host_.reschedule();
    return value;
  }
  if (offset == at.tx) return 0;
  return rest_.read(offset, bytes);
}

void Usart::write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) {
  const Offsets& at = offsets(spec_.layout);
  if (offset == at.tx) {
    transmit(static_cast<std::uint8_t>(value));
  } else {
    rest_.write(offset, bytes, value);
    cr1_ = rest_.read(at.cr1, 4);
    brr_ = rest_.read(at.brr, 4);
    if (at.prescaler != kNone) prescaler_ = rest_.read(at.prescaler, 4);
  }
  advance();
  host_.reschedule();
}

void Usart::advance() {
  if (!has_received_ && receives() && console_.has_input(port_) && host_.now() >= quiet_until_) {
    received_ = console_.take_input();
    has_received_ = true;
  }
  update_line();
}

void Usart::update_line() {
  host_.set_line(spec_.interrupt, ((cr1_ & kRxInterrupt) != 0 && has_received_) ||
                                      ((cr1_ & kTxInterrupt) != 0 && transmit_empty()) ||
                                      ((cr1_ & kTcInterrupt) != 0 && transmit_complete()));
}

std::uint64_t Usart::next_event() const {
  const std::uint64_t now = host_.now();
  std::uint64_t next = sim::kNever;
  if (!has_received_ && receives() && console_.has_input(port_)) {
    next = std::max(now, quiet_until_);
  }
  if ((cr1_ & kTxInterrupt) != 0 && holding_until_ > now) next = std::min(next, holding_until_);
  if ((cr1_ & kTcInterrupt) != 0 && shifting_until_ > now) next = std::min(next, shifting_until_);
  return next;
}

}  // namespace

sim::DeviceSpec read_usart(DeviceKeys& keys) {
  sim::DeviceSpec device = keys.device(kBytes);
  UsartSpec spec;
  spec.interrupt = keys.interrupt();
  spec.layout = static_cast<Layout>(keys.map().choice("layout", {"status_data", "split"}));
  spec.low_power = keys.map().flag("low_power", false);
  device.clock = keys.clock();
  device.make = [spec](const sim::DeviceSite& site) { return std::make_unique<Usart>(spec, site); };
  return device;
}

}  // namespace boardless::devices
