// Does a program of Embench build, run, check its own answer and take about as long as it should?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <numeric>

#include "tests/scratch_folder.h"
#include "validation/machine_runner.h"
#include "validation/validate.h"

namespace boardless::validation {
namespace {

// The folder of `boardless validate --sources`; its programs are not part of this repository.
TEST(RealProgram, BuildsRunsAndAccountsForEveryCycle) {
  const char* sources = std::getenv("BOARDLESS_SOURCES_DIR");
  if (sources == nullptr) GTEST_SKIP() << "BOARDLESS_SOURCES_DIR names no folder of sources";
  const ScratchFolder scratch;
  const std::vector<Program> programs =
      only(load_suites(BOARDLESS_SOURCE_DIR "/validation/suites"), "embench/crc32");
  const Places places{sources, BOARDLESS_SOURCE_DIR "/validation/support", scratch.path()};
  const std::unique_ptr<Runner> runner = make_machine_runner();
  const Row row = validate(programs, places, *runner, {}).front();
  ASSERT_EQ(row.status, Row::Status::kDone) << row.reason;
  EXPECT_NEAR(row.error_percent(), 0, 10);
  const auto add = [](Cycles sum, const FunctionCost& cost) { return sum + cost.cycles; };
  EXPECT_EQ(std::accumulate(row.functions.begin(), row.functions.end(), Cycles{0}, add),
            row.cycles);
  const auto add_stall = [](Cycles sum, const auto& stall) { return sum + stall.second; };
  EXPECT_EQ(std::accumulate(row.stalls.begin(), row.stalls.end(), Cycles{0}, add_stall),
            row.cycles);
}

}  // namespace
}  // namespace boardless::validation
