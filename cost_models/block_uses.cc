// The index from lines to blocks, and its growth.
#include "cost_models/block_uses.h"

#include <algorithm>
#include <bit>

namespace boardless::cost_models {

LineBlocks::LineBlocks(std::uint32_t line_bytes)
    : line_shift_(static_cast<std::uint32_t>(std::countr_zero(line_bytes))) {}

LineBlocks::Page& LineBlocks::make_page(std::uint32_t address) {
  last_ = kNone;
  std::unique_ptr<Group>& group = groups_[address / (kPageBytes * kGroupPages)];
  if (group == nullptr) group = std::make_unique<Group>();
  std::unique_ptr<Page>& page = (*group)[address / kPageBytes % kGroupPages];
  if (page == nullptr) page = std::make_unique<Page>(kPageBytes >> line_shift_);
  return *page;
}

void LineBlocks::find_page(std::uint32_t address) const {
  const Group* const group = groups_[address / (kPageBytes * kGroupPages)].get();
  const Page* const page =
      group == nullptr ? nullptr : (*group)[address / kPageBytes % kGroupPages].get();
  last_ = address / kPageBytes;
  page_ = page == nullptr ? nullptr : page->data();
}

void LineBlocks::add(const isa::CodeBlock& block) {
  for (std::uint32_t line = block.address >> line_shift_; line <= (block.end - 1) >> line_shift_;
       ++line) {
    const std::uint32_t address = line << line_shift_;
    Some* some = &make_page(address)[(address & (kPageBytes - 1)) >> line_shift_];
    while (some->count == some->blocks.size()) {
      if (some->next == kNone) {
        some->next = static_cast<std::uint32_t>(more_.size());
        more_.emplace_back();  // may move what `some` points to
        some = &more_.back();
      } else {
        some = &more_[some->next];
      }
    }
    std::fill(some->blocks.begin() + some->count++, some->blocks.end(), block.id);
  }
}

void BlockUses::meet(std::uint32_t block) {
  for (auto id = static_cast<std::uint32_t>(uses_.size()); id <= block; ++id) {
    uses_.emplace_back();
    for (LineBlocks& lines : lines_) lines.add(blocks_[id]);
  }
}

void BlockUses::hear_all(std::uint64_t bits) {
  for (BlockUse& use : uses_) use.to_fetch |= bits;
}

const LineBlocks& BlockUses::by_line(std::uint32_t line_bytes) {
  for (const LineBlocks& lines : lines_) {
    if (lines.line_bytes() == line_bytes) return lines;
  }
  LineBlocks& lines = lines_.emplace_back(line_bytes);
  for (std::uint32_t id = 0; id < uses_.size(); ++id) lines.add(blocks_[id]);
  return lines;
}

}  // namespace boardless::cost_models
