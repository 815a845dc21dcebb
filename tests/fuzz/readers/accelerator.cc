// An accelerator's YAML, and what a small graph costs on it.
#include <cmath>

#include "base/error.h"
#include "cost_models/accelerators/accelerator_price.h"
#include "tests/fuzz/input_file.h"
#include "tests/workloads/small_graphs.h"

namespace boardless::fuzz {

void read_accelerator(Bytes bytes) {
  static const workloads::Graph graph = workloads::testing::every_operator_graph();
  const auto model = cost_models::load_accelerator(input_file("fuzz.yaml", bytes).string());
  const cost_models::AcceleratorPrice price = cost_models::price_graph(graph, model, {});
  check(std::isfinite(price.latency_ms) && price.latency_ms >= 0, "a latency is a time");
  check(std::isfinite(price.energy_uj) && price.energy_uj >= 0, "an energy is not negative");
}

}  // namespace boardless::fuzz
