// CONCATENATION: several tensors joined along a dimension that they have.
#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/extents.h"
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

bool is_quantised_as_output(const OperatorView& view, std::size_t i) {
  const std::string role = fmt::format("input {}", i);
  return view.scale(view.input(i), role) == view.scale(view.output(), "output") &&
         view.zero_point(view.input(i), role) == view.zero_point(view.output(), "output");
}

// Bytes that nobody quantised are numbers as they are, and all alike.
bool is_without_scales(const OperatorView& view) {
  bool none = view.output().quantization.scale.empty();
  for (std::size_t i = 0; i < view.op().inputs.size(); ++i) {
    none = none && view.input(i).quantization.scale.empty();
  }
  return none;
}

// TFLite's definition asks int8 inputs to be quantised as the output, rescales uint8 ones that are
// not, in float, and moves all other types as they are.
Operand concatenation_scales(const OperatorView& view) {
  if (data_type_size(view.kernel().input) != 1 || view.kernel().input == DataType::kBool) return {};
  if (is_without_scales(view)) return {};
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

// TensorFlow Lite Micro takes 16 bits without a zero point only.
std::int32_t zero_point_of(const OperatorView& view) {
  if (view.kernel().input != DataType::kInt16) {
    return view.output().quantization.scale.empty() ? 0 : view.zero_point(view.output(), "output");
  }
  for (std::size_t i = 0; i <= view.op().inputs.size(); ++i) {
    const Tensor& tensor = i < view.op().inputs.size() ? view.input(i) : view.output();
    if (tensor.quantization.scale.empty() || tensor.quantization.zero_point[0] == 0) continue;
    view.fail("an int16 tensor has zero point {}; it must be 0", tensor.quantization.zero_point[0]);
  }
  return 0;
}

PreparedOperator prepare_concatenation(const OperatorView& view) {
  if (view.attributes<ConcatenationAttributes>().activation != Activation::kNone) {
    view.not_modelled("a fused activation; supported: none");
  }
  const std::size_t axis =
      axis_of(view, view.attributes<ConcatenationAttributes>().axis, view.output());
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
                                       .output_offset = zero_point_of(view)};
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

// Of any other type: bytes as they are.
void answer_joined_bytes(const KernelCall& call) { answer_concatenation<UInt8>(call); }

constexpr Kernel kConcatenation[] = {kernel<Int8>("concatenation", answer_concatenation<Int8>),
                                     kernel<UInt8>("concatenation", answer_concatenation<UInt8>),
                                     byte_kernel<Int16>("concatenation", answer_joined_bytes),
                                     byte_kernel<Int32>("concatenation", answer_joined_bytes),
                                     byte_kernel<Int64>("concatenation", answer_joined_bytes),
                                     byte_kernel<Float32>("concatenation", answer_joined_bytes),
                                     byte_kernel<Bool>("concatenation", answer_joined_bytes)};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kConcatenation,
     .signature = Signature{.min_inputs = 1, .max_inputs = kAny},
     .options = &kConcatenationOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_concatenation,
     .kernels = kConcatenation},
};

}  // namespace

std::span<const OperatorRecord> joining_operators() { return kRecords; }

}  // namespace boardless::workloads
