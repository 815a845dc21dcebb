// The operators that bring each element to another scale or type: QUANTIZE and DEQUANTIZE.
#include "workloads/operators/rescaling.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/abi.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

// Of 32 bits only zero points of 0 keep offsets within them, and a left shift wraps as TFLite's
// does.
FixedMultiplier requantizer(const OperatorView& view, const AffineInput& input) {
  const double by = input.scale / view.scale(view.output(), "output");
  for (const Tensor* tensor : {&view.input(), &view.output()}) {
    const std::int32_t zero_point = view.zero_point(*tensor, "an int32 tensor");
    if (tensor->type != DataType::kInt32 || zero_point == 0) continue;
    view.not_modelled("zero point {} on int32; supported: 0", zero_point);
  }
  if (view.input().type == DataType::kInt32) return view.multiplier(by, 0);
  const ElementType& type = element_type(view.input().type);
  return view.multiplier(by, type.highest - type.lowest);
}

}  // namespace

PreparedOperator prepare_requantize(const OperatorView& view, Activation activation) {
  const AffineInput input = affine_input(view, 0);
  const FixedMultiplier by = requantizer(view, input);
  const ValueRange clamp = view.clamp_for(activation);
  const bl_requantize_params params{.count = element_count(view),
                                    .input_offset = input.offset,
                                    .output_offset = view.zero_point(view.output(), "output"),
                                    .output_multiplier = by.multiplier,
                                    .output_shift = by.shift,
                                    .activation_min = clamp.min,
                                    .activation_max = clamp.max};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

namespace {

constexpr OptionsCodec kQuantizeOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::QuantizeOptions, tflite::CreateQuantizeOptions>,
    .version = [](const Graph& graph, const Operator& op) {
      const Tensor& output = operand(graph, op.outputs, 0);
      if (output.quantization.per_channel()) return 3;
      return output.type == DataType::kInt16 ? 2 : 1;
    }};

constexpr OptionsCodec kDequantizeOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::DequantizeOptions, tflite::CreateDequantizeOptions>,
    .version = [](const Graph& graph, const Operator& op) {
      const Tensor& input = operand(graph, op.inputs, 0);
      if (input.type == DataType::kFloat16) return 3;
      return input.type == DataType::kInt8 && input.quantization.per_channel()
                 ? 5
                 : version_by_type(graph, op);
    }};

PreparedOperator prepare_quantize(const OperatorView& view) {
  if (view.input().type != DataType::kFloat32) return prepare_requantize(view, Activation::kNone);
  const bl_quantize_params params{.count = element_count(view),
                                  .scale = view.scale(view.output(), "output"),
                                  .zero_point = view.zero_point(view.output(), "output")};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_dequantize(const OperatorView& view) {
  const bl_dequantize_params params{.count = element_count(view),
                                    .scale = view.scale(view.input(), "input"),
                                    .zero_point = view.zero_point(view.input(), "input")};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// In float, as TFLite divides and rounds. Not a number becomes the lowest value.
template <class E>
void answer_quantize(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_quantize_params>();
  const float* input = call.input<float>(0);
  const auto lowest = static_cast<float>(std::numeric_limits<T>::min() - p.zero_point);
  const auto highest = static_cast<float>(std::numeric_limits<T>::max() - p.zero_point);
  std::transform(input, input + p.count, call.output<T>(), [&](float value) {
    const float steps = std::round(value / p.scale);
    const float kept = steps > lowest ? std::min(steps, highest) : lowest;
    return static_cast<T>(static_cast<std::int32_t>(kept) + p.zero_point);
  });
}

template <class E>
void answer_dequantize(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_dequantize_params>();
  const T* input = call.input<T>(0);
  std::transform(input, input + p.count, call.output<float>(),
                 [&](T value) { return p.scale * static_cast<float>(value - p.zero_point); });
}

constexpr Kernel kQuantize[] = {
    converting_kernel<Float32, Int8>("quantize", answer_quantize<Int8>),
    converting_kernel<Float32, UInt8>("quantize", answer_quantize<UInt8>),
    converting_kernel<Float32, Int16>("quantize", answer_quantize<Int16>),
    converting_kernel<Int8, Int8>("requantize", answer_requantize<Int8, Int8>),
    converting_kernel<Int8, UInt8>("requantize", answer_requantize<Int8, UInt8>),
    converting_kernel<UInt8, Int8>("requantize", answer_requantize<UInt8, Int8>),
    converting_kernel<UInt8, UInt8>("requantize", answer_requantize<UInt8, UInt8>),
    converting_kernel<Int8, Int16>("requantize", answer_requantize<Int8, Int16>),
    converting_kernel<Int8, Int32>("requantize", answer_requantize<Int8, Int32>),
    converting_kernel<Int16, Int8>("requantize", answer_requantize<Int16, Int8>),
    converting_kernel<Int16, Int16>("requantize", answer_requantize<Int16, Int16>),
    converting_kernel<Int16, Int32>("requantize", answer_requantize<Int16, Int32>),
    converting_kernel<Int32, Int8>("requantize", answer_requantize<Int32, Int8>),
    converting_kernel<Int32, Int16>("requantize", answer_requantize<Int32, Int16>)};
constexpr Kernel kDequantize[] = {
    converting_kernel<Int8, Float32>("dequantize", answer_dequantize<Int8>),
    converting_kernel<UInt8, Float32>("dequantize", answer_dequantize<UInt8>),
    converting_kernel<Int16, Float32>("dequantize", answer_dequantize<Int16>)};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kQuantize,
     .signature = Signature{},
     .options = &kQuantizeOptions,
     .prepare = prepare_quantize,
     .kernels = kQuantize},
    {.kind = OpKind::kDequantize,
     .signature = Signature{},
     .options = &kDequantizeOptions,
     .prepare = prepare_dequantize,
     .kernels = kDequantize},
};

}  // namespace

std::span<const OperatorRecord> rescaling_operators() { return kRecords; }

}  // namespace boardless::workloads
