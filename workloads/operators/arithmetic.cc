// ADD and MUL of two tensors, broadcast, and the records of the others with two inputs.
#include <algorithm>
#include <span>

#include "kernels/abi.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/families.h"
#include "workloads/operators/four_dimensions.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kAddOptions{
    read_activation_table<tflite::AddOptions>,
    write_activation_table<tflite::AddOptions, tflite::CreateAddOptions>};
constexpr OptionsCodec kSubOptions{
    read_activation_table<tflite::SubOptions>,
    write_activation_table<tflite::SubOptions, tflite::CreateSubOptions>};

int mul_version(const Graph& graph, const Operator& op) {
  const auto scale = [](const Tensor& tensor) {
    return tensor.quantization.scale.empty() ? 0.0 : double{tensor.quantization.scale.front()};
  };
  const Tensor& input = operand(graph, op.inputs, 0);
  if (input.type == DataType::kInt16) return 4;
  const double product = scale(input) * scale(operand(graph, op.inputs, 1));
  return product > 0.0 && product >= scale(operand(graph, op.outputs, 0))
             ? 3
             : version_by_type(graph, op);
}

constexpr OptionsCodec kMulOptions{
    read_activation_table<tflite::MulOptions>,
    write_activation_table<tflite::MulOptions, tflite::CreateMulOptions>, mul_version};
constexpr OptionsCodec kMaximumMinimumOptions{
    read_nothing,
    write_empty_table<tflite::MaximumMinimumOptions, tflite::CreateMaximumMinimumOptions>};

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

PreparedOperator prepare_add(const OperatorView& view) {
  // Twenty bits below the values leave eleven: both rescaled inputs and their sum fit in 32 bits.
  constexpr int kLeftShift = 20;
  view.require_type(view.input(1), "input 1", view.input(0).type);
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
  return view.finish(params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

PreparedOperator prepare_mul(const OperatorView& view) {
  view.require_type(view.input(1), "input 1", view.input(0).type);
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
  return view.finish(params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

// Stores combine(a, b) for every element of the output.
template <class E, class Combine>
void answer_broadcast(const KernelCall& call, const bl_broadcast& space, Combine combine) {
  using T = typename E::Storage;
  const T* a = call.input<T>(0);
  const T* b = call.input<T>(1);
  T* output = call.output<T>();
  const auto& n = space.extent;
  const std::int64_t count = std::int64_t{n[0]} * n[1] * n[2] * n[3];
  for (std::int64_t number = 0; number < count; ++number) {
    std::int64_t rest = number;
    std::int64_t at_a = 0;
    std::int64_t at_b = 0;
    for (std::size_t i = 4; i-- > 0; rest /= n[i]) {
      at_a += rest % n[i] * space.stride1[i];
      at_b += rest % n[i] * space.stride2[i];
    }
    output[number] = combine(std::int32_t{a[at_a]}, std::int32_t{b[at_b]});
  }
}

template <class E>
void answer_add(const KernelCall& call) {
  const auto p = call.params<bl_add_params>();
  const std::int32_t unit = 1 << p.left_shift;
  answer_broadcast<E>(call, p.broadcast, [&](std::int32_t a, std::int32_t b) {
    const std::int32_t sum =
        call.rescale((a + p.input1_offset) * unit, {p.input1_multiplier, p.input1_shift}) +
        call.rescale((b + p.input2_offset) * unit, {p.input2_multiplier, p.input2_shift});
    const std::int32_t result = call.rescale(sum, {p.output_multiplier, p.output_shift});
    return clamp_to<typename E::Storage>(result + p.output_offset, p.activation_min,
                                         p.activation_max);
  });
}

template <class E>
void answer_mul(const KernelCall& call) {
  const auto p = call.params<bl_mul_params>();
  answer_broadcast<E>(call, p.broadcast, [&](std::int32_t a, std::int32_t b) {
    const std::int32_t product = (a + p.input1_offset) * (b + p.input2_offset);
    const std::int32_t result = call.rescale(product, {p.output_multiplier, p.output_shift});
    return clamp_to<typename E::Storage>(result + p.output_offset, p.activation_min,
                                         p.activation_max);
  });
}

constexpr Kernel kAdd[] = {kernel<Int8>("add", answer_add<Int8>),
                           kernel<UInt8>("add", answer_add<UInt8>)};
constexpr Kernel kMul[] = {kernel<Int8>("mul", answer_mul<Int8>),
                           kernel<UInt8>("mul", answer_mul<UInt8>)};

constexpr Signature kTwoInputs{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kAdd,
     .signature = kTwoInputs,
     .options = &kAddOptions,
     .prepare = prepare_add,
     .kernels = kAdd},
    {.kind = OpKind::kMul,
     .signature = kTwoInputs,
     .options = &kMulOptions,
     .prepare = prepare_mul,
     .kernels = kMul},
    {.kind = OpKind::kSub, .signature = kTwoInputs, .options = &kSubOptions},
    {.kind = OpKind::kMaximum, .signature = kTwoInputs, .options = &kMaximumMinimumOptions},
    {.kind = OpKind::kMinimum, .signature = kTwoInputs, .options = &kMaximumMinimumOptions},
};

}  // namespace

std::span<const OperatorRecord> arithmetic_operators() { return kRecords; }

}  // namespace boardless::workloads
