// The operators that take a part of one tensor: SLICE and STRIDED_SLICE.
#include <algorithm>
#include <array>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/operators/slice_bounds.h"
#include "workloads/operators/strided_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kSliceOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::SliceOptions, tflite::CreateSliceOptions>};

constexpr OptionsCodec kStridedSliceOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto* options = stored.builtin_options_as_StridedSliceOptions();
      if (options == nullptr) return StridedSliceAttributes{};
      return StridedSliceAttributes{options->begin_mask(), options->end_mask(),
                                    options->ellipsis_mask(), options->new_axis_mask(),
                                    options->shrink_axis_mask()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<StridedSliceAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::StridedSliceOptions,
              tflite::CreateStridedSliceOptions(builder, a.begin_mask, a.end_mask, a.ellipsis_mask,
                                                a.new_axis_mask, a.shrink_axis_mask)
                  .Union()};
        }};

PreparedOperator prepare_slice(const OperatorView& view) {
  const std::vector<std::int32_t>& input = view.input().shape;
  require_rank(view, view.input(), "input", 1, BL_DIMENSIONS);
  const std::vector<std::int64_t> begin = view.integers(1, "begin");
  const std::vector<std::int64_t> size = view.integers(2, "size");
  if (begin.size() != input.size() || size.size() != input.size()) {
    view.fail("has {} begins and {} sizes; the input {} has {} dimensions", begin.size(),
              size.size(), shape_text(view.input()), input.size());
  }
  std::vector<std::int32_t> expected, stop;
  for (std::size_t i = 0; i < input.size(); ++i) {
    const std::int64_t taken = size[i] == -1 ? input[i] - begin[i] : size[i];
    if (begin[i] < 0 || taken < 1 || begin[i] > input[i] - taken) {
      view.fail("takes {} from {} on of dimension {}, which has {}", size[i], begin[i], i,
                input[i]);
    }
    expected.push_back(static_cast<std::int32_t>(taken));
    stop.push_back(static_cast<std::int32_t>(begin[i] + taken));
  }
  view.require_shape(view.output(), "output", expected);
  bl_slice_params params{};
  std::ranges::copy(five_extents(view.input()), params.input_extent);
  std::ranges::copy(five_of<std::int64_t>(begin, 0), params.start);
  std::ranges::copy(five_of<std::int32_t>(stop, 1), params.stop);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_strided_slice(const OperatorView& view) {
  constexpr std::size_t kHighest = 4;
  require_rank(view, view.input(), "input", 1, kHighest);
  const SliceBounds bounds = slice_bounds(view);
  view.require_shape(view.output(), "output", bounds.output);
  bl_strided_slice_params params{};
  std::ranges::copy(five_extents(view.input()), params.input_extent);
  std::ranges::copy(five_of<std::int32_t>(bounds.start, 0), params.start);
  std::ranges::copy(five_of<std::int32_t>(bounds.stop, 1), params.stop);
  std::ranges::copy(five_of<std::int32_t>(bounds.stride, 1), params.stride);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

struct Slice {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_slice_params>();
    const auto strides = strides_of(p.input_extent);
    StridedView view;
    for (std::size_t i = 0; i < BL_DIMENSIONS; ++i) {
      view.offset += std::int64_t{p.start[i]} * strides[i];
      view.dimensions.push_back({p.stop[i] - p.start[i], strides[i]});
    }
    read_through(view, call.input<T>(0), call.output<T>());
  }
};

struct StridedSlice {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_strided_slice_params>();
    const auto strides = strides_of(p.input_extent);
    StridedView view;
    for (std::size_t i = 0; i < BL_DIMENSIONS; ++i) {
      view.offset += std::int64_t{p.start[i]} * strides[i];
      view.dimensions.push_back({slice_extent(p.start[i], p.stop[i], p.stride[i]),
                                 std::int64_t{strides[i]} * p.stride[i]});
    }
    read_through(view, call.input<T>(0), call.output<T>());
  }
};

constexpr auto kSlice = width_kernels<Slice, Int8, UInt8, Int16, Int32, Float32, Bool>("slice");
constexpr auto kStridedSlice =
    width_kernels<StridedSlice, Int8, UInt8, Int16, Int32, Float32, Bool>("strided_slice");

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kSlice,
     .signature = Signature{.min_inputs = 3, .max_inputs = 3},
     .options = &kSliceOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_slice,
     .kernels = kSlice},
    {.kind = OpKind::kStridedSlice,
     .signature = Signature{.min_inputs = 4, .max_inputs = 4},
     .options = &kStridedSliceOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_strided_slice,
     .kernels = kStridedSlice,
     .note = "ellipsis and new axes are worked in; TensorFlow Lite Micro ignores them"},
};

}  // namespace

std::span<const OperatorRecord> slicing_operators() { return kRecords; }

}  // namespace boardless::workloads
