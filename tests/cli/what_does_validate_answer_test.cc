// What does `boardless validate` say without sources, of a recorded run, and when an error is too
// large?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "tests/cli/own_suite.h"
#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::HasSubstr;

constexpr const char* kRecord = BOARDLESS_SOURCE_DIR "/docs/validation.json";

TEST(Validate, SkipsWhatHasNoSources) {
  const Finished run = boardless({"validate", "--only", "embench"});
  EXPECT_THAT(run.out, HasSubstr("embench/crc32: skipped: missing: folder embench-iot below"));
  // No answer is not a good one.
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("boardless: nothing was compared; missing: folder embench-iot"));
  EXPECT_EQ(std::ranges::count(run.err, '\n'), 1);
}

TEST(Validate, IsNoWhenNoneOfThoseThatRanGaveAnAnswer) {
  const ScratchFolder folder;
  suite_of_one(folder, "nowhere");
  const Finished run =
      boardless({"validate", "--sources", BOARDLESS_TEST_PROGRAMS_DIR}, {.data = folder / "."});
  EXPECT_EQ(run.status, 1) << run.err;
  EXPECT_THAT(run.err, HasSubstr("nothing was compared; "));
  EXPECT_THAT(run.err, HasSubstr("has no function 'nowhere' (1 program)"));
}

TEST(Validate, ComparesAcceleratorsAsJson) {
  const Finished run = boardless({"validate", "--accelerators", "--format", "json"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"schema\": \"boardless.accelerator_validation/1\""));
  EXPECT_THAT(run.out, HasSubstr("\"median_absolute_error_percent\""));
}

TEST(Validate, ListsWhatItComparesAndWhatIsMissing) {
  const Finished run = boardless({"validate", "--list", "--sources", "/nowhere"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("m1176"));
  EXPECT_THAT(run.out, HasSubstr("folder /nowhere/embench-iot"));
}

TEST(Validate, ShowsARecordedRunInEveryForm) {
  for (const auto& [format, text] :
       {std::pair{"table", "median error"}, std::pair{"csv", "program,target,"},
        std::pair{"json", "boardless.validation/1"}, std::pair{"markdown", "|---|"}}) {
    const Finished run = boardless({"validate", "--record", kRecord, "--format", format});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr(text));
  }
}

TEST(Validate, SaysNoWhenAnErrorIsTooLarge) {
  EXPECT_EQ(boardless({"validate", "--record", kRecord, "--max-error", "0"}).status, 1);
  EXPECT_EQ(boardless({"validate", "--record", kRecord, "--max-error", "1000"}).status, 0);
}

TEST(Validate, RefusesWhatItCannotUse) {
  const Finished name = boardless({"validate", "--only", "embench/crc23"});
  EXPECT_EQ(name.status, 2);
  EXPECT_THAT(name.err, HasSubstr("did you mean 'embench/crc32'?"));
  EXPECT_EQ(boardless({"validate", "--max-error", "-1"}).status, 2);
  EXPECT_EQ(boardless({"validate", "--record", "/nowhere.json"}).status, 2);
  EXPECT_EQ(boardless({"validate", "--format", "xml"}).status, 2);
}

// Of standard input no more is read than of a file.
TEST(Validate, RefusesARecordThatIsTooLong) {
  const ScratchFolder scratch;
  const std::string file = scratch.write("long.json", std::string(17 << 20, ' '));
  for (const auto& [record, input] :
       {std::pair{file, std::string()}, std::pair{std::string("-"), file}}) {
    const Finished run = boardless({"validate", "--record", record}, {.input = input});
    EXPECT_EQ(run.status, 2);
    EXPECT_EQ(run.err,
              "boardless: " + record + ": larger than 16777216 bytes, the most that is read\n");
  }
}

}  // namespace
}  // namespace boardless::cli
