// The index over a table of opcodes.
#include "isa/opcode_table.h"

#include "isa/opcode_names.h"

namespace boardless::isa {

void add_opcodes(std::span<const OpcodeGroup> groups, OpcodeIndex& index) {
  for (const OpcodeGroup& group : groups) add_opcode_names(group.names, group.facts, index);
}

OpcodeIndex index_opcodes(std::span<const OpcodeGroup> groups) {
  OpcodeIndex index;
  add_opcodes(groups, index);
  return index;
}

std::optional<OpcodeFacts> find_opcode(const OpcodeIndex& index, std::string_view name) {
  const auto found = index.find(name);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

}  // namespace boardless::isa
