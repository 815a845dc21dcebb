// One operator while it is being prepared: checked access to its tensors, and the messages that
// name it when something about it cannot be run.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "workloads/graph/graph.h"
#include "workloads/operators/operator_record.h"
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/quantization.h"

namespace boardless::workloads {

class OperatorView {
 public:
  // `graph` has passed check_graph, and the operator is none of its blocking ones (blocking.h); new
  // constants are appended to `model`.
  OperatorView(const Graph& graph, int index, PreparedModel& model);

  const Operator& op() const { return op_; }
  bool has_input(std::size_t i) const { return i < op_.inputs.size() && op_.inputs[i] >= 0; }
  const Tensor& input(std::size_t i = 0) const;
  std::size_t outputs() const { return op_.outputs.size(); }
  const Tensor& output(std::size_t i = 0) const;
  const OperatorRecord& record() const { return record_; }
  // The kernel for its types.
  const Kernel& kernel() const { return kernel_; }

  // For an operator that contradicts its definition: throws InputError
  // "NAME: operator 3 (CONV_2D): MESSAGE".
  template <class... Args>
  [[noreturn]] void fail(fmt::format_string<Args...> message, Args&&... args) const {
    throw InputError(located(fmt::format(message, std::forward<Args>(args)...)));
  }

  // The same for a sound operator that asks for what its kernel cannot do: throws NotModelled.
  template <class... Args>
  [[noreturn]] void not_modelled(fmt::format_string<Args...> message, Args&&... args) const {
    throw NotModelled(located(fmt::format(message, std::forward<Args>(args)...)));
  }

  template <class Kind>
  const Kind& attributes() const {
    const Kind* found = std::get_if<Kind>(&op_.attributes);
    if (found == nullptr) fail("its options are missing or belong to another operator");
    return *found;
  }

  void require_type(const Tensor& tensor, std::string_view role, DataType type) const;
  void require_shape(const Tensor& tensor, std::string_view role,
                     std::span<const std::int32_t> shape) const;
  // The values of a constant int32 or int64 operand.
  std::vector<std::int64_t> integers(std::size_t input_index, std::string_view role) const;

  // A per-tensor quantised tensor's parameters.
  float scale(const Tensor& tensor, std::string_view role) const;
  std::int32_t zero_point(const Tensor& tensor, std::string_view role) const;
  // Throws unless input `i` and the output are quantised alike, to the bit.
  void require_quantized_as_output(std::size_t i) const;
  // Throws unless input 0 and the output are, but for what TFLite allows.
  void require_same_quantization() const;

  // Throws unless it is an activation that is fused as a clamp.
  void require_clamp(Activation activation) const;
  ValueRange clamp_for(Activation activation) const;

  // `real` as a fixed-point multiplier for values up to `largest` in magnitude; throws where the
  // rescaled value could leave 32 bits.
  FixedMultiplier multiplier(double real, std::int64_t largest) const;
  void require_fits(FixedMultiplier by, std::int64_t largest) const;
  // The same for values of 64 bits, which rescale_wide() brings to 32.
  FixedMultiplier wide_multiplier(double real, std::int64_t largest) const;

  Operand tensor_operand(std::size_t i) const;  // absent when the optional input is
  Operand output_operand(std::size_t i = 0) const;
  // The inputs in order, then the output.
  std::vector<Operand> all_operands() const;
  // The resource variable that input `i` is a handle of; it holds values like `value`.
  Operand variable_operand(std::size_t i, const Tensor& value) const;
  // A variable of the operator's own: zeros before the first invocation.
  Operand state(DataType type, std::vector<std::int32_t> shape) const;
  // The same with `values`, or with what a kernel computes from and never writes but keeps in RAM.
  template <class Value>
  Operand state(DataType type, std::vector<std::int32_t> shape,
                const std::vector<Value>& values) const {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(Value));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return add_state({"", type, std::move(shape), {}, std::move(bytes)});
  }
  template <class Value>
  Operand constant(const std::vector<Value>& values) const {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(Value));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return constant_bytes(std::move(bytes));
  }

  template <class Params>
  PreparedOperator finish(const Params& params, std::vector<Operand> operands) const {
    return finish(kernel_.name.text(), params, std::move(operands));
  }
  // By another kernel of the operator's record.
  template <class Params>
  PreparedOperator finish(std::string_view kernel, const Params& params,
                          std::vector<Operand> operands) const {
    static_assert(std::is_trivially_copyable_v<Params>);
    std::vector<std::uint8_t> bytes(sizeof params);
    std::memcpy(bytes.data(), &params, sizeof params);
    return {index_, std::string(kernel), std::move(bytes), std::move(operands)};
  }

 private:
  std::string located(const std::string& message) const;
  void require_moderate(double real) const;
  Operand constant_bytes(std::vector<std::uint8_t> bytes) const;
  Operand add_state(Tensor value) const;

  const Graph& graph_;
  const int index_;
  const Operator& op_;
  const OperatorRecord& record_;
  const Kernel& kernel_;
  PreparedModel& model_;
};

}  // namespace boardless::workloads
