// Does a program build, run, check its own answer and take about as long as it should: one of ours
// whose cycles can be counted by hand, and one of Embench where that is there?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <numeric>

#include "tests/outside_data.h"
#include "tests/scratch_folder.h"
#include "validation/machine_runner.h"
#include "validation/validate.h"

namespace boardless::validation {
namespace {

void expect_every_cycle_accounted_for(const Row& row) {
  const auto add = [](Cycles sum, const FunctionCost& cost) { return sum + cost.cycles; };
  EXPECT_EQ(std::accumulate(row.functions.begin(), row.functions.end(), Cycles{0}, add),
            row.cycles);
  const auto add_stall = [](Cycles sum, const auto& stall) { return sum + stall.second; };
  EXPECT_EQ(std::accumulate(row.stalls.begin(), row.stalls.end(), Cycles{0}, add_stall),
            row.cycles);
}

// Counts down in a loop that a Cortex-M4 takes three cycles for: one for the subtraction, two for
// the branch and its refill (Cortex-M4 TRM 3.3, P = 1 to an aligned target).
constexpr char kCountDown[] = R"(
#include <stdint.h>
static volatile uint32_t answer;
__attribute__((noinline)) void begin(void) { __asm__ volatile(""); }
__attribute__((noinline)) void end(void) { __asm__ volatile(""); }
int main(void) {
  uint32_t n = COUNT;
  begin();
  __asm__ volatile(".balign 8\n1: subs %0, #1\n bne 1b" : "+l"(n) : : "cc");
  end();
  answer = n;
  return answer == 0 ? 0 : 1;
}
)";

constexpr char kCountDownSuite[] = R"(title: a loop
folder: loop
source: "Cortex-M4 TRM 3.3"
target: ideal-cortex-m4
basis: same source
compiler: the one here
stack: bare metal
build:
  compiler: arm-none-eabi-gcc
  flags: [-O2, -mcpu=cortex-m4, -mthumb]
  defines: [COUNT=1000]
  sources: ["{program}.c"]
  support: [arm/startup.c]
  linker_script: arm/program.ld
measure: {kind: cycles, from: begin, to: end, per: 1}
programs:
  - {name: count_down, measurement: by hand, value: 3000}
)";

TEST(OwnProgram, BuildsRunsAndTakesTheCyclesCountedByHand) {
  const ScratchFolder scratch;
  scratch.write("loop/count_down.c", kCountDown);
  const std::vector<Program> programs = load_suite(scratch.write("loop.yaml", kCountDownSuite));
  const Places places{scratch.path(), BOARDLESS_SOURCE_DIR "/validation/support",
                      scratch.path() / "built"};
  const std::unique_ptr<Runner> runner = make_machine_runner();
  const Row row = validate(programs, places, *runner, {}).front();
  ASSERT_EQ(row.status, Row::Status::kDone) << row.reason;
  EXPECT_THAT(row.compiler, testing::HasSubstr("GCC"));
  // Around the loop: `begin` returns, `end` is called.
  EXPECT_NEAR(row.predicted, 3000, 20);
  EXPECT_NEAR(static_cast<double>(row.instructions), 2000, 10);
  expect_every_cycle_accounted_for(row);
}

// The folder of `boardless validate --sources`; its programs are not part of this repository.
TEST(RealProgram, BuildsRunsAndAccountsForEveryCycle) {
  const std::filesystem::path sources = sources_folder();
  if (!std::filesystem::exists(sources / "embench-iot")) {
    GTEST_SKIP() << needs("Embench", sources / "embench-iot");
  }
  const ScratchFolder scratch;
  const std::vector<Program> programs =
      only(load_suites(BOARDLESS_SOURCE_DIR "/validation/suites"), "embench/crc32");
  const Places places{sources, BOARDLESS_SOURCE_DIR "/validation/support", scratch.path()};
  const std::unique_ptr<Runner> runner = make_machine_runner();
  const Row row = validate(programs, places, *runner, {}).front();
  ASSERT_EQ(row.status, Row::Status::kDone) << row.reason;
  EXPECT_NEAR(row.error_percent(), 0, 10);
  expect_every_cycle_accounted_for(row);
}

}  // namespace
}  // namespace boardless::validation
