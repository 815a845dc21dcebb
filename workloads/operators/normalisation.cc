// SOFTMAX, in TFLite's fixed-point arithmetic, and the records of its like. Comments write Qm.n for
// a number with m integer and n fraction bits; a high product of Qa and Qb has a + b integer bits.
#include <array>
#include <bit>
#include <cmath>

#include "kernels/abi.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
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
constexpr int kFractionBits = 31 - kInputIntegerBits;
// The sum of exponentials has 12 integer bits; each element may add 1.
constexpr std::int32_t kMostElements = 4095;

// Differences below this many input steps underflow; 0 for a step so large that any does.
std::int32_t smallest_difference(int left_shift) {
  const double most = (1 << kInputIntegerBits) - 1;
  return -static_cast<std::int32_t>(std::floor(std::ldexp(most, kFractionBits - left_shift)));
}

PreparedOperator prepare_softmax(const OperatorView& view) {
  const float beta = view.attributes<SoftmaxAttributes>().beta;
  if (view.input().shape.empty())
    view.not_modelled("input is a scalar; supported: at least one dimension");
  view.require_shape(view.output(), "output", view.input().shape);

  const float output_scale = view.scale(view.output(), "output");
  const std::int32_t lowest = type_range(view.output().type).min;
  if (std::abs(output_scale * 256.0F - 1.0F) > 1e-3F ||
      view.zero_point(view.output(), "output") != lowest) {
    view.fail("output has scale {} and zero point {}; its definition gives 0.00390625 and {}",
              output_scale, view.zero_point(view.output(), "output"), lowest);
  }

  const std::int32_t depth = view.input().shape.back();
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
  const bl_softmax_params params{.rows = static_cast<std::int32_t>(view.input().elements() / depth),
                                 .depth = depth,
                                 .input_multiplier = by.multiplier,
                                 .input_left_shift = by.shift,
                                 .diff_min = smallest_difference(by.shift)};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

constexpr int kSumIntegerBits = 12;  // Q12.19
constexpr int kOutputBits = 8;

// exp(-1/4), exp(-1/2), … exp(-16) in Q0.31.
constexpr std::array<std::int32_t, 7> kPowers = {1672461947, 1302514674, 790015084, 290630308,
                                                 39332535,   720401,     242};

// exp(x), Q0.31, for x in [-1/4, 0), Q0.31: exp(-1/8) times the series of exp(x + 1/8) up to the
// fourth power, summed as ((d^4/4 + d^3)/3 + d^2)/2 + d.
std::int32_t exp_within_quarter(std::int32_t x) {
  constexpr std::int32_t kExpMinusEighth = 1895147668;
  constexpr std::int32_t kThird = 715827883;
  const std::int32_t d = x + (1 << 28);
  const std::int32_t square = high_multiply(d, d);
  const std::int32_t cube = high_multiply(square, d);
  const std::int32_t fourth = high_multiply(square, square);
  const std::int32_t thirds = high_multiply(rounding_shift_right(fourth, 2) + cube, kThird);
  const std::int32_t series = d + rounding_shift_right(thirds + square, 1);
  return kExpMinusEighth + high_multiply(kExpMinusEighth, series);
}

// exp(x), Q0.31, for x <= 0, Q5.26: x is a number of quarters and a rest in [-1/4, 0), and each
// binary digit of the quarters multiplies by a power from the table.
std::int32_t exp_of_negative(std::int32_t x) {
  if (x == 0) return std::numeric_limits<std::int32_t>::max();
  constexpr std::int32_t kQuarter = 1 << (31 - kInputIntegerBits - 2);
  const std::int32_t rest = (x & (kQuarter - 1)) - kQuarter;
  const auto quarters = static_cast<std::uint32_t>(rest - x) / kQuarter;
  std::int32_t result = exp_within_quarter(rest * (1 << kInputIntegerBits));
  for (std::size_t digit = 0; digit < kPowers.size(); ++digit) {
    if ((quarters >> digit & 1U) != 0) result = high_multiply(result, kPowers[digit]);
  }
  return result;
}

// 1 / (1 + x), Q0.31, for x in [0, 1), Q0.31: Newton's iteration for the reciprocal of
// (1 + x) / 2, started from the line 48/17 - 32/17 d.
std::int32_t reciprocal_of_one_plus(std::int32_t x) {
  constexpr std::int32_t k48Over17 = 1515870810;  // Q2.29
  constexpr std::int32_t k32Over17 = 1010580540;  // Q2.29
  constexpr std::int32_t kOne = 1 << 29;          // Q2.29
  const auto d = static_cast<std::int32_t>((std::int64_t{x} + (std::int64_t{1} << 31)) / 2);
  std::int32_t estimate = k48Over17 + high_multiply(d, -k32Over17);
  for (int step = 0; step < 3; ++step) {
    const std::int32_t error = kOne - high_multiply(d, estimate);
    estimate += saturating_shift_left(high_multiply(estimate, error), 2);  // Q4.27 to Q2.29
  }
  return saturating_shift_left(estimate, 1);  // halved for (1 + x), then Q2.29 to Q0.31
}

template <class T>
void softmax_row(const bl_softmax_params& p, const T* input, T* output) {
  const std::int32_t largest = *std::max_element(input, input + p.depth);
  const auto contributes = [&](T logit) { return logit - largest >= p.diff_min; };
  const auto exponential = [&](T logit) {
    const std::int32_t difference = (logit - largest) * (std::int32_t{1} << p.input_left_shift);
    return exp_of_negative(high_multiply(difference, p.input_multiplier));
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
  const int shift = kSumIntegerBits - headroom + 31 - kOutputBits;

  std::transform(input, input + p.depth, output, [&](T logit) {
    std::int32_t steps = 0;
    if (contributes(logit)) {
      steps = rounding_shift_right(high_multiply(reciprocal, exponential(logit)), shift);
    }
    return clamp_to_type<T>(std::numeric_limits<T>::min() + steps);
  });
}

template <class E>
void answer_softmax(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_softmax_params>();
  for (std::int64_t row = 0; row < p.rows; ++row) {
    softmax_row(p, call.input<T>(0) + row * p.depth, call.output<T>() + row * p.depth);
  }
}

constexpr Kernel kSoftmax[] = {kernel<Int8>("softmax", answer_softmax<Int8>),
                               kernel<UInt8>("softmax", answer_softmax<UInt8>)};

constexpr OptionsCodec kL2NormOptions{
    read_activation_table<tflite::L2NormOptions>,
    write_activation_table<tflite::L2NormOptions, tflite::CreateL2NormOptions>};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kSoftmax,
     .signature = Signature{},
     .options = &kSoftmaxOptions,
     .layer_class = LayerClass::kTable,
     .prepare = prepare_softmax,
     .kernels = kSoftmax},
    {.kind = OpKind::kL2Normalization,
     .signature = Signature{},
     .options = &kL2NormOptions,
     .layer_class = LayerClass::kTable},
};

}  // namespace

std::span<const OperatorRecord> normalisation_operators() { return kRecords; }

}  // namespace boardless::workloads
