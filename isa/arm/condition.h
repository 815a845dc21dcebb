// Conditions that are known when code is translated (DDI 0403E A7.3).
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "isa/arm/state.h"

namespace boardless::isa::arm {

template <std::size_t kCondition>
inline bool holds(const State& s) {
  if constexpr (kCondition == 0) return s.z();
  if constexpr (kCondition == 2) return s.c != 0;
  if constexpr (kCondition == 4) return s.n();
  if constexpr (kCondition == 6) return s.v != 0;
  if constexpr (kCondition == 8) return s.c != 0 && !s.z();
  if constexpr (kCondition == 10) return s.n() == (s.v != 0);
  if constexpr (kCondition == 12) return s.n() == (s.v != 0) && !s.z();
  if constexpr (kCondition % 2 == 1) return !holds<kCondition - 1>(s);
  return true;
}

// One handler for each of the 14 conditions, from a template with a member `run`.
template <template <std::size_t> class Handler>
constexpr std::array<Op::Handler, 14> by_condition() {
  return []<std::size_t... kConditions>(std::index_sequence<kConditions...>) {
    return std::array<Op::Handler, 14>{Handler<kConditions>::run...};
  }(std::make_index_sequence<14>());
}

}  // namespace boardless::isa::arm
