// Does a long command that is interrupted stop, say so by its status, and still write what it has
// as a valid document?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/own_suite.h"
#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::HasSubstr;

constexpr int kInterrupted = 130;
const std::string kEndless = BOARDLESS_TEST_PROGRAMS_DIR "/ends.elf";

TEST(Interrupted, ARunWritesItsDocument) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const Finished run = boardless({"run", kEndless, "-t", "ideal-cortex-m4", "-f", "json", "-v"},
                                   {.signal = signal, .signal_after = "boots "});
    EXPECT_EQ(run.status, kInterrupted) << run.err;
    const auto document = nlohmann::json::parse(run.out);
    EXPECT_EQ(document.at("end").at("reason"), "interrupted");
    std::uint64_t sum = 0;
    for (const auto& [cause, cycles] : document.at("stalls").items())
      sum += cycles.get<std::uint64_t>();
    EXPECT_EQ(sum, document.at("cycles").get<std::uint64_t>());
    EXPECT_THAT(run.err, HasSubstr("boardless: interrupted after "));
  }
}

TEST(Interrupted, ARunThatWasToGetSomewhereSaysThatItDidNot) {
  const Finished run =
      boardless({"run", kEndless, "-t", "ideal-cortex-m4", "--until-output", "x", "-v"},
                {.signal = SIGINT, .signal_after = "boots "});
  EXPECT_EQ(run.status, kInterrupted);
  EXPECT_THAT(run.err, HasSubstr("'x' was not reached: interrupted by the user\n"));
}

TEST(Interrupted, AValidationWritesItsRecord) {
  const ScratchFolder folder;
  suite_of_one(folder, "program");
  const std::string file = folder / "record.json";
  const Finished run = boardless(
      {"-v", "validate", "--sources", BOARDLESS_TEST_PROGRAMS_DIR, "-f", "json", "-o", file},
      {.data = folder / ".", .signal = SIGINT, .signal_after = "validate own/first"});
  EXPECT_EQ(run.status, kInterrupted) << run.err;
  EXPECT_THAT(run.err, HasSubstr("interrupted; 0 of 1 programs were compared"));
  const auto record = nlohmann::json::parse(text_of(file));
  EXPECT_EQ(record.at("interrupted"), true);
  EXPECT_EQ(record.at("rows").at(0).at("status"), "skipped");
  EXPECT_EQ(record.at("rows").at(0).at("reason"), "interrupted");
  // What was written can be read again.
  const Finished shown = boardless({"validate", "--record", file});
  EXPECT_THAT(shown.out, HasSubstr("own/first: skipped: interrupted"));
}

}  // namespace
}  // namespace boardless::cli
