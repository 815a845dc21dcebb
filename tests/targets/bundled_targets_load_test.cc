// Do all bundled targets load, hold together, and say where each number comes from?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/error.h"
#include "targets/target.h"
#include "targets/target_numbers.h"

namespace boardless::targets {
namespace {

using testing::Contains;
using testing::IsSupersetOf;

TEST(BundledTargets, AreListedSorted) {
  const std::vector<std::string> names = target_names();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_THAT(
      names,
      IsSupersetOf({"esp32-c3",        "fe310-g002",          "nrf5340",          "ra6m4",
                    "rp2350",          "rp2350-hazard3",      "stm32f407vg",      "stm32f746ng",
                    "stm32g0b1re",     "stm32h743zi",         "stm32h7a3zi",      "stm32u385rg",
                    "stm32u575zi",     "ideal-cortex-m0plus", "ideal-cortex-m3",  "ideal-cortex-m4",
                    "ideal-cortex-m7", "ideal-cortex-m33",    "ideal-sifive-e31", "ideal-hazard3",
                    "ideal-cv32e40p",  "ideal-esp32-c3"}));
  EXPECT_THAT(names, IsSupersetOf({"corstone300-an547", "alif-e3-hp", "alif-e3-he", "alif-e7-hp",
                                   "alif-e7-he", "stm32n657x0", "himax-we2", "himax-we2-little",
                                   "ra8m1", "ra8d1", "ideal-cortex-m55", "ideal-cortex-m85"}));
  EXPECT_THAT(names, IsSupersetOf({"apollo3", "nrf52840", "rp2040", "stm32f103c8", "stm32f446re",
                                   "stm32l4r5zi", "stm32l4r9i"}));
}

class BundledTarget : public testing::TestWithParam<std::string> {};

TEST_P(BundledTarget, LoadsAndEveryNumberHasASource) {
  const Target target = load_target(GetParam());
  EXPECT_EQ(target.name, GetParam());
  EXPECT_FALSE(target.description.empty());
  EXPECT_FALSE(target.vendor.empty());
  const std::vector<TargetNumber> numbers = target_numbers(target);
  EXPECT_GE(numbers.size(), 11U);
  for (const TargetNumber& number : numbers) {
    EXPECT_GE(number.source.size(), 10U) << number.key << " has the source " << number.source;
    EXPECT_EQ(number.is_estimate, number.source.starts_with("estimate (")) << number.key;
  }
}

TEST_P(BundledTarget, SaysWhetherItCanBeBought) {
  const Target target = load_target(GetParam());
  const bool is_ideal = target.name.starts_with("ideal-");
  EXPECT_EQ(target.availability == Availability::kIdealCore, is_ideal);
  EXPECT_EQ(target.vendor == "none", is_ideal);
  EXPECT_EQ(target.availability == Availability::kIpBlock, target.name == "corstone300-an547");
}

TEST_P(BundledTarget, IsPlausible) {
  const Target target = load_target(GetParam());
  EXPECT_GE(target.clock_hz.value(), 16'000'000U);
  EXPECT_LE(target.clock_hz.value(), 1'000'000'000U);
  // Code and constants need room and a price per read; data memory must be writable.
  const bool loaded = target.name == "corstone300-an547";  // an FPGA without flash
  EXPECT_EQ(target.memory(target.placement.code).is_writable(), loaded);
  EXPECT_TRUE(target.memory(target.placement.arena).is_writable());
  EXPECT_TRUE(target.memory(target.placement.stack).is_writable());
  if (!loaded) {
    EXPECT_GT(target.memory(target.placement.code).size_bytes.value(),
              target.memory(target.placement.arena).size_bytes.value());
  }
  // No microcontroller here draws less than 5 pJ or more than 5 nJ a cycle.
  const double pj = target.power.run_ua_per_mhz.value() * target.power.supply_v.value();
  EXPECT_GT(pj, 5);
  EXPECT_LT(pj, 5000);
}

TEST_P(BundledTarget, NamesACoreAndHasItsFpu) {
  const Target target = load_target(GetParam());
  EXPECT_THAT((std::set<std::string>{"cortex-m0plus", "cortex-m3", "cortex-m4", "cortex-m7",
                                     "cortex-m33", "cortex-m55", "cortex-m85", "sifive-e31",
                                     "hazard3", "cv32e40p", "esp32-c3"}),
              Contains(target.core));
  EXPECT_EQ(target.fpu, target.core == "cortex-m4" || target.core == "cortex-m7" ||
                            target.core == "cortex-m33" || target.core == "cortex-m55" ||
                            target.core == "cortex-m85");
}

INSTANTIATE_TEST_SUITE_P(All, BundledTarget, testing::ValuesIn(target_names()),
                         [](const auto& name) {
                           std::string word = name.param;
                           std::replace(word.begin(), word.end(), '-', '_');
                           return word;
                         });

TEST(BundledTargets, Stm32F446SaysWhatItsDriverSays) {
  const Target target = load_target("stm32f446re");
  const Memory& flash = target.memory("flash");
  EXPECT_EQ(target.core, "cortex-m4");
  EXPECT_EQ(target.clock_hz.value(), 180'000'000U);
  EXPECT_EQ(flash.base.value(), 0x08000000U);
  EXPECT_EQ(flash.size_bytes.value(), 512U * 1024U);
  EXPECT_EQ(flash.wait_states.value(), 5U);
  EXPECT_EQ(flash.row_bytes.value(), 16U);
  EXPECT_EQ(flash.fetch.kind, ReadPath::Kind::kCache);
  EXPECT_EQ(flash.fetch.cache.lines.value(), 64U);
  EXPECT_TRUE(flash.fetch.sequential_prefetch);
  EXPECT_EQ(flash.data.cache.lines.value(), 8U);
  EXPECT_EQ(target.memory("sram").size_bytes.value(), 128U * 1024U);
}

TEST(BundledTargets, BankModesOfTheL4R5DifferInTheReadWidthAlone) {
  const std::vector<TargetNumber> dual = target_numbers(load_target("stm32l4r5zi"));
  const std::vector<TargetNumber> single = target_numbers(load_target("stm32l4r5zi-single-bank"));
  ASSERT_EQ(dual.size(), single.size());
  for (std::size_t i = 0; i < dual.size(); ++i) {
    EXPECT_EQ(dual[i].value == single[i].value, dual[i].key != "memories.flash.row_bytes")
        << dual[i].key;
  }
}

TEST(BundledTargets, NumbersPrintWithTheirUnits) {
  std::set<std::string> seen;
  for (const TargetNumber& number : target_numbers(load_target("stm32f446re"))) {
    seen.insert(number.key + " = " + number.value);
  }
  EXPECT_THAT(seen, IsSupersetOf({"clock_hz = 180 MHz", "memories.flash.base = 0x08000000",
                                  "memories.flash.size_bytes = 512 KiB",
                                  "memories.flash.wait_states = 5 cycles",
                                  "memories.flash.wait_states_by_clock[4] = 4 cycles to 150 MHz",
                                  "memories.flash.fetch.ways = fully associative",
                                  "power.run_ua_per_mhz = 200 uA/MHz", "power.supply_v = 3.3 V",
                                  "price_usd = 5.50 USD"}));
  EXPECT_EQ(size_text(1000), "1000 bytes");
  EXPECT_EQ(clock_text(4'500'000), "4.5 MHz");
}

}  // namespace
}  // namespace boardless::targets
