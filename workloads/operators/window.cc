// Checks a sliding window's attributes and places it by TFLite's padding rules.
#include "workloads/operators/window.h"

#include <array>
#include <string_view>

#include "workloads/operators/window_padding.h"

namespace boardless::workloads {
namespace {

// Keeps every coordinate the kernels compute well within 32 bits.
constexpr std::int64_t kLargestExtent = 65535;

void require_extent(const OperatorView& view, std::string_view name, std::int64_t value) {
  if (value < 1) view.fail("{} is {}; it must be at least 1", name, value);
  if (value > kLargestExtent) {
    view.not_modelled("{} is {}; supported: 1 to {}", name, value, kLargestExtent);
  }
}

}  // namespace

WindowGeometry slide_window(const OperatorView& view, const WindowAttributes& window,
                            std::int32_t output_c) {
  const std::vector<std::int32_t>& input = view.input().shape;
  require_extent(view, "input height", input[1]);
  require_extent(view, "input width", input[2]);
  require_extent(view, "stride_h", window.stride_h);
  require_extent(view, "stride_w", window.stride_w);
  require_extent(view, "dilation_h", window.dilation_h);
  require_extent(view, "dilation_w", window.dilation_w);
  const std::int64_t span_h = (std::int64_t{window.filter_h} - 1) * window.dilation_h + 1;
  const std::int64_t span_w = (std::int64_t{window.filter_w} - 1) * window.dilation_w + 1;
  require_extent(view, "dilated filter height", span_h);
  require_extent(view, "dilated filter width", span_w);

  const auto kernel_h = static_cast<std::int32_t>(span_h);
  const auto kernel_w = static_cast<std::int32_t>(span_w);
  WindowGeometry result;
  result.output_h = window_positions(input[1], kernel_h, window.stride_h, window.padding);
  result.output_w = window_positions(input[2], kernel_w, window.stride_w, window.padding);
  if (result.output_h < 1 || result.output_w < 1) {
    view.fail("the {}x{} window does not fit in the {}x{} input (padding VALID)", kernel_h,
              kernel_w, input[1], input[2]);
  }
  view.require_shape(view.output(), "output",
                     std::array{input[0], result.output_h, result.output_w, output_c});
  result.pad_top = window_padding_before(input[1], kernel_h, window.stride_h, result.output_h);
  result.pad_left = window_padding_before(input[2], kernel_w, window.stride_w, result.output_w);
  return result;
}

}  // namespace boardless::workloads
