// Basic blocks of executed code, decoded once each and numbered in the order in which they appear:
// what engines report and what timing, profiles and caches are indexed by.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "isa/instruction.h"

namespace boardless::isa {

struct CodeBlock {
  std::uint32_t id = 0;
  std::uint32_t address = 0;
  std::uint32_t end = 0;
  std::vector<Instruction> instructions;  // executed whole and in order, unless one traps
};

class BlockTable {
 public:
  // References stay valid while the table grows. Two blocks may overlap, or have the same address
  // (code that was written again).
  const CodeBlock& add(std::uint32_t address, std::vector<Instruction> instructions);

  const CodeBlock& operator[](std::uint32_t id) const { return blocks_[id]; }
  std::size_t size() const { return blocks_.size(); }

 private:
  std::deque<CodeBlock> blocks_;
};

}  // namespace boardless::isa
