// ADD_N. TFLite Micro's quantised one begins its sum with minus the zero point, which is the real
// zero only where the zero point is 0; here it begins with the real zero.
#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/families.h"
#include "workloads/operators/mapping.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kAddNOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::AddNOptions, tflite::CreateAddNOptions>,
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

constexpr Kernel kAddN[] = {kernel<Int8>("add_n", answer_add_n<Int8Sum>),
                            kernel<Float32>("add_n", answer_add_n<FloatSum>)};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kAddN,
     .signature = Signature{.min_inputs = 2, .max_inputs = kAny},
     .options = &kAddNOptions,
     .prepare = prepare_add_n,
     .kernels = kAddN,
     .note = "int8: the sum begins with the real zero; there with minus the zero point"},
};

}  // namespace

std::span<const OperatorRecord> running_sum_operators() { return kRecords; }

}  // namespace boardless::workloads
