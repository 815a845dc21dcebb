// Assembles a few instructions for a test, by LLVM's assembler.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "isa/variant.h"

namespace boardless::isa {

// Instructions separated by ';', UAL syntax or RISC-V's. Throws InputError, with what LLVM says,
// for one that the variant lacks.
std::vector<std::uint8_t> assemble(const Variant& variant, const std::string& text);

}  // namespace boardless::isa
