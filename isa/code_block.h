// Basic blocks of executed code, decoded once each and numbered in the order in which they appear:
// what engines report and what timing, profiles and caches are indexed by.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
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

  // Ids of the blocks that touch bytes [address, address + bytes).
  template <class Visit>
  void for_each_touching(std::uint32_t address, std::uint32_t bytes, const Visit& visit) const;

 private:
  static constexpr std::uint32_t kGranule = 8;  // bytes
  static constexpr std::uint32_t kPageGranules = 512, kGroupPages = 1024;
  using Page = std::array<std::vector<std::uint32_t>, kPageGranules>;  // block ids by granule
  using Group = std::array<std::unique_ptr<Page>, kGroupPages>;

  std::deque<CodeBlock> blocks_;
  // In steps and not hashed: caches ask at every line that they replace.
  std::array<std::unique_ptr<Group>, 1024> groups_;
};

// A block that touches several granules of the range is visited once for each.
template <class Visit>
void BlockTable::for_each_touching(std::uint32_t address, std::uint32_t bytes,
                                   const Visit& visit) const {
  const std::uint32_t last = (address + bytes - 1) / kGranule;
  for (std::uint32_t granule = address / kGranule; granule <= last; ++granule) {
    const Group* const group = groups_[granule / (kPageGranules * kGroupPages)].get();
    if (group == nullptr) continue;
    const Page* const page = (*group)[granule / kPageGranules % kGroupPages].get();
    if (page == nullptr) continue;
    for (const std::uint32_t block : (*page)[granule % kPageGranules]) visit(block);
  }
}

}  // namespace boardless::isa
