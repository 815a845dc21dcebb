// Parameters and host's answer of copy_b8.
#include "workloads/operators/copying.h"

#include <cstring>

#include "kernels/abi.h"

namespace boardless::workloads {

void answer_copy(const KernelCall& call) {
  const auto p = call.params<bl_copy_params>();
  std::memmove(call.output<std::uint8_t>(), call.input<std::uint8_t>(0),
               static_cast<std::size_t>(p.bytes));
}

PreparedOperator copy_of(int operator_index, Operand from, Operand to, std::int64_t bytes) {
  const bl_copy_params params{.bytes = static_cast<std::int32_t>(bytes)};
  std::vector<std::uint8_t> stored(sizeof params);
  std::memcpy(stored.data(), &params, sizeof params);
  return {operator_index, "copy_b8", std::move(stored), {from, to}};
}

}  // namespace boardless::workloads
