// The operators between several tensors and one that PACK along a new dimension, UNPACK it, or
// SPLIT one that is there.
#include <algorithm>
#include <array>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kPackOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::PackOptions>(stored, "PackOptions");
      return PackAttributes{positive(options.values_count(), "number of values"), options.axis()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<PackAttributes>(op);
          return WrittenOptions{BuiltinOptions::PackOptions,
                                tflite::CreatePackOptions(builder, a.count, a.axis).Union()};
        }};

constexpr OptionsCodec kUnpackOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::UnpackOptions>(stored, "UnpackOptions");
      return PackAttributes{positive(options.num(), "number of outputs"), options.axis()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<PackAttributes>(op);
          return WrittenOptions{BuiltinOptions::UnpackOptions,
                                tflite::CreateUnpackOptions(builder, a.count, a.axis).Union()};
        }};

template <class Table>
Attributes read_split(const tflite::Operator& stored) {
  return SplitAttributes{positive(
      required<Table>(stored, "SplitOptions or SplitVOptions").num_splits(), "number of parts")};
}
template <class Table, MakesTable<Table, std::int32_t>* create>
WrittenOptions write_split(flatbuffers::FlatBufferBuilder& builder, const Graph&,
                           const Operator& op) {
  return {kTypeOf<Table>, create(builder, attributes_of<SplitAttributes>(op).parts).Union()};
}
constexpr OptionsCodec kSplitOptions{read_split<tflite::SplitOptions>,
                                     write_split<tflite::SplitOptions, tflite::CreateSplitOptions>};
constexpr OptionsCodec kSplitVOptions{
    read_split<tflite::SplitVOptions>,
    write_split<tflite::SplitVOptions, tflite::CreateSplitVOptions>};

// The dimension along which `packed` holds `parts` tensors, all of its shape without that
// dimension.
std::size_t packed_axis(const OperatorView& view, const Tensor& packed, std::size_t parts) {
  const auto& a = view.attributes<PackAttributes>();
  const std::size_t axis = axis_of(view, a.axis, packed);
  const auto count = static_cast<std::size_t>(a.count);
  if (count == parts && packed.shape[axis] == a.count) return axis;
  view.fail("is said to have {} parts; it has {}, and {} has {} along dimension {}", a.count, parts,
            shape_text(packed), packed.shape[axis], axis);
}

std::vector<std::int32_t> without(std::vector<std::int32_t> shape, std::size_t axis) {
  shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
  return shape;
}

bl_pack_params pack_params(const Tensor& packed, std::size_t axis) {
  const std::vector<std::int32_t>& shape = packed.shape;
  return {.count = shape[axis],
          .outer = elements_between(shape, 0, axis),
          .copied = elements_between(shape, axis + 1, shape.size())};
}

PreparedOperator prepare_pack(const OperatorView& view) {
  const std::size_t axis = packed_axis(view, view.output(), view.op().inputs.size());
  const std::vector<std::int32_t> expected = without(view.output().shape, axis);
  std::vector<Operand> operands;
  for (std::size_t i = 0; i < view.op().inputs.size(); ++i) {
    const std::string role = fmt::format("input {}", i);
    view.require_type(view.input(i), role, view.kernel().input);
    view.require_shape(view.input(i), role, expected);
    operands.push_back(view.tensor_operand(i));
  }
  operands.push_back(view.output_operand());
  return view.finish(pack_params(view.output(), axis), std::move(operands));
}

PreparedOperator prepare_unpack(const OperatorView& view) {
  const std::size_t axis = packed_axis(view, view.input(), view.outputs());
  const std::vector<std::int32_t> expected = without(view.input().shape, axis);
  std::vector<Operand> operands{view.tensor_operand(0)};
  for (std::size_t i = 0; i < view.outputs(); ++i) {
    const std::string role = fmt::format("output {}", i);
    view.require_type(view.output(i), role, view.kernel().output);
    view.require_shape(view.output(i), role, expected);
    operands.push_back(view.output_operand(i));
  }
  return view.finish(pack_params(view.input(), axis), std::move(operands));
}

// Along the one axis that input `axis_input` holds, into parts as the outputs' shapes say.
PreparedOperator split(const OperatorView& view, const Tensor& input, std::size_t input_index,
                       std::size_t axis_input) {
  const auto parts = static_cast<std::size_t>(view.attributes<SplitAttributes>().parts);
  if (parts != view.outputs()) view.fail("makes {} parts of {} outputs", parts, view.outputs());
  const std::vector<std::int64_t> axes = view.integers(axis_input, "axis");
  if (axes.size() != 1) view.fail("has {} axes; it takes one", axes.size());
  const std::size_t axis = axis_of(view, axes[0], input);
  const std::int32_t behind = elements_between(input.shape, axis + 1, input.shape.size());
  std::vector<std::int32_t> row_elements;
  std::vector<Operand> operands{Operand{}, view.tensor_operand(input_index)};
  std::int64_t total = 0;
  for (std::size_t i = 0; i < parts; ++i) {
    const Tensor& output = view.output(i);
    const std::string role = fmt::format("output {}", i);
    view.require_type(output, role, view.kernel().output);
    std::vector<std::int32_t> expected = input.shape;
    if (output.shape.size() == input.shape.size()) expected[axis] = output.shape[axis];
    view.require_shape(output, role, expected);
    total += output.shape[axis];
    row_elements.push_back(output.shape[axis] * behind);
    operands.push_back(view.output_operand(i));
  }
  if (total != input.shape[axis]) {
    view.fail("{} parts have {} along dimension {}, the input {} has {}", parts, total, axis,
              shape_text(input), input.shape[axis]);
  }
  operands[0] = view.constant(row_elements);
  const bl_split_params params{.outputs = static_cast<std::int32_t>(parts),
                               .rows = elements_between(input.shape, 0, axis)};
  return view.finish(params, std::move(operands));
}

PreparedOperator prepare_split(const OperatorView& view) {
  for (std::size_t i = 1; i < view.outputs(); ++i) {
    view.require_shape(view.output(i), fmt::format("output {}", i), view.output().shape);
  }
  return split(view, view.input(1), 1, 0);
}
PreparedOperator prepare_split_v(const OperatorView& view) {
  return split(view, view.input(), 0, 2);
}

struct Pack {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_pack_params>();
    T* output = call.output<T>();
    for (std::int64_t outer = 0; outer < p.outer; ++outer) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(p.count); ++i) {
        output = std::copy_n(call.input<T>(i) + outer * p.copied, p.copied, output);
      }
    }
  }
};

struct Unpack {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_pack_params>();
    const T* input = call.input<T>(0);
    for (std::int64_t outer = 0; outer < p.outer; ++outer) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(p.count); ++i) {
        std::copy_n(input, p.copied, call.output<T>(1 + i) + outer * p.copied);
        input += p.copied;
      }
    }
  }
};

struct Split {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_split_params>();
    const auto* row_elements = call.input<std::int32_t>(0);
    const T* input = call.input<T>(1);
    for (std::int64_t row = 0; row < p.rows; ++row) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(p.outputs); ++i) {
        std::copy_n(input, row_elements[i], call.output<T>(2 + i) + row * row_elements[i]);
        input += row_elements[i];
      }
    }
  }
};

constexpr auto kPack = width_kernels<Pack, Int8, UInt8, Int16, Int32, Int64, Float32>("pack");
constexpr auto kUnpack = width_kernels<Unpack, Int8, UInt8, Int16, Int32, Float32>("unpack");
constexpr auto kSplit = width_kernels<Split, Int8, UInt8, Int16, Int32, Float32>("split");

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kPack,
     .signature = Signature{.min_inputs = 1, .max_inputs = kAny},
     .options = &kPackOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_pack,
     .kernels = kPack},
    {.kind = OpKind::kUnpack,
     .signature = Signature{.max_outputs = kAny},
     .options = &kUnpackOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_unpack,
     .kernels = kUnpack},
    // Input 0 is the axis.
    {.kind = OpKind::kSplit,
     .signature = Signature{.min_inputs = 2, .max_inputs = 2, .max_outputs = kAny},
     .options = &kSplitOptions,
     .data_input = 1,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_split,
     .kernels = kSplit},
    {.kind = OpKind::kSplitV,
     .signature = Signature{.min_inputs = 3, .max_inputs = 3, .max_outputs = kAny},
     .options = &kSplitVOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_split_v,
     .kernels = kSplit},
};

}  // namespace

std::span<const OperatorRecord> packing_operators() { return kRecords; }

}  // namespace boardless::workloads
