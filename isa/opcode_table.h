// Which class, address form and access width belong to each opcode of LLVM's ARM and RISC-V
// targets.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>

#include "isa/instruction.h"

namespace boardless::isa {

struct OpcodeFacts {
  InstructionClass instruction_class;
  AddressForm form = AddressForm::kNone;
  std::uint8_t access_bytes = 0;
  std::uint8_t lane_bytes = 0;  // of a vector, where it matters
};

// `name` is MCInstrInfo's opcode name ("t2LDRi12"). Empty when the table has no such opcode: the
// instruction is not modelled.
std::optional<OpcodeFacts> arm_opcode_facts(std::string_view name);
std::optional<OpcodeFacts> riscv_opcode_facts(std::string_view name);

// A row of a table: opcodes that share their facts.
struct OpcodeGroup {
  OpcodeFacts facts;
  std::string_view names;  // separated by single spaces
};

// The M-profile Vector Extension's and the low-overhead loops' part of Arm's table.
std::span<const OpcodeGroup> arm_vector_opcodes();

using OpcodeIndex = std::unordered_map<std::string_view, OpcodeFacts>;
OpcodeIndex index_opcodes(std::span<const OpcodeGroup> groups);
void add_opcodes(std::span<const OpcodeGroup> groups, OpcodeIndex& index);
std::optional<OpcodeFacts> find_opcode(const OpcodeIndex& index, std::string_view name);

}  // namespace boardless::isa
