// Lets each record take its place below those before it.
#include "prediction/interpreter_memory.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "base/round_up.h"

namespace boardless::prediction {
namespace {

using cost_models::InterpreterRecords;
using cost_models::OperatorRecords;
using workloads::Graph;
using workloads::Operator;
using workloads::Tensor;

constexpr Bytes kBufferAlignment = 16;

// What has been taken from an aligned end down.
class Tail {
 public:
  explicit Tail(Bytes word) : word_(word) {}

  void take(Bytes bytes, Bytes alignment) {
    if (bytes > 0) taken_ = round_up(taken_ + bytes, alignment);
  }
  // A struct with its natural alignment: of pointers, unless its size says otherwise.
  void take_struct(Bytes bytes) {
    Bytes alignment = word_;
    while (bytes % alignment != 0) alignment /= 2;
    take(bytes, alignment);
  }
  void take_pointers(std::size_t count) { take_buffer(word_ * count); }
  void take_buffer(Bytes bytes) { take(bytes, kBufferAlignment); }
  Bytes taken() const { return taken_; }

 private:
  const Bytes word_;
  Bytes taken_ = 0;
};

const Tensor* tensor_at(const Graph& graph, const std::vector<int>& indices, std::size_t at) {
  if (at >= indices.size() || indices[at] < 0) return nullptr;
  return &graph.tensors[static_cast<std::size_t>(indices[at])];
}

// Of the arrays that a kernel with weights keeps, which have an element for each channel.
Bytes channels(const Graph& graph, const Operator& op) {
  const Tensor* output = tensor_at(graph, op.outputs, 0);
  if (output == nullptr || output->shape.empty()) return 0;
  return static_cast<Bytes>(output->shape.back());
}

bool has_scaled_channels(const Graph& graph, const Operator& op) {
  const Tensor* weights = tensor_at(graph, op.inputs, 1);
  return weights != nullptr && weights->quantization.per_channel();
}

void take_operator_data(const Graph& graph, const Operator& op, const OperatorRecords& records,
                        Tail& tail) {
  Bytes arrays = records.arrays_per_channel.value();
  if (has_scaled_channels(graph, op)) arrays += records.arrays_per_scaled_channel.value();
  for (Bytes i = 0; i < arrays; ++i) {
    tail.take_buffer(channels(graph, op) * sizeof(std::int32_t));
  }
  const Tensor* input = tensor_at(graph, op.inputs, 0);
  if (input != nullptr && input->type == workloads::DataType::kInt16) {
    tail.take_buffer(records.int16_data_bytes.value());
  }
}

const OperatorRecords& records_of(const Operator& op, const InterpreterRecords& records) {
  static const OperatorRecords kNone;
  const auto found = records.operators.find(
      op.custom_name.empty() ? std::string(operator_name(op.kind)) : op.custom_name);
  return found == records.operators.end() ? kNone : found->second;
}

// In how many pieces the operators ask for scratch.
std::size_t scratch_buffers(const Graph& graph, const std::vector<int>& operators,
                            const InterpreterRecords& records) {
  std::size_t buffers = 0;
  for (const int op : operators) {
    const OperatorRecords& own = records_of(graph.operators[static_cast<std::size_t>(op)], records);
    buffers += std::max<std::size_t>(own.scratch_buffers.value(), 1);
  }
  return buffers;
}

std::size_t resource_variables(const Graph& graph) {
  std::set<std::pair<std::string, std::string>> names;
  for (const Operator& op : graph.operators) {
    const auto* a = std::get_if<workloads::VarHandleAttributes>(&op.attributes);
    if (a != nullptr) names.insert({a->container, a->shared_name});
  }
  return names.size();
}

// Everything but the model's own inputs and outputs, which are made last.
void take_records(const Graph& graph, const std::vector<int>& scratch,
                  const InterpreterRecords& records, Tail& tail) {
  if (const std::size_t variables = resource_variables(graph); variables > 0) {
    tail.take_struct(records.resource_variables_bytes.value());
    tail.take_buffer(records.bytes_per_resource_variable.value() * variables);
  }
  tail.take_struct(records.allocator_bytes.value());
  tail.take_struct(records.bytes_per_subgraph.value() * (1 + graph.subgraphs.size()));
  tail.take_struct(records.bytes_per_tensor.value() * graph.tensors.size());
  tail.take_struct(records.bytes_per_operator.value() * graph.operators.size());
  for (const Operator& op : graph.operators) {
    tail.take_struct(records_of(op, records).options_bytes.value());
  }
  for (const Operator& op : graph.operators) {
    tail.take_buffer(records_of(op, records).data_bytes.value());
  }
  for (const Operator& op : graph.operators) {
    take_operator_data(graph, op, records_of(op, records), tail);
  }
  tail.take_struct(records.bytes_per_scratch.value() * scratch_buffers(graph, scratch, records));
}

void take_ends(const Graph& graph, const std::vector<int>& ends, const InterpreterRecords& records,
               Tail& tail) {
  tail.take_pointers(ends.size());
  for (const int end : ends) {
    tail.take_struct(records.bytes_per_end.value());
    const Bytes scales = graph.tensors[static_cast<std::size_t>(end)].quantization.scale.size();
    if (scales == 0) continue;
    tail.take_struct(records.bytes_per_quantized_end.value());
    tail.take_struct(records.bytes_per_end_scale.value() * scales);
  }
}

}  // namespace

Bytes record_bytes(const Graph& graph, const std::vector<int>& scratch,
                   const InterpreterRecords& records) {
  Tail tail(records.word_bytes.value());
  take_records(graph, scratch, records, tail);
  take_ends(graph, graph.inputs, records, tail);
  take_ends(graph, graph.outputs, records, tail);
  return tail.taken();
}

Bytes planning_bytes(const Graph& graph, const PlannedArena& arena,
                     const InterpreterRecords& records) {
  Tail planned(records.word_bytes.value());
  take_records(graph, arena.scratch, records, planned);
  const std::size_t scratch = scratch_buffers(graph, arena.scratch, records);
  return planned.taken() + records.planning_bytes.value() +
         records.planning_bytes_per_tensor.value() * graph.tensors.size() +
         records.planning_bytes_per_scratch.value() * scratch +
         records.planning_bytes_per_block.value() * (arena.activations + scratch);
}

}  // namespace boardless::prediction
