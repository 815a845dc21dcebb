// Decoding of blocks and the indices over them.
#include "cost_models/block_table.h"

#include <fmt/format.h>

#include "base/error.h"

namespace boardless::cost_models {

BlockTable::BlockTable(const isa::Variant& variant, std::uint32_t base,
                       std::span<const std::uint8_t> code)
    : base_(base),
      code_(code),
      decoder_(variant),
      by_address_(code.size() / 2, kNone),
      by_granule_(code.size() / kGranule + 1) {}

std::uint32_t BlockTable::find_or_add(std::uint32_t address, std::uint32_t size) {
  const std::uint32_t offset = address - base_;
  if (address < base_ || std::uint64_t{offset} + size > code_.size()) {
    throw NotModelled(fmt::format("code at 0x{:08x} lies outside the code window", address));
  }
  const auto [found, inserted] =
      by_extent_.try_emplace({address, size}, static_cast<std::uint32_t>(blocks_.size()));
  by_address_[offset / 2] = found->second;
  if (!inserted) return found->second;
  blocks_.push_back({address, address + size, {}});
  blocks_.back().instructions = decoder_.decode(address, code_.subspan(offset, size));
  for (std::uint32_t granule = offset / kGranule; granule <= (offset + size - 1) / kGranule;
       ++granule) {
    by_granule_[granule].push_back(found->second);
  }
  return found->second;
}

}  // namespace boardless::cost_models
