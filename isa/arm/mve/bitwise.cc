// MVE: bitwise operations, and bits and elements that change places (DDI 0553 C2.4: VAND to VORR,
// VMVN, VREV, VBRSR).
#include <array>

#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm {
namespace {

using Bits = std::uint64_t;

constexpr Bits bits_and(Bits a, Bits b) { return a & b; }
constexpr Bits bits_or(Bits a, Bits b) { return a | b; }
constexpr Bits bits_exclusive_or(Bits a, Bits b) { return a ^ b; }
constexpr Bits bits_clear(Bits a, Bits b) { return a & ~b; }
constexpr Bits bits_or_not(Bits a, Bits b) { return a | ~b; }
constexpr Bits bits_not(Bits a) { return ~a; }

template <auto kFunction>
constexpr Builder kBitwise = qd_qn_qm<run_lanes<kFunction, Qn<Bits>, Qm<Bits>>>;

// The elements of type T in the reverse order within each container.
template <class Container, class T>
constexpr Container reverse(Container value) {
  constexpr int kBits = 8 * sizeof(T);
  Container result = 0;
  for (std::size_t i = 0; i < sizeof(Container) / sizeof(T); ++i) {
    result = static_cast<Container>(result << kBits | (value & static_cast<T>(~T{0})));
    value = static_cast<Container>(value >> kBits);
  }
  return result;
}

template <class Container, class T>
constexpr Builder kReverse = qd_qm<run_lanes<reverse<Container, T>, Qm<Container>>>;

// The lowest `count` (a byte) bits in the reverse order, above them zeros.
template <class T>
constexpr T reverse_bits(T value, T count) {
  constexpr unsigned kBits = 8 * sizeof(T);
  const unsigned bits = count & 0xff;
  if (bits == 0) return 0;
  std::uint32_t reversed = 0;
  for (unsigned bit = 0; bit < kBits; ++bit) {
    reversed = reversed << 1 | (std::uint32_t{value} >> bit & 1);
  }
  return static_cast<T>(bits < kBits ? reversed >> (kBits - bits) : reversed);
}

template <class T>
constexpr Builder kReverseBits = qd_qn_rm<run_lanes<reverse_bits<T>, Qn<T>, Rm<T>>>;

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VAND", helium(kVectorLogical), kBitwise<bits_and>},
    {"MVE_VORR", helium(kVectorLogical), kBitwise<bits_or>},
    {"MVE_VEOR", helium(kVectorLogical), kBitwise<bits_exclusive_or>},
    {"MVE_VBIC", helium(kVectorLogical), kBitwise<bits_clear>},
    {"MVE_VORN", helium(kVectorLogical), kBitwise<bits_or_not>},
    {"MVE_VMVN", helium(kVectorLogical), qd_qm<run_lanes<bits_not, Qm<Bits>>>},
    {"MVE_VREV16_8", helium(kVectorLogical), kReverse<std::uint16_t, std::uint8_t>},
    {"MVE_VREV32_8", helium(kVectorLogical), kReverse<std::uint32_t, std::uint8_t>},
    {"MVE_VREV32_16", helium(kVectorLogical), kReverse<std::uint32_t, std::uint16_t>},
    {"MVE_VREV64_8", helium(kVectorLogical), kReverse<std::uint64_t, std::uint8_t>},
    {"MVE_VREV64_16", helium(kVectorLogical), kReverse<std::uint64_t, std::uint16_t>},
    {"MVE_VREV64_32", helium(kVectorLogical), kReverse<std::uint64_t, std::uint32_t>},
    {"MVE_VBRSR8", helium(kVectorAlu), kReverseBits<std::uint8_t>},
    {"MVE_VBRSR16", helium(kVectorAlu), kReverseBits<std::uint16_t>},
    {"MVE_VBRSR32", helium(kVectorAlu), kReverseBits<std::uint32_t>},
});

}  // namespace

std::span<const OpcodeRow> mve_bitwise_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
