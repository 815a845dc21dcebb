// The operators between several tensors and one: CONCATENATION, PACK and SPLIT.
#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kConcatenationOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::ConcatenationOptions>(stored, "ConcatenationOptions");
      return ConcatenationAttributes{options.axis(),
                                     read_activation(options.fused_activation_function())};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<ConcatenationAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::ConcatenationOptions,
              tflite::CreateConcatenationOptions(builder, a.axis, stored(a.activation)).Union()};
        }};

// The dimension that grows; negative counts from the last.
std::size_t joined_axis(const OperatorView& view) {
  const auto rank = static_cast<int>(view.output().shape.size());
  const int axis = view.attributes<ConcatenationAttributes>().axis;
  if (axis < -rank || axis >= rank) {
    view.fail("axis {}; supported: {} to {} for the output {}", axis, -rank, rank - 1,
              shape_text(view.output()));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
}

bool is_quantised_as_output(const OperatorView& view, std::size_t i) {
  const std::string role = fmt::format("input {}", i);
  return view.scale(view.input(i), role) == view.scale(view.output(), "output") &&
         view.zero_point(view.input(i), role) == view.zero_point(view.output(), "output");
}

// TFLite's definition asks int8 inputs to be quantised as the output, and rescales uint8 ones that
// are not, in float.
Operand concatenation_scales(const OperatorView& view) {
  std::vector<float> scales;
  bool all_alike = true;
  for (std::size_t i = 0; i < view.op().inputs.size(); ++i) {
    const bool is_alike = is_quantised_as_output(view, i);
    if (!is_alike && view.kernel().input != DataType::kUInt8) {
      view.fail("input {} is not quantised as the output; on {} they must be the same", i,
                data_type_name(view.kernel().input));
    }
    all_alike = all_alike && is_alike;
    const float inverse = 1.0F / view.scale(view.output(), "output");
    const float factor = view.scale(view.input(i), "input") * inverse;
    if (!(factor < 1e6F)) {
      view.not_modelled("input {} has {} times the output's scale; supported: below 1000000", i,
                        factor);
    }
    scales.push_back(factor);
    scales.push_back(static_cast<float>(-view.zero_point(view.input(i), "input")) * factor);
  }
  return all_alike ? Operand{} : view.constant(scales);
}

PreparedOperator prepare_concatenation(const OperatorView& view) {
  if (view.attributes<ConcatenationAttributes>().activation != Activation::kNone) {
    view.not_modelled("a fused activation; supported: none");
  }
  const std::size_t axis = joined_axis(view);
  std::vector<std::int32_t> expected = view.output().shape;
  std::int64_t rows = 1;
  for (std::size_t i = 0; i < axis; ++i) rows *= expected[i];
  std::vector<std::int32_t> row_bytes;
  std::int64_t joined = 0;
  for (std::size_t i = 0; i < view.op().inputs.size(); ++i) {
    const Tensor& input = view.input(i);
    view.require_type(input, fmt::format("input {}", i), view.kernel().input);
    if (input.shape.size() != expected.size()) {
      view.fail("input {} {} and the output {} differ in rank", i, shape_text(input),
                shape_text(view.output()));
    }
    expected[axis] = input.shape[axis];
    view.require_shape(input, fmt::format("input {}", i), expected);
    joined += input.shape[axis];
    row_bytes.push_back(static_cast<std::int32_t>(input.bytes() / rows));
  }
  if (view.output().shape[axis] != joined) {
    view.fail("output {} has {} along dimension {}, its inputs have {}", shape_text(view.output()),
              view.output().shape[axis], axis, joined);
  }
  const bl_concatenation_params params{.inputs = static_cast<std::int32_t>(row_bytes.size()),
                                       .rows = static_cast<std::int32_t>(rows),
                                       .output_offset = view.zero_point(view.output(), "output")};
  const Operand sizes = view.constant(row_bytes);
  std::vector<Operand> operands{sizes, concatenation_scales(view)};
  for (std::size_t i = 0; i < row_bytes.size(); ++i) operands.push_back(view.tensor_operand(i));
  operands.push_back(view.output_operand());
  return view.finish(params, std::move(operands));
}

template <class E>
void answer_concatenation(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_concatenation_params>();
  const auto* row_bytes = call.input<std::int32_t>(0);
  const auto* scales = call.input<float>(1);
  T* output = call.output<T>();
  for (std::int64_t row = 0; row < p.rows; ++row) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(p.inputs); ++i) {
      const std::int64_t count = row_bytes[i] / static_cast<std::int64_t>(sizeof(T));
      const T* input = call.input<T>(2 + i) + row * count;
      output = std::transform(input, input + count, output, [&](T value) {
        if (scales == nullptr) return value;
        const float steps = static_cast<float>(value) * scales[2 * i] + scales[2 * i + 1];
        // Held within what an int32 has before it is one.
        const float kept = std::clamp(std::round(steps), -1e6F, 1e6F);
        return clamp_to_type<T>(static_cast<std::int32_t>(kept) + p.output_offset);
      });
    }
  }
}

constexpr Kernel kConcatenation[] = {kernel<Int8>("concatenation", answer_concatenation<Int8>),
                                     kernel<UInt8>("concatenation", answer_concatenation<UInt8>)};

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

constexpr OptionsCodec kSplitOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      return SplitAttributes{positive(
          required<tflite::SplitOptions>(stored, "SplitOptions").num_splits(), "number of parts")};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          return WrittenOptions{
              BuiltinOptions::SplitOptions,
              tflite::CreateSplitOptions(builder, attributes_of<SplitAttributes>(op).parts)
                  .Union()};
        }};

constexpr Signature kAnyInputs{.min_inputs = 1, .max_inputs = kAny};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kConcatenation,
     .signature = kAnyInputs,
     .options = &kConcatenationOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_concatenation,
     .kernels = kConcatenation},
    {.kind = OpKind::kPack,
     .signature = kAnyInputs,
     .options = &kPackOptions,
     .layer_class = LayerClass::kMovement},
    // Input 0 is the axis.
    {.kind = OpKind::kSplit,
     .signature = Signature{.min_inputs = 2, .max_inputs = 2, .max_outputs = kAny},
     .options = &kSplitOptions,
     .data_input = 1,
     .layer_class = LayerClass::kMovement},
};

}  // namespace

std::span<const OperatorRecord> joining_operators() { return kRecords; }

}  // namespace boardless::workloads
