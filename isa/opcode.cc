// The index over all rows.
#include "isa/opcode.h"

#include "base/error.h"

namespace boardless::isa {

OpcodeTable::OpcodeTable(std::initializer_list<std::span<const OpcodeRow>> families) {
  for (const std::span<const OpcodeRow> rows : families) {
    for (const OpcodeRow& row : rows) {
      for (std::string_view left = row.names; !left.empty();) {
        const std::size_t space = left.find(' ');
        const std::string_view name = left.substr(0, space);
        check(opcodes_.emplace(name, Opcode{name, row.facts, row.build}).second,
              "an opcode has one row");
        left = space == std::string_view::npos ? std::string_view{} : left.substr(space + 1);
      }
    }
  }
}

const Opcode* OpcodeTable::find(std::string_view name) const {
  const auto found = opcodes_.find(name);
  return found == opcodes_.end() ? nullptr : &found->second;
}

}  // namespace boardless::isa
