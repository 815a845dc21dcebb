// The M extension (manual chapter 7).
#include <array>
#include <limits>

#include "isa/riscv/operands.h"

namespace boardless::isa::riscv {
namespace {

const Op* run_mul(State& s, const Op* op) {
  s.x[op->rd] = s.x[op->rn] * s.x[op->rm];
  return op + 1;
}

// The upper half of the product; A and B say how each operand is extended.
template <class A, class B>
const Op* run_mulh(State& s, const Op* op) {
  const std::int64_t a = static_cast<A>(s.x[op->rn]);
  const std::int64_t b = static_cast<B>(s.x[op->rm]);
  // Unsigned: the product of two unsigned words does not fit a signed doubleword.
  const std::uint64_t product = static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b);
  s.x[op->rd] = static_cast<std::uint32_t>(product >> 32);
  return op + 1;
}

enum class Division { kDiv, kDivu, kRem, kRemu };

constexpr bool is_signed(Division what) { return what == Division::kDiv || what == Division::kRem; }

// Division by zero gives all ones, and the dividend as remainder; the one signed overflow gives the
// dividend, and remainder 0 (table 7.1).
template <Division kWhat>
std::uint32_t divide(std::uint32_t a, std::uint32_t b) {
  constexpr bool kQuotient = kWhat == Division::kDiv || kWhat == Division::kDivu;
  if (b == 0) return kQuotient ? ~0U : a;
  if constexpr (is_signed(kWhat)) {
    const auto sa = static_cast<std::int32_t>(a), sb = static_cast<std::int32_t>(b);
    if (sa == std::numeric_limits<std::int32_t>::min() && sb == -1) return kQuotient ? a : 0;
    return static_cast<std::uint32_t>(kQuotient ? sa / sb : sa % sb);
  } else {
    return kQuotient ? a / b : a % b;
  }
}

template <Division kWhat>
const Op* run_divide(State& s, const Op* op) {
  const std::uint32_t a = s.x[op->rn], b = s.x[op->rm];
  if (s.around.on_operands != nullptr) {
    constexpr OperandTimed kTimed =
        is_signed(kWhat) ? OperandTimed::kDivideSigned : OperandTimed::kDivideUnsigned;
    s.around.on_operands(s.around.sink, kTimed, a, b);
  }
  s.x[op->rd] = divide<kWhat>(a, b);
  return op + 1;
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MUL", of(Feature::kMultiply, kMultiply), three_registers<run_mul>},
    {"C_MUL", of(Feature::kZcb, kMultiply), three_registers<run_mul>},
    {"MULH", of(Feature::kMultiply, kMultiplyHigh),
     three_registers<run_mulh<std::int32_t, std::int32_t>>},
    {"MULHU", of(Feature::kMultiply, kMultiplyHigh),
     three_registers<run_mulh<std::uint32_t, std::uint32_t>>},
    {"MULHSU", of(Feature::kMultiply, kMultiplyHigh),
     three_registers<run_mulh<std::int32_t, std::uint32_t>>},
    {"DIV", of(Feature::kMultiply, kDivide), three_registers<run_divide<Division::kDiv>>},
    {"DIVU", of(Feature::kMultiply, kDivide), three_registers<run_divide<Division::kDivu>>},
    {"REM", of(Feature::kMultiply, kDivide), three_registers<run_divide<Division::kRem>>},
    {"REMU", of(Feature::kMultiply, kDivide), three_registers<run_divide<Division::kRemu>>},
});

}  // namespace

std::span<const OpcodeRow> multiply_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
