// ADD, SUB, MUL and SQUARED_DIFFERENCE of two tensors, broadcast.
#include "workloads/operators/arithmetic.h"

#include <algorithm>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/broadcasting.h"
#include "workloads/operators/families.h"
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
constexpr OptionsCodec kSquaredDifferenceOptions{
    read_nothing,
    write_empty_table<tflite::SquaredDifferenceOptions, tflite::CreateSquaredDifferenceOptions>};

// The kernels on int8 that the libraries have had from the first take dimensions as they are.
bl_broadcast space_of(const OperatorView& view, OpKind taken_as_they_are) {
  const bool is_first =
      view.op().kind == taken_as_they_are && view.kernel().input == DataType::kInt8;
  return is_first ? broadcast_of_dimensions(view) : broadcast(view);
}

// How the inputs of a sum are brought to one scale, and the sum to the output's.
struct SumScales {
  int left_shift = 0;
  double a = 0, b = 0, sum = 0;  // what each is multiplied by
};

SumScales sum_scales(const OperatorView& view, int left_shift) {
  const double a = affine_input(view, 0).scale;
  const double b = affine_input(view, 1).scale;
  const double twice_largest = 2 * std::max(a, b);
  return {left_shift, a / twice_largest, b / twice_largest,
          twice_largest / ((1 << left_shift) * double{view.scale(view.output(), "output")})};
}

SumScales squared_scales(const OperatorView& view, int left_shift) {
  SumScales scales = sum_scales(view, left_shift);
  const double twice_largest = 2 * std::max(double{view.scale(view.input(0), "input 0")},
                                            double{view.scale(view.input(1), "input 1")});
  const float output =
      static_cast<float>(1 << (2 * left_shift)) * view.scale(view.output(), "output");
  scales.sum = twice_largest * twice_largest / output;
  return scales;
}

PreparedOperator finish_sum(const OperatorView& view, const SumScales& scales,
                            std::int64_t largest_sum, Activation activation) {
  const std::int64_t largest = largest_value(view.kernel().input) << scales.left_shift;
  const FixedMultiplier by_a = view.multiplier(scales.a, largest);
  const FixedMultiplier by_b = view.multiplier(scales.b, largest);
  const FixedMultiplier by_sum = view.multiplier(scales.sum, largest_sum);
  const ValueRange clamp = view.clamp_for(activation);
  const bl_add_params params{.broadcast = space_of(view, OpKind::kAdd),
                             .left_shift = scales.left_shift,
                             .input1_offset = affine_input(view, 0).offset,
                             .input1_multiplier = by_a.multiplier,
                             .input1_shift = by_a.shift,
                             .input2_offset = affine_input(view, 1).offset,
                             .input2_multiplier = by_b.multiplier,
                             .input2_shift = by_b.shift,
                             .output_offset = view.zero_point(view.output(), "output"),
                             .output_multiplier = by_sum.multiplier,
                             .output_shift = by_sum.shift,
                             .activation_min = clamp.min,
                             .activation_max = clamp.max};
  return view.finish(params, view.all_operands());
}

// What is shifted left leaves eleven or sixteen bits above it: both rescaled inputs and their sum
// fit in 32.
PreparedOperator prepare_quantized_sum(const OperatorView& view) {
  const int left_shift = view.kernel().input == DataType::kInt16 ? 15 : 20;
  return finish_sum(view, sum_scales(view, left_shift),
                    largest_value(view.kernel().input) << left_shift,
                    view.attributes<ArithmeticAttributes>().activation);
}

PreparedOperator prepare_sum(const OperatorView& view) {
  view.require_type(view.input(1), "input 1", view.input(0).type);
  if (is_plain(view.input(0).type)) return prepare_plain_arithmetic(view);
  return prepare_quantized_sum(view);
}

PreparedOperator prepare_squared_difference(const OperatorView& view) {
  const DataType type = view.kernel().input;
  view.require_type(view.input(1), "input 1", type);
  if (is_plain(type)) return prepare_binary(view);
  require_symmetric(view);
  const int left_shift = type == DataType::kInt16 ? 0 : 7;
  const std::int64_t largest = largest_value(type) << left_shift;
  return finish_sum(view, squared_scales(view, left_shift), largest * largest / 4,
                    Activation::kNone);
}

PreparedOperator prepare_mul(const OperatorView& view) {
  const DataType type = view.kernel().input;
  view.require_type(view.input(1), "input 1", type);
  if (is_plain(type)) return prepare_plain_arithmetic(view);
  require_symmetric(view);
  const AffineInput a = affine_input(view, 0);
  const AffineInput b = affine_input(view, 1);
  const std::int64_t largest =
      type == DataType::kInt16 ? std::int64_t{1} << 30 : kLargestValue * kLargestValue;
  const FixedMultiplier by =
      view.multiplier(a.scale * b.scale / view.scale(view.output(), "output"), largest);
  const ValueRange clamp = view.clamp_for(view.attributes<ArithmeticAttributes>().activation);
  const bl_mul_params params{.broadcast = space_of(view, OpKind::kMul),
                             .input1_offset = a.offset,
                             .input2_offset = b.offset,
                             .output_offset = view.zero_point(view.output(), "output"),
                             .output_multiplier = by.multiplier,
                             .output_shift = by.shift,
                             .activation_min = clamp.min,
                             .activation_max = clamp.max};
  return view.finish(params, view.all_operands());
}

enum class Of { kSum, kDifference, kSquaredDifference };

template <Of of>
std::int32_t combined(std::int32_t a, std::int32_t b) {
  if constexpr (of == Of::kSum) return a + b;
  if constexpr (of == Of::kDifference) return a - b;
  return (a - b) * (a - b);
}

template <class E, Of of>
void answer_sum(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_add_params>();
  const std::int32_t unit = 1 << p.left_shift;
  answer_broadcast<T, T, T>(call, p.broadcast, [&](std::int32_t a, std::int32_t b) {
    const std::int32_t sum = combined<of>(
        call.rescale((a + p.input1_offset) * unit, {p.input1_multiplier, p.input1_shift}),
        call.rescale((b + p.input2_offset) * unit, {p.input2_multiplier, p.input2_shift}));
    const std::int32_t result = call.rescale(sum, {p.output_multiplier, p.output_shift});
    return clamp_to<T>(result + p.output_offset, p.activation_min, p.activation_max);
  });
}

template <class E>
void answer_mul(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_mul_params>();
  answer_broadcast<T, T, T>(call, p.broadcast, [&](std::int32_t a, std::int32_t b) {
    const std::int32_t product = (a + p.input1_offset) * (b + p.input2_offset);
    const std::int32_t result = call.rescale(product, {p.output_multiplier, p.output_shift});
    return clamp_to<T>(result + p.output_offset, p.activation_min, p.activation_max);
  });
}

void answer_squared_floats(const KernelCall& call) {
  answer_broadcast<float, float, float>(call, call.params<bl_binary_params>().broadcast,
                                        [](float a, float b) { return (a - b) * (a - b); });
}

void answer_squared_integers(const KernelCall& call) {
  using T = std::int32_t;
  answer_broadcast<T, T, T>(call, call.params<bl_binary_params>().broadcast, [](T a, T b) {
    const auto difference = static_cast<std::uint32_t>(std::int64_t{a} - b);
    return static_cast<T>(difference * difference);
  });
}

constexpr Kernel kAdd[] = {kernel<Int8>("add", answer_sum<Int8, Of::kSum>),
                           kernel<UInt8>("add", answer_sum<UInt8, Of::kSum>),
                           kernel<Int16>("add", answer_sum<Int16, Of::kSum>),
                           kernel<Int32>("add", answer_integers<Arithmetic::kAdd>),
                           kernel<Float32>("add", answer_floats<Arithmetic::kAdd>)};
constexpr Kernel kSub[] = {kernel<Int8>("sub", answer_sum<Int8, Of::kDifference>),
                           kernel<UInt8>("sub", answer_sum<UInt8, Of::kDifference>),
                           kernel<Int16>("sub", answer_sum<Int16, Of::kDifference>),
                           kernel<Int32>("sub", answer_integers<Arithmetic::kSub>),
                           kernel<Float32>("sub", answer_floats<Arithmetic::kSub>)};
constexpr Kernel kMul[] = {kernel<Int8>("mul", answer_mul<Int8>),
                           kernel<UInt8>("mul", answer_mul<UInt8>),
                           kernel<Int16>("mul", answer_mul<Int16>),
                           kernel<Int32>("mul", answer_integers<Arithmetic::kMul>),
                           kernel<Float32>("mul", answer_floats<Arithmetic::kMul>)};
constexpr Kernel kSquaredDifference[] = {
    kernel<Int8>("squared_difference", answer_sum<Int8, Of::kSquaredDifference>),
    kernel<Int16>("squared_difference", answer_sum<Int16, Of::kSquaredDifference>),
    kernel<Int32>("squared_difference", answer_squared_integers),
    kernel<Float32>("squared_difference", answer_squared_floats)};

constexpr Signature kTwoInputs{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kAdd,
     .signature = kTwoInputs,
     .options = &kAddOptions,
     .prepare = prepare_sum,
     .kernels = kAdd,
     .note = "int32: a fused activation is applied; there it is ignored"},
    {.kind = OpKind::kMul,
     .signature = kTwoInputs,
     .options = &kMulOptions,
     .prepare = prepare_mul,
     .kernels = kMul},
    {.kind = OpKind::kSub,
     .signature = kTwoInputs,
     .options = &kSubOptions,
     .prepare = prepare_sum,
     .kernels = kSub},
    {.kind = OpKind::kSquaredDifference,
     .signature = kTwoInputs,
     .options = &kSquaredDifferenceOptions,
     .prepare = prepare_squared_difference,
     .kernels = kSquaredDifference},
};

}  // namespace

std::span<const OperatorRecord> arithmetic_operators() { return kRecords; }

}  // namespace boardless::workloads
