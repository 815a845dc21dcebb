// The largest of a row of floats, by comparisons that skip what is not a number.
#pragma once

#include <cstdint>
#include <limits>

namespace boardless::workloads {

inline float largest_float(const float* row, std::int32_t count) {
  float largest = std::numeric_limits<float>::lowest();
  for (std::int32_t i = 0; i < count; ++i) largest = largest < row[i] ? row[i] : largest;
  return largest;
}

}  // namespace boardless::workloads
