// Cycles of one operator on a compute array, by what they are spent on.
#pragma once

#include "base/units.h"

namespace boardless::cost_models {

struct ArrayCycles {
  double multiply = 0;  // the multipliers' own, padded to the array's shape
  double traffic = 0;   // moving results, activations or weights on chip where that is not hidden
  double control = 0;   // from one operator to the next
  double total() const { return multiply + traffic + control; }
};

inline double ceil_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = (a + b - 1) / b;
  return static_cast<double>(quotient);
}
inline std::int64_t round_up(std::int64_t a, std::int64_t b) { return (a + b - 1) / b * b; }

}  // namespace boardless::cost_models
