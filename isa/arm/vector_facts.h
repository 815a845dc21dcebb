// What LLVM's descriptions do not say, or say misleadingly, of Armv8.1-M's instructions: the
// predicate register, merged destinations, carries, loop counters, and how much a vector access
// moves.
#pragma once

#include "isa/llvm_target.h"

namespace boardless::isa::arm {

// Whether operand `i` begins a vector predicate; then its reads are added to `result`, and `i` is
// moved to its last operand.
bool collect_vector_predicate(const McInstruction& mc, unsigned& i, Instruction& result);

// After the operands have been collected.
void complete_vector(const McInstruction& mc, Instruction& result);

}  // namespace boardless::isa::arm
