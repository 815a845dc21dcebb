// The memory protection unit of an M-profile core: its registers, and what they permit (PMSAv7: DDI
// 0403E B3.5; PMSAv8: DDI 0553 B10). Memory types change nothing here but that devices are not
// executed.
#pragma once

#include <array>
#include <cstdint>

namespace boardless::sim {

class MemoryProtection {
 public:
  static constexpr unsigned kMostRegions = 16;
  // Offsets of its registers in the system control space.
  static constexpr std::uint32_t kFirst = 0xd90, kEnd = 0xdd0;

  // No regions: there is no unit.
  MemoryProtection(unsigned regions, bool armv8) : count_(regions), armv8_(armv8) {}

  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);

  bool enabled() const { return (control_ & kEnable) != 0; }
  // Whether it holds in handlers of HardFault and NMI, and under FAULTMASK.
  bool holds_at_negative_priority() const { return (control_ & kHardFaultNmi) != 0; }

  enum class Access : std::uint8_t { kRead, kWrite, kExecute };
  bool permits(std::uint32_t address, Access access, bool privileged) const;
  // Whether [begin, begin + bytes), aligned, may be accessed so in both modes, all of it.
  bool is_open(std::uint32_t begin, std::uint32_t bytes, Access access) const;

 private:
  static constexpr std::uint32_t kEnable = 1, kHardFaultNmi = 2, kPrivilegedDefault = 4;
  struct Region {
    std::uint32_t base = 0;   // RBAR
    std::uint32_t limit = 0;  // RASR, or RLAR
  };
  bool covers(const Region& region, std::uint32_t address) const;
  bool overlaps_in_part(const Region& region, std::uint32_t begin, std::uint32_t bytes) const;
  bool region_permits(const Region& region, Access access, bool privileged) const;
  // First and last address.
  std::array<std::uint32_t, 2> bounds(const Region& region) const;
  bool is_enabled(const Region& region) const { return (region.limit & 1U) != 0; }
  const Region* find(std::uint32_t address, bool& ambiguous) const;
  unsigned region_at(std::uint32_t offset) const;

  unsigned count_;
  bool armv8_;
  std::uint32_t control_ = 0, number_ = 0;
  std::array<std::uint32_t, 2> attributes_{};  // MAIR0, MAIR1
  std::array<Region, kMostRegions> regions_{};
};

}  // namespace boardless::sim
