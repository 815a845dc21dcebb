// Instructions by LLVM's disassembler (LLVM MC).
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "isa/instruction_source.h"
#include "isa/variant.h"

namespace boardless::isa {

std::unique_ptr<InstructionSource> llvm_source(const Variant& variant);

// Every opcode of the variant's LLVM target that has an encoding, in any variant.
std::vector<std::string_view> llvm_opcode_names(const Variant& variant);

}  // namespace boardless::isa
