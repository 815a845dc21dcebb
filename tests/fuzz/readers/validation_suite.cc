// A suite of programs that are compared with published figures.
#include "base/error.h"
#include "tests/fuzz/input_file.h"
#include "validation/suite.h"

namespace boardless::fuzz {

void read_validation_suite(Bytes bytes) {
  for (const validation::Program& program :
       validation::load_suite(input_file("fuzz.yaml", bytes))) {
    check(program.measure.unit() != nullptr, "what is measured has a unit");
  }
}

}  // namespace boardless::fuzz
