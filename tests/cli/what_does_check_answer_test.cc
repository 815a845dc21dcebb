// Does the command check a budget as a user types it: verdicts, exit status, baselines, bad input?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/version.h"
#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A budget in a folder of its own.
struct Place {
  explicit Place(const std::string& text) : budget(folder.write("budget.yaml", text)) {}
  Finished check(std::vector<std::string> arguments = {}, const Setting& setting = {}) const {
    arguments.insert(arguments.begin(), {"check", budget});
    return boardless(arguments, setting);
  }
  ScratchFolder folder;
  std::string budget;
};

constexpr char kHolds[] =
    "entries:\n"
    "  - model: mnist_mlp\n"
    "    targets: [stm32f446re, rp2040]\n"
    "    limits: {latency: <= 1 s, sram: <= 16 KiB, flash: <= 64 KiB, cycles: <= 10M}\n"
    "    operators: {FULLY_CONNECTED: {cycles: <= 10M}}\n";

TEST(Check, HoldsWhereEverythingDoes) {
  const Place place(kHolds);
  const Finished finished = place.check();
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("12 limits on 2 pairs hold"), HasSubstr("stm32f446re"),
                                  HasSubstr("operator FULLY_CONNECTED"), Not(HasSubstr("over"))));
  EXPECT_EQ(place.check().out, finished.out);
  const Json json = Json::parse(place.check({"--format", "json"}).out);
  EXPECT_EQ(json.at("schema"), "boardless.check/1");
  EXPECT_EQ(json.at("version"), version());
  EXPECT_EQ(json.at("holds"), true);
  EXPECT_EQ(json.at("pairs").size(), 2U);
}

TEST(Check, SaysWhatIsOver) {
  const Place place(
      "entries:\n  - model: mnist_mlp\n    targets: stm32f446re\n"
      "    limits: {cycles: <= 1, sram: <= 16 KiB}\n"
      "    layers: {0: {cycles: <= 2}}\n");
  const Finished finished = place.check();
  EXPECT_EQ(finished.status, 1) << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("2 of 4 limits on 1 pair are broken"),
                                  HasSubstr("over"), HasSubstr("layer 0 ")));
  EXPECT_THAT(place.check({"--format", "markdown"}).out,
              AllOf(StartsWith("### "), HasSubstr("**2 of 4 limits are broken.**")));
}

// A chip that the model does not fit is a broken limit, and a chip that cannot run is one.
TEST(Check, IsNotPassedByWhatDoesNotFit) {
  EXPECT_EQ(Place("entries:\n  - model: vww\n    targets: fe310-g002\n"
                  "    limits: {cycles: <= 10G}\n")
                .check()
                .status,
            1);
  EXPECT_EQ(Place("entries:\n  - model: vww\n    targets: fe310-g002\n    fits: false\n"
                  "    limits: {cycles: <= 10G}\n")
                .check()
                .status,
            0);
  // What is not modelled is not checked.
  EXPECT_EQ(Place("entries:\n  - model: mnist_mlp\n    targets: coral-usb3\n"
                  "    limits: {stack: <= 1 MiB}\n")
                .check()
                .status,
            4);
}

constexpr char kBaseline[] =
    "baseline: baseline.json\n"
    "entries:\n"
    "  - model: mnist_mlp\n"
    "    targets: stm32f446re\n"
    "    limits: {cycles: +0 %, code: +0 %, output: baseline}\n";

TEST(Check, ComparesWithTheBaselineThatItWrote) {
  const Place place(kBaseline);
  const Finished without = place.check();
  EXPECT_EQ(without.status, 2);
  EXPECT_THAT(without.err, AllOf(HasSubstr("baseline.json"), HasSubstr("--update")));
  const Finished update = place.check({"--update"});
  EXPECT_EQ(update.status, 0) << update.err;
  EXPECT_THAT(update.err, HasSubstr("1 row written, 1 changed"));
  const std::string written = text_of(place.folder / "baseline.json");
  EXPECT_EQ(place.check({"--update"}).status, 0);
  EXPECT_EQ(text_of(place.folder / "baseline.json"), written);
  const Finished finished = place.check();
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("4 limits on 1 pair hold"));
  // Slower kernels are over, and the cause is told.
  place.folder.write("budget.yaml", std::string(kBaseline) + "    kernels: auto\n");
  EXPECT_EQ(place.check().status, 0);
  const std::string changed = std::string(kBaseline) +
                              "  - model: mnist_mlp\n"
                              "    targets: rp2040\n    limits: {cycles: +1 %}\n";
  place.folder.write("budget.yaml", changed);
  const Finished missing = place.check();
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.err, HasSubstr("no row for mnist_mlp on rp2040"));
  // Edited by hand.
  std::string edited = written;
  edited.replace(edited.find("\"cycles\":"), 9, "\"cycles\":1");
  place.folder.write("baseline.json", edited);
  EXPECT_EQ(place.check().status, 2);
  EXPECT_THAT(place.check().err, HasSubstr("it was changed"));
}

// The chip's file says now that flash takes a cycle more.
TEST(Check, TellsTheCauseOfAChange) {
  const Place place(kBaseline);
  ASSERT_EQ(place.check({"--update"}).status, 0);
  const fs::path shared = BOARDLESS_BINARY_DIR "/share/boardless";
  const fs::path data = place.folder.path() / "data";
  fs::create_directories(data);
  for (const char* name : {"kernels", "zoo"}) {
    fs::create_directory_symlink(shared / name, data / name);
  }
  place.folder.copy(BOARDLESS_SOURCE_DIR "/targets", "data/targets");
  std::string chip = text_of(data / "targets/mcus/stm32f446re.yaml");
  const std::string before = "wait_states: 5}", after = "wait_states: 6}";
  ASSERT_NE(chip.find(before), std::string::npos);
  chip.replace(chip.find(before), before.size(), after);
  place.folder.write("data/targets/mcus/stm32f446re.yaml", chip);
  const Finished finished = place.check({}, {.data = data});
  EXPECT_EQ(finished.status, 1) << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("over"), HasSubstr("cycles: flash_"),
                                  HasSubstr("target data: "), Not(HasSubstr("instructions"))));
  EXPECT_THAT(place.check({"--format", "markdown"}, {.data = data}).out,
              AllOf(HasSubstr("Since the baseline:"), HasSubstr("flash\\_")));
}

TEST(Check, WritesNoBaselineWithAGap) {
  const Place place(
      "baseline: baseline.json\nentries:\n  - model: mnist_mlp\n"
      "    targets: [stm32f446re, rp2040]\n    clock: 180MHz\n    limits: {cycles: +0 %}\n");
  const Finished finished = place.check({"--update"});
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("stays as it was"));
  EXPECT_THAT(finished.out, AllOf(HasSubstr("rp2040"), Not(HasSubstr("stm32f446re"))));
  EXPECT_FALSE(fs::exists(place.folder / "baseline.json"));
}

TEST(Check, RunsFirmware) {
  const std::string budget =
      "entries:\n  - firmware: calls.elf\n    targets: ideal-cortex-m4\n"
      "    limits: {cycles: <= 1M}\n    functions: {program: {cycles: <= 1M}}\n";
  const Place place(budget);
  const std::string program = std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/calls.elf";
  const Finished finished = place.check({"--firmware", "calls.elf=" + program});
  EXPECT_EQ(finished.status, 0) << finished.err << finished.out;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("calls.elf"), HasSubstr("function program")));
  EXPECT_THAT(place.check({"--firmware", "call.elf=" + program}).err,
              HasSubstr("did you mean 'calls.elf'"));
  EXPECT_EQ(place.check({"--firmware", "calls.elf"}).status, 2);
}

TEST(Check, LimitsRegionsOfARun) {
  const std::string program = std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/calls.elf";
  const auto place_with = [](const std::string& region) {
    return Place(
        "baseline: baseline.json\nentries:\n  - firmware: calls.elf\n"
        "    targets: ideal-cortex-m4\n    regions: {" +
        region + "}\n");
  };
  const std::vector<std::string> is{"--firmware", "calls.elf=" + program};
  const Place holds =
      place_with("whole: {from: recurse, to: divides, cycles: <= 1M, latency: +1 %}");
  ASSERT_EQ(holds.check({"--update", is[0], is[1]}).status, 0);
  const Finished finished = holds.check(is);
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("region whole"), HasSubstr("latency")));
  const auto without_baseline = [&](const std::string& region) {
    const Place place(
        "entries:\n  - firmware: calls.elf\n    targets: ideal-cortex-m4\n"
        "    regions: {" +
        region + "}\n");
    return place.check(is);
  };
  const Finished broken = without_baseline("divides: {function: divides, cycles: <= 100}");
  EXPECT_EQ(broken.status, 1) << broken.err;
  EXPECT_THAT(broken.out, HasSubstr("region divides"));
  const Finished never = without_baseline("back: {from: divides, to: recurse, cycles: <= 1M}");
  EXPECT_EQ(never.status, 4) << never.err;
  EXPECT_THAT(never.out, HasSubstr("the run never passed it"));
  const Finished unknown = without_baseline("d: {function: divide, cycles: <= 1M}");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'divides'"));
}

TEST(Check, OfWhatFaultsIsStatus3) {
  const Place place(
      "entries:\n  - firmware: f.elf\n    targets: ideal-cortex-m4\n    limits: {cycles: <= 1M}\n");
  const std::string program = std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/faults.elf";
  EXPECT_EQ(place.check({"--firmware", "f.elf=" + program}).status, 3);
}

TEST(Check, RefusesWhatCannotBeWritten) {
  const Place place(kHolds);
  EXPECT_EQ(place.check({"--junit", place.budget}).status, 2);
  EXPECT_EQ(place.check({"--junit", "/dev/full"}).status, 2);
  EXPECT_EQ(place.check({}, {.stdout_path = "/dev/full"}).status, 2);
  EXPECT_EQ(place.check({}, {.close_stdout = true}).status, 2);
  EXPECT_EQ(place.check({"--update"}).status, 2);
  EXPECT_THAT(place.check({"--columns", "modl"}).err, HasSubstr("did you mean 'model'"));
}

}  // namespace
}  // namespace boardless::cli
