// From real-valued scales to the integers that quantised kernels compute with, and the two ways
// TFLite rounds when it rescales an accumulator.
#pragma once

#include <cstdint>
#include <limits>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// multiplier * 2^(shift - 31); multiplier is 0 or of a magnitude from 2^30 to 2^31.
struct FixedMultiplier {
  std::int32_t multiplier = 0;
  std::int32_t shift = 0;
  friend bool operator==(const FixedMultiplier&, const FixedMultiplier&) = default;
};

// The nearest to `real`; magnitudes below 2^-32 become 0. A dead channel's may be negative.
FixedMultiplier quantize_multiplier(double real);

// `by` / `count`, as TFLite's quantised MEAN forms it: the multiplier keeps the bits that a shift
// by floor(log2(count)) provides, and the quotient is truncated. `count` > 0.
FixedMultiplier divide_by_count(FixedMultiplier by, std::int64_t count);

// Inclusive.
struct ValueRange {
  std::int32_t min = 0;
  std::int32_t max = 0;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

// Every value of an integer type of up to 32 bits.
ValueRange type_range(DataType type);

// True for the activations that quantised kernels fuse as a clamp.
bool is_clamp(Activation activation);

// The quantised values an activation lets through, given the output's type and quantisation.
// `activation` must be a clamp.
ValueRange activation_range(Activation activation, DataType type, float scale,
                            std::int32_t zero_point);

// The product of two Q0.31 numbers: a * b / 2^31, a half rounded up, and saturated where both are
// -1.
inline std::int32_t high_multiply(std::int32_t a, std::int32_t b) {
  constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
  const std::int64_t product = std::int64_t{a} * b;
  const std::int64_t rounded = (product + (std::int64_t{1} << 30)) >> 31;
  return rounded > kMost ? kMost : static_cast<std::int32_t>(rounded);
}

// value / 2^bits, a half rounded away from zero; 0 <= bits <= 62.
inline std::int32_t rounding_shift_right(std::int32_t value, int bits) {
  const std::int64_t half = bits == 0 ? 0 : std::int64_t{1} << (bits - 1);
  const std::int64_t wide = value;
  return static_cast<std::int32_t>(wide >= 0 ? (wide + half) >> bits : -((half - wide) >> bits));
}

// value * 2^bits, held at the limits of 32 bits; 0 <= bits <= 31.
inline std::int32_t saturating_shift_left(std::int32_t value, int bits) {
  using Limits = std::numeric_limits<std::int32_t>;
  const std::int64_t wide = std::int64_t{value} * (std::int64_t{1} << bits);
  if (wide > Limits::max()) return Limits::max();
  if (wide < Limits::min()) return Limits::min();
  return static_cast<std::int32_t>(wide);
}

// value * by, rounded after the multiplication and again after the right shift.
inline std::int32_t rescale_rounding_twice(std::int32_t value, FixedMultiplier by) {
  const std::int32_t shifted = saturating_shift_left(value, by.shift > 0 ? by.shift : 0);
  return rounding_shift_right(high_multiply(shifted, by.multiplier), by.shift < 0 ? -by.shift : 0);
}

// value * by, the exact product rounded once (a half up); by.shift <= 30.
inline std::int32_t rescale_rounding_once(std::int32_t value, FixedMultiplier by) {
  const std::int64_t product = std::int64_t{value} * by.multiplier;
  return static_cast<std::int32_t>((product + (std::int64_t{1} << (30 - by.shift))) >>
                                   (31 - by.shift));
}

// value * by for a value within 2^47: TFLite cuts the multiplier to 16 bits and rounds once, a half
// up; by.shift <= 7.
inline std::int32_t rescale_wide(std::int64_t value, FixedMultiplier by) {
  const std::int64_t cut =
      by.multiplier < 0x7FFF0000 ? (std::int64_t{by.multiplier} + 0x8000) >> 16 : 0x7FFF;
  const int right = 15 - by.shift;
  return static_cast<std::int32_t>((value * cut + (std::int64_t{1} << (right - 1))) >> right);
}

}  // namespace boardless::workloads
