// Does each family wait as its vendor says, on both sides of every threshold and in each voltage
// range?
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "base/error.h"
#include "targets/target.h"

namespace boardless::targets {
namespace {

struct Family {
  std::string target;
  std::string range;                     // empty: the first
  std::vector<std::uint32_t> up_to_mhz;  // of 0, 1, 2, … wait states
};

void PrintTo(const Family& family, std::ostream* out) { *out << family.target << family.range; }

class WaitStates : public testing::TestWithParam<Family> {};

TEST_P(WaitStates, FollowTheDocumentedThresholds) {
  const Family& family = GetParam();
  Target target = load_target(family.target);
  if (!family.range.empty()) {
    const std::uint32_t slow = family.up_to_mhz.front() * 1'000'000;
    target = with_voltage_range(with_clock(target, slow), family.range);
    target.clock_hz = family.up_to_mhz.back() * 1'000'000 + 1;  // lift the limit again
  }
  for (std::uint32_t waits = 0; waits < family.up_to_mhz.size(); ++waits) {
    const std::uint32_t threshold = family.up_to_mhz[waits] * 1'000'000;
    EXPECT_EQ(with_clock(target, threshold).memory("flash").wait_states.value(), waits);
    if (waits + 1 == family.up_to_mhz.size()) break;
    EXPECT_EQ(with_clock(target, threshold + 1).memory("flash").wait_states.value(), waits + 1);
  }
}

// Thresholds: ST's LL drivers and reference manuals, as the target files cite them.
INSTANTIATE_TEST_SUITE_P(
    All, WaitStates,
    testing::Values(Family{"stm32f103c8", "", {24, 48, 72}},
                    Family{"stm32f446re", "", {30, 60, 90, 120, 150, 180}},
                    Family{"stm32f407vg", "", {30, 60, 90, 120, 150, 168}},
                    Family{"stm32f407vg", "supply-1.8-2.1v", {20, 40, 60, 80, 100, 120, 140, 160}},
                    Family{"stm32l4r5zi", "", {20, 40, 60, 80, 100, 120}},
                    Family{"stm32f746ng", "", {30, 60, 90, 120, 150, 180, 210, 216}},
                    Family{"stm32h7a3zi", "", {44, 88, 132, 176, 220, 264, 280}},
                    Family{"stm32u575zi", "", {32, 64, 96, 128, 160}},
                    Family{"stm32u575zi", "range-2", {25, 50, 75, 100}},
                    Family{"stm32g0b1re", "", {24, 48, 64}},
                    Family{"stm32g0b1re", "range-2", {8, 16}}));

TEST(WaitStates, OfABusBelowTheCoreClockAreItsOwnCycles) {
  const Target target = load_target("stm32h743zi");
  EXPECT_EQ(target.memory("flash").clock_divider, 2U);
  EXPECT_EQ(target.memory("flash").wait_states.value(), 4U);
  const Target slower = with_clock(target, 400'000'000);
  EXPECT_EQ(slower.memory("flash").clock_divider, 2U);
  EXPECT_EQ(slower.memory("flash").wait_states.value(), 2U) << "AXI at 200 MHz";
  const Target same = with_clock(target, 240'000'000);
  EXPECT_EQ(same.memory("flash").clock_divider, 1U);
  EXPECT_EQ(same.memory("flash").wait_states.value(), 4U);
}

TEST(WaitStates, EmbenchsBoardHasNoneAt16MHz) {
  EXPECT_EQ(with_clock(load_target("stm32f407vg"), 16'000'000).memory("flash").wait_states.value(),
            0U);
}

}  // namespace
}  // namespace boardless::targets
