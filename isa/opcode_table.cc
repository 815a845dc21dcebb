// The index over a table of opcodes.
#include "isa/opcode_table.h"

#include "base/error.h"

namespace boardless::isa {

void add_opcodes(std::span<const OpcodeGroup> groups, OpcodeIndex& index) {
  for (const OpcodeGroup& group : groups) {
    std::string_view rest = group.names;
    while (!rest.empty()) {
      const std::size_t space = rest.find(' ');
      const bool inserted = index.emplace(rest.substr(0, space), group.facts).second;
      check(inserted, "an opcode has one row");
      rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space + 1);
    }
  }
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
