// Prepares AVERAGE_POOL_2D and MAX_POOL_2D.
#include <algorithm>
#include <limits>

#include "kernels/abi.h"
#include "workloads/operators/prepare_operator.h"
#include "workloads/operators/prepare_window.h"

namespace boardless::workloads {

PreparedOperator prepare_pool_2d(const OperatorView& view) {
  const DataType type = view.quantized_type();
  const auto& a = view.attributes<PoolAttributes>();
  const std::vector<std::int32_t>& input = view.input().shape;
  const WindowGeometry window = slide_window(view,
                                             {.padding = a.padding,
                                              .filter_h = a.filter_h,
                                              .filter_w = a.filter_w,
                                              .stride_h = a.stride_h,
                                              .stride_w = a.stride_w},
                                             input[3]);
  view.require_same_quantization();
  const std::int64_t taps =
      std::int64_t{std::min(a.filter_h, input[1])} * std::min(a.filter_w, input[2]);
  if (taps > std::numeric_limits<std::int32_t>::max() / 256) {
    view.fail("the sum over {} taps can leave 32 bits", taps);
  }
  const ValueRange clamp = view.clamp_for(a.activation);
  const bl_pool_2d_params params{.batches = input[0],
                                 .input_h = input[1],
                                 .input_w = input[2],
                                 .channels = input[3],
                                 .output_h = window.output_h,
                                 .output_w = window.output_w,
                                 .filter_h = a.filter_h,
                                 .filter_w = a.filter_w,
                                 .stride_h = a.stride_h,
                                 .stride_w = a.stride_w,
                                 .pad_top = window.pad_top,
                                 .pad_left = window.pad_left,
                                 .activation_min = clamp.min,
                                 .activation_max = clamp.max};
  const char* stem = view.op().kind == OpKind::kMaxPool2D ? "max_pool_2d" : "average_pool_2d";
  return view.finish(fmt::format("{}_{}", stem, type_suffix(type)), params,
                     {view.tensor_operand(0), view.output_operand()});
}

}  // namespace boardless::workloads
