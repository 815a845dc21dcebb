// The YAML that says what a kernel library is.
#include "toolchain/library_descriptor.h"

#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_library_descriptor(Bytes bytes) {
  const auto file = input_file("descriptors/fuzz.yaml", bytes);
  (void)toolchain::load_library_descriptors(file.parent_path());
}

}  // namespace boardless::fuzz
