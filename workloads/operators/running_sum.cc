// ADD_N and CUMSUM. TFLite Micro's quantised ones begin their sums with minus the zero point, which
// is the real zero only where the zero point is 0; here they begin with the real zero.
#include <functional>
#include <numeric>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
#include "workloads/operators/mapping.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kAddNOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::AddNOptions, tflite::CreateAddNOptions>,
    .version = first_version};

constexpr OptionsCodec kCumsumOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::CumsumOptions>(stored, "CumsumOptions");
      return CumsumAttributes{options.exclusive(), options.reverse()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<CumsumAttributes>(op);
          return WrittenOptions{
              tflite::BuiltinOptions::CumsumOptions,
              tflite::CreateCumsumOptions(builder, a.exclusive, a.reverse).Union()};
        },
    .version = first_version};

bl_quantized_sum_params scaling(const OperatorView& view) {
  constexpr int kLeftShift = 20;
  if (view.kernel().input == DataType::kFloat32) return {};
  const AffineInput input = affine_input(view, 0);
  const double output = view.scale(view.output(), "output");
  const std::int64_t largest = kLargestValue << kLeftShift;
  const FixedMultiplier half = view.multiplier(0.5, largest);
  const FixedMultiplier by =
      view.multiplier(2 * input.scale / ((1 << kLeftShift) * output), largest);
  return {.left_shift = kLeftShift,
          .input_offset = input.offset,
          .input_multiplier = half.multiplier,
          .input_shift = half.shift,
          .output_offset = view.zero_point(view.output(), "output"),
          .output_multiplier = by.multiplier,
          .output_shift = by.shift};
}

PreparedOperator prepare_add_n(const OperatorView& view) {
  const std::int32_t count = element_count(view);
  for (std::size_t i = 1; i < view.op().inputs.size(); ++i) {
    const Tensor& input = view.input(i);
    const std::string role = fmt::format("input {}", i);
    view.require_type(input, role, view.kernel().input);
    view.require_shape(input, role, view.input().shape);
    if (view.kernel().input == DataType::kFloat32) continue;
    if (affine_input(view, i).scale != affine_input(view, 0).scale ||
        affine_input(view, i).offset != affine_input(view, 0).offset) {
      view.fail("{} is not quantised as input 0; they must be the same", role);
    }
  }
  return view.finish(
      bl_add_n_params{static_cast<std::int32_t>(view.op().inputs.size()), count, scaling(view)},
      view.all_operands());
}

PreparedOperator prepare_cumsum(const OperatorView& view) {
  (void)element_count(view);
  const auto& a = view.attributes<CumsumAttributes>();
  const std::vector<std::int64_t> axes = view.integers(1, "axis");
  if (axes.size() != 1) view.fail("{} axes; it takes one", axes.size());
  const Tensor& input = view.input();
  const auto axis = static_cast<std::ptrdiff_t>(axis_of(view, axes[0], input));
  const auto product = [](auto first, auto end) {
    return std::accumulate(first, end, std::int32_t{1}, std::multiplies<>{});
  };
  const auto along = input.shape.begin() + axis;
  return view.finish(bl_cumsum_params{.outer = product(input.shape.begin(), along),
                                      .count = *along,
                                      .inner = product(along + 1, input.shape.end()),
                                      .exclusive = a.exclusive ? 1 : 0,
                                      .reverse = a.reverse ? 1 : 0,
                                      .scaling = scaling(view)},
                     {view.tensor_operand(0), view.output_operand()});
}

// Sums of a type, with what an element adds and what becomes of one. Quantised sums wrap in 32
// bits.
struct FloatSum {
  using T = float;
  using Sum = float;
  const KernelCall& call;
  const bl_quantized_sum_params& p;
  float plus(float sum, float value) const { return sum + value; }
  float result(float sum) const { return sum; }
};

struct Int8Sum {
  using T = std::int8_t;
  using Sum = std::int32_t;
  const KernelCall& call;
  const bl_quantized_sum_params& p;
  std::int32_t plus(std::int32_t sum, std::int32_t value) const {
    const std::int32_t scaled = call.rescale((value + p.input_offset) * (1 << p.left_shift),
                                             {p.input_multiplier, p.input_shift});
    return static_cast<std::int32_t>(std::int64_t{sum} + scaled);
  }
  std::int8_t result(std::int32_t sum) const {
    return clamp_to_type<std::int8_t>(call.rescale(sum, {p.output_multiplier, p.output_shift}) +
                                      p.output_offset);
  }
};

template <class Summing>
void answer_add_n(const KernelCall& call) {
  using T = typename Summing::T;
  const auto p = call.params<bl_add_n_params>();
  const Summing summing{call, p.scaling};
  for (std::int32_t i = 0; i < p.count; ++i) {
    typename Summing::Sum sum = 0;
    for (std::size_t j = 0; j + 1 < call.operands.size(); ++j) {
      sum = summing.plus(sum, call.input<T>(j)[i]);
    }
    call.output<T>()[i] = summing.result(sum);
  }
}

template <class Summing>
void answer_cumsum(const KernelCall& call) {
  using T = typename Summing::T;
  const auto p = call.params<bl_cumsum_params>();
  const Summing summing{call, p.scaling};
  for (std::int64_t outer = 0; outer < p.outer; ++outer) {
    for (std::int64_t inner = 0; inner < p.inner; ++inner) {
      typename Summing::Sum sum = 0;
      for (std::int64_t i = 0; i < p.count; ++i) {
        const std::int64_t place = p.reverse != 0 ? p.count - 1 - i : i;
        const std::int64_t at = (outer * p.count + place) * p.inner + inner;
        const typename Summing::Sum next = summing.plus(sum, call.input<T>(0)[at]);
        call.output<T>()[at] = summing.result(p.exclusive != 0 ? sum : next);
        sum = next;
      }
    }
  }
}

constexpr Kernel kCumsum[] = {kernel<Int8>("cumsum", answer_cumsum<Int8Sum>),
                              kernel<Float32>("cumsum", answer_cumsum<FloatSum>)};
constexpr Kernel kAddN[] = {kernel<Int8>("add_n", answer_add_n<Int8Sum>),
                            kernel<Float32>("add_n", answer_add_n<FloatSum>)};

constexpr std::string_view kNote =
    "int8: the sum begins with the real zero; there with minus the zero point";

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kAddN,
     .signature = Signature{.min_inputs = 2, .max_inputs = kAny},
     .options = &kAddNOptions,
     .prepare = prepare_add_n,
     .kernels = kAddN,
     .note = kNote,
     .lite_note = "float32: summed in another order"},
    {.kind = OpKind::kCumsum,
     .signature = Signature{.min_inputs = 2, .max_inputs = 2},
     .options = &kCumsumOptions,
     .prepare = prepare_cumsum,
     .kernels = kCumsum,
     .note = kNote},
};

}  // namespace

std::span<const OperatorRecord> running_sum_operators() { return kRecords; }

}  // namespace boardless::workloads
