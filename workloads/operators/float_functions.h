// The functions of floats that the host asks its C library for, and by how much a microcontroller's
// may answer otherwise.
#pragma once

#include <cmath>

#include "workloads/operators/tolerance.h"

namespace boardless::workloads {

// A function's bound is the sum of what the two libraries err by, in whole ULP. newlib and picolibc
// hold fdlibm's functions, whose error analyses say "less than 1 ulp" of exp, log and expm1 and
// "nearly rounded" of sin and cos; glibc's manual (Known Maximum Errors in Math Functions) has 1
// for these, and 2 for tanh. Of tanh fdlibm says nothing: it is a quotient of expm1(2 |x|), with
// whose error, two sums and a division it is within 3. tests/prediction sweeps all of them on every
// image.
inline constexpr Tolerance kExpWithin{.ulp = 2};
inline constexpr Tolerance kLogWithin{.ulp = 2};
inline constexpr Tolerance kExpm1Within{.ulp = 2};
inline constexpr Tolerance kTanhWithin{.ulp = 5};
// Near a zero far from 0 little is left of an argument that is less a multiple of pi / 2, which
// fdlibm's floats hold to 2^-24 or so.
inline constexpr Tolerance kSineWithin{.ulp = 2, .unit = 1};
// 1 / (1 + e): the exponential's 2 parts of 2^23, 1 by the rounding of the sum on both sides and 1
// by that of the quotient; a value may have two ULP to such a part.
inline constexpr Tolerance kLogisticWithin{.ulp = 8};

// As TFLite's reference: 1 from where the quotient rounds to it, and the exponential alone where it
// is below 2^-12.
inline float logistic(float x) {
  if (x > 16.619047164916992188F) return 1.0F;
  const float growing = std::exp(x < -9.0F ? x : -x);
  return x < -9.0F ? growing : 1.0F / (1.0F + growing);
}

}  // namespace boardless::workloads
