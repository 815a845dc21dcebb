// Published points of accelerators, each compared with its prediction.
#include "validation/accelerator_points.h"

#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_accelerator_points(Bytes bytes) {
  const auto points = validation::compare_accelerators(input_file("fuzz.yaml", bytes));
  (void)validation::to_json(points, "fuzz");
  (void)validation::to_csv(points);
}

}  // namespace boardless::fuzz
