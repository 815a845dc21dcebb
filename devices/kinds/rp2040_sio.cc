// The single-cycle IO block of RP2040, as core 0 sees it: core number, GPIO outputs, spinlocks and
// the divider (RP2040 datasheet 2.3.1). Pins read what is driven. The divider is done at once,
// where the chip takes 8 cycles. The other core, to which the FIFOs lead, and the interpolators are
// not modelled.
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "devices/device_kinds.h"

namespace boardless::devices {
namespace {

constexpr std::uint32_t kBytes = 0x1000;
constexpr std::uint32_t kGpioIn = 0x004, kGpioHighIn = 0x008, kFirstOutput = 0x010,
                        kFifoStatus = 0x050, kFifoWrite = 0x054, kSpinlocks = 0x05c,
                        kFirstDivider = 0x060, kInterpolators = 0x080, kFirstSpinlock = 0x100,
                        kEnd = 0x180;

// A register with aliases behind it that set, clear and toggle bits of it.
std::uint32_t written(std::uint32_t before, std::uint32_t alias, std::uint32_t value) {
  switch (alias) {
    case 0:
      return value;
    case 1:
      return before | value;
    case 2:
      return before & ~value;
    default:
      return before ^ value;
  }
}

class Divider {
 public:
  std::uint32_t read(std::uint32_t offset);
  void write(std::uint32_t offset, std::uint32_t value);

 private:
  enum : std::uint32_t {
    kUnsignedDividend = 0x00,
    kUnsignedDivisor = 0x04,
    kSignedDividend = 0x08,
    kSignedDivisor = 0x0c,
    kQuotient = 0x10,
    kRemainder = 0x14,
    kStatus = 0x18,
  };
  static constexpr std::uint32_t kReady = 1, kDirty = 2;
  void divide(bool is_signed);

  std::uint32_t dividend_ = 0, divisor_ = 0, quotient_ = 0, remainder_ = 0;
  bool dirty_ = false;
};

// By zero: all ones of unsigned numbers, -1 or 1 of signed ones; the remainder is the dividend.
void Divider::divide(bool is_signed) {
  const bool negative = is_signed && (dividend_ >> 31) != 0;
  const bool opposite = is_signed && ((dividend_ ^ divisor_) >> 31) != 0;
  const std::uint32_t a = negative ? 0 - dividend_ : dividend_;
  const std::uint32_t b = is_signed && (divisor_ >> 31) != 0 ? 0 - divisor_ : divisor_;
  if (b == 0) {
    quotient_ = negative ? 1 : ~0U;
    remainder_ = dividend_;
    return;
  }
  quotient_ = opposite ? 0 - a / b : a / b;
  remainder_ = negative ? 0 - a % b : a % b;
}

std::uint32_t Divider::read(std::uint32_t offset) {
  switch (offset) {
    case kUnsignedDividend:
    case kSignedDividend:
      return dividend_;
    case kUnsignedDivisor:
    case kSignedDivisor:
      return divisor_;
    case kQuotient:
      dirty_ = false;
      return quotient_;
    case kRemainder:
      return remainder_;
    case kStatus:
      return kReady | (dirty_ ? kDirty : 0);
    default:
      return 0;
  }
}

void Divider::write(std::uint32_t offset, std::uint32_t value) {
  if (offset == kUnsignedDividend || offset == kSignedDividend) dividend_ = value;
  if (offset == kUnsignedDivisor || offset == kSignedDivisor) divisor_ = value;
  if (offset < kQuotient) divide(offset == kSignedDividend || offset == kSignedDivisor);
  if (offset == kQuotient) quotient_ = value;
  if (offset == kRemainder) remainder_ = value;
  if (offset < kStatus) dirty_ = true;
}

class Rp2040Sio final : public sim::TimedDevice {
 public:
  explicit Rp2040Sio(const sim::DeviceSite& site) : name_(site.name) {}

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;
  std::uint64_t next_event() const override { return sim::kNever; }
  void advance() override {}

 private:
  // GPIO_OUT, GPIO_OE, GPIO_HI_OUT, GPIO_HI_OE: four words each, the aliases included.
  enum : std::size_t { kOut, kEnable, kHighOut, kHighEnable, kOutputs };
  std::uint32_t read_word(std::uint32_t offset);
  [[noreturn]] void refuse(const char* what) const {
    throw NotModelled(fmt::format("{}: {}", name_, what));
  }

  std::string name_;
  std::array<std::uint32_t, kOutputs> outputs_{};
  std::uint32_t locks_ = 0;
  Divider divider_;
};

std::uint32_t Rp2040Sio::read_word(std::uint32_t offset) {
  constexpr std::uint32_t kFifoHasRoom = 2;
  if (offset == kGpioIn) return outputs_[kOut] & outputs_[kEnable];
  if (offset == kGpioHighIn) return outputs_[kHighOut] & outputs_[kHighEnable];
  if (offset >= kFirstOutput && offset < kFifoStatus) return outputs_[(offset - kFirstOutput) / 16];
  if (offset == kFifoStatus) return kFifoHasRoom;
  if (offset == kSpinlocks) return locks_;
  if (offset >= kFirstDivider && offset < kInterpolators) {
    return divider_.read(offset - kFirstDivider);
  }
  if (offset >= kInterpolators && offset < kFirstSpinlock) refuse("its interpolators");
  if (offset >= kFirstSpinlock && offset < kEnd) {  // reading claims it; 0: it was taken
    const std::uint32_t lock = 1U << (offset - kFirstSpinlock) / 4;
    const bool free = (locks_ & lock) == 0;
    locks_ |= lock;
    return free ? lock : 0;
  }
  return 0;  // CPUID: core 0; FIFO_RD: nothing came
}

std::uint32_t Rp2040Sio::read(std::uint32_t offset, std::uint32_t bytes) {
  const std::uint32_t value = read_word(offset & ~3U) >> 8 * (offset & 3);
  return bytes == 4 ? value : value & ((1U << 8 * bytes) - 1);
}

void Rp2040Sio::write(std::uint32_t offset, std::uint32_t, std::uint32_t value) {
  offset &= ~3U;
  if (offset >= kFirstOutput && offset < kFifoStatus) {
    std::uint32_t& word = outputs_[(offset - kFirstOutput) / 16];
    word = written(word, offset / 4 % 4, value);
  }
  if (offset == kFifoWrite) refuse("a message to core 1");
  if (offset >= kFirstDivider && offset < kInterpolators) {
    divider_.write(offset - kFirstDivider, value);
  }
  if (offset >= kInterpolators && offset < kFirstSpinlock) refuse("its interpolators");
  if (offset >= kFirstSpinlock && offset < kEnd) {
    locks_ &= ~(1U << (offset - kFirstSpinlock) / 4);
  }
}

}  // namespace

sim::DeviceSpec read_rp2040_sio(DeviceKeys& keys) {
  sim::DeviceSpec device = keys.device(kBytes);
  device.clock = keys.clock();
  device.make = [](const sim::DeviceSite& site) { return std::make_unique<Rp2040Sio>(site); };
  return device;
}

}  // namespace boardless::devices
