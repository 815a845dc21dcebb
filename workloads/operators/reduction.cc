// MEAN over some dimensions, and the record of ARG_MAX.
#include <algorithm>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/families.h"
#include "workloads/operators/four_dimensions.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kMeanOptions{
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

// The newest of TFLite's quantised forms: the sum less its offset, count * zero point, is rescaled
// by input scale / output scale as a fixed-point number, divided by count as integers.
PreparedOperator prepare_mean(const OperatorView& view) {
  const bool keep_dims = view.attributes<ReduceAttributes>().keep_dims;
  const std::vector<std::int32_t>& input = view.input().shape;
  const Extents extents = four_dimensions(view, view.input(), "input");
  const std::vector<bool> reduced = reduced_axes(view);

  bl_mean_params params{};
  std::ranges::copy(extents, params.extent);
  std::int64_t count = 1;
  std::vector<std::int32_t> expected;
  for (std::size_t i = 0; i < input.size(); ++i) {
    params.reduce[padded_axis(input.size(), i)] = reduced[i] ? 1 : 0;
    if (reduced[i]) count *= input[i];
    if (!reduced[i]) expected.push_back(input[i]);
    if (reduced[i] && keep_dims) expected.push_back(1);
  }
  view.require_shape(view.output(), "output", expected);

  const double real =
      static_cast<double>(view.scale(view.input(), "input")) / view.scale(view.output(), "output");
  const FixedMultiplier whole = view.multiplier(real, 256);
  const FixedMultiplier by = divide_by_count(whole, count);
  view.require_fits(by, count * 256);
  params.count = static_cast<std::int32_t>(count);
  params.input_offset = -view.zero_point(view.input(), "input");
  params.output_offset = view.zero_point(view.output(), "output");
  params.output_multiplier = by.multiplier;
  params.output_shift = by.shift;
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// One pass in memory order: the stride of a reduced dimension in the array of sums is 0.
template <class E>
void answer_mean(const KernelCall& call) {
  using T = typename E::Storage;
  using Sum = typename E::Accumulator;
  const auto p = call.params<bl_mean_params>();
  const T* input = call.input<T>(0);
  T* output = call.output<T>();
  std::int64_t stride[4];
  std::int64_t outputs = 1;
  for (std::size_t i = 4; i-- > 0;) {
    stride[i] = p.reduce[i] != 0 ? 0 : outputs;
    if (p.reduce[i] == 0) outputs *= p.extent[i];
  }

  std::vector<Sum> sums(static_cast<std::size_t>(outputs), p.count * p.input_offset);
  for (std::int32_t i = 0; i < p.extent[0]; ++i) {
    for (std::int32_t j = 0; j < p.extent[1]; ++j) {
      for (std::int32_t k = 0; k < p.extent[2]; ++k) {
        const std::int64_t row = i * stride[0] + j * stride[1] + k * stride[2];
        for (std::int32_t l = 0; l < p.extent[3]; ++l) {
          sums[static_cast<std::size_t>(row + l * stride[3])] += *input++;
        }
      }
    }
  }
  std::ranges::transform(sums, output, [&](Sum sum) {
    const std::int32_t mean = call.rescale(sum, {p.output_multiplier, p.output_shift});
    return clamp_to_type<T>(mean + p.output_offset);
  });
}

constexpr Kernel kMean[] = {kernel<Int8>("mean", answer_mean<Int8>),
                            kernel<UInt8>("mean", answer_mean<UInt8>)};

constexpr Signature kDataAndAxes{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kMean,
     .signature = kDataAndAxes,
     .options = &kMeanOptions,
     .layer_class = LayerClass::kPool,
     .prepare = prepare_mean,
     .kernels = kMean},
};

}  // namespace

std::span<const OperatorRecord> reduction_operators() { return kRecords; }

}  // namespace boardless::workloads
