// Checked access to an operator that is being prepared.
#include "workloads/operators/prepare_operator.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "workloads/graph/graph_checks.h"

namespace boardless::workloads {
namespace {

// Room for adding a zero point to a rescaled value.
constexpr std::int64_t kLargestRescaled = std::numeric_limits<std::int32_t>::max() - 512;

template <class Integer>
std::vector<std::int64_t> unpack(std::span<const std::uint8_t> bytes) {
  std::vector<std::int64_t> values(bytes.size() / sizeof(Integer));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Integer value;
    std::memcpy(&value, bytes.data() + i * sizeof value, sizeof value);
    values[i] = value;
  }
  return values;
}

}  // namespace

OperatorView::OperatorView(const Graph& graph, int index, PreparedModel& model)
    : graph_(graph),
      index_(index),
      op_(graph.operators[static_cast<std::size_t>(index)]),
      model_(model) {}

std::string OperatorView::located(const std::string& message) const {
  const std::string source = graph_.name.empty() ? "" : graph_.name + ": ";
  return fmt::format("{}{}: {}", source, operator_label(graph_, index_), message);
}

void OperatorView::fail_with(const std::string& message) const {
  throw InputError(located(message));
}

const Tensor& OperatorView::input(std::size_t i) const {
  check(has_input(i), "an operand is there when it is asked for");
  return graph_.tensors[static_cast<std::size_t>(op_.inputs[i])];
}

const Tensor& OperatorView::output() const {
  return graph_.tensors[static_cast<std::size_t>(op_.outputs[0])];
}

DataType OperatorView::quantized_type() const {
  const DataType type = input().type;
  if (type != DataType::kInt8 && type != DataType::kUInt8) {
    fail("input type {}; supported: int8", data_type_name(type));
  }
  require_type(output(), "output", type);
  return type;
}

void OperatorView::require_type(const Tensor& tensor, std::string_view role, DataType type) const {
  if (tensor.type == type) return;
  fail("{} type {}; supported here: {}", role, data_type_name(tensor.type), data_type_name(type));
}

void OperatorView::require_shape(const Tensor& tensor, std::string_view role,
                                 std::span<const std::int32_t> shape) const {
  if (std::ranges::equal(tensor.shape, shape)) return;
  fail("{} shape {}; its definition gives {}", role, shape_text(tensor), fmt::join(shape, "x"));
}

std::vector<std::int64_t> OperatorView::integers(std::size_t input_index,
                                                 std::string_view role) const {
  const Tensor& tensor = input(input_index);
  if (!tensor.is_constant()) fail("{} is computed at run time; supported: a constant", role);
  if (tensor.type == DataType::kInt32) return unpack<std::int32_t>(tensor.data);
  if (tensor.type == DataType::kInt64) return unpack<std::int64_t>(tensor.data);
  fail("{} type {}; supported: int32, int64", role, data_type_name(tensor.type));
}

float OperatorView::scale(const Tensor& tensor, std::string_view role) const {
  const std::vector<float>& scales = tensor.quantization.scale;
  if (scales.empty()) fail("{} has no quantisation scale; supported: quantised int8", role);
  if (scales.size() > 1) fail("{} has {} scales; supported: one", role, scales.size());
  if (!(scales[0] > 0.0F)) fail("{} has scale {}; it must be above 0", role, scales[0]);
  return scales[0];
}

std::int32_t OperatorView::zero_point(const Tensor& tensor, std::string_view role) const {
  (void)scale(tensor, role);
  return static_cast<std::int32_t>(tensor.quantization.zero_point[0]);
}

void OperatorView::require_same_quantization() const {
  // TFLite allows scales that differ by one part in a million of a unit.
  const float difference = scale(input(), "input") - scale(output(), "output");
  if (std::abs(difference) <= 1e-6F &&
      zero_point(input(), "input") == zero_point(output(), "output")) {
    return;
  }
  fail(
      "input is quantised with scale {}, zero point {}, output with scale {}, zero point {}; they "
      "must be the same",
      scale(input(), "input"), zero_point(input(), "input"), scale(output(), "output"),
      zero_point(output(), "output"));
}

ValueRange OperatorView::clamp_for(Activation activation) const {
  if (!is_clamp(activation)) {
    fail("fused activation {}; supported: none, RELU, RELU_N1_TO_1, RELU6",
         static_cast<int>(activation));
  }
  return activation_range(activation, output().type, scale(output(), "output"),
                          zero_point(output(), "output"));
}

FixedMultiplier OperatorView::multiplier(double real, std::int64_t largest) const {
  // Beyond 2^30 no 8-bit input fits, and the conversion itself would not either.
  if (!(real < std::ldexp(1.0, 30))) {
    fail("rescaling by {}: input scales are too large for the output's", real);
  }
  const FixedMultiplier result = quantize_multiplier(real);
  require_fits(result, largest);
  return result;
}

void OperatorView::require_fits(FixedMultiplier by, std::int64_t largest) const {
  const int left = std::max(by.shift, 0);
  if (left <= 30 && largest <= (kLargestRescaled >> left)) return;
  fail("sums up to {} rescaled by {} can leave 32 bits", largest,
       std::ldexp(static_cast<double>(by.multiplier), by.shift - 31));
}

Operand OperatorView::tensor_operand(std::size_t i) const {
  if (!has_input(i)) return {};
  return {Operand::Kind::kTensor, op_.inputs[i]};
}

Operand OperatorView::output_operand() const { return {Operand::Kind::kTensor, op_.outputs[0]}; }

Operand OperatorView::constant(const std::vector<std::int32_t>& values) const {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(std::int32_t));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  model_.constants.push_back(std::move(bytes));
  return {Operand::Kind::kConstant, static_cast<int>(model_.constants.size()) - 1};
}

std::string_view type_suffix(DataType type) {
  switch (type) {
    case DataType::kInt8:
      return "s8";
    case DataType::kUInt8:
      return "u8";
    case DataType::kFloat32:
      return "f32";
    default:
      break;
  }
  check(false, "kernels exist for int8, uint8 and float32 only");
  return {};
}

}  // namespace boardless::workloads
