// Series, digits and Newton's iteration.
#include "workloads/operators/fixed_exponential.h"

#include <array>
#include <cstddef>
#include <limits>

#include "workloads/operators/quantization.h"

namespace boardless::workloads {
namespace {

// exp(-1/4), exp(-1/2), … exp(-16) in Q0.31.
constexpr std::array<std::int32_t, 7> kPowers = {1672461947, 1302514674, 790015084, 290630308,
                                                 39332535,   720401,     242};

// exp(x), Q0.31, for x in [-1/4, 0), Q0.31: exp(-1/8) times the series of exp(x + 1/8) up to the
// fourth power, summed as ((d^4/4 + d^3)/3 + d^2)/2 + d.
std::int32_t exp_within_quarter(std::int32_t x) {
  constexpr std::int32_t kExpMinusEighth = 1895147668;
  constexpr std::int32_t kThird = 715827883;
  const std::int32_t d = x + (1 << 28);
  const std::int32_t square = high_multiply(d, d);
  const std::int32_t cube = high_multiply(square, d);
  const std::int32_t fourth = high_multiply(square, square);
  const std::int32_t thirds = high_multiply(rounding_shift_right(fourth, 2) + cube, kThird);
  const std::int32_t series = d + rounding_shift_right(thirds + square, 1);
  return kExpMinusEighth + high_multiply(kExpMinusEighth, series);
}

}  // namespace

// x is a number of quarters and a rest in [-1/4, 0), and each binary digit of the quarters
// multiplies by a power from the table.
std::int32_t exp_of_negative(std::int32_t x, int integer_bits) {
  if (x == 0) return std::numeric_limits<std::int32_t>::max();
  const std::int32_t quarter = 1 << (31 - integer_bits - 2);
  const std::int32_t rest = (x & (quarter - 1)) - quarter;
  const auto quarters = static_cast<std::uint32_t>(rest - x) / static_cast<std::uint32_t>(quarter);
  std::int32_t result = exp_within_quarter(rest * (1 << integer_bits));
  for (std::size_t digit = 0; digit < kPowers.size(); ++digit) {
    if ((quarters >> digit & 1U) != 0) result = high_multiply(result, kPowers[digit]);
  }
  return result;
}

// Newton's iteration for the reciprocal of (1 + x) / 2, started from the line 48/17 - 32/17 d.
std::int32_t two_over_one_plus(std::int32_t x) {
  constexpr std::int32_t k48Over17 = 1515870810;  // Q2.29
  constexpr std::int32_t k32Over17 = 1010580540;  // Q2.29
  constexpr std::int32_t kOne = 1 << 29;          // Q2.29
  const auto d = static_cast<std::int32_t>((std::int64_t{x} + (std::int64_t{1} << 31)) / 2);
  std::int32_t estimate = k48Over17 + high_multiply(d, -k32Over17);
  for (int step = 0; step < 3; ++step) {
    const std::int32_t error = kOne - high_multiply(d, estimate);
    estimate += saturating_shift_left(high_multiply(estimate, error), 2);  // Q4.27 to Q2.29
  }
  return estimate;
}

std::int32_t reciprocal_of_one_plus(std::int32_t x) {
  return saturating_shift_left(two_over_one_plus(x), 1);  // halved, then Q2.29 to Q0.31
}

}  // namespace boardless::workloads
