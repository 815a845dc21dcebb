// Completes what cores' timing asks of an Arm instruction: its finer class, the part that each
// operand plays, and the constant part of its address.
#pragma once

#include "isa/machine_operand.h"

namespace boardless::isa::arm {

// `decoded` is complete but for what this fills: accumulate_reads, shifted_reads, operand2_reads,
// address_offset, light, and the classes that depend on operands.
void assign_operand_roles(Decoded& decoded);

}  // namespace boardless::isa::arm
