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
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/quantization.h"

namespace boardless::workloads {

class OperatorView {
 public:
  // `graph` has passed check_graph; new constants are appended to `model`.
  OperatorView(const Graph& graph, int index, PreparedModel& model);

  const Operator& op() const { return op_; }
  bool has_input(std::size_t i) const { return i < op_.inputs.size() && op_.inputs[i] >= 0; }
  const Tensor& input(std::size_t i = 0) const;
  const Tensor& output() const;

  // "NAME: operator 3 (CONV_2D): MESSAGE"
  template <class... Args>
  [[noreturn]] void fail(fmt::format_string<Args...> message, Args&&... args) const {
    fail_with(fmt::format(message, std::forward<Args>(args)...));
  }

  // The same for an operator, sound as it may be, that has no kernel: throws NotModelled.
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

  // The 8-bit type of input 0; input 0 and the output must both have it.
  DataType quantized_type() const;
  void require_type(const Tensor& tensor, std::string_view role, DataType type) const;
  void require_shape(const Tensor& tensor, std::string_view role,
                     std::span<const std::int32_t> shape) const;
  // The values of a constant int32 or int64 operand.
  std::vector<std::int64_t> integers(std::size_t input_index, std::string_view role) const;

  // A per-tensor quantised tensor's parameters.
  float scale(const Tensor& tensor, std::string_view role) const;
  std::int32_t zero_point(const Tensor& tensor, std::string_view role) const;
  // Throws unless input 0 and the output are quantised alike.
  void require_same_quantization() const;

  ValueRange clamp_for(Activation activation) const;

  // `real` as a fixed-point multiplier for values up to `largest` in magnitude; throws where the
  // rescaled value could leave 32 bits.
  FixedMultiplier multiplier(double real, std::int64_t largest) const;
  void require_fits(FixedMultiplier by, std::int64_t largest) const;

  Operand tensor_operand(std::size_t i) const;  // absent when the optional input is
  Operand output_operand() const;
  Operand constant(const std::vector<std::int32_t>& values) const;

  // `name` gets the type's suffix: "conv_2d" becomes "conv_2d_s8".
  template <class Params>
  PreparedOperator finish(std::string kernel, const Params& params,
                          std::vector<Operand> operands) const {
    static_assert(std::is_trivially_copyable_v<Params>);
    std::vector<std::uint8_t> bytes(sizeof params);
    std::memcpy(bytes.data(), &params, sizeof params);
    return {index_, std::move(kernel), std::move(bytes), std::move(operands)};
  }

 private:
  std::string located(const std::string& message) const;
  [[noreturn]] void fail_with(const std::string& message) const;

  const Graph& graph_;
  const int index_;
  const Operator& op_;
  PreparedModel& model_;
};

// "s8", "u8" or "f32": how kernel names spell a type.
std::string_view type_suffix(DataType type);

using PrepareFunction = PreparedOperator (*)(const OperatorView&);

PreparedOperator prepare_conv_2d(const OperatorView& view);
PreparedOperator prepare_depthwise_conv_2d(const OperatorView& view);
PreparedOperator prepare_fully_connected(const OperatorView& view);
PreparedOperator prepare_pool_2d(const OperatorView& view);
PreparedOperator prepare_add(const OperatorView& view);
PreparedOperator prepare_mul(const OperatorView& view);
PreparedOperator prepare_relu(const OperatorView& view);
PreparedOperator prepare_quantize(const OperatorView& view);
PreparedOperator prepare_dequantize(const OperatorView& view);
PreparedOperator prepare_softmax(const OperatorView& view);
PreparedOperator prepare_reshape(const OperatorView& view);
PreparedOperator prepare_pad(const OperatorView& view);
PreparedOperator prepare_mean(const OperatorView& view);

}  // namespace boardless::workloads
