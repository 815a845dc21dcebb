// Does the memory protection unit permit what its registers say, in PMSAv7 and in PMSAv8?
#include <gtest/gtest.h>

#include "sim/memory_protection.h"

namespace boardless::sim {
namespace {

using Access = MemoryProtection::Access;

constexpr std::uint32_t kType = 0xd90, kControl = 0xd94, kNumber = 0xd98, kBase = 0xd9c,
                        kSize = 0xda0, kLimit = 0xda0;
constexpr std::uint32_t kOn = 1, kOnWithDefault = 5;

// A region of 2 to the `bits` bytes.
std::uint32_t size_of(unsigned bits, std::uint32_t permission, std::uint32_t more = 0) {
  return (bits - 1) << 1 | permission << 24 | more | 1;
}

TEST(MemoryProtectionV7, TellsItsRegions) {
  EXPECT_EQ(MemoryProtection(8, false).read(kType), 0x800U);
  MemoryProtection none(0, false);
  none.write(kControl, kOn);
  EXPECT_EQ(none.read(kType), 0U);
  EXPECT_FALSE(none.enabled());
}

TEST(MemoryProtectionV7, LeavesTheDefaultMapToPrivilegedCode) {
  MemoryProtection unit(8, false);
  EXPECT_TRUE(unit.permits(0x20000000, Access::kWrite, false));
  unit.write(kControl, kOn);
  EXPECT_FALSE(unit.permits(0x20000000, Access::kRead, true));
  unit.write(kControl, kOnWithDefault);
  EXPECT_TRUE(unit.permits(0x20000000, Access::kWrite, true));
  EXPECT_FALSE(unit.permits(0x20000000, Access::kRead, false));
  EXPECT_TRUE(unit.permits(0x20000000, Access::kExecute, true));
  EXPECT_FALSE(unit.permits(0x40000000, Access::kExecute, true));
}

// DDI 0403E table B3-15.
TEST(MemoryProtectionV7, PermitsByAp) {
  struct Row {
    std::uint32_t permission;
    bool privileged_reads, privileged_writes, reads, writes;
  };
  for (const Row& row : {Row{0, false, false, false, false}, Row{1, true, true, false, false},
                         Row{2, true, true, true, false}, Row{3, true, true, true, true},
                         Row{5, true, false, false, false}, Row{6, true, false, true, false}}) {
    MemoryProtection unit(8, false);
    unit.write(kBase, 0x20001000 | 16 | 3);  // VALID: region 3
    unit.write(kSize, size_of(8, row.permission));
    unit.write(kControl, kOn);
    EXPECT_EQ(unit.permits(0x200010ff, Access::kRead, true), row.privileged_reads);
    EXPECT_EQ(unit.permits(0x200010ff, Access::kWrite, true), row.privileged_writes);
    EXPECT_EQ(unit.permits(0x200010ff, Access::kRead, false), row.reads);
    EXPECT_EQ(unit.permits(0x200010ff, Access::kWrite, false), row.writes);
    EXPECT_FALSE(unit.permits(0x20001100, Access::kRead, true));
    EXPECT_EQ(unit.read(kNumber), 3U);
  }
}

TEST(MemoryProtectionV7, TheHighestRegionWinsButForItsHoles) {
  MemoryProtection unit(8, false);
  unit.write(kBase, 0x20000000 | 16 | 0);
  unit.write(kSize, size_of(16, 3));
  unit.write(kBase, 0x20000000 | 16 | 1);
  unit.write(kSize, size_of(11, 0, 2U << 8));  // 2 KiB without access, but for the second eighth
  unit.write(kControl, kOn);
  EXPECT_FALSE(unit.permits(0x20000000, Access::kRead, true));
  EXPECT_TRUE(unit.permits(0x20000100, Access::kRead, false));
  EXPECT_FALSE(unit.permits(0x20000200, Access::kRead, true));
  EXPECT_TRUE(unit.permits(0x20000800, Access::kRead, false));
  EXPECT_FALSE(unit.is_open(0x20000000, 0x1000, Access::kRead));
  EXPECT_TRUE(unit.is_open(0x20001000, 0x1000, Access::kRead));
  EXPECT_FALSE(unit.is_open(0x20010000, 0x1000, Access::kRead));
}

TEST(MemoryProtectionV7, SomeRegionsAreNeverExecuted) {
  MemoryProtection unit(8, false);
  unit.write(kBase, 0x20000000);
  unit.write(kSize, size_of(16, 3, 1U << 28));
  unit.write(kControl, kOnWithDefault);
  EXPECT_TRUE(unit.permits(0x20000000, Access::kRead, false));
  EXPECT_FALSE(unit.permits(0x20000000, Access::kExecute, true));
}

// DDI 0553 D1.2 MPU_RBAR and MPU_RLAR.
TEST(MemoryProtectionV8, PermitsFromBaseToLimit) {
  MemoryProtection unit(8, true);
  unit.write(kNumber, 2);
  unit.write(kBase, 0x20001020 | 3 << 1);  // read by all
  unit.write(kLimit, 0x20001080 | 1);
  unit.write(kBase + 8, 0x20002000 | 0 << 1 | 1);  // region 1, by privileged code, not executed
  unit.write(kLimit + 8, 0x20002fe0 | 1);
  unit.write(kControl, kOn);
  EXPECT_FALSE(unit.permits(0x2000101f, Access::kRead, true));
  EXPECT_TRUE(unit.permits(0x20001020, Access::kRead, false));
  EXPECT_FALSE(unit.permits(0x20001020, Access::kWrite, true));
  EXPECT_TRUE(unit.permits(0x2000109f, Access::kExecute, false));
  EXPECT_FALSE(unit.permits(0x200010a0, Access::kRead, true));
  EXPECT_TRUE(unit.permits(0x20002000, Access::kWrite, true));
  EXPECT_FALSE(unit.permits(0x20002000, Access::kRead, false));
  EXPECT_FALSE(unit.permits(0x20002000, Access::kExecute, true));
}

TEST(MemoryProtectionV8, RegionsThatOverlapFault) {
  MemoryProtection unit(8, true);
  for (const std::uint32_t region : {0U, 1U}) {
    unit.write(kNumber, region);
    unit.write(kBase, 0x20000000 | 1 << 1);
    unit.write(kLimit, 0x20000fe0 | 1);
  }
  unit.write(kControl, kOn);
  EXPECT_FALSE(unit.permits(0x20000000, Access::kRead, true));
}

}  // namespace
}  // namespace boardless::sim
