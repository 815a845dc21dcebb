// Operations whose duration depends on their operands: how many cycles beyond the class's least.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include "isa/memory_port.h"
#include "targets/ledger.h"

namespace boardless::cost_models {

// An iterative divide. A quotient of no bits takes the class's `cycles` (the least there is); any
// other takes start_cycles + ceil(bits / bits_per_cycle), one more when signed if the core adds a
// cycle for signs, and never more than `maximum`.
struct DivideTiming {
  enum class Basis {
    kQuotientBits,  // the places by which the dividend is longer than the divisor
    kDivisorZeros,  // the divisor's leading zeros, whatever the dividend (CV32E40P)
  };
  Basis basis = Basis::kQuotientBits;
  std::uint32_t minimum = 0;  // the class's cycles
  std::uint32_t start_cycles = 0;
  std::uint32_t bits_per_cycle = 1;
  std::uint32_t signed_cycles = 0;
  std::uint32_t maximum = 0;
  // The numbers behind them: of every divide, and of signed ones besides.
  targets::UsedNumbers numbers, signed_numbers;
};

// A long multiply that ends early: one cycle more for each operand that needs more than half a
// word.
struct MultiplyLongTiming {
  std::uint32_t per_wide_operand = 0;
  targets::UsedNumbers numbers;  // behind it
};

// Plain numbers, because they are looked at for every such operation that executes; what they rest
// on lies beside them.
struct OperandTiming {
  std::optional<DivideTiming> divide;
  std::optional<MultiplyLongTiming> multiply_long;
};

// Inline: called for every such operation that executes.
inline std::uint32_t extra_divide_cycles(const DivideTiming& timing, bool is_signed,
                                         std::uint32_t dividend, std::uint32_t divisor) {
  if (is_signed) {
    const auto magnitude = [](std::uint32_t v) { return (v >> 31) != 0 ? 0U - v : v; };
    dividend = magnitude(dividend);
    divisor = magnitude(divisor);
  }
  std::uint32_t bits = 0;
  if (timing.basis == DivideTiming::Basis::kDivisorZeros) {
    bits = static_cast<std::uint32_t>(std::countl_zero(divisor));
  } else if (divisor != 0 && dividend >= divisor) {
    bits = static_cast<std::uint32_t>(std::countl_zero(divisor) - std::countl_zero(dividend)) + 1;
  }
  if (bits == 0) return 0;
  std::uint32_t cycles = timing.start_cycles +
                         (bits + timing.bits_per_cycle - 1) / timing.bits_per_cycle +
                         (is_signed ? timing.signed_cycles : 0U);
  cycles = std::clamp(cycles, timing.minimum, timing.maximum);
  return cycles - timing.minimum;
}

inline std::uint32_t extra_multiply_cycles(const MultiplyLongTiming& timing, std::uint32_t a,
                                           std::uint32_t b) {
  // Short: the upper half is all sign.
  const auto is_wide = [](std::uint32_t v) { return v + 0x8000U > 0xffffU && v > 0xffffU; };
  return (is_wide(a) ? timing.per_wide_operand : 0U) + (is_wide(b) ? timing.per_wide_operand : 0U);
}

// Cycles to add to the class's least; 0 for an operation whose duration is fixed on the core.
inline std::uint32_t extra_cycles(const OperandTiming& timing, isa::OperandTimed operation,
                                  std::uint32_t first, std::uint32_t second) {
  switch (operation) {
    case isa::OperandTimed::kDivideUnsigned:
    case isa::OperandTimed::kDivideSigned:
      return timing.divide
                 ? extra_divide_cycles(*timing.divide,
                                       operation == isa::OperandTimed::kDivideSigned, first, second)
                 : 0;
    case isa::OperandTimed::kMultiplyLong:
      return timing.multiply_long ? extra_multiply_cycles(*timing.multiply_long, first, second) : 0;
  }
  return 0;
}

}  // namespace boardless::cost_models
