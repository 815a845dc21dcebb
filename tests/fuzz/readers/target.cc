// A chip's YAML: its numbers, and the chip at other clocks and voltages.
#include "targets/target.h"

#include "base/error.h"
#include "targets/target_numbers.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_target(Bytes bytes) {
  const targets::Target target = targets::load_target(input_file("fuzz.yaml", bytes).string());
  check(!targets::target_numbers(target).empty(), "a target has numbers");
  for (const std::string& range : target.voltage_ranges) {
    try {
      (void)targets::with_voltage_range(target, range);
    } catch (const InputError&) {  // its memories have no row for the clock
    }
  }
  (void)targets::with_clock(target, target.clock_hz / 2 + 1);
}

}  // namespace boardless::fuzz
