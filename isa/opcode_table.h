// Which class, address form and access width belong to each opcode of LLVM's ARM target.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "isa/instruction.h"

namespace boardless::isa {

struct OpcodeFacts {
  InstructionClass instruction_class;
  AddressForm form = AddressForm::kNone;
  std::uint8_t access_bytes = 0;
};

// `name` is MCInstrInfo's opcode name ("t2LDRi12"). Empty when the table has no such opcode: the
// instruction is not modelled.
std::optional<OpcodeFacts> opcode_facts(std::string_view name);

}  // namespace boardless::isa
