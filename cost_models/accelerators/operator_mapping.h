// Which operators of a graph an accelerator takes, and the rule that decided for each.
#pragma once

#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/layer_shape.h"
#include "workloads/graph/graph.h"

namespace boardless::cost_models {

struct OperatorMapping {
  bool mapped = false;
  std::string rule;  // why, in words: "CONV_2D is supported", "behind operator 4, …"
};

struct TensorCrossing {
  int tensor = -1;
  std::string name;
  Bytes bytes = 0;
  bool to_accelerator = true;
};

// Operators in execution order that run in one place without leaving it.
struct Segment {
  bool on_accelerator = true;
  int first_op = 0, last_op = 0;
};

struct GraphMapping {
  std::vector<OperatorMapping> operators;
  std::vector<Segment> segments;
  // What goes over the link in one inference, graph inputs and outputs among it.
  std::vector<TensorCrossing> crossings;
  int first_unmapped = -1;
};

// Names accepted in a YAML file's `constraints:`.
std::vector<std::string> mapping_constraints();
bool is_mapping_constraint(const std::string& name);

GraphMapping map_operators(const workloads::Graph& graph, const std::vector<LayerShape>& shapes,
                           const AcceleratorModel& model);

}  // namespace boardless::cost_models
