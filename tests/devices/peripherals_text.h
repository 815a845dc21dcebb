// Peripherals of a few lines of YAML, read as a bundled file is.
#pragma once

#include <cstdlib>
#include <string>

#include "devices/peripherals.h"
#include "tests/scratch_folder.h"

namespace boardless::devices {

// Throws InputError, as load_peripherals() does; the file is called chip.yaml.
inline Peripherals peripherals_of_text(const std::string& text) {
  const ScratchFolder data;
  data.write("targets/peripherals/chip.yaml", text);
  struct Environment {
    explicit Environment(const ScratchFolder& folder) {
      ::setenv("BOARDLESS_DATA", folder.path().c_str(), 1);
    }
    ~Environment() { ::unsetenv("BOARDLESS_DATA"); }
  };
  const Environment environment(data);
  return load_peripherals("chip");
}

}  // namespace boardless::devices
