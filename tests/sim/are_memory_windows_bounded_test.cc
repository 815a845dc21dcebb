// Does a memory window give the host what lies inside it and nothing else?
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "base/error.h"
#include "sim/guest_memory.h"

namespace boardless::sim {
namespace {

constexpr auto kReadWrite = MemoryWindow::Access::kReadWrite;
constexpr std::uint32_t kBase = 0x20000000;

TEST(MemoryWindow, IsWholePagesOfZeros) {
  for (const std::size_t size : {0, 1, 4096}) {
    MemoryWindow window("w", kBase, size, kReadWrite);
    EXPECT_EQ(window.bytes().size(), 4096U);
    EXPECT_EQ(window.end(), kBase + 4096);
    for (const std::uint8_t byte : window.bytes()) EXPECT_EQ(byte, 0);
  }
  EXPECT_EQ(MemoryWindow("w", kBase, 4097, kReadWrite).bytes().size(), 8192U);
}

TEST(MemoryWindow, ContainsItsBytesOnly) {
  const MemoryWindow window("w", kBase, 4096, kReadWrite);
  EXPECT_TRUE(window.contains(kBase));
  EXPECT_TRUE(window.contains(kBase, 4096));
  EXPECT_TRUE(window.contains(kBase + 4095));
  EXPECT_TRUE(window.contains(kBase + 4092, 4));
  EXPECT_TRUE(window.contains(kBase, 0));
  EXPECT_FALSE(window.contains(kBase - 1));
  EXPECT_FALSE(window.contains(kBase + 4096));
  EXPECT_FALSE(window.contains(kBase + 4093, 4));
  EXPECT_FALSE(window.contains(kBase, 4097));
  EXPECT_FALSE(window.contains(kBase + 1, std::numeric_limits<std::size_t>::max()));
  EXPECT_FALSE(window.contains(0));
  EXPECT_FALSE(window.contains(0xffffffff));
}

TEST(MemoryWindow, MayEndWithTheAddressSpace) {
  MemoryWindow window("w", 0xfffff000, 4096, kReadWrite);
  EXPECT_TRUE(window.contains(0xffffffff));
  EXPECT_FALSE(window.contains(0));
  window.at(0xffffffff, 1)[0] = 7;
  EXPECT_EQ(window.bytes().back(), 7);
}

TEST(MemoryWindow, IsSeenAtGuestAddresses) {
  MemoryWindow window("w", kBase, 4096, kReadWrite);
  window.at(kBase + 8, 4)[1] = 42;
  EXPECT_EQ(window.bytes()[9], 42);
  EXPECT_EQ(window.at(kBase, 4096).size(), 4096U);
}

TEST(MemoryWindow, AnAccessOutsideIsABug) {
  MemoryWindow window("w", kBase, 4096, kReadWrite);
  EXPECT_THROW((void)window.at(kBase - 1, 1), Bug);
  EXPECT_THROW((void)window.at(kBase + 4093, 4), Bug);
}

TEST(MemoryWindow, AWindowLiesOnPagesIn32Bits) {
  EXPECT_THROW(MemoryWindow("w", kBase + 4, 4096, kReadWrite), Bug);
  EXPECT_THROW(MemoryWindow("w", 0xfffff000, 4097, kReadWrite), Bug);
}

}  // namespace
}  // namespace boardless::sim
