// A runtime's YAML.
#include "cost_models/runtime.h"

#include <cstdlib>

#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_runtime(Bytes bytes) {
  input_file("targets/runtimes/fuzz.yaml", bytes);
  setenv("BOARDLESS_DATA", input_folder().c_str(), 1);
  (void)cost_models::load_runtime("fuzz");
}

}  // namespace boardless::fuzz
