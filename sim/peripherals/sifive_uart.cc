// Registers and the two directions (SiFive FE310-G002 manual, "Universal Asynchronous
// Receiver/Transmitter").
#include "sim/peripherals/sifive_uart.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace boardless::sim {
namespace {

constexpr std::uint32_t kTxData = 0x00, kRxData = 0x04, kTxControl = 0x08, kRxControl = 0x0c,
                        kInterruptEnable = 0x10, kInterruptPending = 0x14, kDivider = 0x18;
constexpr std::uint32_t kFull = 1U << 31, kEmpty = 1U << 31;  // txdata, rxdata
constexpr std::uint32_t kEnable = 1U, kTwoStopBits = 2U;      // txctrl, rxctrl
constexpr std::uint32_t kTransmitWatermark = 1U, kReceiveWatermark = 2U;
constexpr std::uint64_t kQueue = 8;

std::uint32_t watermark(std::uint32_t control) { return control >> 16 & 7U; }

}  // namespace

SifiveUart::SifiveUart(SifiveUartSpec spec, const BusClock& clock, SerialConsole& console,
                       DeviceHost& host)
    : spec_(std::move(spec)),
      clock_(clock),
      console_(console),
      host_(host),
      port_(console.add_port(spec_.name)) {}

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
        throw NotModelled(
            fmt::format("{}: a receive watermark of {}", spec_.name, watermark(value)));
      }
      receive_control_ = value;
      break;
    case kInterruptEnable:
      if (value != 0 && !spec_.interrupt) {
        throw NotModelled(
            fmt::format("{}: its interrupts, which come through a controller that is not modelled",
                        spec_.name));
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
  if (spec_.interrupt) host_.set_line(*spec_.interrupt, (pending() & interrupt_enable_) != 0);
}

std::uint64_t SifiveUart::next_event() const {
  const std::uint64_t now = host_.now();
  std::uint64_t next = kNever;
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

}  // namespace boardless::sim
