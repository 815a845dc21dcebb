// Registers of hart 0; those of others read as zero.
#include "sim/peripherals/clint.h"

namespace boardless::sim {
namespace {

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

}  // namespace

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
  if (time() >= compare_) return kNever;
  const std::uint64_t ticks = compare_ - offset_;
  const ClockRatio ratio = clock_.ratio();
  if (ticks > kNever / 2 / ratio.numerator) return kNever;
  return ratio.to_cycles(ticks);
}

}  // namespace boardless::sim
