// Numbering of blocks.
#include "isa/code_block.h"

#include "base/error.h"

namespace boardless::isa {

const CodeBlock& BlockTable::add(std::uint32_t address, std::vector<Instruction> instructions) {
  check(!instructions.empty(), "a block holds at least one instruction");
  const auto id = static_cast<std::uint32_t>(blocks_.size());
  const std::uint32_t end = instructions.back().end();
  blocks_.push_back({id, address, end, std::move(instructions)});
  return blocks_.back();
}

}  // namespace boardless::isa
