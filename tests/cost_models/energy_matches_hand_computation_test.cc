// Is energy the current times the supply times the time, and which numbers does it rest on?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cost_models/energy.h"

namespace boardless::cost_models {
namespace {

using testing::UnorderedElementsAre;

targets::Target chip(std::uint32_t clock_hz, double ua_per_mhz, double supply_v) {
  targets::Target target;
  target.clock_hz = {clock_hz, "manual"};
  target.power = {{ua_per_mhz, "datasheet"}, {supply_v, "datasheet"}};
  return target;
}

TEST(Energy, MatchesHandComputation) {
  // 100 uA/MHz at 100 MHz is 10 mA; at 3.3 V 33 mW; 5,000,000 cycles are 50 ms: 1650 uJ.
  const targets::Target target = chip(100'000'000, 100, 3.3);
  EXPECT_DOUBLE_EQ(latency_ms(target, 5'000'000), 50.0);
  EXPECT_NEAR(run_energy(target, 5'000'000).energy_uj, 1650.0, 1e-9);
  EXPECT_EQ(run_energy(target, 0).energy_uj, 0.0);
}

TEST(Energy, AgreesWithTheMeanPowerItWasMeasuredFrom) {
  // 41.477 mW for 704.2254 ms at 120 MHz and 1.8 V: 192.02 uA/MHz, 29.21 mJ.
  const targets::Target target = chip(120'000'000, 41477.0 / (120 * 1.8), 1.8);
  const auto cycles = static_cast<Cycles>(0.7042254 * 120e6);
  EXPECT_NEAR(run_energy(target, cycles).energy_uj, 41.477 * 704.2254, 0.1);
}

TEST(Energy, PerCycleDoesNotDependOnTheClock) {
  EXPECT_DOUBLE_EQ(run_energy(chip(16'000'000, 200, 1.8), 1000).energy_uj,
                   run_energy(chip(180'000'000, 200, 1.8), 1000).energy_uj);
}

TEST(Energy, RestsOnCurrentAndSupplyAlone) {
  targets::Target target = chip(100'000'000, 100, 3.3);
  target.power.run_ua_per_mhz = {100.0, "estimate (recalled)"};
  std::vector<std::string> sources;
  const targets::UsedNumbers used = targets::numbers_behind([&] { run_energy(target, 1); });
  for (const targets::NumberRef& entry : used.entries()) sources.push_back(entry->source);
  EXPECT_THAT(sources, UnorderedElementsAre("estimate (recalled)", "datasheet"));
}

}  // namespace
}  // namespace boardless::cost_models
