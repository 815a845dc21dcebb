// Is each passage of a region timed to the cycle, however it begins and ends, and is the run the
// same as without?
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "prediction/firmware_run.h"
#include "sim/elf_image.h"
#include "targets/target.h"

namespace boardless::profiling {
namespace {

using prediction::FirmwareOptions;
using prediction::FirmwareRun;
using testing::HasSubstr;

sim::ElfImage image(const std::string& program) {
  return sim::load_elf(std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/" + program + ".elf");
}

FirmwareRun run(const std::string& program, const std::vector<std::string>& regions,
                FirmwareOptions options = {}, const std::string& target = "ideal-cortex-m4") {
  options.max_cycles = 1000000;
  for (const std::string& region : regions) {
    options.regions.push_back(prediction::read_region(region));
  }
  return prediction::run_firmware(image(program), targets::load_target(target), options);
}

FirmwareOptions profiled() {
  FirmwareOptions options;
  options.profiling = FirmwareOptions::Profiling{};
  return options;
}

const FunctionProfile& function(const FirmwareRun& run, const std::string& name) {
  const auto found = std::ranges::find(run.profile->functions, name, &FunctionProfile::name);
  EXPECT_NE(found, run.profile->functions.end()) << name;
  return *found;
}

// The profiler follows calls in another way.
TEST(Regions, OfAFunctionTakeWhatItsCallsTake) {
  const FirmwareRun result =
      run("calls", {"recurse", "tail_target", "by_pointer", "handled", "after_jump", "divides"},
          profiled());
  for (const RegionTimes& region : result.regions) {
    EXPECT_EQ(region.passes, 1U) << region.name;
    EXPECT_EQ(region.total, function(result, region.name).total) << region.name;
    EXPECT_FALSE(region.is_open);
  }
}

TEST(Regions, OfAHandlerEndWithItsException) {
  const FirmwareRun result = run("timers", {"tick"}, profiled());
  const RegionTimes& tick = result.regions.front();
  EXPECT_EQ(tick.passes, function(result, "tick").calls);
  EXPECT_GE(tick.passes, 6U);
  EXPECT_GT(tick.least, 0U);
  EXPECT_LT(tick.most, 30U);  // without what entering and leaving take
}

TEST(Regions, ThatTheRunEndsInAreOpen) {
  const FirmwareRun result = run("calls", {"program"});
  EXPECT_EQ(result.regions.front().passes, 0U);
  EXPECT_TRUE(result.regions.front().is_open);
}

// In the middle of straight-line code, too; and the run is what it was.
TEST(Regions, FromHereToThereChangeNothing) {
  // ldr, adds, udiv, add, subs, bne: 200 times.
  const sim::ElfImage program = image("calls");
  const std::uint32_t begin = program.find("divides")->address;
  for (const char* target :
       {"ideal-cortex-m4", "ideal-cortex-m7", "ideal-cortex-m55", "nrf52840"}) {
    const FirmwareRun without = run("calls", {}, {}, target);
    std::uint64_t most_passes = 0;
    for (std::uint32_t at = begin; at < begin + program.find("divides")->size; at += 2) {
      const std::string place = fmt::format("0x{:x}", at);
      const FirmwareRun timed =
          run("calls", {"loop=" + place + ".." + place, "call=recurse..divides"}, {}, target);
      EXPECT_EQ(timed.cycles, without.cycles) << target << " " << place;
      EXPECT_EQ(timed.stalls, without.stalls) << target << " " << place;
      EXPECT_EQ(timed.regions[1].passes, 1U);
      most_passes = std::max(most_passes, timed.regions[0].passes);
    }
    EXPECT_EQ(most_passes, 199U) << target;
  }
}

TEST(Regions, BetweenPrintedTexts) {
  FirmwareOptions options;
  options.command_line = "words ";
  options.semihosting_input = "typed";
  const FirmwareRun hello = run("hello", {"\"hello\\n\"..\"words\""}, options);
  EXPECT_EQ(hello.semihosting_output, "hello\nwords typed");
  EXPECT_EQ(hello.regions.front().passes, 1U);
  EXPECT_GT(hello.regions.front().total, 0U);
  const FirmwareRun sensor =
      run("sensor", {"mixed=\"words\".._sbrk", "never=_sbrk..\"x\"", "all=reset.._sbrk"}, options);
  EXPECT_EQ(sensor.regions[0].passes, 1U);
  EXPECT_GT(sensor.regions[2].total, sensor.regions[0].total);
  EXPECT_EQ(sensor.regions[1].passes, 0U);
  EXPECT_TRUE(sensor.regions[1].is_open);
}

TEST(Regions, AreSummedUp) {
  const RegionTimes tick = run("timers", {"tick..tick"}).regions.front();
  ASSERT_GE(tick.passes, 5U);
  std::uint64_t passes = 0;
  for (const RegionBin& bin : tick.histogram) {
    EXPECT_LE(bin.least, bin.most);
    passes += bin.passes;
  }
  EXPECT_EQ(passes, tick.passes);
  EXPECT_EQ(tick.histogram.front().least, tick.least);
  EXPECT_GE(tick.histogram.back().most, tick.most);
  EXPECT_GE(tick.median, tick.least);
  EXPECT_LE(tick.median, tick.most);
  EXPECT_NEAR(tick.median, 1000, 30);  // SYST_RVR + 1
}

TEST(Regions, AreCountedInInstructionsToo) {
  FirmwareOptions options;
  options.clock = FirmwareOptions::Clock::kInstructions;
  const FirmwareRun result = run("calls", {"divides"}, options);
  EXPECT_GE(result.regions.front().total, 1200U);  // six, 200 times
  EXPECT_LT(result.regions.front().total, 1220U);
}

std::string refusal(const std::string& region) {
  try {
    run("calls", {region});
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

TEST(Regions, ThatAreNoneAreNamed) {
  EXPECT_EQ(refusal("divides"), "none");
  EXPECT_EQ(refusal("divides+2..divides+0x4"), "none");
  EXPECT_THAT(refusal("divide"), HasSubstr("no symbol 'divide'; did you mean 'divides'?"));
  EXPECT_THAT(refusal("a=recurse..divide"), HasSubstr("did you mean 'divides'?"));
  for (const char* text : {"", "..", "recurse..", "..recurse", "\"text\"", "a=\"text\"",
                           "recurse..divides..leave", "\"a\"b..\"c\""}) {
    EXPECT_THAT(refusal(text), HasSubstr("is neither FUNCTION nor FROM..TO")) << text;
  }
  EXPECT_THAT(refusal("=recurse"), HasSubstr("has no name before '='"));
  EXPECT_THAT(refusal("\"a..b"), HasSubstr("has no quote at its end"));
  EXPECT_THAT(refusal("\"\"..divides"), HasSubstr("is no text"));
  EXPECT_THAT(refusal("\"\\x\"..divides"), HasSubstr("unknown escape"));
  EXPECT_THAT(refusal("0x1_0000_0000"), HasSubstr("region: address"));
  EXPECT_THAT(refusal("divides+x"), HasSubstr("region: address"));
}

}  // namespace
}  // namespace boardless::profiling
