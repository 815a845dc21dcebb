// The operators that give a tensor's bytes another shape, and SHAPE, whose answer is known when it
// is prepared.
#include <algorithm>
#include <array>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/copying.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
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

constexpr OptionsCodec kSqueezeOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto* options = stored.builtin_options_as_SqueezeOptions();
      if (options == nullptr || options->squeeze_dims() == nullptr) return SqueezeAttributes{};
      return SqueezeAttributes{{options->squeeze_dims()->begin(), options->squeeze_dims()->end()}};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& axes = attributes_of<SqueezeAttributes>(op).axes;
          return WrittenOptions{
              BuiltinOptions::SqueezeOptions,
              tflite::CreateSqueezeOptions(builder, builder.CreateVector(axes)).Union()};
        }};

constexpr OptionsCodec kExpandDimsOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::ExpandDimsOptions, tflite::CreateExpandDimsOptions>,
    .version = first_version};

constexpr OptionsCodec kShapeOptions{
    .read = read_nothing,
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph& graph, const Operator& op) {
          const auto type = static_cast<std::int8_t>(operand(graph, op.outputs, 0).type);
          return WrittenOptions{BuiltinOptions::ShapeOptions,
                                tflite::CreateShapeOptions(builder, type).Union()};
        },
    .version = first_version};

PreparedOperator copied(const OperatorView& view) {
  const bl_copy_params params{.bytes = static_cast<std::int32_t>(view.output().bytes())};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// The shape operand may be computed when the model runs: the output's shape is in the file.
PreparedOperator prepare_reshape(const OperatorView& view) {
  if (view.input().elements() != view.output().elements()) {
    view.fail("output {} has {} elements, the input {} has {}", shape_text(view.output()),
              view.output().elements(), shape_text(view.input()), view.input().elements());
  }
  return copied(view);
}

PreparedOperator prepare_squeeze(const OperatorView& view) {
  const std::vector<std::int32_t>& input = view.input().shape;
  std::vector<bool> leaves(input.size());
  const auto& axes = view.attributes<SqueezeAttributes>().axes;
  for (const std::int32_t named : axes) {
    const std::size_t axis = axis_of(view, named, view.input());
    if (input[axis] != 1) {
      view.fail("takes away dimension {} of {}, whose extent is {}; it must be 1", axis,
                shape_text(view.input()), input[axis]);
    }
    leaves[axis] = true;
  }
  std::vector<std::int32_t> expected;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (axes.empty() ? input[i] != 1 : !leaves[i]) expected.push_back(input[i]);
  }
  view.require_shape(view.output(), "output", expected);
  return copied(view);
}

PreparedOperator prepare_expand_dims(const OperatorView& view) {
  const std::vector<std::int64_t> axes = view.integers(1, "axis");
  if (axes.size() != 1) view.fail("has {} axes; it takes one", axes.size());
  const std::size_t axis = axis_of(view, axes[0], view.output());
  std::vector<std::int32_t> expected = view.input().shape;
  if (axis > expected.size()) view.fail("axis {} is not one of the output's", axes[0]);
  expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(axis), 1);
  view.require_shape(view.output(), "output", expected);
  return copied(view);
}

PreparedOperator prepare_shape(const OperatorView& view) {
  const std::vector<std::int32_t>& shape = view.input().shape;
  view.require_shape(view.output(), "output", std::array{static_cast<std::int32_t>(shape.size())});
  const bl_copy_params params{.bytes = static_cast<std::int32_t>(view.output().bytes())};
  return view.finish(params, {view.constant(shape), view.output_operand()});
}

template <class... E>
constexpr std::array<Kernel, sizeof...(E)> shape_kernels() {
  return {Kernel{KernelName("copy", {"b8"}), E::kType, DataType::kInt32, answer_copy}...};
}

constexpr auto kCopy =
    byte_kernels<Int8, UInt8, Float32, Int16, Int32, UInt32, Int64, UInt64, Bool>("copy",
                                                                                  answer_copy);
constexpr auto kExpandDims = byte_kernels<Int8, UInt8, Int16, Float32>("copy", answer_copy);
constexpr auto kShape =
    shape_kernels<Int8, UInt8, Float32, Int16, Int32, UInt32, Int64, UInt64, Bool>();

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kReshape,
     .signature = Signature{.min_inputs = 1, .max_inputs = 2},
     .options = &kReshapeOptions,
     .layer_class = LayerClass::kView,
     .prepare = prepare_reshape,
     .kernels = kCopy},
    {.kind = OpKind::kSqueeze,
     .signature = Signature{},
     .options = &kSqueezeOptions,
     .layer_class = LayerClass::kView,
     .prepare = prepare_squeeze,
     .kernels = kCopy},
    {.kind = OpKind::kExpandDims,
     .signature = Signature{.min_inputs = 2, .max_inputs = 2},
     .options = &kExpandDimsOptions,
     .layer_class = LayerClass::kView,
     .prepare = prepare_expand_dims,
     .kernels = kExpandDims},
    {.kind = OpKind::kShape,
     .signature = Signature{},
     .options = &kShapeOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_shape,
     .kernels = kShape},
};

}  // namespace

std::span<const OperatorRecord> reshaping_operators() { return kRecords; }

}  // namespace boardless::workloads
