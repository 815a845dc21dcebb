// Are a chip's operating points the clocks at which its wait states change, in each voltage range?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/error.h"
#include "exploration/operating_points.h"

namespace boardless::exploration {
namespace {

using targets::Target;
using testing::ElementsAre;
using testing::Pair;

std::vector<std::pair<std::uint32_t, std::uint32_t>> clocks_and_waits(const std::string& name) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> result;
  for (const Target& point : operating_points(targets::load_target(name))) {
    result.emplace_back(point.clock_hz.value() / 1'000'000,
                        point.memory(point.placement.code).wait_states.value());
  }
  return result;
}

TEST(OperatingPoints, AreTheRowsOfTheTableFromTheFastestOn) {
  EXPECT_THAT(clocks_and_waits("stm32l4r5zi"), ElementsAre(Pair(120, 5), Pair(100, 4), Pair(80, 3),
                                                           Pair(60, 2), Pair(40, 1), Pair(20, 0)));
}

TEST(OperatingPoints, ComeInEveryVoltageRange) {
  std::vector<std::tuple<std::uint32_t, std::string>> points;
  for (const Target& point : operating_points(targets::load_target("stm32g0b1re"))) {
    points.emplace_back(point.clock_hz.value() / 1'000'000, point.voltage_range);
  }
  using Point = std::tuple<std::uint32_t, std::string>;
  EXPECT_THAT(points, ElementsAre(Point(64, "range-1"), Point(48, "range-1"), Point(24, "range-1"),
                                  Point(16, "range-2"), Point(8, "range-2")));
}

TEST(OperatingPoints, OfAChipWithoutATableAreItself) {
  EXPECT_THAT(clocks_and_waits("ideal-cortex-m4"), ElementsAre(Pair(100, 0)));
  EXPECT_EQ(operating_points(targets::load_target("nrf52840")).size(), 1U);
}

// No faster clock has as few wait states in its range: every point is worth being looked at.
TEST(OperatingPoints, AreDifferentAndPossibleOnEveryChip) {
  for (const std::string& name : targets::target_names()) {
    const Target own = targets::load_target(name);
    const auto points = operating_points(own);
    ASSERT_FALSE(points.empty());
    EXPECT_EQ(points.front().clock_hz.value(), own.clock_hz.value()) << name;
    EXPECT_EQ(points.front().voltage_range, own.voltage_range) << name;
    std::set<std::pair<std::uint32_t, std::string>> seen;
    for (const Target& point : points) {
      EXPECT_LE(point.clock_hz.value(), own.clock_hz.value()) << name;
      EXPECT_TRUE(seen.insert({point.clock_hz.value(), point.voltage_range}).second) << name;
      // A hertz more takes another row, or none, in some memory; its own clock is the end.
      if (point.clock_hz.value() == own.clock_hz.value()) continue;
      bool changes = false;
      try {
        Target faster = targets::with_clock(own, point.clock_hz.value() + 1);
        if (!point.voltage_range.empty() && point.voltage_range != own.voltage_range) {
          faster = targets::with_voltage_range(faster, point.voltage_range);
        }
        for (std::size_t i = 0; i < own.memories.size(); ++i) {
          const auto &a = faster.memories[i], &b = point.memories[i];
          changes = changes || a.wait_states.value() != b.wait_states.value() ||
                    a.clock_divider.value() != b.clock_divider.value();
        }
      } catch (const InputError&) {
        changes = true;
      }
      EXPECT_TRUE(changes) << name << ' ' << point.clock_hz.value();
    }
  }
}

}  // namespace
}  // namespace boardless::exploration
