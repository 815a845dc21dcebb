// Checked access to an operator that is being prepared.
#include "workloads/operators/operator_view.h"

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

const OperatorRecord& record_for(const Operator& op) {
  const OperatorRecord* record = find_operator(op);
  check(record != nullptr && record->prepare != nullptr, "operators without kernels are refused");
  return *record;
}

const Kernel& kernel_for(const Graph& graph, const Operator& op, const OperatorRecord& record) {
  const auto types = kernel_types(record, graph, op);
  check(types.has_value(), "the data operand is there");
  const Kernel* kernel = find_kernel(record, types->input, types->output, types->weights);
  check(kernel != nullptr, "operators on types without a kernel are refused");
  return *kernel;
}

}  // namespace

OperatorView::OperatorView(const Graph& graph, int index, PreparedModel& model)
    : graph_(graph),
      index_(index),
      op_(graph.operators[static_cast<std::size_t>(index)]),
      record_(record_for(op_)),
      kernel_(kernel_for(graph, op_, record_)),
      model_(model) {}

std::string OperatorView::located(const std::string& message) const {
  const std::string source = graph_.name.empty() ? "" : graph_.name + ": ";
  return fmt::format("{}{}: {}", source, operator_label(graph_, index_), message);
}

const Tensor& OperatorView::input(std::size_t i) const {
  check(has_input(i), "an operand is there when it is asked for");
  return graph_.tensors[static_cast<std::size_t>(op_.inputs[i])];
}

const Tensor& OperatorView::output(std::size_t i) const {
  return graph_.tensors[static_cast<std::size_t>(op_.outputs.at(i))];
}

void OperatorView::require_type(const Tensor& tensor, std::string_view role, DataType type) const {
  if (tensor.type == type) return;
  not_modelled("{} type {}; supported here: {}", role, data_type_name(tensor.type),
               data_type_name(type));
}

void OperatorView::require_shape(const Tensor& tensor, std::string_view role,
                                 std::span<const std::int32_t> shape) const {
  if (std::ranges::equal(tensor.shape, shape)) return;
  fail("{} shape {}; its definition gives {}", role, shape_text(tensor), fmt::join(shape, "x"));
}

std::vector<std::int64_t> OperatorView::integers(std::size_t input_index,
                                                 std::string_view role) const {
  const Tensor& tensor = input(input_index);
  if (!tensor.is_constant())
    not_modelled("{} is computed at run time; supported: a constant", role);
  if (tensor.type == DataType::kInt16) return unpack<std::int16_t>(tensor.data);
  if (tensor.type == DataType::kInt32) return unpack<std::int32_t>(tensor.data);
  if (tensor.type == DataType::kInt64) return unpack<std::int64_t>(tensor.data);
  not_modelled("{} type {}; supported: int32, int64", role, data_type_name(tensor.type));
}

float OperatorView::scale(const Tensor& tensor, std::string_view role) const {
  const std::vector<float>& scales = tensor.quantization.scale;
  if (scales.empty()) {
    fail("{} has no quantisation scale; its type {} needs one", role, data_type_name(tensor.type));
  }
  if (scales.size() > 1) not_modelled("{} has {} scales; supported: one", role, scales.size());
  if (!(scales[0] > 0.0F)) fail("{} has scale {}; it must be above 0", role, scales[0]);
  return scales[0];
}

std::int32_t OperatorView::zero_point(const Tensor& tensor, std::string_view role) const {
  (void)scale(tensor, role);
  return static_cast<std::int32_t>(tensor.quantization.zero_point[0]);
}

void OperatorView::require_quantized_as_output(std::size_t i) const {
  const std::string role = fmt::format("input {}", i);
  if (scale(input(i), role) == scale(output(), "output") &&
      zero_point(input(i), role) == zero_point(output(), "output")) {
    return;
  }
  fail("{} is not quantised as the output; they must be the same", role);
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

void OperatorView::require_clamp(Activation activation) const {
  if (is_clamp(activation)) return;
  not_modelled("fused activation {}; supported: none, RELU, RELU_N1_TO_1, RELU6",
               static_cast<int>(activation));
}

ValueRange OperatorView::clamp_for(Activation activation) const {
  require_clamp(activation);
  return activation_range(activation, output().type, scale(output(), "output"),
                          zero_point(output(), "output"));
}

FixedMultiplier OperatorView::multiplier(double real, std::int64_t largest) const {
  require_moderate(real);
  const FixedMultiplier result = quantize_multiplier(real);
  require_fits(result, largest);
  return result;
}

// Beyond 2^30 no 8-bit input fits, and the conversion itself would not either.
void OperatorView::require_moderate(double real) const {
  if (std::abs(real) < std::ldexp(1.0, 30)) return;
  not_modelled("rescaling by {}: input scales are too large for the output's", real);
}

FixedMultiplier OperatorView::wide_multiplier(double real, std::int64_t largest) const {
  require_moderate(real);
  const FixedMultiplier result = quantize_multiplier(real);
  // What TFLite's rescaling of 64 bits is defined for, and what keeps its result within 32.
  constexpr std::int64_t kLargestSum = std::int64_t{1} << 47;
  constexpr int kLargestShift = 7;
  const double reach = std::ldexp(static_cast<double>(largest), result.shift);
  if (largest < kLargestSum && result.shift <= kLargestShift &&
      reach <= static_cast<double>(kLargestRescaled)) {
    return result;
  }
  not_modelled("sums up to {} rescaled by {} can leave 32 bits", largest, real);
}

void OperatorView::require_fits(FixedMultiplier by, std::int64_t largest) const {
  const int left = std::max(by.shift, 0);
  if (left <= 30 && largest <= (kLargestRescaled >> left)) return;
  not_modelled("sums up to {} rescaled by {} can leave 32 bits", largest,
               std::ldexp(static_cast<double>(by.multiplier), by.shift - 31));
}

Operand OperatorView::tensor_operand(std::size_t i) const {
  if (!has_input(i)) return {};
  return {Operand::Kind::kTensor, op_.inputs[i]};
}

Operand OperatorView::output_operand(std::size_t i) const {
  return {Operand::Kind::kTensor, op_.outputs.at(i)};
}

Operand OperatorView::variable_operand(std::size_t i, const Tensor& value) const {
  const auto found = std::ranges::find_if(model_.variables, [&](const Variable& variable) {
    return std::ranges::count(variable.handles, op_.inputs[i]) > 0;
  });
  if (found == model_.variables.end()) {
    not_modelled("its variable is an input of the model; supported: one that VAR_HANDLE names");
  }
  if (!found->value) {
    found->value = Tensor{"", value.type, value.shape, value.quantization, {}};
  } else if (found->value->type != value.type || found->value->bytes() != value.bytes()) {
    fail("{} {} for variable '{}', which holds {} {}", data_type_name(value.type),
         shape_text(value), found->name, data_type_name(found->value->type),
         shape_text(*found->value));
  }
  return {Operand::Kind::kVariable, static_cast<int>(found - model_.variables.begin())};
}

Operand OperatorView::state(DataType type, std::vector<std::int32_t> shape) const {
  return add_state({"", type, std::move(shape), {}, {}});
}

Operand OperatorView::add_state(Tensor value) const {
  model_.variables.push_back(
      {fmt::format("state of {}", operator_label(graph_, index_)), {}, std::move(value)});
  return {Operand::Kind::kVariable, static_cast<int>(model_.variables.size()) - 1};
}

std::vector<Operand> OperatorView::all_operands() const {
  std::vector<Operand> operands;
  for (std::size_t i = 0; i < op_.inputs.size(); ++i) operands.push_back(tensor_operand(i));
  operands.push_back(output_operand());
  return operands;
}

Operand OperatorView::constant_bytes(std::vector<std::uint8_t> bytes) const {
  model_.constants.push_back(std::move(bytes));
  return {Operand::Kind::kConstant, static_cast<int>(model_.constants.size()) - 1};
}

}  // namespace boardless::workloads
