// A family's peripherals as YAML.
#include "devices/peripherals.h"

#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_peripherals(Bytes bytes) {
  // A path takes the place of the folder of bundled ones.
  (void)devices::load_peripherals(input_file("fuzz.yaml", bytes).replace_extension().string());
}

}  // namespace boardless::fuzz
