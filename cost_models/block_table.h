// The basic blocks a run has met, decoded once each.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "isa/decoder.h"

namespace boardless::cost_models {

class BlockTable {
 public:
  struct Block {
    std::uint32_t address = 0;
    std::uint32_t end = 0;
    std::vector<isa::Instruction> instructions;
  };

  // `code` is the code window's content from `base` on; it must outlive the table.
  BlockTable(const isa::Variant& variant, std::uint32_t base, std::span<const std::uint8_t> code);

  // The block's index, decoding it at its first appearance. Throws NotModelled for an instruction
  // that is not known, and when the block lies outside the code.
  std::uint32_t find_or_add(std::uint32_t address, std::uint32_t size);

  // Index of the block last found at `address`, or kNone: one array access.
  std::uint32_t lookup(std::uint32_t address) const {
    const std::uint32_t slot = (address - base_) / 2;
    return slot < by_address_.size() ? by_address_[slot] : kNone;
  }
  const Block& operator[](std::uint32_t index) const { return blocks_[index]; }
  std::size_t size() const { return blocks_.size(); }

  // Indices of the blocks that touch bytes [address, address + bytes).
  template <class Visit>
  void for_each_touching(std::uint32_t address, std::uint32_t bytes, const Visit& visit) const;

  static constexpr std::uint32_t kNone = 0xffffffff;

 private:
  static constexpr std::uint32_t kGranule = 8;  // bytes

  std::uint32_t base_;
  std::span<const std::uint8_t> code_;
  isa::Decoder decoder_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> by_address_;               // by halfword
  std::vector<std::vector<std::uint32_t>> by_granule_;  // blocks touching each granule
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> by_extent_;
};

template <class Visit>
void BlockTable::for_each_touching(std::uint32_t address, std::uint32_t bytes,
                                   const Visit& visit) const {
  if (address < base_) return;
  const std::size_t first = (address - base_) / kGranule;
  const std::size_t last = (address - base_ + bytes - 1) / kGranule;
  for (std::size_t granule = first; granule <= last && granule < by_granule_.size(); ++granule) {
    for (const std::uint32_t block : by_granule_[granule]) visit(block);
  }
}

}  // namespace boardless::cost_models
