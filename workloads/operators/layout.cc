// The operators that move one tensor's values without computing: RESHAPE, PAD, and the records of
// slices, transpositions and resizes.
#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "kernels/abi.h"
#include "workloads/operators/copying.h"
#include "workloads/operators/families.h"
#include "workloads/operators/four_dimensions.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kReshapeOptions{
    .read = read_nothing,
    // The shape is given twice where there is a shape operand, as TFLite's converter does.
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph& graph, const Operator& op) {
          const Tensor& output = operand(graph, op.outputs, 0);
          return WrittenOptions{
              BuiltinOptions::ReshapeOptions,
              tflite::CreateReshapeOptions(builder, builder.CreateVector(output.shape)).Union()};
        },
    .version = first_version};

constexpr OptionsCodec kPadOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::PadOptions, tflite::CreatePadOptions>,
    .version = [](const Graph& graph, const Operator& op) {
      return operand(graph, op.inputs, 0).shape.size() > 4 ? 4 : version_by_type(graph, op);
    }};

// TFLite takes an absent table for one of zeros.
template <class Table>
Attributes read_resize(const tflite::Operator& stored) {
  const Table* options = stored.builtin_options_as<Table>();
  if (options == nullptr) return ResizeAttributes{};
  return ResizeAttributes{options->align_corners(), options->half_pixel_centers()};
}

template <class Table, MakesTable<Table, bool, bool>* create>
WrittenOptions write_resize(flatbuffers::FlatBufferBuilder& builder, const Graph&,
                            const Operator& op) {
  const auto& a = attributes_of<ResizeAttributes>(op);
  return {kTypeOf<Table>, create(builder, a.align_corners, a.half_pixel_centers).Union()};
}

int resize_version(const Graph& graph, const Operator& op) {
  return attributes_of<ResizeAttributes>(op).half_pixel_centers ? 3 : version_by_type(graph, op);
}

constexpr OptionsCodec kResizeBilinearOptions{
    read_resize<tflite::ResizeBilinearOptions>,
    write_resize<tflite::ResizeBilinearOptions, tflite::CreateResizeBilinearOptions>,
    resize_version};
constexpr OptionsCodec kResizeNearestOptions{
    read_resize<tflite::ResizeNearestNeighborOptions>,
    write_resize<tflite::ResizeNearestNeighborOptions, tflite::CreateResizeNearestNeighborOptions>,
    resize_version};

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

constexpr OptionsCodec kBatchToSpaceOptions{
    read_nothing,
    write_empty_table<tflite::BatchToSpaceNDOptions, tflite::CreateBatchToSpaceNDOptions>};
constexpr OptionsCodec kSpaceToBatchOptions{
    read_nothing,
    write_empty_table<tflite::SpaceToBatchNDOptions, tflite::CreateSpaceToBatchNDOptions>};
constexpr OptionsCodec kTransposeOptions{
    read_nothing, write_empty_table<tflite::TransposeOptions, tflite::CreateTransposeOptions>};

// A constant second operand with exactly `count` integers.
std::vector<std::int64_t> paddings(const OperatorView& view) {
  const Tensor& tensor = view.input(1);
  const auto rank = static_cast<std::int32_t>(view.input().shape.size());
  view.require_shape(tensor, "paddings", std::array{rank, 2});
  return view.integers(1, "paddings");
}

PreparedOperator prepare_reshape(const OperatorView& view) {
  if (view.input().elements() != view.output().elements()) {
    view.fail("output {} has {} elements, the input {} has {}", shape_text(view.output()),
              view.output().elements(), shape_text(view.input()), view.input().elements());
  }
  const bl_copy_params params{.bytes = static_cast<std::int32_t>(view.input().bytes())};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_pad(const OperatorView& view) {
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
    if (before < 0 || after < 0) {
      view.fail("pads dimension {} by {} and {}; it must be 0 or more", i, before, after);
    }
    if (before > kMost || after > kMost || input[i] > kMost) {
      view.not_modelled("pads dimension {} by {} and {}; supported: 0 to {}", i, before, after,
                        kMost);
    }
    const std::size_t at = padded_axis(input.size(), i);
    params.before[at] = static_cast<std::int32_t>(before);
    params.after[at] = static_cast<std::int32_t>(after);
    expected.push_back(static_cast<std::int32_t>(input[i] + before + after));
  }
  view.require_shape(view.output(), "output", expected);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// The padding is written everywhere first; then each row of the input is copied into place.
template <class E>
void answer_pad(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_pad_params>();
  const T* input = call.input<T>(0);
  T* output = call.output<T>();
  std::int64_t extent[4];
  for (std::size_t i = 0; i < 4; ++i) {
    extent[i] = std::int64_t{p.before[i]} + p.input_extent[i] + p.after[i];
  }
  std::fill_n(output, extent[0] * extent[1] * extent[2] * extent[3], static_cast<T>(p.pad_value));
  for (std::int32_t i = 0; i < p.input_extent[0]; ++i) {
    for (std::int32_t j = 0; j < p.input_extent[1]; ++j) {
      for (std::int32_t k = 0; k < p.input_extent[2]; ++k) {
        const std::int64_t row =
            ((p.before[0] + i) * extent[1] + p.before[1] + j) * extent[2] + p.before[2] + k;
        std::copy_n(input, p.input_extent[3], output + row * extent[3] + p.before[3]);
        input += p.input_extent[3];
      }
    }
  }
}

constexpr Kernel kCopy[] = {byte_kernel<Int8>("copy", answer_copy),
                            byte_kernel<UInt8>("copy", answer_copy)};
constexpr Kernel kPad[] = {kernel<Int8>("pad", answer_pad<Int8>),
                           kernel<UInt8>("pad", answer_pad<UInt8>)};

constexpr OperatorRecord moving(OpKind kind, Signature signature, const OptionsCodec* options) {
  return {.kind = kind,
          .signature = signature,
          .options = options,
          .layer_class = LayerClass::kMovement};
}

constexpr Signature kTwoInputs{.min_inputs = 2, .max_inputs = 2};
constexpr Signature kThreeInputs{.min_inputs = 3, .max_inputs = 3};
constexpr Signature kFourInputs{.min_inputs = 4, .max_inputs = 4};
constexpr Signature kResize{.min_inputs = 2, .max_inputs = 2, .data_rank = 4};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kReshape,
     .signature = Signature{.min_inputs = 1, .max_inputs = 2},
     .options = &kReshapeOptions,
     .layer_class = LayerClass::kView,
     .prepare = prepare_reshape,
     .kernels = kCopy},
    {.kind = OpKind::kPad,
     .signature = kTwoInputs,
     .options = &kPadOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_pad,
     .kernels = kPad},
    {.kind = OpKind::kPadV2, .layer_class = LayerClass::kMovement},
    {.kind = OpKind::kSlice, .layer_class = LayerClass::kMovement},
    {.kind = OpKind::kSqueeze, .layer_class = LayerClass::kView},
    {.kind = OpKind::kExpandDims, .layer_class = LayerClass::kView},
    moving(OpKind::kTranspose, kTwoInputs, &kTransposeOptions),
    moving(OpKind::kStridedSlice, kFourInputs, &kStridedSliceOptions),
    moving(OpKind::kBatchToSpaceNd, kThreeInputs, &kBatchToSpaceOptions),
    moving(OpKind::kSpaceToBatchNd, kThreeInputs, &kSpaceToBatchOptions),
    moving(OpKind::kResizeNearestNeighbor, kResize, &kResizeNearestOptions),
    // Weighs neighbours: computed, not moved.
    {.kind = OpKind::kResizeBilinear, .signature = kResize, .options = &kResizeBilinearOptions},
};

}  // namespace

std::span<const OperatorRecord> layout_operators() { return kRecords; }

}  // namespace boardless::workloads
