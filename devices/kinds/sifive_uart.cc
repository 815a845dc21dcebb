// SiFive's UART: queues of eight bytes, each byte in the time that it takes on the wire (SiFive
// FE310-G002 manual, "Universal Asynchronous Receiver/Transmitter").
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "devices/device_kinds.h"

namespace boardless::devices {
namespace {

constexpr std::uint32_t kBytes = 0x1000;
constexpr std::uint32_t kTxData = 0x00, kRxData = 0x04, kTxControl = 0x08, kRxControl = 0x0c,
                        kInterruptEnable = 0x10, kInterruptPending = 0x14, kDivider = 0x18;
constexpr std::uint32_t kFull = 1U << 31, kEmpty = 1U << 31;  // txdata, rxdata
constexpr std::uint32_t kEnable = 1U, kTwoStopBits = 2U;      // txctrl, rxctrl
constexpr std::uint32_t kTransmitWatermark = 1U, kReceiveWatermark = 2U;
constexpr std::uint64_t kQueue = 8;

std::uint32_t watermark(std::uint32_t control) { return control >> 16 & 7U; }

// Bytes wait in the console until they are read, so one is received at a time.
class SifiveUart final : public sim::TimedDevice {
 public:
  // `interrupt`: a bit of mip; none: its interrupts come through a controller that is not modelled.
  SifiveUart(std::optional<std::uint32_t> interrupt, const sim::DeviceSite& site)
      : name_(site.name),
        interrupt_(interrupt),
        clock_(site.clock),
        console_(site.console),
        host_(site.host),
        port_(console_.add_port(name_)) {}

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

  std::string name_;
  std::optional<std::uint32_t> interrupt_;
  const sim::BusClock& clock_;
  sim::SerialConsole& console_;
  sim::DeviceHost& host_;
  unsigned port_;
  std::string held_;  // written while the transmitter was off
  std::uint32_t transmit_control_ = 0, receive_control_ = 0, interrupt_enable_ = 0;
  std::uint32_t divider_ = 0xffff;
  std::uint64_t sending_until_ = 0;  // all that was written
  std::uint64_t quiet_until_ = 0;    // the next received byte is complete no earlier
};

std::uint64_t SifiveUart::byte_cycles() const {
  const std::uint64_t bits = (transmit_control_ & kTwoStopBits) != 0 ? 11 : 10;
  return clock_.ratio().to_cycles(bits * (std::uint64_t{divider_} + 1));
}

std::uint64_t SifiveUart::queued() const {
  if (!held_.empty()) return held_.size();
  const std::uint64_t now = host_.now();
  if (sending_until_ <= now) return 0;
  return (sending_until_ - now - 1) / byte_cycles();
}

bool SifiveUart::has_byte() const {
  return (receive_control_ & kEnable) != 0 && console_.has_input(port_) &&
         host_.now() >= quiet_until_;
}

std::uint32_t SifiveUart::pending() const {
  std::uint32_t value = 0;
  if (queued() < watermark(transmit_control_)) value |= kTransmitWatermark;
  if (has_byte()) value |= kReceiveWatermark;
  return value;
}

void SifiveUart::transmit(std::uint8_t byte) {
  if ((transmit_control_ & kEnable) == 0) {
    held_.push_back(static_cast<char>(byte));
    return;
  }
  console_.print(port_, byte);
  sending_until_ = std::max(host_.now(), sending_until_) + byte_cycles();
}

std::uint32_t SifiveUart::read(std::uint32_t offset, std::uint32_t) {
  switch (offset) {
    case kTxData:
      return queued() >= kQueue ? kFull : 0;
    case kRxData: {
      if (!has_byte()) return kEmpty;
      const std::uint32_t value = console_.take_input();
      quiet_until_ = host_.now() + byte_cycles();
      advance();
      host_.reschedule();
      return value;
    }
    case kTxControl:
      return transmit_control_;
    case kRxControl:
      return receive_control_;
    case kInterruptEnable:
      return interrupt_enable_;
    case kInterruptPending:
      return pending();
    case kDivider:
      return divider_;
    default:
      return 0;
  }
}

void SifiveUart::write(std::uint32_t offset, std::uint32_t, std::uint32_t value) {
  switch (offset) {
    case kTxData:
      if (queued() < kQueue) transmit(static_cast<std::uint8_t>(value));
      break;
    case kTxControl: {
      transmit_control_ = value;
      if ((value & kEnable) == 0) break;
      const std::string waiting = std::exchange(held_, {});
      for (const char byte : waiting) transmit(static_cast<std::uint8_t>(byte));
      break;
    }
    case kRxControl:
      if (watermark(value) != 0) {
        throw NotModelled(fmt::format("{}: a receive watermark of {}", name_, watermark(value)));
      }
      receive_control_ = value;
      break;
    case kInterruptEnable:
      if (value != 0 && !interrupt_) {
        throw NotModelled(fmt::format(
            "{}: its interrupts, which come through a controller that is not modelled", name_));
      }
      interrupt_enable_ = value & 3U;
      break;
    case kDivider:
      divider_ = value & 0xffff;
      break;
    default:
      break;
  }
  advance();
  host_.reschedule();
}

void SifiveUart::advance() {
  if (interrupt_) host_.set_line(*interrupt_, (pending() & interrupt_enable_) != 0);
}

std::uint64_t SifiveUart::next_event() const {
  const std::uint64_t now = host_.now();
  std::uint64_t next = sim::kNever;
  if ((interrupt_enable_ & kReceiveWatermark) != 0 && (receive_control_ & kEnable) != 0 &&
      console_.has_input(port_) && quiet_until_ > now) {
    next = quiet_until_;
  }
  const std::uint64_t mark = watermark(transmit_control_);
  if ((interrupt_enable_ & kTransmitWatermark) != 0 && mark != 0 && queued() >= mark) {
    next = std::min(next, std::max(now + 1, sending_until_ - mark * byte_cycles()));
  }
  return next;
}

}  // namespace

sim::DeviceSpec read_sifive_uart(DeviceKeys& keys) {
  sim::DeviceSpec device = keys.device(kBytes);
  std::optional<std::uint32_t> interrupt;
  if (keys.map().has("interrupt")) interrupt = keys.interrupt();
  device.clock = keys.clock();
  device.make = [interrupt](const sim::DeviceSite& site) {
    return std::make_unique<SifiveUart>(interrupt, site);
  };
  return device;
}

}  // namespace boardless::devices
