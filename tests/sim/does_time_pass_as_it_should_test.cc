// Do SysTick, the cycle counter and sleep agree on how much time has passed?
#include <gtest/gtest.h>

#include "sim/device_host.h"
#include "sim/system_tick.h"
#include "tests/sim/test_machine.h"

namespace boardless::sim::testing {
namespace {

constexpr const char* kExpected = "asleep\nawake\n00000000 00000000 00000006 \nstopped\n";

TEST(Time, PassesAwakeAndAsleep) {
  const TestRun run = run_program(test_program("timers"));
  EXPECT_EQ(run.end.reason, EndReason::kExit) << run.end.message << run.end.report;
  EXPECT_EQ(run.output, kExpected);
  EXPECT_LT(run.instructions + 2500, run.cycles);  // the rest was asleep
}

TEST(Time, PassesOnArmv8M) {
  TestSetup setup;
  setup.variant = "v8-m.main";
  setup.core.features = isa::find_variant("v8-m.main").features;
  EXPECT_EQ(run_program(test_program("timers-m33"), setup).output, kExpected);
}

class Tick : public ::testing::Test {
 protected:
  Tick() {
    tick_.sync(100);
    tick_.write(4, 9);  // a period of 10
    tick_.write(8, 0);
    tick_.write(0, 7);
  }
  std::uint32_t value_at(std::uint64_t now) {
    tick_.sync(now);
    return tick_.read(8);
  }
  SystemTick tick_{8};
};

TEST_F(Tick, CountsDownFromItsReloadValue) {
  EXPECT_EQ(value_at(100), 0U);
  EXPECT_EQ(value_at(101), 9U);
  EXPECT_EQ(value_at(105), 5U);
  EXPECT_EQ(value_at(110), 0U);
  EXPECT_EQ(value_at(111), 9U);
  EXPECT_EQ(value_at(1234), 6U);
}

TEST_F(Tick, TellsWhenItReachesZero) {
  EXPECT_EQ(tick_.next_event(), 110U);
  EXPECT_FALSE(tick_.sync(109));
  EXPECT_EQ(tick_.next_event(), 110U);
  EXPECT_TRUE(tick_.sync(110));
  EXPECT_EQ(tick_.next_event(), 120U);
  EXPECT_EQ(tick_.read(0) >> 16, 1U);  // COUNTFLAG
  EXPECT_EQ(tick_.read(0) >> 16, 0U);  // reading clears it
}

TEST_F(Tick, DividesWhenItsReferenceClockIsChosen) {
  tick_.write(0, 3);
  EXPECT_EQ(tick_.next_event(), 180U);
}

TEST_F(Tick, DoesNothingWhenItIsOff) {
  tick_.write(0, 0);
  EXPECT_EQ(tick_.next_event(), kNever);
  EXPECT_FALSE(tick_.sync(100000));
}

}  // namespace
}  // namespace boardless::sim::testing
