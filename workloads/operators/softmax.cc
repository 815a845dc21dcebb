// SOFTMAX: in TFLite's fixed-point arithmetic on int8, by tables on int16, by the C library's
// exponential on floats. Comments write Qm.n for
// a number with m integer and n fraction bits; a high product of Qa and Qb has a + b integer bits.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <type_traits>
#include <vector>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/families.h"
#include "workloads/operators/fixed_exponential.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/operators/softmax_scaling.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {

DifferenceScaling difference_scaling(const OperatorView& view, float beta, std::int32_t depth) {
  constexpr int kIntegerBits = 5;
  constexpr int kFractionBits = 31 - kIntegerBits;
  // The sum of exponentials has 12 integer bits; each element may add 1.
  constexpr std::int32_t kMostElements = 4095;
  if (depth > kMostElements) {
    view.not_modelled("has {} elements a row; supported: up to {}", depth, kMostElements);
  }
  const double step =
      std::ldexp(static_cast<double>(beta) * view.scale(view.input(), "input"), kFractionBits);
  if (!(beta > 0.0F) || !(step > 1.0)) {
    view.not_modelled("beta {} times input scale {} is too small for 26 fraction bits", beta,
                      view.scale(view.input(), "input"));
  }
  const FixedMultiplier by = quantize_multiplier(std::min(step, std::ldexp(1.0, 31) - 1.0));
  // 0 for a step so large that any difference underflows.
  const double most = (1 << kIntegerBits) - 1;
  return {by, -static_cast<std::int32_t>(std::floor(std::ldexp(most, kFractionBits - by.shift)))};
}

namespace {

constexpr OptionsCodec kSoftmaxOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::SoftmaxOptions>(stored, "SoftmaxOptions");
      if (!std::isfinite(options.beta())) {
        throw InputError("has a beta that is not a finite number");
      }
      return SoftmaxAttributes{options.beta()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          return WrittenOptions{
              tflite::BuiltinOptions::SoftmaxOptions,
              tflite::CreateSoftmaxOptions(builder, attributes_of<SoftmaxAttributes>(op).beta)
                  .Union()};
        }};

constexpr int kInputIntegerBits = 5;  // Q5.26

// Throws unless the output is quantised as the definition has it for its type: int8 and uint8 from
// 0 to 1 in 256 steps, int16 from 0 to 1 in 65536 steps for an 8-bit input and in 32768 for its
// own.
void check_output(const OperatorView& view) {
  const DataType type = view.output().type;
  const bool is_symmetric = view.input().type == DataType::kInt16;
  const float steps = type != DataType::kInt16 ? 256.0F : is_symmetric ? 32768.0F : 65536.0F;
  const std::int32_t zero_point = is_symmetric ? 0 : type_range(type).min;
  const float scale = view.scale(view.output(), "output");
  if (std::abs(scale * steps - 1.0F) <= 1e-3F &&
      view.zero_point(view.output(), "output") == zero_point) {
    return;
  }
  view.fail("output has scale {} and zero point {}; its definition gives {} and {}", scale,
            view.zero_point(view.output(), "output"), 1 / steps, zero_point);
}

// A function over a range of 16 bits as 513 values, whose 512 chords are lowered by half of what
// they lie above it in their middles; in float, as TFLite fills its tables.
std::vector<std::int16_t> chords(float low, float high, float (*function)(float)) {
  constexpr int kChords = 512;
  const float output_step = 2.0F / 65535;
  const float to_output = 65536.0F / (output_step * 32767 - output_step * -32768);
  const float step = (high - low) / kChords;
  const auto held = [](float value) {
    return static_cast<std::int16_t>(std::clamp(value, -32768.0F, 32767.0F));
  };
  std::vector<std::int16_t> values;
  for (int i = 0; i < kChords; ++i) {
    const float begin = low + static_cast<float>(i) * step;
    const float value = std::round(function(begin) * to_output);
    const float next = function(low + static_cast<float>(i + 1) * step) * to_output;
    const float middle = std::round(function(begin + step / 2) * to_output);
    const float above = std::round((next + value) / 2) - middle;
    values.push_back(held(value - std::round(above / 2)));
  }
  values.push_back(held(std::round(function(high) * to_output)));
  return values;
}

// Differences are brought to where 65535 steps are 10.
PreparedOperator prepare_tables(const OperatorView& view, std::int32_t rows, std::int32_t depth) {
  require_symmetric(view);
  const float beta = view.attributes<SoftmaxAttributes>().beta;
  const double real =
      static_cast<double>(view.scale(view.input(), "input")) * beta / (10.0 / 65535);
  if (!(beta > 0.0F)) view.not_modelled("beta {}; supported: above 0", beta);
  const FixedMultiplier by = view.multiplier(real, largest_value(DataType::kInt16));
  const float range = 65535;
  const auto exponentials =
      chords(10.0F / range * -65535, 0.0F, [](float x) { return std::exp(x); });
  const auto reciprocals =
      chords(0.0F, 1.0F / range * 65535, [](float x) { return 1.0F / (1.0F + x); });
  return view.finish(bl_softmax_params{.rows = rows,
                                       .depth = depth,
                                       .input_multiplier = by.multiplier,
                                       .input_left_shift = by.shift,
                                       .diff_min = 0},
                     {view.constant(exponentials), view.constant(reciprocals),
                      view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_softmax(const OperatorView& view) {
  if (view.input().shape.empty())
    view.not_modelled("input is a scalar; supported: at least one dimension");
  view.require_shape(view.output(), "output", view.input().shape);
  const std::int32_t depth = view.input().shape.back();
  const auto rows = static_cast<std::int32_t>(view.input().elements() / depth);
  if (view.kernel().input == DataType::kFloat32) {
    return view.finish(
        bl_float_softmax_params{rows, depth, view.attributes<SoftmaxAttributes>().beta},
        view.all_operands());
  }
  check_output(view);
  if (view.kernel().input == DataType::kInt16) return prepare_tables(view, rows, depth);
  const DifferenceScaling scaling =
      difference_scaling(view, view.attributes<SoftmaxAttributes>().beta, depth);
  return view.finish(bl_softmax_params{.rows = rows,
                                       .depth = depth,
                                       .input_multiplier = scaling.by.multiplier,
                                       .input_left_shift = scaling.by.shift,
                                       .diff_min = scaling.smallest},
                     view.all_operands());
}

constexpr int kSumIntegerBits = 12;  // Q12.19

template <class In, class Out>
void softmax_row(const bl_softmax_params& p, const In* input, Out* output) {
  const std::int32_t largest = *std::max_element(input, input + p.depth);
  const auto contributes = [&](In logit) { return logit - largest >= p.diff_min; };
  const auto exponential = [&](In logit) {
    const std::int32_t difference = (logit - largest) * (std::int32_t{1} << p.input_left_shift);
    return exp_of_negative(high_multiply(difference, p.input_multiplier), kInputIntegerBits);
  };

  std::int32_t sum = 0;
  for (std::int32_t i = 0; i < p.depth; ++i) {
    if (contributes(input[i])) sum += rounding_shift_right(exponential(input[i]), kSumIntegerBits);
  }
  // sum = (1 + x) * 2^bits, x the fraction under its highest bit.
  const int headroom = std::countl_zero(static_cast<std::uint32_t>(sum));
  const auto fraction =
      static_cast<std::int32_t>((static_cast<std::uint32_t>(sum) << headroom) & 0x7FFFFFFFU);
  const std::int32_t reciprocal = reciprocal_of_one_plus(fraction);
  const int shift = kSumIntegerBits - headroom + 31 - std::numeric_limits<Out>::digits -
                    (std::is_signed_v<Out> ? 1 : 0);

  std::transform(input, input + p.depth, output, [&](In logit) {
    std::int32_t steps = 0;
    if (contributes(logit)) {
      steps = rounding_shift_right(high_multiply(reciprocal, exponential(logit)), shift);
    }
    return clamp_to_type<Out>(std::numeric_limits<Out>::min() + steps);
  });
}

template <class In, class Out = In>
void answer_softmax(const KernelCall& call) {
  const auto p = call.params<bl_softmax_params>();
  const auto* input = call.input<typename In::Storage>(0);
  auto* output = call.output<typename Out::Storage>();
  for (std::int64_t row = 0; row < p.rows; ++row) {
    softmax_row(p, input + row * p.depth, output + row * p.depth);
  }
}

// The chord of a table around one of 65536 steps.
std::int32_t looked_up(const std::int16_t* table, std::int32_t step) {
  const std::int32_t place = std::clamp(step, -32768, 32767) + 32768;
  const std::int16_t* chord = table + place / 128;
  return chord[0] + (((chord[1] - chord[0]) * (place % 128) + 64) >> 7);
}

// sum = (1 + x) * 2^bits in Q16.15; each share is its exponential times 1 / (1 + x), shifted.
void answer_tables(const KernelCall& call) {
  const auto p = call.params<bl_softmax_params>();
  const auto* exponentials = call.input<std::int16_t>(0);
  const auto* reciprocals = call.input<std::int16_t>(1);
  for (std::int64_t row = 0; row < p.rows; ++row) {
    const auto* input = call.input<std::int16_t>(2) + row * p.depth;
    auto* output = call.output<std::int16_t>() + row * p.depth;
    const std::int32_t largest = *std::max_element(input, input + p.depth);
    std::vector<std::int32_t> terms;
    for (std::int32_t i = 0; i < p.depth; ++i) {
      const std::int32_t scaled =
          call.rescale(input[i] - largest, {p.input_multiplier, p.input_left_shift});
      terms.push_back(looked_up(exponentials, scaled + 32767));
    }
    const auto sum = static_cast<std::uint32_t>(std::accumulate(terms.begin(), terms.end(), 0));
    const int bits = 31 - std::countl_zero(sum);
    const std::int64_t one_and_x = ((std::int64_t{sum} << (30 - bits)) + (1 << 13)) >> 14;
    const std::int32_t reciprocal =
        looked_up(reciprocals, static_cast<std::int32_t>(one_and_x - 65536 - 32768));
    std::ranges::transform(terms, output, [&](std::int32_t term) {
      const std::int64_t half = bits == 0 ? 0 : std::int64_t{1} << (bits - 1);
      const std::int64_t share = (std::int64_t{term} * reciprocal + half) >> bits;
      return clamp_to<std::int16_t>(static_cast<std::int32_t>(share), 0, 32767);
    });
  }
}

void answer_floats(const KernelCall& call) {
  const auto p = call.params<bl_float_softmax_params>();
  for (std::int64_t row = 0; row < p.rows; ++row) {
    const float* input = call.input<float>(0) + row * p.depth;
    float* output = call.output<float>() + row * p.depth;
    const float largest = *std::max_element(input, input + p.depth);
    std::transform(input, input + p.depth, output,
                   [&](float x) { return std::exp((x - largest) * p.beta); });
    const float sum = std::accumulate(output, output + p.depth, 0.0F);
    std::transform(output, output + p.depth, output, [&](float x) { return x / sum; });
  }
}

// In parts of 2^23: 2 by the exponential, 2 by those in the sum, 1 by each further addition and 1
// by the division. A value may have two ULP to such a part.
constexpr Tolerance kFloatsWithin{.ulp = 8,
                                  .ulp_per_term = 2,
                                  .terms = [](const PreparedOperator& op) -> std::int64_t {
                                    return op.params_as<bl_float_softmax_params>().depth;
                                  },
                                  .formula = "2 n + 8 ULP, n elements a row"};

constexpr Kernel kSoftmax[] = {
    kernel<Int8>("softmax", answer_softmax<Int8>), kernel<UInt8>("softmax", answer_softmax<UInt8>),
    converting_kernel<Int8, Int16>("softmax", answer_softmax<Int8, Int16>),
    kernel<Int16>("softmax", answer_tables),
    within(kFloatsWithin, kernel<Float32>("softmax", answer_floats))};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kSoftmax,
     .signature = Signature{},
     .options = &kSoftmaxOptions,
     .layer_class = LayerClass::kTable,
     .prepare = prepare_softmax,
     .kernels = kSoftmax,
     .lite_note = "int16: some shares are 1 apart"},
};

}  // namespace

std::span<const OperatorRecord> softmax_operators() { return kRecords; }

}  // namespace boardless::workloads
