// Typed access to a prepared operator's parameter bytes.
#pragma once

#include <cstring>
#include <type_traits>

#include "base/error.h"

namespace boardless::workloads {

template <class Params>
Params PreparedOperator::params_as() const {
  static_assert(std::is_trivially_copyable_v<Params>);
  check(params.size() == sizeof(Params), "the parameter struct belongs to another kernel");
  Params result;
  std::memcpy(&result, params.data(), sizeof result);
  return result;
}

}  // namespace boardless::workloads
