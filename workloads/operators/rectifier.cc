// RELU6, LEAKY_RELU, PRELU, ELU and HARD_SWISH.
#include <array>
#include <cmath>
#include <limits>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/arithmetic.h"
#include "workloads/operators/families.h"
#include "workloads/operators/float_functions.h"
#include "workloads/operators/mapping.h"
#include "workloads/operators/rescaling.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kLeakyReluOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::LeakyReluOptions>(stored, "LeakyReluOptions");
      if (!std::isfinite(options.alpha())) {
        throw InputError("has an alpha that is not a finite number");
      }
      return LeakyReluAttributes{options.alpha()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          return WrittenOptions{
              tflite::BuiltinOptions::LeakyReluOptions,
              tflite::CreateLeakyReluOptions(builder, attributes_of<LeakyReluAttributes>(op).alpha)
                  .Union()};
        }};

constexpr OptionsCodec kHardSwishOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::HardSwishOptions, tflite::CreateHardSwishOptions>,
    .version = first_version};

constexpr OptionsCodec kPreluOptions{
    .read = read_nothing, .write = write_nothing, .version = first_version};

constexpr OptionsCodec kEluOptions = kPreluOptions;

PreparedOperator prepare_relu(const OperatorView& view) {
  if (view.kernel().input == DataType::kFloat32) return prepare_map(view);
  require_symmetric(view);
  return prepare_requantize(view, Activation::kRelu);
}

// TFLite Micro leaves RELU6's result on its input's scale. On uint8, which it has not, TFLite's
// reference brings it to the output's.
PreparedOperator prepare_relu6(const OperatorView& view) {
  const Tensor& input = view.input();
  if (input.type == DataType::kFloat32) return prepare_map(view);
  if (input.type == DataType::kUInt8) return prepare_requantize(view, Activation::kRelu6);
  const ValueRange range = activation_range(
      Activation::kRelu6, input.type, view.scale(input, "input"), view.zero_point(input, "input"));
  return view.finish(
      bl_clamp_params{element_count(view), view.zero_point(input, "input"), range.max},
      view.all_operands());
}

PreparedOperator prepare_leaky_relu(const OperatorView& view) {
  const float slope = view.attributes<LeakyReluAttributes>().alpha;
  if (view.kernel().input == DataType::kFloat32) {
    return view.finish(bl_leaky_relu_params{element_count(view), slope}, view.all_operands());
  }
  const std::int64_t largest = largest_value(view.kernel().input);
  const double input = view.scale(view.input(), "input");
  const double output = view.scale(view.output(), "output");
  const double negative = input * slope / output;
  const FixedMultiplier by = view.multiplier(input / output, largest);
  const FixedMultiplier by_negative = view.multiplier(std::abs(negative), largest);
  return view.finish(
      bl_quantized_leaky_relu_params{.count = element_count(view),
                                     .input_offset = affine_input(view, 0).offset,
                                     .output_offset = view.zero_point(view.output(), "output"),
                                     .positive_multiplier = by.multiplier,
                                     .positive_shift = by.shift,
                                     .negative_multiplier = by_negative.multiplier,
                                     .negative_shift = by_negative.shift,
                                     .negates = negative < 0 ? 1 : 0},
      view.all_operands());
}

PreparedOperator prepare_prelu(const OperatorView& view) {
  const DataType type = view.kernel().input;
  if (type == DataType::kFloat32) return prepare_binary(view);
  view.require_type(view.input(1), "input 1", DataType::kInt8);
  const std::int64_t largest = largest_value(type);
  const AffineInput input = affine_input(view, 0);
  const AffineInput slope = affine_input(view, 1);
  const double output = view.scale(view.output(), "output");
  const FixedMultiplier by = view.multiplier(input.scale / output, largest);
  const FixedMultiplier by_negative =
      view.multiplier(input.scale * slope.scale / output, largest * kLargestValue);
  return view.finish(bl_prelu_params{.broadcast = broadcast(view),
                                     .input_offset = input.offset,
                                     .slope_offset = slope.offset,
                                     .output_offset = view.zero_point(view.output(), "output"),
                                     .positive_multiplier = by.multiplier,
                                     .positive_shift = by.shift,
                                     .negative_multiplier = by_negative.multiplier,
                                     .negative_shift = by_negative.shift},
                     view.all_operands());
}

// The values of every int8, as TFLite Micro fills its table: rounded in float.
std::vector<std::int8_t> elu_values(const OperatorView& view) {
  const float scale = view.scale(view.input(), "input");
  const float inverse = 1 / view.scale(view.output(), "output");
  std::vector<std::int8_t> values(256);
  for (std::int32_t q = -128; q < 128; ++q) {
    const float x = scale * static_cast<float>(q - view.zero_point(view.input(), "input"));
    const float y = x < 0.0F ? std::exp(x) - 1.0F : x;
    const float steps =
        std::round(y * inverse) + static_cast<float>(view.zero_point(view.output(), "output"));
    values[static_cast<std::uint8_t>(q)] =
        static_cast<std::int8_t>(std::clamp(steps, -128.0F, 127.0F));
  }
  return values;
}

PreparedOperator prepare_elu(const OperatorView& view) {
  if (view.kernel().input == DataType::kFloat32) return prepare_map(view);
  return view.finish(
      bl_map_params{element_count(view)},
      {view.constant(elu_values(view)), view.tensor_operand(0), view.output_operand()});
}

// The upper 16 bits of a multiplier, rounded.
std::int32_t upper_half(std::int32_t multiplier) {
  const std::int64_t rounded = (std::int64_t{multiplier} + (1 << 15)) >> 16;
  return static_cast<std::int32_t>(std::min(rounded, std::int64_t{32767}));
}

PreparedOperator prepare_hard_swish(const OperatorView& view) {
  if (view.kernel().input == DataType::kFloat32) return prepare_map(view);
  const float fine = (1.0F / 128.0F) * view.scale(view.input(), "input");
  const FixedMultiplier output =
      quantize_multiplier(double{fine / view.scale(view.output(), "output")});
  const FixedMultiplier gate = quantize_multiplier(double{fine / (3.0F / 32768.0F)});
  if (output.shift > 0 || output.shift < -15 || std::abs(gate.shift) > 15) {
    view.not_modelled(
        "input scale {} and output scale {}; supported: an output scale above 1/128 of "
        "the input's, and an input scale between 1e-6 and 300",
        view.scale(view.input(), "input"), view.scale(view.output(), "output"));
  }
  return view.finish(bl_hard_swish_params{.count = element_count(view),
                                          .input_offset = affine_input(view, 0).offset,
                                          .output_offset = view.zero_point(view.output(), "output"),
                                          .output_multiplier = upper_half(output.multiplier),
                                          .output_exponent = output.shift,
                                          .gate_multiplier = upper_half(gate.multiplier),
                                          .gate_exponent = gate.shift},
                     view.all_operands());
}

template <float (*function)(float)>
void answer_float(const KernelCall& call) {
  answer_map<float, float, bl_map_params>(
      call, [](float x, const bl_map_params&) { return function(x); });
}

float relu(float x) { return x < 0.0F ? 0.0F : x; }
float relu6(float x) { return x > 6.0F ? 6.0F : relu(x); }
float elu(float x) { return x < 0.0F ? std::expm1(x) : x; }
float hard_swish(float x) { return x * std::min(6.0F, std::max(0.0F, x + 3.0F)) / 6.0F; }

template <class E>
void answer_clamp(const KernelCall& call) {
  using T = typename E::Storage;
  answer_map<T, T, bl_clamp_params>(call, [](std::int32_t x, const bl_clamp_params& p) {
    return std::min(std::max(x, p.low), p.high);
  });
}

void answer_leaky_floats(const KernelCall& call) {
  answer_map<float, float, bl_leaky_relu_params>(
      call, [](float x, const bl_leaky_relu_params& p) { return x > 0.0F ? x : x * p.slope; });
}

template <class E>
void answer_leaky_relu(const KernelCall& call) {
  using T = typename E::Storage;
  using Params = bl_quantized_leaky_relu_params;
  answer_map<T, T, Params>(call, [&](std::int32_t x, const Params& p) {
    const std::int32_t steps = x + p.input_offset;
    const std::int32_t scaled =
        steps >= 0 ? call.rescale(steps, {p.positive_multiplier, p.positive_shift})
                   : call.rescale(steps, {p.negative_multiplier, p.negative_shift}) *
                         (p.negates != 0 ? -1 : 1);
    return clamp_to_type<T>(scaled + p.output_offset);
  });
}

void answer_prelu_floats(const KernelCall& call) {
  answer_broadcast<float, float, float>(
      call, call.params<bl_binary_params>().broadcast,
      [](float x, float slope) { return x >= 0.0F ? x : x * slope; });
}

template <class E>
void answer_prelu(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_prelu_params>();
  answer_broadcast<T, std::int8_t, T>(call, p.broadcast, [&](std::int32_t x, std::int32_t slope) {
    const std::int32_t steps = x + p.input_offset;
    const std::int32_t scaled = steps >= 0
                                    ? call.rescale(steps, {p.positive_multiplier, p.positive_shift})
                                    : call.rescale(steps * (slope + p.slope_offset),
                                                   {p.negative_multiplier, p.negative_shift});
    return clamp_to_type<T>(scaled + p.output_offset);
  });
}

void answer_elu(const KernelCall& call) {
  const auto* values = call.input<std::int8_t>(0);
  const auto* input = call.input<std::uint8_t>(1);
  std::transform(input, input + call.params<bl_map_params>().count, call.output<std::int8_t>(),
                 [&](std::uint8_t x) { return values[x]; });
}

std::int32_t held_in_16(std::int64_t value) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, -32768, 32767));
}

// a * b / 2^15 in 16 bits, a half rounded up.
std::int32_t rounded_product(std::int32_t a, std::int32_t b) {
  return held_in_16((std::int64_t{a} * b + (1 << 14)) >> 15);
}

// The input times a gate that goes from 0 at -3 to 1 at 3, both in 16 bits.
void answer_hard_swish(const KernelCall& call) {
  using Params = bl_hard_swish_params;
  answer_map<std::int8_t, std::int8_t, Params>(call, [](std::int32_t x, const Params& p) {
    const std::int32_t fine = (x + p.input_offset) * 128;
    std::int32_t gate = fine;
    if (p.gate_exponent > 0) {  // the last doubling comes after the product, and may hold it too
      gate = held_in_16(std::int64_t{gate} << (p.gate_exponent - 1));
      gate = held_in_16(std::int64_t{rounded_product(gate, p.gate_multiplier)} * 2);
    } else {
      gate = rounding_shift_right(rounded_product(gate, p.gate_multiplier), -p.gate_exponent);
    }
    const std::int32_t opened = (gate + 32768) / 2;
    const std::int32_t product = opened * rounded_product(fine, p.output_multiplier) / 32768;
    return clamp_to_type<std::int8_t>(rounding_shift_right(product, -p.output_exponent) +
                                      p.output_offset);
  });
}

constexpr Kernel kRelu[] = {
    converting_kernel<Int8, Int8>("requantize", answer_requantize<Int8, Int8>),
    converting_kernel<UInt8, UInt8>("requantize", answer_requantize<UInt8, UInt8>),
    converting_kernel<Int16, Int16>("requantize", answer_requantize<Int16, Int16>),
    kernel<Float32>("relu", answer_float<relu>)};
constexpr Kernel kRelu6[] = {
    kernel<Int8>("clamp", answer_clamp<Int8>), kernel<Int16>("clamp", answer_clamp<Int16>),
    converting_kernel<UInt8, UInt8>("requantize", answer_requantize<UInt8, UInt8>),
    kernel<Float32>("relu6", answer_float<relu6>)};
constexpr Kernel kLeakyRelu[] = {kernel<Int8>("leaky_relu", answer_leaky_relu<Int8>),
                                 kernel<Int16>("leaky_relu", answer_leaky_relu<Int16>),
                                 kernel<Float32>("leaky_relu", answer_leaky_floats)};
constexpr Kernel kPrelu[] = {kernel<Int8>("prelu", answer_prelu<Int8>),
                             kernel<Int16>("prelu", answer_prelu<Int16>),
                             kernel<Float32>("prelu", answer_prelu_floats)};
constexpr Kernel kElu[] = {kernel<Int8>("elu", answer_elu),
                           within(kExpm1Within, kernel<Float32>("elu", answer_float<elu>))};
constexpr Kernel kHardSwish[] = {kernel<Int8>("hard_swish", answer_hard_swish),
                                 kernel<Float32>("hard_swish", answer_float<hard_swish>)};

constexpr OptionsCodec kReluOptions{
    .read = read_nothing,
    .write = write_nothing,
    .version = [](const Graph& graph, const Operator& op) {
      return operand(graph, op.inputs, 0).type == DataType::kUInt8 ? 2 : version_by_type(graph, op);
    }};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kRelu,
     .signature = Signature{},
     .options = &kReluOptions,
     .prepare = prepare_relu,
     .kernels = kRelu,
     .lite_note = "int16: between two scales some answers are 1 apart"},
    {.kind = OpKind::kRelu6,
     .signature = Signature{},
     .options = &kNoOptions,
     .prepare = prepare_relu6,
     .kernels = kRelu6,
     .lite_note =
         "int8, uint8, int16: brought to the output's scale; here it stays on its input's"},
    {.kind = OpKind::kLeakyRelu,
     .signature = Signature{},
     .options = &kLeakyReluOptions,
     .prepare = prepare_leaky_relu,
     .kernels = kLeakyRelu},
    {.kind = OpKind::kPrelu,
     .signature = Signature{.min_inputs = 2, .max_inputs = 2},
     .options = &kPreluOptions,
     .prepare = prepare_prelu,
     .kernels = kPrelu},
    {.kind = OpKind::kElu,
     .signature = Signature{},
     .options = &kEluOptions,
     .layer_class = LayerClass::kTable,
     .prepare = prepare_elu,
     .kernels = kElu},
    {.kind = OpKind::kHardSwish,
     .signature = Signature{},
     .options = &kHardSwishOptions,
     .layer_class = LayerClass::kTable,
     .prepare = prepare_hard_swish,
     .kernels = kHardSwish},
};

}  // namespace

std::span<const OperatorRecord> rectifier_operators() { return kRecords; }

}  // namespace boardless::workloads
