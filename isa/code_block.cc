// The index over blocks.
#include "isa/code_block.h"

#include "base/error.h"

namespace boardless::isa {

const CodeBlock& BlockTable::add(std::uint32_t address, std::vector<Instruction> instructions) {
  check(!instructions.empty(), "a block holds at least one instruction");
  const auto id = static_cast<std::uint32_t>(blocks_.size());
  const std::uint32_t end = instructions.back().end();
  blocks_.push_back({id, address, end, std::move(instructions)});
  for (std::uint32_t granule = address / kGranule; granule <= (end - 1) / kGranule; ++granule) {
    std::unique_ptr<Group>& group = groups_[granule / (kPageGranules * kGroupPages)];
    if (group == nullptr) group = std::make_unique<Group>();
    std::unique_ptr<Page>& page = (*group)[granule / kPageGranules % kGroupPages];
    if (page == nullptr) page = std::make_unique<Page>();
    (*page)[granule % kPageGranules].push_back(id);
  }
  return blocks_.back();
}

}  // namespace boardless::isa
