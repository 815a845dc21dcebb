// A core's YAML.
#include "base/error.h"
#include "cost_models/core_model.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_core(Bytes bytes) {
  const cost_models::CoreModel core = cost_models::load_core_model(input_file("fuzz.yaml", bytes));
  check(core.numbers.size() > 0, "a core has numbers");
}

}  // namespace boardless::fuzz
