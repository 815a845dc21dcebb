// The bytes that a model is run on, for models of whole numbers and of floats.
#include "prediction/model_input.h"

#include "base/error.h"
#include "tests/fuzz/readers.h"
#include "tests/workloads/small_graphs.h"

namespace boardless::fuzz {

void read_model_input(Bytes bytes) {
  static const workloads::Graph floats = workloads::testing::quantize_dequantize_graph();
  static const workloads::Graph wholes = workloads::testing::every_operator_graph();
  const workloads::Graph& graph = !bytes.empty() && bytes[0] % 2 == 0 ? floats : wholes;
  const int invocations = bytes.size() > 1 ? 1 + bytes[1] % 3 : 1;
  for (const workloads::Inputs& inputs : prediction::inputs_from_file(graph, bytes, invocations)) {
    check(inputs.size() == graph.inputs.size(), "each input has its bytes");
  }
}

}  // namespace boardless::fuzz
