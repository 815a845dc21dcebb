// Does a target at another clock get the wait states of that clock, and say what became a guess?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "targets/target.h"

namespace boardless::targets {
namespace {

using testing::HasSubstr;

TEST(ClockOverride, WaitStatesFollowTheTable) {
  const Target target = load_target("stm32f446re");
  EXPECT_EQ(with_clock(target, 180'000'000).memory("flash").wait_states.value(), 5U);
  EXPECT_EQ(with_clock(target, 150'000'001).memory("flash").wait_states.value(), 5U);
  EXPECT_EQ(with_clock(target, 150'000'000).memory("flash").wait_states.value(), 4U);
  EXPECT_EQ(with_clock(target, 30'000'000).memory("flash").wait_states.value(), 0U);
  EXPECT_EQ(with_clock(target, 16'000'000).clock_hz.value(), 16'000'000U);
  EXPECT_EQ(with_clock(target, 16'000'000).memory("sram").wait_states.value(), 0U);
}

TEST(ClockOverride, RunCurrentBecomesAnEstimateThatKeepsItsOrigin) {
  const Target target = load_target("stm32l4r5zi");
  ASSERT_FALSE(target.power.run_ua_per_mhz.is_estimate());
  const Target slower = with_clock(target, 80'000'000);
  EXPECT_TRUE(slower.power.run_ua_per_mhz.is_estimate());
  EXPECT_EQ(slower.power.run_ua_per_mhz.value(), target.power.run_ua_per_mhz.value());
  EXPECT_THAT(slower.power.run_ua_per_mhz.source(), HasSubstr("m0015"));
  EXPECT_FALSE(with_clock(target, 120'000'000).power.run_ua_per_mhz.is_estimate());
}

TEST(ClockOverride, ImpossibleClocksAreRefused) {
  EXPECT_THROW(with_clock(load_target("stm32f446re"), 180'000'001), InputError);
  EXPECT_THROW(with_clock(load_target("stm32f446re"), 0), InputError);
  EXPECT_THROW(with_clock(load_target("nrf52840"), 32'000'000), InputError);
  EXPECT_NO_THROW(with_clock(load_target("nrf52840"), 64'000'000));
}

}  // namespace
}  // namespace boardless::targets
