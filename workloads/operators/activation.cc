// The element by element functions that are read, written and classed, but not run.
#include <cmath>

#include "workloads/operators/families.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kLeakyReluOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::LeakyReluOptions>(stored, "LeakyReluOptions");
      if (!std::isfinite(options.alpha())) {
        throw InputError("has an alpha that is not a finite number");
      }
      return LeakyReluAttributes{options.alpha()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          return WrittenOptions{
              tflite::BuiltinOptions::LeakyReluOptions,
              tflite::CreateLeakyReluOptions(builder, attributes_of<LeakyReluAttributes>(op).alpha)
                  .Union()};
        }};

constexpr OptionsCodec kHardSwishOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::HardSwishOptions, tflite::CreateHardSwishOptions>,
    .version = first_version};

constexpr OptionsCodec kPreluOptions{
    .read = read_nothing, .write = write_nothing, .version = first_version};

constexpr OperatorRecord table(OpKind kind, const OptionsCodec* options) {
  return {.kind = kind,
          .signature = Signature{},
          .options = options,
          .layer_class = LayerClass::kTable};
}

constexpr OperatorRecord kRecords[] = {
    table(OpKind::kLogistic, &kNoOptions),
    table(OpKind::kTanh, &kNoOptions),
    table(OpKind::kHardSwish, &kHardSwishOptions),
    {.kind = OpKind::kLeakyRelu, .signature = Signature{}, .options = &kLeakyReluOptions},
    {.kind = OpKind::kPrelu,
     .signature = Signature{.min_inputs = 2, .max_inputs = 2},
     .options = &kPreluOptions},
};

}  // namespace

std::span<const OperatorRecord> activation_operators() { return kRecords; }

}  // namespace boardless::workloads
