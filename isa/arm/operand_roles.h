// Completes what cores' timing asks of an Arm instruction: its finer class, the part that each
// operand plays, and the constant part of its address.
#pragma once

#include <string_view>

#include "isa/machine_operand.h"

namespace boardless::isa::arm {

// `opcode` is LLVM's name, `decoded` complete but for what this fills: accumulate_reads,
// shifted_reads, address_offset, and the classes that depend on more than the opcode table knows.
void assign_operand_roles(std::string_view opcode, Decoded& decoded);

}  // namespace boardless::isa::arm
