// What does `boardless validate` say without sources, of a recorded run, and when an error is too
// large?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::HasSubstr;

constexpr const char* kRecord = BOARDLESS_SOURCE_DIR "/docs/validation.json";

TEST(Validate, SkipsWhatHasNoSources) {
  const Finished run = boardless({"validate", "--only", "embench"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("embench/crc32: skipped: missing: folder embench-iot below"));
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

}  // namespace
}  // namespace boardless::cli
