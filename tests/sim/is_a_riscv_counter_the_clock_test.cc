// Do an RV32 core's counters and timer tell simulated time?
#include <gtest/gtest.h>

#include "devices/peripherals.h"
#include "sim/riscv_machine.h"
#include "tests/sim/test_machine.h"

namespace boardless::sim::testing {
namespace {

TestRun run_riscv(const std::string& what, const RiscvSystem& core = {}) {
  BoardSpec board = small_board();
  const devices::Peripherals peripherals = devices::load_peripherals("riscv-ideal");
  board.clocks = peripherals.clocks;
  board.devices = peripherals.devices;
  const ElfImage program = test_program("riscv");
  SerialConsole console({});
  Semihosting semihosting({.input = {}, .command_line = what});
  RiscvMachine machine(isa::find_variant("rv32imac"), core, board, console, semihosting);
  machine.boot(program);
  CountingSink clock;
  machine.attach(clock, {});
  TestRun run;
  run.end = machine.run({.cycles = 1000000, .until = {}});
  run.cycles = clock.now();
  run.instructions = clock.instructions();
  return run;
}

// The program exits with what mcycle said, in a few dozen instructions.
TEST(RiscvCounters, CountTheMachinesCycles) {
  const TestRun run = run_riscv("c");
  ASSERT_EQ(run.end.reason, EndReason::kExit);
  const auto counted = static_cast<std::uint64_t>(run.end.exit_status);
  EXPECT_GT(counted, 300U);
  EXPECT_LE(counted, run.cycles);
  EXPECT_LT(run.cycles - counted, 40U);
}

TEST(RiscvCounters, StandStillUntilTheyAreReleased) {
  const TestRun running = run_riscv("c");
  RiscvSystem inhibits;
  inhibits.counters_inhibited = true;
  const TestRun inhibited = run_riscv("c", inhibits);
  EXPECT_EQ(running.cycles, inhibited.cycles);
  EXPECT_GT(inhibited.end.exit_status, 300);
  EXPECT_LT(inhibited.end.exit_status, running.end.exit_status);
}

TEST(RiscvTimer, WakesTheCoreWhenItsTimeHasCome) {
  RiscvSystem core;
  core.trap_entry_cycles = 4;
  const TestRun run = run_riscv("t", core);
  EXPECT_EQ(run.end.exit_status, 0);
  EXPECT_EQ(run.end.exceptions, 1U);
  EXPECT_GT(run.cycles, 5000U);
  EXPECT_LT(run.cycles, 5300U);
  EXPECT_LT(run.instructions, 400U);  // the rest it slept
}

}  // namespace
}  // namespace boardless::sim::testing
