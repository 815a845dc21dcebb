// The rules are applied as registers are read; blocks have few of them.
#include "sim/register_file.h"

#include "base/error.h"

namespace boardless::sim {

RegisterFile::RegisterFile(RegisterFileSpec spec)
    : spec_(std::move(spec)), words_((spec_.bytes + 3) / 4) {
  for (const RegisterFileSpec::Reset& reset : spec_.resets) {
    words_.at(reset.offset / 4) = reset.value;
  }
}

std::uint32_t RegisterFile::word(std::uint32_t offset) const {
  std::uint32_t value = words_[offset / 4];
  for (const RegisterFileSpec::Follow& rule : spec_.follows) {
    if (rule.to.offset != offset) continue;
    const std::uint32_t from = (words_[rule.from.offset / 4] & rule.from.mask()) >> rule.from.lsb;
    value = (value & ~rule.to.mask()) | (from << rule.to.lsb & rule.to.mask());
  }
  for (const BitField& bits : spec_.ones) {
    if (bits.offset == offset) value |= bits.mask();
  }
  for (const BitField& bits : spec_.zeros) {
    if (bits.offset == offset) value &= ~bits.mask();
  }
  return value;
}

std::uint32_t RegisterFile::field(const BitField& bits) const {
  return (word(bits.offset) & bits.mask()) >> bits.lsb;
}

std::uint32_t RegisterFile::read(std::uint32_t offset, std::uint32_t bytes) {
  const std::uint32_t value = word(offset & ~3U) >> 8 * (offset & 3);
  return bytes == 4 ? value : value & ((1U << 8 * bytes) - 1);
}

void RegisterFile::write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) {
  if (before_write) before_write();
  std::uint32_t& stored = words_[offset / 4];
  const std::uint32_t shift = 8 * (offset & 3);
  const std::uint32_t mask = (bytes == 4 ? ~0U : (1U << 8 * bytes) - 1) << shift;
  const std::uint32_t before = stored;
  const std::uint32_t after = (stored & ~mask) | (value << shift & mask);
  stored = after;
  for (const BitField& bits : spec_.self_clearing) {
    if (bits.offset == (offset & ~3U)) stored &= ~bits.mask();
  }
  if (!on_control) return;
  for (const RegisterFileSpec::Control& control : spec_.controls) {
    const BitField& bits = control.field;
    if (bits.offset != (offset & ~3U) || ((before ^ after) & bits.mask()) == 0) continue;
    on_control(control.signal, (after & bits.mask()) >> bits.lsb);
  }
}

}  // namespace boardless::sim
