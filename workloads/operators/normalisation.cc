// L2_NORMALIZATION and LOG_SOFTMAX, row by row.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/families.h"
#include "workloads/operators/fixed_exponential.h"
#include "workloads/operators/inverse_root.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/softmax_scaling.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kL2NormOptions{
    read_activation_table<tflite::L2NormOptions>,
    write_activation_table<tflite::L2NormOptions, tflite::CreateL2NormOptions>};
constexpr OptionsCodec kLogSoftmaxOptions{
    read_nothing, write_empty_table<tflite::LogSoftmaxOptions, tflite::CreateLogSoftmaxOptions>};

bl_rows_params rows_of(const OperatorView& view) {
  if (view.input().shape.empty())
    view.not_modelled("input is a scalar; supported: at least one dimension");
  view.require_shape(view.output(), "output", view.input().shape);
  const std::int32_t depth = view.input().shape.back();
  return {.rows = static_cast<std::int32_t>(view.input().elements() / depth),
          .depth = depth,
          .input_offset = 0};
}

PreparedOperator prepare_l2_normalization(const OperatorView& view) {
  if (view.attributes<ArithmeticAttributes>().activation != Activation::kNone) {
    view.not_modelled("a fused activation; supported: none");
  }
  bl_rows_params params = rows_of(view);
  if (view.kernel().input == DataType::kFloat32) return view.finish(params, view.all_operands());
  if (view.scale(view.output(), "output") != 1.0F / 128 ||
      view.zero_point(view.output(), "output") != 0) {
    view.fail("output has scale {} and zero point {}; its definition gives 0.0078125 and 0",
              view.scale(view.output(), "output"), view.zero_point(view.output(), "output"));
  }
  constexpr std::int32_t kMostSquares = 33025;  // of 255 each, within 32 bits
  if (params.depth > kMostSquares) {
    view.not_modelled("has {} elements a row; supported: up to {}", params.depth, kMostSquares);
  }
  params.input_offset = affine_input(view, 0).offset;
  return view.finish(params, view.all_operands());
}

PreparedOperator prepare_log_softmax(const OperatorView& view) {
  const bl_rows_params rows = rows_of(view);
  if (view.kernel().input == DataType::kFloat32) return view.finish(rows, view.all_operands());
  if (view.scale(view.output(), "output") != 1.0F / 16 ||
      view.zero_point(view.output(), "output") != 127) {
    view.fail("output has scale {} and zero point {}; its definition gives 0.0625 and 127",
              view.scale(view.output(), "output"), view.zero_point(view.output(), "output"));
  }
  const DifferenceScaling scaling = difference_scaling(view, 1.0F, rows.depth);
  const FixedMultiplier back =
      quantize_multiplier(std::ldexp(1.0, 31 - scaling.by.shift) / scaling.by.multiplier);
  return view.finish(bl_log_softmax_params{.rows = rows.rows,
                                           .depth = rows.depth,
                                           .input_multiplier = scaling.by.multiplier,
                                           .input_left_shift = scaling.by.shift,
                                           .back_multiplier = back.multiplier,
                                           .back_shift = back.shift,
                                           .diff_min = scaling.smallest},
                     view.all_operands());
}

// Calls answer(input row, output row, params) for each row.
template <class T, class Answer>
void answer_rows(const KernelCall& call, Answer answer) {
  const auto p = call.params<bl_rows_params>();
  const auto depth = static_cast<std::size_t>(p.depth);
  for (std::size_t row = 0; row < static_cast<std::size_t>(p.rows); ++row) {
    answer(std::span(call.input<T>(0) + row * depth, depth),
           std::span(call.output<T>() + row * depth, depth), p);
  }
}

void answer_l2_floats(const KernelCall& call) {
  answer_rows<float>(call, [](auto input, auto output, const bl_rows_params&) {
    float squares = 0;
    for (const float x : input) squares += x * x;
    const float length = std::max(std::sqrt(squares), 1e-6F);
    std::ranges::transform(input, output.begin(), [&](float x) { return x / length; });
  });
}

// Seven bits are kept below the length: the output's unit is 1/128.
void answer_l2_int8(const KernelCall& call) {
  answer_rows<std::int8_t>(call, [&](auto input, auto output, const bl_rows_params& p) {
    std::int32_t squares = 0;
    for (const std::int8_t x : input) squares += (x + p.input_offset) * (x + p.input_offset);
    FixedMultiplier by = inverse_square_root(squares);
    by.shift += 7;
    std::ranges::transform(input, output.begin(), [&](std::int8_t x) {
      return clamp_to_type<std::int8_t>(call.rescale(x + p.input_offset, by));
    });
  });
}

std::int32_t held_in_32(std::int64_t value) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(
      value, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
}

// ln(x), Q5.26, for x >= 1 in Q12.19: with x = r * 2^k, r near c = 2^(-1/4) and k in Q6.25 a
// quarter off a whole number, k ln(2) and a quotient of polynomials in q = 2 (r - c). Q0.31 but for
// k.
std::int32_t fixed_log(std::int32_t x) {
  constexpr std::int32_t kRootHalf = 1518500250;
  constexpr std::int32_t kCentre = 1805811301;
  constexpr std::int64_t kOne = 1 << 25;
  const auto leading = [](std::int32_t value) {
    return std::countl_zero(static_cast<std::uint32_t>(value));
  };
  // Two candidates: x brought to 1/2 and above, times the root of 2; and what is brought there by
  // the headroom of x times the root of 1/2.
  const int first = leading(x);
  const int second = leading(high_multiply(x, kRootHalf)) - 1;
  const std::int32_t r = std::min(
      saturating_shift_left(high_multiply(saturating_shift_left(x, first - 1), kRootHalf), 1),
      saturating_shift_left(x, second));
  const std::int32_t k =
      held_in_32(std::max((12 - first) * kOne + kOne / 4, (12 - second) * kOne - kOne / 4));
  const std::int32_t q = 2 * (r - kCentre);
  const auto p = static_cast<std::int32_t>((std::int64_t{r} + kCentre + 1) / 2);
  const std::int32_t square = high_multiply(q, q);
  const std::int32_t top = high_multiply(q, r) + high_multiply(high_multiply(q, square), 117049297);
  const std::int32_t bottom = high_multiply(p, 1057819769 + q + high_multiply(127690142, square)) +
                              high_multiply(638450708, q);
  const std::int32_t rational =
      high_multiply(rounding_shift_right(top, 6), reciprocal_of_one_plus(bottom));
  constexpr std::int32_t kLn2 = 1488522236;
  return saturating_shift_left(high_multiply(k, kLn2) + rational, 1);
}

void answer_log_softmax_int8(const KernelCall& call) {
  const auto p = call.params<bl_log_softmax_params>();
  const auto scaled = [&](std::int32_t difference) {
    return high_multiply(difference * (std::int32_t{1} << p.input_left_shift), p.input_multiplier);
  };
  for (std::int64_t row = 0; row < p.rows; ++row) {
    const auto* input = call.input<std::int8_t>(0) + row * p.depth;
    const std::int32_t largest = *std::max_element(input, input + p.depth);
    std::int32_t sum = 0;
    for (std::int32_t i = 0; i < p.depth; ++i) {
      if (input[i] - largest < p.diff_min) continue;
      sum += rounding_shift_right(exp_of_negative(scaled(input[i] - largest), 5), 12);
    }
    const std::int32_t log_sum = fixed_log(sum);
    // Below this a difference less the logarithm leaves Q5.26.
    const std::int32_t lowest =
        std::max(p.diff_min - 1, call.rescale(std::numeric_limits<std::int32_t>::min() + log_sum,
                                              {p.back_multiplier, p.back_shift}));
    std::transform(input, input + p.depth, call.output<std::int8_t>() + row * p.depth,
                   [&](std::int8_t x) -> std::int8_t {
                     if (x - largest <= lowest) return -128;
                     const std::int32_t log = scaled(x - largest) - log_sum;
                     return clamp_to_type<std::int8_t>(rounding_shift_right(log, 22) + 127);
                   });
  }
}

constexpr Kernel kL2Normalization[] = {kernel<Int8>("l2_normalization", answer_l2_int8),
                                       kernel<Float32>("l2_normalization", answer_l2_floats)};
void answer_log_softmax_floats(const KernelCall& call) {
  answer_rows<float>(call, [](auto input, auto output, const bl_rows_params&) {
    const float largest = *std::ranges::max_element(input);
    float sum = 0;
    for (const float x : input) sum += std::exp(x - largest);
    const float log_sum = std::log(sum);
    std::ranges::transform(input, output.begin(), [&](float x) { return x - largest - log_sum; });
  });
}

// The sum is as far apart as softmax's, n + 1 parts of 2^23, and so is its logarithm beside 1; 2 by
// the logarithm itself and 1 by the difference, whose parts have one sign. Near 0, where one
// element has nearly all of the sum, only what is absolute means something.
constexpr Tolerance kLogSoftmaxWithin{.ulp = 8,
                                      .ulp_per_term = 2,
                                      .terms = [](const PreparedOperator& op) -> std::int64_t {
                                        return op.params_as<bl_rows_params>().depth;
                                      },
                                      .formula = "2 n + 8 ULP, n elements a row",
                                      .unit = 1};

constexpr Kernel kLogSoftmax[] = {
    kernel<Int8>("log_softmax", answer_log_softmax_int8),
    within(kLogSoftmaxWithin, kernel<Float32>("log_softmax", answer_log_softmax_floats))};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kL2Normalization,
     .signature = Signature{},
     .options = &kL2NormOptions,
     .layer_class = LayerClass::kTable,
     .prepare = prepare_l2_normalization,
     .kernels = kL2Normalization},
    {.kind = OpKind::kLogSoftmax,
     .signature = Signature{},
     .options = &kLogSoftmaxOptions,
     .layer_class = LayerClass::kTable,
     .prepare = prepare_log_softmax,
     .kernels = kLogSoftmax},
};

}  // namespace

std::span<const OperatorRecord> normalisation_operators() { return kRecords; }

}  // namespace boardless::workloads
