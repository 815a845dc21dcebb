// Single-precision arithmetic with RISC-V's rounding modes, accrued exceptions, canonical NaN and
// tininess after rounding (manual chapter 11): the same bits on every host.
#pragma once

#include <cstdint>

namespace boardless::isa::riscv {

enum class Rounding : std::uint8_t { kNearestEven, kTowardsZero, kDown, kUp, kNearestAway };

// fflags.
constexpr std::uint32_t kInexact = 1, kUnderflow = 2, kOverflow = 4, kDivideByZero = 8,
                        kInvalid = 16;

constexpr std::uint32_t kCanonicalNan = 0x7fc00000;

// Rounds by `mode` and accrues into `flags`.
struct FloatContext {
  Rounding mode = Rounding::kNearestEven;
  std::uint32_t flags = 0;
};

std::uint32_t float_add(FloatContext& context, std::uint32_t a, std::uint32_t b);
std::uint32_t float_multiply(FloatContext& context, std::uint32_t a, std::uint32_t b);
// a * b + c, rounded once.
std::uint32_t float_multiply_add(FloatContext& context, std::uint32_t a, std::uint32_t b,
                                 std::uint32_t c);
std::uint32_t float_divide(FloatContext& context, std::uint32_t a, std::uint32_t b);
std::uint32_t float_square_root(FloatContext& context, std::uint32_t a);

// Out of range and NaN: the nearest limit (NaN: the greatest), invalid.
std::uint32_t float_to_signed(FloatContext& context, std::uint32_t a);
std::uint32_t float_to_unsigned(FloatContext& context, std::uint32_t a);
std::uint32_t float_from_signed(FloatContext& context, std::uint32_t a);
std::uint32_t float_from_unsigned(FloatContext& context, std::uint32_t a);

// FEQ is quiet, FLT and FLE signal any NaN.
bool float_equal(FloatContext& context, std::uint32_t a, std::uint32_t b);
bool float_less(FloatContext& context, std::uint32_t a, std::uint32_t b);
bool float_less_equal(FloatContext& context, std::uint32_t a, std::uint32_t b);
// minimumNumber and maximumNumber of IEEE 754-2019: a NaN loses against a number, -0 is below +0.
std::uint32_t float_min(FloatContext& context, std::uint32_t a, std::uint32_t b);
std::uint32_t float_max(FloatContext& context, std::uint32_t a, std::uint32_t b);

// FCLASS: one of ten bits.
std::uint32_t float_class(std::uint32_t a);

}  // namespace boardless::isa::riscv
