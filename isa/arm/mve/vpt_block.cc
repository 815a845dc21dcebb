// Masks of VPT blocks.
#include "isa/arm/mve/vpt_block.h"

#include <bit>

#include "isa/arm/operands.h"

namespace boardless::isa::arm {
namespace {

constexpr std::uint32_t kMask01Shift = 16, kMask23Shift = 20;

constexpr std::uint32_t advanced(std::uint32_t mask) { return mask << 1 & 15; }

// A mask whose highest bit is set, and not as the end of the block.
constexpr bool inverts(std::uint32_t mask) { return mask > 8; }

}  // namespace

void VptBlock::advance() {
  mask01_ = advanced(mask01_);
  mask23_ = advanced(mask23_);
}

std::array<std::uint8_t, 4> VptBlock::as_vpst() const {
  // The later a mask has its lowest bit, the more instructions it covers.
  const bool first_is_longer =
      mask23_ == 0 || (mask01_ != 0 && std::countr_zero(mask01_) < std::countr_zero(mask23_));
  const std::uint32_t mask = first_is_longer ? mask01_ : mask23_;
  const std::uint32_t first = 0xfe31 | mask >> 3 << 6, second = 0x0f4d | (mask & 7) << 13;
  return {static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(first >> 8),
          static_cast<std::uint8_t>(second), static_cast<std::uint8_t>(second >> 8)};
}

std::uint32_t vpt_mask(const Decoded& d) {
  const std::uint32_t kinds = imm(d, 0);
  check(kinds != 0 && kinds < 16, "a VPT block has one to four instructions");
  const int last = std::countr_zero(kinds);
  std::uint32_t mask = 1U << last;
  for (int bit = 3; bit > last; --bit) mask |= (kinds ^ kinds >> 1) & 1U << bit;
  return mask;
}

void advance_vpt(State& s) {
  const std::uint32_t mask01 = s.vpr >> kMask01Shift & 15, mask23 = s.vpr >> kMask23Shift & 15;
  std::uint32_t p0 = s.vpr & 0xffff;
  if (inverts(mask01)) p0 ^= 0x00ff;
  if (inverts(mask23)) p0 ^= 0xff00;
  s.vpr = p0 | advanced(mask01) << kMask01Shift | advanced(mask23) << kMask23Shift;
  note_predication(s);
}

const Op* run_vpt_advance(State& s, const Op* op) {
  advance_vpt(s);
  return next(s, op);
}

}  // namespace boardless::isa::arm
