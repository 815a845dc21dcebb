// The operators that keep a state between steps: counted and classed, not run.
#include "workloads/operators/counting.h"
#include "workloads/operators/families.h"

namespace boardless::workloads {
namespace {

std::int64_t recurrent_macs(const Graph& graph, const Operator& op) {
  return matrix_macs(graph, op, false);
}

constexpr OperatorRecord recurrent(OpKind kind, std::optional<Signature> signature = {}) {
  return {.kind = kind,
          .signature = signature,
          .macs = recurrent_macs,
          .layer_class = LayerClass::kRecurrent};
}

constexpr OperatorRecord kRecords[] = {
    recurrent(OpKind::kSvdf, Signature{.min_inputs = 5,
                                       .max_inputs = 5,
                                       .first_optional = 3,
                                       .data_rank = 2,
                                       .weights_rank = 2}),
    recurrent(OpKind::kUnidirectionalSequenceLstm,
              Signature{.min_inputs = 20, .max_inputs = 24, .first_optional = 1, .data_rank = 3}),
    recurrent(OpKind::kLstm),
    recurrent(OpKind::kRnn),
    recurrent(OpKind::kUnidirectionalSequenceRnn),
    recurrent(OpKind::kBidirectionalSequenceRnn),
    recurrent(OpKind::kBidirectionalSequenceLstm),
};

}  // namespace

std::span<const OperatorRecord> recurrent_operators() { return kRecords; }

}  // namespace boardless::workloads
