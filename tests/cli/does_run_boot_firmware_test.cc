// Does `boardless run` boot a program, show what it prints, and say by its exit status how it
// ended?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

std::string program(const std::string& name) {
  return std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/" + name + ".elf";
}

Finished run(const std::string& name, std::vector<std::string> options = {},
             const std::string& target = "ideal-cortex-m4") {
  std::vector<std::string> arguments{"run",  program(name),  "--target",
                                     target, "--max-cycles", "1000000"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return boardless(arguments);
}

TEST(Run, ShowsWhatTheProgramPrintsAndWhatItCost) {
  const Finished finished = run("exceptions");
  EXPECT_EQ(finished.status, 0);
  EXPECT_EQ(finished.err, "");
  EXPECT_THAT(finished.out, AllOf(HasSubstr("preempts 01io\n"), HasSubstr("exited with status 0"),
                                  HasSubstr("cycles of      issue"), HasSubstr("exception ")));
}

TEST(Run, SaysOnWhatItsCyclesRest) {
  const std::string table = run("exceptions").out;
  // An exception was taken, and what leaving it takes is an estimate on this core.
  EXPECT_THAT(table, AllOf(ContainsRegex("\n  cycles +~[0-9]"), ContainsRegex("\n  time +~[0-9]"),
                           HasSubstr("~ rests on an estimate:\n  cycles: cortex-m4 "),
                           HasSubstr("exceptions.leave 10 cycles")));
  const std::string json = run("exceptions", {"-f", "json"}).out;
  EXPECT_THAT(json,
              AllOf(HasSubstr("\"sources\""), HasSubstr("cortex-m4 classes.alu.cycles 1"),
                    HasSubstr("exceptions.cpuid 0x410fc241"), HasSubstr("\"what\": \"cycles\"")));
  // One instruction a cycle is no prediction, and rests on no timing.
  EXPECT_THAT(run("exceptions", {"--clock-model", "instructions"}).out,
              Not(HasSubstr("cycles: cortex-m4")));
}

// The same instructions on every core; its own cycles on each.
TEST(Run, TakesTheTargetsCycles) {
  for (const char* target : {"ideal-cortex-m4", "ideal-cortex-m7", "ideal-cortex-m33"}) {
    EXPECT_THAT(run("timers", {}, target).out, HasSubstr("asleep\nawake\n")) << target;
  }
}

TEST(Run, SaysByItsStatusHowTheProgramEnded) {
  EXPECT_EQ(run("hello").status, 1);  // it exits with 7
  EXPECT_EQ(run("ends", {"--args", "r"}).status, 0);
  EXPECT_EQ(run("ends", {"--args", "x"}).status, 0);
  EXPECT_EQ(run("ends", {"--until-symbol", "marker"}).status, 0);
  EXPECT_EQ(run("ends", {"--args", "s"}).status, 3);
}

TEST(Run, SaysNoWhenItDidNotGetThere) {
  const Finished output = run("hello", {"--until-output", "farewell"});
  EXPECT_EQ(output.status, 1);
  EXPECT_THAT(output.err, HasSubstr("boardless: --until-output 'farewell' was not reached: "));
  const Finished cycles = run("ends", {"--until-output", "x", "-f", "json"});
  EXPECT_EQ(cycles.status, 1);
  EXPECT_THAT(cycles.err, HasSubstr("was not reached: the cycles asked for are over\n"));
  EXPECT_THAT(cycles.out, HasSubstr("\"reason\": \"cycles\""));
  // A fault says more than that.
  const Finished fault = run("ends", {"--args", "l", "--until-output", "x"});
  EXPECT_EQ(fault.status, 3);
  EXPECT_THAT(fault.err, HasSubstr("--until-output 'x' was not reached: the program loops"));
  EXPECT_EQ(run("ends", {"--until-symbol", "marker", "--until-output", "x"}).status, 0);
}

TEST(Run, ReportsAFaultAndStillWritesItsResult) {
  const ScratchFolder folder;
  const Finished finished = run("ends", {"--args", "l", "-f", "json", "-o", folder / "run.json"});
  EXPECT_EQ(finished.status, 3);
  EXPECT_THAT(finished.err,
              AllOf(HasSubstr("boardless: the program loops on itself"), HasSubstr("r0 0x"),
                    HasSubstr("last blocks:"), HasSubstr("program+")));
  EXPECT_THAT(text_of(folder / "run.json"), HasSubstr("\"reason\": \"stuck\""));
}

TEST(Run, WritesWhereItIsTold) {
  const ScratchFolder folder;
  const std::string input = folder.write("in.txt", "typed\n");
  const Finished finished =
      run("hello", {"--args", "one ", "--semihosting-in", input, "-o", folder / "out.txt"});
  EXPECT_EQ(finished.out, "hello\none typed\n");
  EXPECT_THAT(text_of(folder / "out.txt"), HasSubstr("exited with status 7"));
}

class BadRun : public testing::Test {
 protected:
  void expect_refused(const std::vector<std::string>& arguments, const std::string& part) {
    const Finished finished = boardless(arguments);
    EXPECT_EQ(finished.status, 2) << finished.err;
    EXPECT_THAT(finished.err, HasSubstr(part));
    EXPECT_THAT(finished.err, Not(HasSubstr("\nboardless")));
  }
};

TEST_F(BadRun, NamesWhatIsWrong) {
  const ScratchFolder folder;
  const std::string bin = folder.write("a.bin", "0123456789abcdef");
  const std::string hex = folder.write("a.hex", ":0100000042BE\n");
  expect_refused({"run", bin, "-t", "ideal-cortex-m4"}, "@0x08000000");
  expect_refused({"run", bin + "@0", "-t", "ideal-cortex-m4"}, "no vector table at 0x");
  expect_refused({"run", bin + "@0x90000000", "-t", "ideal-cortex-m4"}, "lie in no memory");
  expect_refused({"run", hex, "-t", "ideal-cortex-m4"}, "a.hex:1: checksum 0xbe is wrong");
  expect_refused({"run", program("ends"), "-t", "ideal-cortex-m4", "--until-symbol", "markr"},
                 "did you mean 'marker'?");
  expect_refused({"run", program("ends"), "-t", "ideal-cortex-m4", "--uart-prompt", "\\q"},
                 "--uart-prompt: '\\q' has an unknown escape");
  expect_refused({"run", program("ends")}, "--target is required");
}

}  // namespace
}  // namespace boardless::cli
