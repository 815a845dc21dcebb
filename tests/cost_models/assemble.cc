// The instruction set of a core's programs.
#include "tests/cost_models/assemble.h"

namespace boardless::cost_models {

const isa::Variant& variant_of(const CoreModel& core) {
  return isa::find_variant(core.fpu_firmware_isa.empty() ? core.firmware_isa
                                                         : core.fpu_firmware_isa);
}

}  // namespace boardless::cost_models
