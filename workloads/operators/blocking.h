// What a graph asks for that no kernel does, found all at once: a user who learns of one operator
// at a time mends a model many times.
#pragma once

#include <string>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

struct Blocking {
  struct Count {
    std::string name;  // "LSTM", "CUSTOM Detect"; "float32", "int8 to float16"
    int count = 0;     // operators that are it, or are on such a type
  };
  std::vector<Count> operators, types;  // the most frequent first, then by name
  bool empty() const { return operators.empty() && types.empty(); }
  // "operators LSTM (3), SVDF (1); type float32"
  std::string text() const;
};

// Operators that have no kernel on any type, and the types of the others' data on which they have
// none. Of an operator without kernels its data's type counts too, where it stands for real values
// and no operator at all is run on it. `graph` need not have passed check_graph.
Blocking find_blocking(const Graph& graph);

}  // namespace boardless::workloads
