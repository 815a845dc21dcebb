// The arithmetic that Arm's data-processing handlers share (DDI 0403E A2.2.1, AddWithCarry and
// Shift_C).
#pragma once

#include <bit>
#include <cstdint>

#include "isa/arm/state.h"

namespace boardless::isa::arm {

// result = a + b + carry; with kFlags sets N, Z, C, V.
template <bool kFlags>
inline std::uint32_t add_with_carry(State& s, std::uint32_t a, std::uint32_t b,
                                    std::uint32_t carry) {
  const std::uint64_t sum = std::uint64_t{a} + b + carry;
  const auto result = static_cast<std::uint32_t>(sum);
  if constexpr (kFlags) {
    s.set_nz(result);
    s.c = static_cast<std::uint32_t>(sum >> 32);
    s.v = ((a ^ result) & (b ^ result)) >> 31;
  }
  return result;
}

struct Shifted {
  std::uint32_t value;
  std::uint32_t carry;
};

// Shifts by a register's low byte, 0 to 255: 0 leaves value and carry alone.
inline Shifted lsl_c(std::uint32_t value, std::uint32_t amount, std::uint32_t carry) {
  if (amount == 0) return {value, carry};
  if (amount < 32) return {value << amount, (value >> (32 - amount)) & 1};
  return {0, amount == 32 ? value & 1 : 0};
}
inline Shifted lsr_c(std::uint32_t value, std::uint32_t amount, std::uint32_t carry) {
  if (amount == 0) return {value, carry};
  if (amount < 32) return {value >> amount, (value >> (amount - 1)) & 1};
  return {0, amount == 32 ? value >> 31 : 0};
}
inline Shifted asr_c(std::uint32_t value, std::uint32_t amount, std::uint32_t carry) {
  if (amount == 0) return {value, carry};
  const auto value_signed = static_cast<std::int32_t>(value);
  if (amount < 32) {
    return {static_cast<std::uint32_t>(value_signed >> amount), (value >> (amount - 1)) & 1};
  }
  return {static_cast<std::uint32_t>(value_signed >> 31), value >> 31};
}
inline Shifted ror_c(std::uint32_t value, std::uint32_t amount, std::uint32_t carry) {
  if (amount == 0) return {value, carry};
  const std::uint32_t result = std::rotr(value, static_cast<int>(amount & 31));
  return {result, result >> 31};
}

// A shifted register operand as LLVM encodes it: kind in the low three bits (1 ASR, 2 LSL, 3 LSR,
// 4 ROR, 5 RRX), amount above them.
enum class ShiftKind : std::uint8_t { kAsr = 1, kLsl = 2, kLsr = 3, kRor = 4, kRrx = 5 };
constexpr ShiftKind shift_kind(std::uint32_t encoded) {
  return static_cast<ShiftKind>(encoded & 7);
}
constexpr std::uint32_t shift_amount(std::uint32_t encoded) { return encoded >> 3; }

template <ShiftKind kKind>
inline Shifted shift_c(std::uint32_t value, std::uint32_t amount, std::uint32_t carry) {
  if constexpr (kKind == ShiftKind::kAsr) return asr_c(value, amount, carry);
  if constexpr (kKind == ShiftKind::kLsl) return lsl_c(value, amount, carry);
  if constexpr (kKind == ShiftKind::kLsr) return lsr_c(value, amount, carry);
  if constexpr (kKind == ShiftKind::kRor) return ror_c(value, amount, carry);
  return {value >> 1 | carry << 31, value & 1};
}

// Shifts by an amount that is part of the instruction: 1 to 31 (LSL, ROR), 1 to 32 (LSR, ASR).
template <ShiftKind kKind>
inline Shifted shift_immediate_c(std::uint32_t value, std::uint32_t amount, std::uint32_t carry) {
  if constexpr (kKind == ShiftKind::kAsr) {
    const std::int64_t wide = static_cast<std::int32_t>(value);
    return {static_cast<std::uint32_t>(wide >> amount),
            static_cast<std::uint32_t>(wide >> (amount - 1)) & 1};
  }
  if constexpr (kKind == ShiftKind::kLsl) {
    const std::uint64_t wide = std::uint64_t{value} << amount;
    return {static_cast<std::uint32_t>(wide), static_cast<std::uint32_t>(wide >> 32) & 1};
  }
  if constexpr (kKind == ShiftKind::kLsr) {
    const std::uint64_t wide = value;
    return {static_cast<std::uint32_t>(wide >> amount),
            static_cast<std::uint32_t>(wide >> (amount - 1)) & 1};
  }
  if constexpr (kKind == ShiftKind::kRor) {
    const std::uint32_t result = std::rotr(value, static_cast<int>(amount));
    return {result, result >> 31};
  }
  return {value >> 1 | carry << 31, value & 1};
}

constexpr std::int32_t as_signed(std::uint32_t value) { return static_cast<std::int32_t>(value); }

}  // namespace boardless::isa::arm
