// Assembles a few instructions for a test, by LLVM's assembler.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cost_models/core_model.h"
#include "isa/variant.h"

namespace boardless::cost_models {

// Instructions separated by ';', UAL syntax or RISC-V's. Throws InputError for one that the variant
// lacks.
std::vector<std::uint8_t> assemble(const isa::Variant& variant, const std::string& text);

// What whole programs on the core may use, its floating point included.
const isa::Variant& variant_of(const CoreModel& core);

}  // namespace boardless::cost_models
