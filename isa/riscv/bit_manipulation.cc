// Zba, Zbb, Zbs (bit-manipulation extensions 1.0.0), Zbkb (scalar cryptography 1.0.1), and Zcb's
// short forms of them.
#include <algorithm>
#include <array>
#include <bit>

#include "isa/riscv/operands.h"

namespace boardless::isa::riscv {
namespace {

using Binary = std::uint32_t (*)(std::uint32_t, std::uint32_t);
using Unary = std::uint32_t (*)(std::uint32_t);

template <Binary kWhat>
const Op* run_binary(State& s, const Op* op) {
  s.x[op->rd] = kWhat(s.x[op->rn], s.x[op->rm]);
  return op + 1;
}

template <Binary kWhat>
const Op* run_binary_immediate(State& s, const Op* op) {
  s.x[op->rd] = kWhat(s.x[op->rn], op->imm);
  return op + 1;
}

template <Unary kWhat>
const Op* run_unary(State& s, const Op* op) {
  s.x[op->rd] = kWhat(s.x[op->rn]);
  return op + 1;
}

template <unsigned kShift>
constexpr std::uint32_t shift_add(std::uint32_t a, std::uint32_t b) {
  return (a << kShift) + b;
}

constexpr std::uint32_t and_not(std::uint32_t a, std::uint32_t b) { return a & ~b; }
constexpr std::uint32_t or_not(std::uint32_t a, std::uint32_t b) { return a | ~b; }
constexpr std::uint32_t xor_not(std::uint32_t a, std::uint32_t b) { return ~(a ^ b); }

constexpr bool less_signed(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::int32_t>(a) < static_cast<std::int32_t>(b);
}
constexpr std::uint32_t min_signed(std::uint32_t a, std::uint32_t b) {
  return less_signed(a, b) ? a : b;
}
constexpr std::uint32_t max_signed(std::uint32_t a, std::uint32_t b) {
  return less_signed(a, b) ? b : a;
}
constexpr std::uint32_t min_unsigned(std::uint32_t a, std::uint32_t b) { return std::min(a, b); }
constexpr std::uint32_t max_unsigned(std::uint32_t a, std::uint32_t b) { return std::max(a, b); }

constexpr std::uint32_t rotate_left(std::uint32_t a, std::uint32_t b) {
  return std::rotl(a, static_cast<int>(b & 31));
}
constexpr std::uint32_t rotate_right(std::uint32_t a, std::uint32_t b) {
  return std::rotr(a, static_cast<int>(b & 31));
}

constexpr std::uint32_t bit(std::uint32_t index) { return 1U << (index & 31); }
constexpr std::uint32_t bit_clear(std::uint32_t a, std::uint32_t b) { return a & ~bit(b); }
constexpr std::uint32_t bit_extract(std::uint32_t a, std::uint32_t b) { return a >> (b & 31) & 1; }
constexpr std::uint32_t bit_invert(std::uint32_t a, std::uint32_t b) { return a ^ bit(b); }
constexpr std::uint32_t bit_set(std::uint32_t a, std::uint32_t b) { return a | bit(b); }

constexpr std::uint32_t pack(std::uint32_t a, std::uint32_t b) { return (a & 0xffff) | b << 16; }
constexpr std::uint32_t pack_bytes(std::uint32_t a, std::uint32_t b) {
  return (a & 0xff) | (b & 0xff) << 8;
}

constexpr std::uint32_t leading_zeros(std::uint32_t a) {
  return static_cast<std::uint32_t>(std::countl_zero(a));
}
constexpr std::uint32_t trailing_zeros(std::uint32_t a) {
  return static_cast<std::uint32_t>(std::countr_zero(a));
}
constexpr std::uint32_t population(std::uint32_t a) {
  return static_cast<std::uint32_t>(std::popcount(a));
}
constexpr std::uint32_t sign_extend_byte(std::uint32_t a) {
  return static_cast<std::uint32_t>(static_cast<std::int8_t>(a));
}
constexpr std::uint32_t sign_extend_half(std::uint32_t a) {
  return static_cast<std::uint32_t>(static_cast<std::int16_t>(a));
}
constexpr std::uint32_t zero_extend_half(std::uint32_t a) { return a & 0xffff; }

// Every byte that is not zero becomes all ones.
constexpr std::uint32_t or_combine_bytes(std::uint32_t a) {
  std::uint32_t nonzero = a | (a >> 4 & 0x0f0f0f0f);
  nonzero |= nonzero >> 2 & 0x3f3f3f3f;
  nonzero |= nonzero >> 1 & 0x7f7f7f7f;
  return (nonzero & 0x01010101) * 0xff;
}

constexpr std::uint32_t reverse_bytes(std::uint32_t a) { return __builtin_bswap32(a); }

// The bits of each byte in reverse, by swapping halves, quarters and eighths of it.
constexpr std::uint32_t reverse_bits_in_bytes(std::uint32_t a) {
  a = (a & 0x0f0f0f0f) << 4 | (a >> 4 & 0x0f0f0f0f);
  a = (a & 0x33333333) << 2 | (a >> 2 & 0x33333333);
  return (a & 0x55555555) << 1 | (a >> 1 & 0x55555555);
}

// Exchanges the middle two quarters of every 4 * kBits bits.
template <unsigned kBits, std::uint32_t kMask>
constexpr std::uint32_t swap_middle(std::uint32_t a) {
  const std::uint32_t difference = (a ^ a >> kBits) & kMask;
  return a ^ difference ^ difference << kBits;
}

// The lower half's bits go to even places, the upper half's to odd ones.
constexpr std::uint32_t interleave(std::uint32_t a) {
  a = swap_middle<8, 0x0000ff00>(a);
  a = swap_middle<4, 0x00f000f0>(a);
  a = swap_middle<2, 0x0c0c0c0c>(a);
  return swap_middle<1, 0x22222222>(a);
}
constexpr std::uint32_t deinterleave(std::uint32_t a) {
  a = swap_middle<1, 0x22222222>(a);
  a = swap_middle<2, 0x0c0c0c0c>(a);
  a = swap_middle<4, 0x00f000f0>(a);
  return swap_middle<8, 0x0000ff00>(a);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"SH1ADD", of(Feature::kZba, kBitManipulation), three_registers<run_binary<shift_add<1>>>},
    {"SH2ADD", of(Feature::kZba, kBitManipulation), three_registers<run_binary<shift_add<2>>>},
    {"SH3ADD", of(Feature::kZba, kBitManipulation), three_registers<run_binary<shift_add<3>>>},
    {"ANDN", of(Feature::kZbb, kBitManipulation), three_registers<run_binary<and_not>>},
    {"ORN", of(Feature::kZbb, kBitManipulation), three_registers<run_binary<or_not>>},
    {"XNOR", of(Feature::kZbb, kBitManipulation), three_registers<run_binary<xor_not>>},
    {"MIN", of(Feature::kZbb, kBitManipulation), three_registers<run_binary<min_signed>>},
    {"MAX", of(Feature::kZbb, kBitManipulation), three_registers<run_binary<max_signed>>},
    {"MINU", of(Feature::kZbb, kBitManipulation), three_registers<run_binary<min_unsigned>>},
    {"MAXU", of(Feature::kZbb, kBitManipulation), three_registers<run_binary<max_unsigned>>},
    {"ROL", of(Feature::kZbb, kShift), three_registers<run_binary<rotate_left>>},
    {"ROR", of(Feature::kZbb, kShift), three_registers<run_binary<rotate_right>>},
    {"RORI", of(Feature::kZbb, kShift),
     two_registers_immediate<run_binary_immediate<rotate_right>>},
    {"BCLR", of(Feature::kZbs, kBitManipulation), three_registers<run_binary<bit_clear>>},
    {"BEXT", of(Feature::kZbs, kBitManipulation), three_registers<run_binary<bit_extract>>},
    {"BINV", of(Feature::kZbs, kBitManipulation), three_registers<run_binary<bit_invert>>},
    {"BSET", of(Feature::kZbs, kBitManipulation), three_registers<run_binary<bit_set>>},
    {"BCLRI", of(Feature::kZbs, kBitManipulation),
     two_registers_immediate<run_binary_immediate<bit_clear>>},
    {"BEXTI", of(Feature::kZbs, kBitManipulation),
     two_registers_immediate<run_binary_immediate<bit_extract>>},
    {"BINVI", of(Feature::kZbs, kBitManipulation),
     two_registers_immediate<run_binary_immediate<bit_invert>>},
    {"BSETI", of(Feature::kZbs, kBitManipulation),
     two_registers_immediate<run_binary_immediate<bit_set>>},
    {"PACK", of(Feature::kZbkb, kBitManipulation), three_registers<run_binary<pack>>},
    {"PACKH", of(Feature::kZbkb, kBitManipulation), three_registers<run_binary<pack_bytes>>},
    {"CLZ", of(Feature::kZbb, kBitManipulation), two_registers<run_unary<leading_zeros>>},
    {"CTZ", of(Feature::kZbb, kBitManipulation), two_registers<run_unary<trailing_zeros>>},
    {"CPOP", of(Feature::kZbb, kBitManipulation), two_registers<run_unary<population>>},
    {"SEXT_B", of(Feature::kZbb, kBitManipulation), two_registers<run_unary<sign_extend_byte>>},
    {"C_SEXT_B", of(Feature::kZcb, kBitManipulation), two_registers<run_unary<sign_extend_byte>>},
    {"SEXT_H", of(Feature::kZbb, kBitManipulation), two_registers<run_unary<sign_extend_half>>},
    {"C_SEXT_H", of(Feature::kZcb, kBitManipulation), two_registers<run_unary<sign_extend_half>>},
    {"ZEXT_H_RV32", of(Feature::kZbb, kBitManipulation),
     two_registers<run_unary<zero_extend_half>>},
    {"C_ZEXT_H", of(Feature::kZcb, kBitManipulation), two_registers<run_unary<zero_extend_half>>},
    {"ORC_B", of(Feature::kZbb, kBitManipulation), two_registers<run_unary<or_combine_bytes>>},
    {"REV8_RV32", of(Feature::kZbb, kBitManipulation), two_registers<run_unary<reverse_bytes>>},
    {"BREV8", of(Feature::kZbkb, kBitManipulation),
     two_registers<run_unary<reverse_bits_in_bytes>>},
    {"ZIP_RV32", of(Feature::kZbkb, kBitManipulation), two_registers<run_unary<interleave>>},
    {"UNZIP_RV32", of(Feature::kZbkb, kBitManipulation), two_registers<run_unary<deinterleave>>},
});

}  // namespace

std::span<const OpcodeRow> bit_manipulation_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
