// A core-local interruptor: software interrupt, machine timer and its comparison (SiFive FE310-G002
// manual, "Core-Local Interruptor"; the layout that most RV32 chips and simulators share).
#include <cstdint>
#include <memory>
#include <optional>

#include "devices/device_kinds.h"

namespace boardless::devices {
namespace {

constexpr std::uint32_t kBytes = 0xc000;
constexpr std::uint32_t kSoftware = 0x0000, kCompare = 0x4000, kTime = 0xbff8;
constexpr unsigned kSoftwareLine = 3, kTimerLine = 7;  // bits of mip

// `bytes` of a 64-bit register from `offset` on.
std::uint32_t part(std::uint64_t value, std::uint32_t offset, std::uint32_t bytes) {
  const std::uint64_t mask = (std::uint64_t{1} << 8 * bytes) - 1;
  return static_cast<std::uint32_t>(value >> 8 * offset & mask);
}

std::uint64_t with_part(std::uint64_t value, std::uint32_t offset, std::uint32_t bytes,
                        std::uint32_t written) {
  const std::uint64_t mask = ((std::uint64_t{1} << 8 * bytes) - 1) << 8 * offset;
  return (value & ~mask) | (std::uint64_t{written} << 8 * offset & mask);
}

// Of hart 0, whose lines are mip.MSIP and mip.MTIP; registers of others read as zero.
class Clint final : public sim::TimedDevice {
 public:
  explicit Clint(const sim::DeviceSite& site) : clock_(site.clock), host_(site.host) {}

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;
  std::uint64_t next_event() const override;
  void advance() override;
  std::optional<std::uint64_t> machine_time() const override { return time(); }

 private:
  std::uint64_t time() const { return clock_.ratio().to_ticks(host_.now()) + offset_; }

  const sim::BusClock& clock_;
  sim::DeviceHost& host_;
  bool software_ = false;
  // Not reset by hardware: no interrupt until it is set.
  std::uint64_t compare_ = ~std::uint64_t{0};
  std::uint64_t offset_ = 0;  // what writes of mtime added
};

std::uint32_t Clint::read(std::uint32_t offset, std::uint32_t bytes) {
  if (offset == kSoftware) return static_cast<std::uint32_t>(software_);
  if (offset - kCompare < 8) return part(compare_, offset - kCompare, bytes);
  if (offset - kTime < 8) return part(time(), offset - kTime, bytes);
  return 0;
}

void Clint::write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) {
  if (offset == kSoftware) software_ = (value & 1U) != 0;
  if (offset - kCompare < 8) compare_ = with_part(compare_, offset - kCompare, bytes, value);
  if (offset - kTime < 8) {
    const std::uint64_t before = time();
    offset_ += with_part(before, offset - kTime, bytes, value) - before;
  }
  advance();
  host_.reschedule();
}

void Clint::advance() {
  host_.set_line(kSoftwareLine, software_);
  host_.set_line(kTimerLine, time() >= compare_);
}

std::uint64_t Clint::next_event() const {
  if (time() >= compare_) return sim::kNever;
  const std::uint64_t ticks = compare_ - offset_;
  const sim::ClockRatio ratio = clock_.ratio();
  if (ticks > sim::kNever / 2 / ratio.numerator) return sim::kNever;
  return ratio.to_cycles(ticks);
}

}  // namespace

sim::DeviceSpec read_clint(DeviceKeys& keys) {
  sim::DeviceSpec device = keys.device(kBytes);
  device.clock = keys.clock();
  device.make = [](const sim::DeviceSite& site) { return std::make_unique<Clint>(site); };
  return device;
}

}  // namespace boardless::devices
