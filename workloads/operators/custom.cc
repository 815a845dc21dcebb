// CUSTOM: an operator whose name and options are its own (Operator::custom_name). Those without a
// record of their own are kept, not run.
#include "workloads/operators/custom_options.h"
#include "workloads/operators/families.h"

namespace boardless::workloads {
namespace {

constexpr OperatorRecord kRecords[] = {{.kind = OpKind::kCustom, .options = &kCustomOptions}};

}  // namespace

std::span<const OperatorRecord> custom_operators() { return kRecords; }

}  // namespace boardless::workloads
