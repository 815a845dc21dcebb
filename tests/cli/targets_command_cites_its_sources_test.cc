// Does `boardless targets` list every target, mark estimates, and cite each number of one target?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "targets/target_numbers.h"
#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

TEST(TargetsCommand, ListsEveryTarget) {
  const std::string table = printed("targets");
  for (const std::string& name : targets::target_names()) {
    EXPECT_THAT(table, HasSubstr("\n" + name + " "));
  }
  EXPECT_THAT(table, HasSubstr("~ rests on an estimate"));
}

TEST(TargetsCommand, MarksEstimatesAndNothingElse) {
  const std::string table = printed("targets");
  // The clock, memory and wait states of this chip are cited, its current and price are estimates.
  EXPECT_THAT(table,
              ContainsRegex("\nstm32f446re +cortex-m4 FPU +180 +128 +512 +5 +~200 +~3.3 +~5.50"));
  // The current of this one was measured.
  EXPECT_THAT(table,
              ContainsRegex("\nstm32l4r5zi +cortex-m4 FPU +120 +640 +2048 +5 +190.5 +1.8 +~9.50"));
}

TEST(TargetsCommand, ShowCitesEveryNumber) {
  for (const std::string& name : targets::target_names()) {
    const std::string sheet = printed("targets show " + name);
    const targets::Target target = targets::load_target(name);
    for (const targets::TargetNumber& number : targets::target_numbers(target)) {
      EXPECT_THAT(sheet, HasSubstr(number.key)) << name;
      EXPECT_THAT(sheet, HasSubstr(number.value)) << name;
      EXPECT_THAT(sheet, HasSubstr("] " + number.source + "\n")) << name;
    }
    for (const std::string& note : target.notes) EXPECT_THAT(sheet, HasSubstr(note));
  }
}

TEST(TargetsCommand, ShowNeedsAKnownName) {
  EXPECT_THAT(refusal("targets show"), HasSubstr("required"));
  EXPECT_THAT(refusal("targets show stm32f4"), HasSubstr("stm32f4"));
  EXPECT_THAT(refusal("targets shw"), HasSubstr("did you mean 'show'"));
}

}  // namespace
}  // namespace boardless::cli
