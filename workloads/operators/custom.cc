// CUSTOM: an operator whose name and options are its own (Operator::custom_name); kept, not run.
#include "workloads/operators/families.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

// The options lie beside the operator and not in a table: the writer stores them. Such an operator
// may have no operands at all.
constexpr OptionsCodec kCustomOptions{.read = [](const tflite::Operator& stored) -> Attributes {
                                        const auto* options = stored.custom_options();
                                        if (options == nullptr) return CustomAttributes{};
                                        return CustomAttributes{{options->begin(), options->end()}};
                                      },
                                      .write = write_nothing,
                                      .version = first_version};

constexpr OperatorRecord kRecords[] = {{.kind = OpKind::kCustom, .options = &kCustomOptions}};

}  // namespace

std::span<const OperatorRecord> custom_operators() { return kRecords; }

}  // namespace boardless::workloads
