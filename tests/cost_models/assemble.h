// Assembles a few instructions for a core.
#pragma once

#include "cost_models/core_model.h"
#include "isa/variant.h"
#include "tests/isa/assembler.h"

namespace boardless::cost_models {

using isa::assemble;

// What whole programs on the core may use, its floating point included.
const isa::Variant& variant_of(const CoreModel& core);

}  // namespace boardless::cost_models
