// A machine with 64 KB of flash at 0 and 32 KB of RAM, for the programs of tests/programs.
#pragma once

#include <cstdint>
#include <string>

#include "isa/variant.h"
#include "sim/arm_machine.h"
#include "sim/counting_sink.h"
#include "sim/elf_image.h"

namespace boardless::sim::testing {

inline ElfImage test_program(const std::string& name) {
  return load_elf(std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/" + name + ".elf");
}

inline CoreSystem cortex_m4() {
  CoreSystem core;
  core.fpu = true;
  core.priority_bits = 4;
  core.exceptions = {12, 10, 6, 17};
  return core;
}

inline BoardSpec small_board() {
  BoardSpec board;
  board.core_clock_hz = 100000000;
  board.memories = {{"flash", 0, 0x10000, false, {}}, {"ram", 0x20000000, 0x8000, true, {}}};
  return board;
}

struct TestRun {
  RunEnd end;
  std::string output;  // by semihosting
  std::string serial;
  std::uint64_t cycles = 0, instructions = 0;
};

struct TestSetup {
  std::string variant = "v7e-m-fp";
  CoreSystem core = cortex_m4();
  BoardSpec board = small_board();
  Semihosting::Options semihosting;
  SerialConsole::Options serial;
  RunLimits limits{.cycles = 1000000, .until = {}};
};

inline TestSetup on_cortex_m33() {
  TestSetup setup;
  setup.variant = "v8-m.main";
  setup.core.features = isa::find_variant("v8-m.main").features;
  setup.core.fpu = false;
  return setup;
}

inline TestRun run_program(const ElfImage& program, const TestSetup& setup = {}) {
  SerialConsole console(setup.serial);
  Semihosting semihosting(setup.semihosting);
  ArmMachine machine(isa::find_variant(setup.variant), setup.core, setup.board, console,
                     semihosting);
  machine.boot(program, 0);
  CountingSink clock;
  machine.attach(clock, {});
  TestRun run;
  run.end = machine.run(setup.limits);
  run.output = semihosting.output().text();
  run.serial = console.output().text();
  run.cycles = clock.now();
  run.instructions = clock.instructions();
  return run;
}

}  // namespace boardless::sim::testing
