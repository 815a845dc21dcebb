// Prepares the operators that move or reduce values along dimensions: RESHAPE, PAD and MEAN.
#include <algorithm>
#include <limits>

#include "kernels/abi.h"
#include "workloads/operators/prepare_operator.h"
#include "workloads/operators/prepare_shape.h"

namespace boardless::workloads {
namespace {

// A constant second operand with exactly `count` integers.
std::vector<std::int64_t> paddings(const OperatorView& view) {
  const Tensor& tensor = view.input(1);
  const auto rank = static_cast<std::int32_t>(view.input().shape.size());
  view.require_shape(tensor, "paddings", std::array{rank, 2});
  return view.integers(1, "paddings");
}

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

}  // namespace

Extents four_dimensions(const OperatorView& view, const Tensor& tensor, std::string_view role) {
  if (tensor.shape.size() > 4) {
    view.fail("{} {} has {} dimensions; supported: up to 4", role, shape_text(tensor),
              tensor.shape.size());
  }
  Extents extents{1, 1, 1, 1};
  std::ranges::copy_backward(tensor.shape, extents.end());
  return extents;
}

PreparedOperator prepare_reshape(const OperatorView& view) {
  (void)view.quantized_type();
  if (view.input().elements() != view.output().elements()) {
    view.fail("output {} has {} elements, the input {} has {}", shape_text(view.output()),
              view.output().elements(), shape_text(view.input()), view.input().elements());
  }
  const bl_copy_params params{.bytes = static_cast<std::int32_t>(view.input().bytes())};
  return view.finish("copy_b8", params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_pad(const OperatorView& view) {
  const DataType type = view.quantized_type();
  view.require_same_quantization();
  const std::vector<std::int32_t>& input = view.input().shape;
  const Extents extents = four_dimensions(view, view.input(), "input");
  const std::vector<std::int64_t> amounts = paddings(view);

  bl_pad_params params{};
  params.pad_value = view.zero_point(view.output(), "output");
  std::ranges::copy(extents, params.input_extent);
  std::vector<std::int32_t> expected;
  for (std::size_t i = 0; i < input.size(); ++i) {
    const std::int64_t before = amounts[2 * i];
    const std::int64_t after = amounts[2 * i + 1];
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max() / 4;
    if (before < 0 || after < 0 || before > kMost || after > kMost || input[i] > kMost) {
      view.fail("pads dimension {} by {} and {}; supported: 0 to {}", i, before, after, kMost);
    }
    const std::size_t at = padded_axis(input.size(), i);
    params.before[at] = static_cast<std::int32_t>(before);
    params.after[at] = static_cast<std::int32_t>(after);
    expected.push_back(static_cast<std::int32_t>(input[i] + before + after));
  }
  view.require_shape(view.output(), "output", expected);
  return view.finish(fmt::format("pad_{}", type_suffix(type)), params,
                     {view.tensor_operand(0), view.output_operand()});
}

// The newest of TFLite's quantised forms: the sum less its offset, count * zero point, is rescaled
// by input scale / output scale as a fixed-point number, divided by count as integers.
PreparedOperator prepare_mean(const OperatorView& view) {
  const DataType type = view.quantized_type();
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
  return view.finish(fmt::format("mean_{}", type_suffix(type)), params,
                     {view.tensor_operand(0), view.output_operand()});
}

}  // namespace boardless::workloads
