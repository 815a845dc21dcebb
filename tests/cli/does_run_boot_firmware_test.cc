// Does `boardless run` boot a program, show what it prints, and say by its exit status how it
// ended?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/elf_image.h"
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

// As `boardless run` without an end.
Finished run_to_its_end(const std::string& name, std::vector<std::string> options = {}) {
  options.insert(options.begin(), {"run", program(name), "--target", "ideal-cortex-m4"});
  return boardless(options);
}

TEST(Run, EndsByDefault) {
  const Finished silent = run_to_its_end("sensor");
  EXPECT_EQ(silent.status, 0) << silent.err;
  EXPECT_THAT(silent.out, HasSubstr("10 s of simulated time are over; --max-cycles sets another"));
  const Finished quiet = run_to_its_end("sensor", {"--args", "ready"});
  EXPECT_EQ(quiet.status, 0) << quiet.err;
  EXPECT_THAT(quiet.out, HasSubstr("it printed nothing new for 2 s of simulated time; --max"));
  EXPECT_THAT(run_to_its_end("sensor", {"--args", "ready", "-f", "json"}).out,
              HasSubstr("\"reason\": \"quiet\""));
  // One that is given is the one.
  EXPECT_THAT(run("sensor", {"--args", "ready"}).out, HasSubstr("the cycles asked for are over"));
}

TEST(Run, TellsWhatMemoryItTook) {
  const std::string table = run("sensor").out;
  EXPECT_THAT(table, ContainsRegex("\n  RAM +[0-9,]+ B, heap 120 B, stack [1-9][0-9,]* B\n"));
  EXPECT_THAT(table, ContainsRegex("\n  flash +[0-9,]+ B\n"));
  const auto memory = nlohmann::json::parse(run("sensor", {"-f", "json"}).out).at("memory");
  EXPECT_EQ(memory.at("heap_bytes"), 120);
  EXPECT_GE(memory.at("ram_bytes"), 256);
  EXPECT_FALSE(memory.at("sections").empty());
  EXPECT_FALSE(memory.at("symbols").empty());
  EXPECT_THAT(run("calls").out, Not(HasSubstr("heap")));
}

TEST(Run, ReportsFaultsThatAHandlerTook) {
  const Finished finished = run("protection");
  EXPECT_EQ(finished.status, 3);
  EXPECT_THAT(finished.err, ContainsRegex("boardless: faults: [0-9]+ that the program's handlers "
                                          "took; the first: .*--allow-faults"));
  EXPECT_THAT(finished.out, HasSubstr("that the program's handlers took; the first: "));
  const Finished meant = run("protection", {"--allow-faults", "-f", "json"});
  EXPECT_EQ(meant.status, 0) << meant.err;
  EXPECT_EQ(meant.err, "");
  EXPECT_GE(nlohmann::json::parse(meant.out).at("faults").at("taken"), 1);
}

TEST(Run, AnswersEachOfSeveral) {
  const Finished table = boardless({"run", program("calls"), program("hello"), program("riscv"),
                                    "-t", "ideal-cortex-m4", "-t", "ideal-cortex-m7",
                                    "--max-cycles", "1M", "--region", "main=reset..program"});
  EXPECT_EQ(table.status, 2);  // a program for another architecture
  EXPECT_THAT(table.out, AllOf(HasSubstr("calls.elf"), HasSubstr("exited with status 7"),
                               HasSubstr("hello.elf on ideal-cortex-m7:"), HasSubstr("main"),
                               HasSubstr("Not answered:"), HasSubstr("for RISC-V cores")));
  const Finished json = boardless({"run", program("calls"), "-t", "ideal-cortex-m4", "-t",
                                   "ideal-cortex-m7", "--max-cycles", "1M", "-f", "json"});
  EXPECT_EQ(json.status, 0) << json.err;
  const auto document = nlohmann::json::parse(json.out);
  EXPECT_EQ(document.at("schema"), "boardless.runs/1");
  EXPECT_TRUE(document.at("unanswered").empty());
  ASSERT_EQ(document.at("runs").size(), 2U);
  EXPECT_EQ(document.at("runs")[1].at("target"), "ideal-cortex-m7");
  // Each is what it is alone.
  auto alone = nlohmann::json::parse(run("calls", {"-f", "json"}, "ideal-cortex-m7").out);
  alone.erase("schema");
  alone.erase("version");
  EXPECT_EQ(document.at("runs")[1], alone);
}

TEST(Run, RefusesWhatIsOfOneAlone) {
  for (const char* option : {"--profile", "--trace", "--uart-out"}) {
    const ScratchFolder folder;
    const Finished finished = boardless({"run", program("calls"), "-t", "ideal-cortex-m4", "-t",
                                         "ideal-cortex-m7", option, folder / "out"});
    EXPECT_EQ(finished.status, 2);
    EXPECT_THAT(finished.err, HasSubstr(std::string(option) + " writes what one firmware"));
  }
}

TEST(Run, TakesSymbolsFromTheElfFile) {
  const ScratchFolder folder;
  const auto raw = [&](const std::string& name) {
    std::string bytes;  // from address 0, as the linker laid them out in flash
    for (const sim::Segment& segment : sim::load_elf(program(name)).segments) {
      if (bytes.size() < segment.load_address) bytes.resize(segment.load_address);
      bytes.replace(segment.load_address, segment.bytes.size(),
                    std::string(segment.bytes.begin(), segment.bytes.end()));
    }
    folder.write(name + ".bin", bytes);
    return folder / (name + ".bin@0");
  };
  const std::vector<std::string> options{"-t", "ideal-cortex-m4", "--until-symbol", "after_jump"};
  const auto run_raw = [&](const std::string& symbols) {
    std::vector<std::string> arguments{"run", raw("calls"), "--symbols", program(symbols)};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return boardless(arguments);
  };
  const Finished finished = run_raw("calls");
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(run_raw("hello").err, HasSubstr("is of another program than "));
}

TEST(Run, TimesRegions) {
  const Finished finished =
      run("calls", {"--region", "divides", "--region", "all=recurse..divides"});
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("region"), ContainsRegex("\n  divides +1 +[0-9]+ +"),
                                  ContainsRegex("\n  all +1 +[0-9]+ +")));
  const Finished missed = run("calls", {"--region", "divides..recurse", "-f", "json"});
  EXPECT_EQ(missed.status, 1);
  EXPECT_THAT(missed.err, HasSubstr("--region 'divides..recurse' was not passed: the program"));
  EXPECT_THAT(missed.out, AllOf(HasSubstr("\"passes\": 0"), HasSubstr("\"is_open\": true")));
  EXPECT_THAT(run("calls", {"--region", "divide"}).err, HasSubstr("did you mean 'divides'"));
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
