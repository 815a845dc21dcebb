// Packing and unpacking the program status register (DDI 0403E B1.4.2), and what MVE's predication
// follows from.
#include "isa/arm/state.h"

namespace boardless::isa::arm {

std::uint32_t xpsr(const State& s) {
  const std::uint32_t thumb = (s.not_thumb ^ 1U) << 24;
  // ITSTATE[7:2] lies in bits 15:10, ITSTATE[1:0] in bits 26:25.
  const std::uint32_t it = (s.it & 0xfcU) << 8 | (s.it & 3U) << 25;
  return static_cast<std::uint32_t>(s.n()) << 31 | static_cast<std::uint32_t>(s.z()) << 30 |
         s.c << 29 | s.v << 28 | s.q << 27 | it | thumb | s.ge << 16;
}

void set_xpsr(State& s, std::uint32_t value) {
  s.set_flags((value >> 31 & 1) != 0, (value >> 30 & 1) != 0, (value >> 29 & 1) != 0,
              (value >> 28 & 1) != 0);
  s.q = value >> 27 & 1;
  s.ge = value >> 16 & 15;
  s.it = (value >> 8 & 0xfcU) | (value >> 25 & 3U);
}

void note_predication(State& s) {
  constexpr std::uint32_t kFpca = 1U << 2;
  const bool active = (s.control & kFpca) != 0;
  s.vpt = active ? s.vpr & kVprMasks : 0;
  const std::uint32_t ltpsize = (s.fpscr & kLtpsizeMask) >> kLtpsizeShift;
  s.whole_vector_from = 0;
  if (active && ltpsize < 4) s.whole_vector_from = std::uint64_t{1} << (4 - ltpsize);
  if (s.vpt != 0) s.whole_vector_from = std::uint64_t{1} << 32;
}

}  // namespace boardless::isa::arm
