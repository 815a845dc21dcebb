// The operators between several tensors and one: CONCATENATION, PACK and SPLIT.
#include "workloads/operators/families.h"
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
     .layer_class = LayerClass::kMovement},
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
