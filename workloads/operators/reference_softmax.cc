// SOFTMAX on the host, in TFLite's fixed-point arithmetic. Comments write Qm.n for a number with m
// integer and n fraction bits; a high product of Qa and Qb has a + b integer bits.
#include <array>
#include <bit>

#include "kernels/abi.h"
#include "workloads/operators/reference_kernels.h"

namespace boardless::workloads {
namespace {

constexpr int kInputIntegerBits = 5;  // Q5.26
constexpr int kSumIntegerBits = 12;   // Q12.19
constexpr int kOutputBits = 8;

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

// exp(x), Q0.31, for x <= 0, Q5.26: x is a number of quarters and a rest in [-1/4, 0), and each
// binary digit of the quarters multiplies by a power from the table.
std::int32_t exp_of_negative(std::int32_t x) {
  if (x == 0) return std::numeric_limits<std::int32_t>::max();
  constexpr std::int32_t kQuarter = 1 << (31 - kInputIntegerBits - 2);
  const std::int32_t rest = (x & (kQuarter - 1)) - kQuarter;
  const auto quarters = static_cast<std::uint32_t>(rest - x) / kQuarter;
  std::int32_t result = exp_within_quarter(rest * (1 << kInputIntegerBits));
  for (std::size_t digit = 0; digit < kPowers.size(); ++digit) {
    if ((quarters >> digit & 1U) != 0) result = high_multiply(result, kPowers[digit]);
  }
  return result;
}

// 1 / (1 + x), Q0.31, for x in [0, 1), Q0.31: Newton's iteration for the reciprocal of
// (1 + x) / 2, started from the line 48/17 - 32/17 d.
std::int32_t reciprocal_of_one_plus(std::int32_t x) {
  constexpr std::int32_t k48Over17 = 1515870810;  // Q2.29
  constexpr std::int32_t k32Over17 = 1010580540;  // Q2.29
  constexpr std::int32_t kOne = 1 << 29;          // Q2.29
  const auto d = static_cast<std::int32_t>((std::int64_t{x} + (std::int64_t{1} << 31)) / 2);
  std::int32_t estimate = k48Over17 + high_multiply(d, -k32Over17);
  for (int step = 0; step < 3; ++step) {
    const std::int32_t error = kOne - high_multiply(d, estimate);
    estimate += saturating_shift_left(high_multiply(estimate, error), 2);  // Q4.27 to Q2.29
  }
  return saturating_shift_left(estimate, 1);  // halved for (1 + x), then Q2.29 to Q0.31
}

template <class T>
void softmax_row(const bl_softmax_params& p, const T* input, T* output) {
  const std::int32_t largest = *std::max_element(input, input + p.depth);
  const auto contributes = [&](T logit) { return logit - largest >= p.diff_min; };
  const auto exponential = [&](T logit) {
    const std::int32_t difference = (logit - largest) * (std::int32_t{1} << p.input_left_shift);
    return exp_of_negative(high_multiply(difference, p.input_multiplier));
  };

  std::int32_t sum = 0;
  for (std::int32_t i = 0; i < p.depth; ++i) {
    if (contributes(input[i])) sum += rounding_shift_right(exponential(input[i]), kSumIntegerBits);
  }
  // sum = (1 + x) * 2^bits, x the fraction under its highest bit.
  const int headroom = std::countl_zero(static_cast<std::uint32_t>(sum));
  const auto fraction =
      static_cast<std::int32_t>((static_cast<std::uint32_t>(sum) << headroom) & 0x7FFFFFFFU);
  const std::int32_t reciprocal = reciprocal_of_one_plus(fraction);
  const int shift = kSumIntegerBits - headroom + 31 - kOutputBits;

  std::transform(input, input + p.depth, output, [&](T logit) {
    std::int32_t steps = 0;
    if (contributes(logit)) {
      steps = rounding_shift_right(high_multiply(reciprocal, exponential(logit)), shift);
    }
    return clamp_to_type<T>(std::numeric_limits<T>::min() + steps);
  });
}

}  // namespace

template <class T>
void reference_softmax(const KernelCall& call) {
  const auto p = call.params<bl_softmax_params>();
  for (std::int64_t row = 0; row < p.rows; ++row) {
    softmax_row(p, call.input<T>(0) + row * p.depth, call.output<T>() + row * p.depth);
  }
}

template void reference_softmax<std::int8_t>(const KernelCall&);
template void reference_softmax<std::uint8_t>(const KernelCall&);

}  // namespace boardless::workloads
