// Regions, their permissions, and the map behind them.
#include "sim/memory_protection.h"

namespace boardless::sim {
namespace {

constexpr std::uint32_t kType = 0xd90, kControl = 0xd94, kNumber = 0xd98, kBase = 0xd9c,
                        kAliasesEnd = 0xdbc, kAttributes0 = 0xdc0, kAttributes1 = 0xdc4;

// Devices and the system's region are never executed (DDI 0403E B3.1).
bool default_map_executes(std::uint32_t address) {
  return address < 0x40000000U || (address >= 0x60000000U && address < 0xa0000000U);
}

}  // namespace

// RBAR and RASR, or RLAR, and three pairs of aliases: of Armv7-M all for the region in MPU_RNR, of
// Armv8-M for the others of its four.
unsigned MemoryProtection::region_at(std::uint32_t offset) const {
  const std::uint32_t alias = (offset - kBase) / 8;
  return (armv8_ && alias != 0 ? (number_ & ~3U) + alias : number_) % kMostRegions;
}

std::uint32_t MemoryProtection::read(std::uint32_t offset) const {
  if (count_ == 0) return 0;
  if (offset >= kBase && offset < kAliasesEnd) {
    const Region& region = regions_[region_at(offset)];
    const bool is_base = (offset - kBase) % 8 == 0;
    if (!is_base) return region.limit;
    return armv8_ ? region.base : region.base | (number_ & 15U);
  }
  switch (offset) {
    case kType:
      return count_ << 8;
    case kControl:
      return control_;
    case kNumber:
      return number_;
    case kAttributes0:
    case kAttributes1:
      return armv8_ ? attributes_[(offset - kAttributes0) / 4] : 0;
    default:
      return 0;
  }
}

void MemoryProtection::write(std::uint32_t offset, std::uint32_t value) {
  if (count_ == 0) return;
  if (offset >= kBase && offset < kAliasesEnd) {
    const bool is_base = (offset - kBase) % 8 == 0;
    if (!armv8_ && is_base && (value & 16U) != 0) number_ = value & 15U;  // VALID, REGION
    const unsigned number = region_at(offset);
    if (number >= count_) return;
    std::uint32_t& word = is_base ? regions_[number].base : regions_[number].limit;
    word = !armv8_ && is_base ? value & ~31U : value;
    return;
  }
  switch (offset) {
    case kControl:
      control_ = value & 7U;
      break;
    case kNumber:
      number_ = value & 0xffU;
      break;
    case kAttributes0:
    case kAttributes1:
      attributes_[(offset - kAttributes0) / 4] = value;
      break;
    default:
      break;
  }
}

std::array<std::uint32_t, 2> MemoryProtection::bounds(const Region& region) const {
  if (armv8_) return {region.base & ~31U, region.limit | 31U};
  const std::uint32_t size = region.limit >> 1 & 31;  // 2 to the (size + 1) bytes
  const std::uint32_t mask = size >= 31 ? ~0U : (2U << size) - 1;
  return {region.base & ~mask, (region.base & ~mask) | mask};
}

bool MemoryProtection::covers(const Region& region, std::uint32_t address) const {
  if (!is_enabled(region)) return false;
  const auto [first, last] = bounds(region);
  if (address < first || address > last) return false;
  const std::uint32_t size = region.limit >> 1 & 31;
  if (armv8_ || size < 7) return true;  // subregions are eighths of 256 bytes and more
  return (region.limit >> (8 + ((address - first) >> (size - 2) & 7)) & 1) == 0;
}

bool MemoryProtection::region_permits(const Region& region, Access access, bool privileged) const {
  // Who may read and write, by AP; Armv7-M: three bits, Armv8-M: two.
  enum : unsigned { kNobody, kPrivileged, kEveryone };
  unsigned read = kNobody, write = kNobody;
  bool never_executed = false;
  if (armv8_) {
    const std::uint32_t permission = region.base >> 1 & 3;
    read = (permission & 1) != 0 ? kEveryone : kPrivileged;
    write = (permission & 2) != 0 ? kNobody : read;
    never_executed = (region.base & 1) != 0;
  } else {
    constexpr std::array<unsigned, 8> kReads{kNobody, kPrivileged, kEveryone, kEveryone,
                                             kNobody, kPrivileged, kEveryone, kEveryone};
    constexpr std::array<unsigned, 8> kWrites{kNobody, kPrivileged, kPrivileged, kEveryone,
                                              kNobody, kNobody,     kNobody,     kNobody};
    const std::uint32_t permission = region.limit >> 24 & 7;
    read = kReads[permission];
    write = kWrites[permission];
    never_executed = (region.limit >> 28 & 1) != 0;
  }
  const unsigned who = access == Access::kWrite ? write : read;
  if (access == Access::kExecute && never_executed) return false;
  return who == kEveryone || (who == kPrivileged && privileged);
}

// Of Armv7-M the highest region wins; of Armv8-M regions that overlap fault.
const MemoryProtection::Region* MemoryProtection::find(std::uint32_t address,
                                                       bool& ambiguous) const {
  const Region* found = nullptr;
  for (unsigned i = count_; i-- > 0;) {
    if (!covers(regions_[i], address)) continue;
    if (!armv8_) return &regions_[i];
    ambiguous = found != nullptr;
    found = &regions_[i];
    if (ambiguous) break;
  }
  return found;
}

bool MemoryProtection::permits(std::uint32_t address, Access access, bool privileged) const {
  if (access == Access::kExecute && !default_map_executes(address)) return false;
  if (!enabled()) return true;
  bool ambiguous = false;
  const Region* region = find(address, ambiguous);
  if (ambiguous) return false;
  if (region == nullptr) return privileged && (control_ & kPrivilegedDefault) != 0;
  return region_permits(*region, access, privileged);
}

bool MemoryProtection::overlaps_in_part(const Region& region, std::uint32_t begin,
                                        std::uint32_t bytes) const {
  if (!is_enabled(region)) return false;
  const auto [first, last] = bounds(region);
  const std::uint32_t end = begin + (bytes - 1);
  if (last < begin || first > end) return false;
  const std::uint32_t eighth = (last - first) / 8;  // less one
  const bool has_holes = !armv8_ && (region.limit >> 8 & 0xff) != 0 && eighth < bytes - 1;
  return first > begin || last < end || has_holes;
}

bool MemoryProtection::is_open(std::uint32_t begin, std::uint32_t bytes, Access access) const {
  for (unsigned i = 0; i < count_; ++i) {
    if (overlaps_in_part(regions_[i], begin, bytes)) return false;
  }
  return permits(begin, access, false) && permits(begin, access, true);
}

}  // namespace boardless::sim
