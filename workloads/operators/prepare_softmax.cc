// Prepares SOFTMAX: the factor that brings differences of logits to Q5.26.
#include <cmath>

#include "kernels/abi.h"
#include "workloads/operators/prepare_operator.h"

namespace boardless::workloads {
namespace {

constexpr int kIntegerBits = 5;
constexpr int kFractionBits = 31 - kIntegerBits;
// The sum of exponentials has 12 integer bits; each element may add 1.
constexpr std::int32_t kMostElements = 4095;

// Differences below this many input steps underflow; 0 for a step so large that any does.
std::int32_t smallest_difference(int left_shift) {
  const double most = (1 << kIntegerBits) - 1;
  return -static_cast<std::int32_t>(std::floor(std::ldexp(most, kFractionBits - left_shift)));
}

}  // namespace

PreparedOperator prepare_softmax(const OperatorView& view) {
  const DataType type = view.quantized_type();
  const float beta = view.attributes<SoftmaxAttributes>().beta;
  if (view.input().shape.empty()) view.fail("input is a scalar; supported: at least one dimension");
  view.require_shape(view.output(), "output", view.input().shape);

  const float output_scale = view.scale(view.output(), "output");
  const std::int32_t lowest = type_range(type).min;
  if (std::abs(output_scale * 256.0F - 1.0F) > 1e-3F ||
      view.zero_point(view.output(), "output") != lowest) {
    view.fail("output has scale {} and zero point {}; its definition gives 0.00390625 and {}",
              output_scale, view.zero_point(view.output(), "output"), lowest);
  }

  const std::int32_t depth = view.input().shape.back();
  if (depth > kMostElements) {
    view.fail("has {} elements a row; supported: up to {}", depth, kMostElements);
  }
  const double step =
      std::ldexp(static_cast<double>(beta) * view.scale(view.input(), "input"), kFractionBits);
  if (!(beta > 0.0F) || !(step > 1.0)) {
    view.fail("beta {} times input scale {} is too small for 26 fraction bits", beta,
              view.scale(view.input(), "input"));
  }
  const FixedMultiplier by = quantize_multiplier(std::min(step, std::ldexp(1.0, 31) - 1.0));
  const bl_softmax_params params{.rows = static_cast<std::int32_t>(view.input().elements() / depth),
                                 .depth = depth,
                                 .input_multiplier = by.multiplier,
                                 .input_left_shift = by.shift,
                                 .diff_min = smallest_difference(by.shift)};
  return view.finish(fmt::format("softmax_{}", type_suffix(type)), params,
                     {view.tensor_operand(0), view.output_operand()});
}

}  // namespace boardless::workloads
