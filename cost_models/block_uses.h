// What the memory systems of a run know of the blocks of code: when each ran last, whose cache may
// have lost a part of it, and which blocks lie in a cache line.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "isa/code_block.h"

namespace boardless::cost_models {

struct BlockUse {
  std::uint64_t executed = 0;  // when last; 0: never
  // The systems (by bit) whose cache may not hold all of the block: they must hear of its next
  // fetch.
  std::uint64_t to_fetch = ~std::uint64_t{0};
};

// Which blocks touch each line: caches ask at every line that they replace.
class LineBlocks {
 public:
  explicit LineBlocks(std::uint32_t line_bytes);

  std::uint32_t line_bytes() const { return 1U << line_shift_; }
  void add(const isa::CodeBlock& block);

  // Ids of the blocks that touch the line at `address`; one may come several times.
  template <class Visit>
  void for_each(std::uint32_t address, const Visit& visit) const {
    const Some* some = page_of(address);
    if (some == nullptr) return;
    some += (address & (kPageBytes - 1)) >> line_shift_;
    if (some->count == 0) return;
    for (;; some = &more_[some->next]) {
      for (const std::uint32_t block : some->blocks) visit(block);
      if (some->next == kNone) return;
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  static constexpr std::uint32_t kPageBytes = 1U << 16, kGroupPages = 64;

  // Blocks of one line, without gaps: the last one again where there are fewer, so that to visit
  // them takes no decision.
  struct Some {
    std::array<std::uint32_t, 3> blocks{};
    std::uint32_t count = 0;
    std::uint32_t next = kNone;  // in more_
  };
  using Page = std::vector<Some>;  // by line
  using Group = std::array<std::unique_ptr<Page>, kGroupPages>;

  // Mostly the page that was asked for before.
  const Some* page_of(std::uint32_t address) const {
    if (address / kPageBytes != last_) find_page(address);
    return page_;
  }
  void find_page(std::uint32_t address) const;
  Page& make_page(std::uint32_t address);

  std::uint32_t line_shift_;
  std::array<std::unique_ptr<Group>, 1024> groups_;
  std::vector<Some> more_;
  mutable std::uint32_t last_ = kNone;  // number of the page that was asked for last
  mutable const Some* page_ = nullptr;  // its lines; null: no block lies in it
};

class BlockUses {
 public:
  // `blocks` must outlive this.
  explicit BlockUses(const isa::BlockTable& blocks) : blocks_(blocks) {}
  BlockUses(const BlockUses&) = delete;
  BlockUses& operator=(const BlockUses&) = delete;

  // Takes in the blocks up to this one.
  void meet(std::uint32_t block);
  std::size_t size() const { return uses_.size(); }
  BlockUse& operator[](std::uint32_t block) { return uses_[block]; }

  // Marks all blocks for the systems of these bits.
  void hear_all(std::uint64_t bits);

  // Stays where it is, and grows as blocks are met.
  const LineBlocks& by_line(std::uint32_t line_bytes);

 private:
  const isa::BlockTable& blocks_;
  std::vector<BlockUse> uses_;
  std::deque<LineBlocks> lines_;
};

}  // namespace boardless::cost_models
