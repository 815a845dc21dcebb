// Prepares the operators that work on each element alone: ADD, MUL, QUANTIZE, DEQUANTIZE, RELU
// and RELU6.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/abi.h"
#include "workloads/operators/prepare_operator.h"
#include "workloads/operators/prepare_shape.h"

namespace boardless::workloads {
namespace {

// The largest magnitude of an 8-bit value with its zero point taken off.
constexpr std::int64_t kLargestValue = 255;

struct AffineInput {
  double scale = 0;
  std::int32_t offset = 0;
};

AffineInput affine_input(const OperatorView& view, std::size_t i) {
  const std::string role = fmt::format("input {}", i);
  return {view.scale(view.input(i), role), -view.zero_point(view.input(i), role)};
}

// A dense tensor's strides, 0 in dimensions of extent 1, which so are read again for every index.
Extents broadcast_strides(const Extents& extents) {
  Extents strides{};
  std::int32_t stride = 1;
  for (std::size_t i = 4; i-- > 0;) {
    strides[i] = extents[i] == 1 ? 0 : stride;
    stride *= extents[i];
  }
  return strides;
}

bl_broadcast broadcast(const OperatorView& view) {
  const Tensor& first = view.input(0);
  const Tensor& second = view.input(1);
  const Extents a = four_dimensions(view, first, "input 0");
  const Extents b = four_dimensions(view, second, "input 1");
  bl_broadcast result{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (a[i] != b[i] && a[i] != 1 && b[i] != 1) {
      view.fail("inputs {} and {} cannot be broadcast together", shape_text(first),
                shape_text(second));
    }
    result.extent[i] = std::max(a[i], b[i]);
  }
  const std::size_t rank = std::max(first.shape.size(), second.shape.size());
  view.require_shape(view.output(), "output", std::span(result.extent).last(rank));
  std::ranges::copy(broadcast_strides(a), result.stride1);
  std::ranges::copy(broadcast_strides(b), result.stride2);
  result.same_shape = a == b ? 1 : 0;
  return result;
}

DataType binary_type(const OperatorView& view) {
  const DataType type = view.quantized_type();
  view.require_type(view.input(1), "input 1", type);
  return type;
}

std::int32_t element_count(const OperatorView& view) {
  view.require_shape(view.output(), "output", view.input().shape);
  return static_cast<std::int32_t>(view.input().elements());
}

bool is_8_bit(DataType type) { return type == DataType::kInt8 || type == DataType::kUInt8; }

PreparedOperator finish_unary(const OperatorView& view, std::string_view stem, const auto& params) {
  return view.finish(fmt::format("{}_{}_{}", stem, type_suffix(view.input().type),
                                 type_suffix(view.output().type)),
                     params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator requantize(const OperatorView& view, Activation activation) {
  const AffineInput input = affine_input(view, 0);
  const FixedMultiplier by =
      view.multiplier(input.scale / view.scale(view.output(), "output"), kLargestValue);
  const ValueRange clamp = view.clamp_for(activation);
  const bl_requantize_params params{.count = element_count(view),
                                    .input_offset = input.offset,
                                    .output_offset = view.zero_point(view.output(), "output"),
                                    .output_multiplier = by.multiplier,
                                    .output_shift = by.shift,
                                    .activation_min = clamp.min,
                                    .activation_max = clamp.max};
  return finish_unary(view, "requantize", params);
}

}  // namespace

PreparedOperator prepare_add(const OperatorView& view) {
  // Twenty bits below the values leave eleven: both rescaled inputs and their sum fit in 32 bits.
  constexpr int kLeftShift = 20;
  const DataType type = binary_type(view);
  const AffineInput a = affine_input(view, 0);
  const AffineInput b = affine_input(view, 1);
  const double twice_largest = 2 * std::max(a.scale, b.scale);
  const double output_scale = view.scale(view.output(), "output");
  const std::int64_t largest = kLargestValue << kLeftShift;
  const FixedMultiplier by_a = view.multiplier(a.scale / twice_largest, largest);
  const FixedMultiplier by_b = view.multiplier(b.scale / twice_largest, largest);
  const FixedMultiplier by_sum =
      view.multiplier(twice_largest / ((1 << kLeftShift) * output_scale), largest);
  const ValueRange clamp = view.clamp_for(view.attributes<ArithmeticAttributes>().activation);
  const bl_add_params params{.broadcast = broadcast(view),
                             .left_shift = kLeftShift,
                             .input1_offset = a.offset,
                             .input1_multiplier = by_a.multiplier,
                             .input1_shift = by_a.shift,
                             .input2_offset = b.offset,
                             .input2_multiplier = by_b.multiplier,
                             .input2_shift = by_b.shift,
                             .output_offset = view.zero_point(view.output(), "output"),
                             .output_multiplier = by_sum.multiplier,
                             .output_shift = by_sum.shift,
                             .activation_min = clamp.min,
                             .activation_max = clamp.max};
  return view.finish(fmt::format("add_{}", type_suffix(type)), params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

PreparedOperator prepare_mul(const OperatorView& view) {
  const DataType type = binary_type(view);
  const AffineInput a = affine_input(view, 0);
  const AffineInput b = affine_input(view, 1);
  const FixedMultiplier by = view.multiplier(
      a.scale * b.scale / view.scale(view.output(), "output"), kLargestValue * kLargestValue);
  const ValueRange clamp = view.clamp_for(view.attributes<ArithmeticAttributes>().activation);
  const bl_mul_params params{.broadcast = broadcast(view),
                             .input1_offset = a.offset,
                             .input2_offset = b.offset,
                             .output_offset = view.zero_point(view.output(), "output"),
                             .output_multiplier = by.multiplier,
                             .output_shift = by.shift,
                             .activation_min = clamp.min,
                             .activation_max = clamp.max};
  return view.finish(fmt::format("mul_{}", type_suffix(type)), params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

PreparedOperator prepare_relu(const OperatorView& view) {
  (void)view.quantized_type();
  return requantize(view,
                    view.op().kind == OpKind::kRelu6 ? Activation::kRelu6 : Activation::kRelu);
}

PreparedOperator prepare_quantize(const OperatorView& view) {
  if (!is_8_bit(view.output().type)) {
    view.fail("output type {}; supported: int8", data_type_name(view.output().type));
  }
  if (is_8_bit(view.input().type)) return requantize(view, Activation::kNone);
  if (view.input().type != DataType::kFloat32) {
    view.fail("input type {}; supported: int8, float32", data_type_name(view.input().type));
  }
  const bl_quantize_params params{.count = element_count(view),
                                  .scale = view.scale(view.output(), "output"),
                                  .zero_point = view.zero_point(view.output(), "output")};
  return finish_unary(view, "quantize", params);
}

PreparedOperator prepare_dequantize(const OperatorView& view) {
  if (!is_8_bit(view.input().type)) {
    view.fail("input type {}; supported: int8", data_type_name(view.input().type));
  }
  view.require_type(view.output(), "output", DataType::kFloat32);
  const bl_dequantize_params params{.count = element_count(view),
                                    .scale = view.scale(view.input(), "input"),
                                    .zero_point = view.zero_point(view.input(), "input")};
  return finish_unary(view, "dequantize", params);
}

}  // namespace boardless::workloads
