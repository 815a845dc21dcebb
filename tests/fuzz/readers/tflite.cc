// A .tflite file: a graph that can be counted and written.
#include "workloads/tflite/tflite.h"

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "tests/fuzz/readers.h"
#include "workloads/graph/graph.h"

namespace boardless::workloads {
namespace {

void count(const Graph& graph) {
  check(macs(graph) >= 0, "MACs are not negative");
  check(parameters(graph) >= 0, "parameters are not negative");
  for (const Tensor& tensor : graph.tensors) {
    check(tensor.bytes() >= 0, "a tensor's size is not negative");
    check(!shape_text(tensor).empty(), "a shape has a text");
  }
  for (const Operator& op : graph.operators) {
    check(!operator_name(op.kind).empty(), "an operator has a name");
  }
}

// Operators whose options are not kept cannot be written; what is written must come back the same.
void write_and_read(const Graph& graph) {
  std::vector<std::uint8_t> bytes;
  try {
    bytes = write_tflite(graph);
  } catch (const InputError&) {
    return;
  }
  const Graph again = read_tflite(bytes, graph.name);
  check(write_tflite(again) == bytes, "a written model reads back as it was");
}

}  // namespace
}  // namespace boardless::workloads

namespace boardless::fuzz {

void read_tflite_model(Bytes bytes) {
  const workloads::Graph graph = workloads::read_tflite(bytes, "fuzz");
  workloads::count(graph);
  workloads::write_and_read(graph);
}

}  // namespace boardless::fuzz
