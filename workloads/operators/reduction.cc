// The reductions over some dimensions: MEAN, SUM, REDUCE_MAX, REDUCE_MIN and REDUCE_ALL.
#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kReducerOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto* options = stored.builtin_options_as_ReducerOptions();
      return ReduceAttributes{options != nullptr && options->keep_dims()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          return WrittenOptions{
              tflite::BuiltinOptions::ReducerOptions,
              tflite::CreateReducerOptions(builder, attributes_of<ReduceAttributes>(op).keep_dims)
                  .Union()};
        }};

std::vector<bool> reduced_axes(const OperatorView& view) {
  const auto rank = static_cast<std::int64_t>(view.input().shape.size());
  std::vector<bool> reduced(static_cast<std::size_t>(rank));
  for (const std::int64_t axis : view.integers(1, "axis")) {
    if (axis < -rank || axis >= rank) {
      view.fail("axis {}; supported: {} to {} for the input {}", axis, -rank, rank - 1,
                shape_text(view.input()));
    }
    reduced[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)] = true;
  }
  return reduced;
}

// The input seen as four dimensions, each reduced away or kept. Of more than four, neighbours that
// fare alike are taken for one.
struct Reduction {
  std::int32_t extent[4] = {1, 1, 1, 1};
  std::int32_t reduce[4] = {};
  std::int64_t count = 1;  // elements that become one
};

Reduction reduction_of(const OperatorView& view) {
  const bool keep_dims = view.attributes<ReduceAttributes>().keep_dims;
  const std::vector<std::int32_t>& input = view.input().shape;
  const std::vector<bool> reduced = reduced_axes(view);
  Reduction result;
  std::vector<std::int32_t> expected;
  std::vector<std::pair<std::int32_t, bool>> dimensions;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (reduced[i]) result.count *= input[i];
    if (!reduced[i]) expected.push_back(input[i]);
    if (reduced[i] && keep_dims) expected.push_back(1);
    if (input.size() > 4 && !dimensions.empty() && dimensions.back().second == reduced[i]) {
      dimensions.back().first *= input[i];
    } else {
      dimensions.emplace_back(input[i], reduced[i]);
    }
  }
  view.require_shape(view.output(), "output", expected);
  if (dimensions.size() > 4) {
    view.not_modelled(
        "input {} is reduced along every other of its dimensions; supported: up to 4 "
        "runs of dimensions",
        shape_text(view.input()));
  }
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    const std::size_t at = 4 - dimensions.size() + i;
    result.extent[at] = dimensions[i].first;
    result.reduce[at] = dimensions[i].second ? 1 : 0;
  }
  return result;
}

// The newest of TFLite's quantised forms: the sum less its offset, count * zero point, is rescaled
// by input scale / output scale as a fixed-point number, for a mean divided by count as integers.
PreparedOperator prepare_quantized(const OperatorView& view, bool is_mean) {
  const Reduction reduction = reduction_of(view);
  const std::int64_t largest = largest_value(view.kernel().input) + 1;
  const double real =
      static_cast<double>(view.scale(view.input(), "input")) / view.scale(view.output(), "output");
  FixedMultiplier by = view.multiplier(real, is_mean ? largest : reduction.count * largest);
  if (is_mean) by = divide_by_count(by, reduction.count);
  view.require_fits(by, reduction.count * largest);
  bl_mean_params params{.extent = {},
                        .reduce = {},
                        .count = static_cast<std::int32_t>(reduction.count),
                        .input_offset = -view.zero_point(view.input(), "input"),
                        .output_offset = view.zero_point(view.output(), "output"),
                        .output_multiplier = by.multiplier,
                        .output_shift = by.shift};
  std::ranges::copy(reduction.extent, params.extent);
  std::ranges::copy(reduction.reduce, params.reduce);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// TFLite has a loop of its own for the mean over height and width where they stay as dimensions.
PreparedOperator prepare_plain(const OperatorView& view) {
  const Reduction reduction = reduction_of(view);
  const bool is_window = view.op().kind == OpKind::kMean && view.input().shape.size() == 4 &&
                         view.attributes<ReduceAttributes>().keep_dims &&
                         std::ranges::equal(reduction.reduce, std::array{0, 1, 1, 0});
  bl_reduce_params params{.extent = {},
                          .reduce = {},
                          .count = static_cast<std::int32_t>(reduction.count),
                          .is_window = is_window ? 1 : 0};
  std::ranges::copy(reduction.extent, params.extent);
  std::ranges::copy(reduction.reduce, params.reduce);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_mean_or_sum(const OperatorView& view) {
  return view.kernel().input == DataType::kFloat32
             ? prepare_plain(view)
             : prepare_quantized(view, view.op().kind == OpKind::kMean);
}

PreparedOperator prepare_reduction(const OperatorView& view) {
  if (view.kernel().input == DataType::kInt8) view.require_quantized_as_output(0);
  return prepare_plain(view);
}

// One pass in memory order: the stride of a reduced dimension in the array of results is 0. Each
// element joins its result, which begins as `first`.
template <class T, class Result, class Params, class Join>
std::vector<Result> reduced(const KernelCall& call, const Params& p, Result first, Join join) {
  const T* input = call.input<T>(0);
  std::int64_t stride[4];
  std::int64_t outputs = 1;
  for (std::size_t i = 4; i-- > 0;) {
    stride[i] = p.reduce[i] != 0 ? 0 : outputs;
    if (p.reduce[i] == 0) outputs *= p.extent[i];
  }
  std::vector<Result> results(static_cast<std::size_t>(outputs), first);
  for (std::int32_t i = 0; i < p.extent[0]; ++i) {
    for (std::int32_t j = 0; j < p.extent[1]; ++j) {
      for (std::int32_t k = 0; k < p.extent[2]; ++k) {
        const std::int64_t row = i * stride[0] + j * stride[1] + k * stride[2];
        for (std::int32_t l = 0; l < p.extent[3]; ++l) {
          Result& result = results[static_cast<std::size_t>(row + l * stride[3])];
          result = join(result, static_cast<Result>(*input++));
        }
      }
    }
  }
  return results;
}

// MEAN and SUM, which differ in their multipliers.
template <class E>
void answer_quantized(const KernelCall& call) {
  using T = typename E::Storage;
  using Sum = typename E::Accumulator;
  const auto p = call.params<bl_mean_params>();
  const auto sums = reduced<T>(call, p, Sum{p.count * p.input_offset}, std::plus<Sum>{});
  std::ranges::transform(sums, call.output<T>(), [&](Sum sum) {
    const std::int32_t scaled =
        call.rescale(static_cast<std::int32_t>(sum), {p.output_multiplier, p.output_shift});
    return clamp_to_type<T>(scaled + p.output_offset);
  });
}

void answer_float_sum(const KernelCall& call) {
  const auto p = call.params<bl_reduce_params>();
  std::ranges::copy(reduced<float>(call, p, 0.0F, std::plus<float>{}), call.output<float>());
}

void answer_float_mean(const KernelCall& call) {
  const auto p = call.params<bl_reduce_params>();
  const auto sums = reduced<float>(call, p, 0.0F, std::plus<float>{});
  std::ranges::transform(sums, call.output<float>(),
                         [&](float sum) { return sum / static_cast<float>(p.count); });
}

template <class E, bool largest>
void answer_extreme(const KernelCall& call) {
  using T = typename E::Storage;
  using Limits = std::numeric_limits<T>;
  const auto join = [](T current, T value) {
    if constexpr (largest) return value > current ? value : current;
    return value < current ? value : current;
  };
  const auto p = call.params<bl_reduce_params>();
  std::ranges::copy(reduced<T>(call, p, largest ? Limits::lowest() : Limits::max(), join),
                    call.output<T>());
}

void answer_all(const KernelCall& call) {
  using T = std::uint8_t;
  const auto join = [](T current, T value) { return static_cast<T>(current != 0 && value != 0); };
  const auto p = call.params<bl_reduce_params>();
  std::ranges::copy(reduced<T>(call, p, T{1}, join), call.output<T>());
}

constexpr Kernel kMean[] = {
    kernel<Int8>("mean", answer_quantized<Int8>), kernel<UInt8>("mean", answer_quantized<UInt8>),
    kernel<Int16>("mean", answer_quantized<Int16>), kernel<Float32>("mean", answer_float_mean)};
constexpr Kernel kSum[] = {kernel<Int8>("sum", answer_quantized<Int8>),
                           kernel<Int16>("sum", answer_quantized<Int16>),
                           kernel<Float32>("sum", answer_float_sum)};
constexpr Kernel kReduceMax[] = {kernel<Int8>("reduce_max", answer_extreme<Int8, true>),
                                 kernel<Float32>("reduce_max", answer_extreme<Float32, true>)};
constexpr Kernel kReduceMin[] = {kernel<Int8>("reduce_min", answer_extreme<Int8, false>),
                                 kernel<Float32>("reduce_min", answer_extreme<Float32, false>)};
constexpr Kernel kReduceAll[] = {kernel<Bool>("reduce_all", answer_all)};

constexpr Signature kDataAndAxes{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord record(OpKind kind, PreparedOperator (*prepare)(const OperatorView&),
                                std::span<const Kernel> kernels) {
  return {.kind = kind,
          .signature = kDataAndAxes,
          .options = &kReducerOptions,
          .layer_class = LayerClass::kPool,
          .prepare = prepare,
          .kernels = kernels};
}

constexpr OperatorRecord kRecords[] = {
    record(OpKind::kMean, prepare_mean_or_sum, kMean),
    unlike_lite(
        "int8: sums with negative values, or less the zero point negative, are other numbers",
        record(OpKind::kSum, prepare_mean_or_sum, kSum)),
    unlike_lite("float32: where one of the values is not a number",
                record(OpKind::kReduceMax, prepare_reduction, kReduceMax)),
    unlike_lite("float32: where one of the values is not a number",
                record(OpKind::kReduceMin, prepare_reduction, kReduceMin)),
    record(OpKind::kReduceAll, prepare_reduction, kReduceAll),
};

}  // namespace

std::span<const OperatorRecord> reduction_operators() { return kRecords; }

}  // namespace boardless::workloads
