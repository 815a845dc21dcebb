// A network's topology as YAML, built into a graph of shapes.
#include "base/error.h"
#include "tests/fuzz/input_file.h"
#include "workloads/zoo/nominal.h"
#include "workloads/zoo/topology.h"

namespace boardless::fuzz {

void read_zoo_topology(Bytes bytes) {
  const auto network = workloads::load_zoo_network(input_file("fuzz.yaml", bytes));
  const workloads::Graph graph = workloads::quantise_nominally(
      workloads::build_zoo_topology(network, workloads::parameter_values(network, {})));
  check(workloads::macs(graph) >= 0, "MACs are not negative");
}

}  // namespace boardless::fuzz
