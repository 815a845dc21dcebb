// The middle of some numbers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/error.h"

namespace boardless {

// Of an even count the mean of the two in the middle. There must be some.
inline double median(std::vector<double> values) {
  check(!values.empty(), "a median is of something");
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace boardless
