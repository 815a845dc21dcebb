// Small models of several subgraphs, for tests of what runs when. All int8 values have scale 1 and
// zero point 0.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads::testing {

// Adds tensors and operators to a graph, subgraph after subgraph.
class SubgraphMaker {
 public:
  explicit SubgraphMaker(std::string name) { graph.name = std::move(name); }

  int int8(std::vector<std::int32_t> shape = {1, 4});
  int constant(std::vector<std::uint8_t> values);  // int8, 1xN
  int boolean();
  int boolean_constant(bool value);
  int handle(const std::string& variable);  // a VAR_HANDLE's
  void run(OpKind kind, std::vector<int> inputs, std::vector<int> outputs,
           Attributes attributes = NoAttributes{});
  void add(int a, int b, int sum) { run(OpKind::kAdd, {a, b}, {sum}, ArithmeticAttributes{}); }

  // What is added from now on belongs to the next subgraph.
  void begin_subgraph();
  void interface(std::vector<int> inputs, std::vector<int> outputs);

  Graph graph;

 private:
  int add_tensor(DataType type, std::vector<std::int32_t> shape, std::vector<std::uint8_t> data);
};

// IF input 0 (bool) x + x, else x + 10, of input 1.
Graph if_model();

// Doubles input 3 as often as booleans 0 to 2 begin with true.
Graph while_model();

// CALL_ONCE sets variable 'sum' to 1, 2, 3, 4; each invocation adds the input to it and answers it.
Graph running_sum_model();

}  // namespace boardless::workloads::testing
