// Active bytes, writes under a mask, and vector operands.
#include "isa/arm/mve/lanes.h"

#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm {
namespace {

// The bits of a byte as eight bytes, all ones or all zeros.
constexpr std::array kBitsAsBytes = [] {
  std::array<std::uint64_t, 256> table{};
  for (std::size_t value = 0; value < table.size(); ++value) {
    for (std::size_t bit = 0; bit < 8; ++bit) {
      if ((value >> bit & 1) != 0) table[value] |= std::uint64_t{0xff} << (8 * bit);
    }
  }
  return table;
}();

VectorBits read_bits(const State& s, std::uint8_t quad) {
  return std::bit_cast<VectorBits>(read_lanes<std::uint8_t>(s, quad));
}

}  // namespace

// GetCurInstrBeat's ElmtMask, for all four beats (DDI 0553 B5.3, B5.6.2).
std::uint32_t active_bytes(const State& s) {
  constexpr std::uint32_t kMask01 = 0x000f0000, kMask23 = 0x00f00000;
  std::uint32_t active = kAllBytes;
  if ((s.vpr & kMask01) != 0) active &= s.vpr | 0xff00;
  if ((s.vpr & kMask23) != 0) active &= s.vpr | 0x00ff;
  const std::uint32_t ltpsize = (s.fpscr & kLtpsizeMask) >> kLtpsizeShift;
  if (ltpsize < 4) {
    const std::uint32_t left = s.r[14];
    if (left < kVectorBytes >> ltpsize) active &= (1U << (left << ltpsize)) - 1;
  }
  return active;
}

VectorBits byte_mask(std::uint32_t bytes) {
  return std::bit_cast<VectorBits>(
      std::array<std::uint64_t, 2>{kBitsAsBytes[bytes & 0xff], kBitsAsBytes[bytes >> 8 & 0xff]});
}

void write_bytes(State& s, std::uint8_t quad, VectorBits value, std::uint32_t bytes) {
  const VectorBits mask = byte_mask(bytes);
  const VectorBits merged = (value & mask) | (read_bits(s, quad) & ~mask);
  std::memcpy(&s.s[quad], &merged, kVectorBytes);
}

void write_active_bytes(State& s, std::uint8_t quad, VectorBits value) {
  write_bytes(s, quad, value, active_bytes(s));
}

std::uint8_t quad(const Decoded& d, std::size_t index) {
  constexpr std::uint8_t kWords = 4;
  check(index < d.operands.size() && d.operands[index].kind == MachineOperand::Kind::kQuad,
        "the semantics' table knows where an opcode has its vectors");
  return static_cast<std::uint8_t>(kWords * d.operands[index].value);
}

}  // namespace boardless::isa::arm
