// Does `boardless run` boot RISC-V programs, take their traps, and refuse another architecture's?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string program(const std::string& name) {
  return std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/" + name + ".elf";
}

Finished run(const std::string& what, const std::string& target = "ideal-hazard3") {
  return boardless(
      {"run", program("riscv"), "-t", target, "--args", what, "--max-cycles", "1000000"});
}

std::string exits_with(int status) { return "exited with status " + std::to_string(status) + "\n"; }

TEST(RiscvRun, PrintsByItsDebuggerAndByWire) {
  const Finished finished = run("h");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, AllOf(HasSubstr("hello\n"), HasSubstr(exits_with(7))));
  EXPECT_THAT(run("p").out, HasSubstr("by wire\n"));
}

TEST(RiscvRun, TakesTheTimersInterruptDirectAndVectored) {
  for (const char* target :
       {"ideal-hazard3", "ideal-sifive-e31", "ideal-cv32e40p", "ideal-esp32-c3"}) {
    EXPECT_EQ(run("t", target).status, 0) << target;
    EXPECT_EQ(run("v", target).status, 0) << target;
  }
}

TEST(RiscvRun, TakesExceptionsByTheirCause) {
  EXPECT_THAT(run("e").out, HasSubstr(exits_with(11)));
  EXPECT_THAT(run("i").out, HasSubstr(exits_with(2)));
  // With the address in mtval, which Hazard3 has not.
  EXPECT_THAT(run("a", "ideal-sifive-e31").out, HasSubstr(exits_with(5)));
  EXPECT_THAT(run("a", "ideal-hazard3").out, HasSubstr(exits_with(6)));
  EXPECT_THAT(run("u").out, HasSubstr(exits_with(4)));
  EXPECT_THAT(run("u", "ideal-cv32e40p").out, HasSubstr(exits_with(0)));
}

TEST(RiscvRun, ReportsWhereItCannotGoOn) {
  const Finished fault = run("f");
  EXPECT_EQ(fault.status, 3);
  EXPECT_THAT(fault.err, AllOf(HasSubstr("4 bytes at 0x70000000"), HasSubstr("no trap handler"),
                               HasSubstr("mcause 0x"), HasSubstr("program+")));
  EXPECT_THAT(run("l").err, HasSubstr("loops on itself"));
  EXPECT_THAT(run("s").err, HasSubstr("nothing will wake it"));
}

TEST(RiscvRun, RefusesProgramsOfTheOtherArchitecture) {
  const Finished arm = boardless({"run", program("hello"), "-t", "ideal-hazard3"});
  EXPECT_EQ(arm.status, 2);
  EXPECT_THAT(arm.err, HasSubstr("is a program for Arm cores; the target's core is RISC-V"));
  const Finished riscv = boardless({"run", program("riscv"), "-t", "ideal-cortex-m4"});
  EXPECT_EQ(riscv.status, 2);
  EXPECT_THAT(riscv.err, HasSubstr("is a program for RISC-V cores; the target's core is Arm"));
}

}  // namespace
}  // namespace boardless::cli
