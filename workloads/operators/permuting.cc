// The operators that put one tensor's values in another order: TRANSPOSE, REVERSE_V2,
// SPACE_TO_DEPTH and DEPTH_TO_SPACE.
#include <algorithm>
#include <array>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/operators/strided_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kTransposeOptions{
    read_nothing, write_empty_table<tflite::TransposeOptions, tflite::CreateTransposeOptions>};
constexpr OptionsCodec kReverseOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::ReverseV2Options, tflite::CreateReverseV2Options>,
    .version = first_version};

// The block's side may be absent, which makes no sense.
template <class Table>
Attributes read_block(const tflite::Operator& stored) {
  const Table* options = stored.builtin_options_as<Table>();
  return BlockAttributes{positive(options == nullptr ? 0 : options->block_size(), "block size")};
}
template <class Table, MakesTable<Table, std::int32_t>* create>
WrittenOptions write_block(flatbuffers::FlatBufferBuilder& builder, const Graph&,
                           const Operator& op) {
  return {kTypeOf<Table>, create(builder, attributes_of<BlockAttributes>(op).size).Union()};
}
constexpr OptionsCodec kSpaceToDepthOptions{
    read_block<tflite::SpaceToDepthOptions>,
    write_block<tflite::SpaceToDepthOptions, tflite::CreateSpaceToDepthOptions>};
constexpr OptionsCodec kDepthToSpaceOptions{
    read_block<tflite::DepthToSpaceOptions>,
    write_block<tflite::DepthToSpaceOptions, tflite::CreateDepthToSpaceOptions>};

PreparedOperator prepare_transpose(const OperatorView& view) {
  const std::vector<std::int32_t>& input = view.input().shape;
  require_rank(view, view.input(), "input", 1, BL_DIMENSIONS);
  const std::vector<std::int64_t> order = view.integers(1, "permutation");
  const auto rank = static_cast<std::int64_t>(input.size());
  std::vector<std::int64_t> sorted = order;
  std::ranges::sort(sorted);
  for (std::size_t i = 0; i < sorted.size() || i < input.size(); ++i) {
    const bool is_there = sorted.size() == input.size();
    if (!is_there || sorted[i] != static_cast<std::int64_t>(i)) {
      view.fail("permutation [{}] is none of 0 to {}", fmt::join(order, " "), rank - 1);
    }
  }
  bl_transpose_params params{};
  params.dimensions = static_cast<std::int32_t>(rank);
  std::ranges::transform(order, params.permutation,
                         [](std::int64_t axis) { return static_cast<std::int32_t>(axis); });
  std::vector<std::int32_t> expected;
  for (const std::int64_t axis : order) expected.push_back(input[static_cast<std::size_t>(axis)]);
  view.require_shape(view.output(), "output", expected);
  std::ranges::copy(strides_of(input), params.input_stride);
  std::ranges::copy(strides_of(expected), params.output_stride);
  std::ranges::copy(expected, params.output_extent);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_reverse(const OperatorView& view) {
  const std::vector<std::int32_t>& input = view.input().shape;
  view.require_shape(view.output(), "output", input);
  std::vector<std::size_t> axes;
  for (const std::int64_t axis : view.integers(1, "axes")) {
    axes.push_back(axis_of(view, axis, view.input()));
  }
  if (axes.empty()) view.not_modelled("no axes; TensorFlow Lite Micro takes one or more");
  std::ranges::sort(axes);
  for (std::size_t i = 1; i < axes.size(); ++i) {
    if (axes[i] == axes[i - 1]) view.fail("names axis {} twice", axes[i]);
    if (axes[i] == axes[i - 1] + 1) continue;
    view.not_modelled("axes [{}] are not side by side; TensorFlow Lite Micro takes those only",
                      fmt::join(axes, " "));
  }
  const std::size_t behind = axes.back() + 1;
  const bl_reverse_params params{.upper = elements_between(input, 0, axes.front()),
                                 .middle = elements_between(input, axes.front(), behind),
                                 .lower = elements_between(input, behind, input.size())};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// `spread` is the tensor with the larger height and width, `deep` the other.
PreparedOperator prepare_depth_block(const OperatorView& view, const Tensor& spread,
                                     const Tensor& deep) {
  const std::int32_t block = view.attributes<BlockAttributes>().size;
  const std::int64_t depth = std::int64_t{spread.shape[3]} * block * block;
  for (const std::size_t axis : {1U, 2U}) {
    if (spread.shape[axis] % block == 0) continue;
    view.fail("blocks of {} do not divide {}", block, shape_text(spread));
  }
  const bool fits = deep.shape[0] == spread.shape[0] && deep.shape[3] == depth &&
                    deep.shape[1] == spread.shape[1] / block &&
                    deep.shape[2] == spread.shape[2] / block;
  if (!fits) {
    view.fail("blocks of {} do not make {} of {}", block, shape_text(view.output()),
              shape_text(view.input()));
  }
  bl_depth_block_params params{};
  std::ranges::copy(view.input().shape, params.input_extent);
  std::ranges::copy(view.output().shape, params.output_extent);
  params.block = block;
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_space_to_depth(const OperatorView& view) {
  return prepare_depth_block(view, view.input(), view.output());
}
PreparedOperator prepare_depth_to_space(const OperatorView& view) {
  return prepare_depth_block(view, view.output(), view.input());
}

struct Transpose {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_transpose_params>();
    StridedView view;
    for (std::size_t i = 0; i < static_cast<std::size_t>(p.dimensions); ++i) {
      view.dimensions.push_back({p.output_extent[i], p.input_stride[p.permutation[i]]});
    }
    read_through(view, call.input<T>(0), call.output<T>());
  }
};

struct Reverse {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_reverse_params>();
    const StridedView view{
        .offset = (std::int64_t{p.middle} - 1) * p.lower,
        .dimensions = {
            {p.upper, std::int64_t{p.middle} * p.lower}, {p.middle, -p.lower}, {p.lower, 1}}};
    read_through(view, call.input<T>(0), call.output<T>());
  }
};

// Both are one order of six dimensions: batch, row of blocks, row in it, and the same for columns,
// then depth.
struct SpaceToDepth {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_depth_block_params>();
    const auto stride = strides_of(p.input_extent);
    const StridedView view{.offset = 0,
                           .dimensions = {{p.output_extent[0], stride[0]},
                                          {p.output_extent[1], stride[1] * p.block},
                                          {p.output_extent[2], stride[2] * p.block},
                                          {p.block, stride[1]},
                                          {p.block, stride[2]},
                                          {p.input_extent[3], 1}}};
    read_through(view, call.input<T>(0), call.output<T>());
  }
};

struct DepthToSpace {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_depth_block_params>();
    const auto stride = strides_of(p.input_extent);
    const std::int32_t depth = p.output_extent[3];
    const StridedView view{.offset = 0,
                           .dimensions = {{p.input_extent[0], stride[0]},
                                          {p.input_extent[1], stride[1]},
                                          {p.block, std::int64_t{p.block} * depth},
                                          {p.input_extent[2], stride[2]},
                                          {p.block, depth},
                                          {depth, 1}}};
    read_through(view, call.input<T>(0), call.output<T>());
  }
};

constexpr auto kTranspose = width_kernels<Transpose, Int8, UInt8, Int16, Float32>("transpose");
constexpr auto kReverse =
    width_kernels<Reverse, Int8, UInt8, Int16, Int32, Float32, Int64, Bool>("reverse");
constexpr auto kSpaceToDepth = width_kernels<SpaceToDepth, Int8, UInt8, Float32>("space_to_depth");
constexpr auto kDepthToSpace = width_kernels<DepthToSpace, Int8, UInt8, Float32>("depth_to_space");

constexpr Signature kTwoInputs{.min_inputs = 2, .max_inputs = 2};
constexpr Signature kImage{.data_rank = 4};

constexpr OperatorRecord moving(OpKind kind, Signature signature, const OptionsCodec* options,
                                PreparedOperator (*prepare)(const OperatorView&),
                                std::span<const Kernel> kernels) {
  return {.kind = kind,
          .signature = signature,
          .options = options,
          .layer_class = LayerClass::kMovement,
          .prepare = prepare,
          .kernels = kernels};
}

constexpr OperatorRecord kRecords[] = {
    moving(OpKind::kTranspose, kTwoInputs, &kTransposeOptions, prepare_transpose, kTranspose),
    moving(OpKind::kReverseV2, kTwoInputs, &kReverseOptions, prepare_reverse, kReverse),
    moving(OpKind::kSpaceToDepth, kImage, &kSpaceToDepthOptions, prepare_space_to_depth,
           kSpaceToDepth),
    moving(OpKind::kDepthToSpace, kImage, &kDepthToSpaceOptions, prepare_depth_to_space,
           kDepthToSpace),
};

}  // namespace

std::span<const OperatorRecord> permuting_operators() { return kRecords; }

}  // namespace boardless::workloads
