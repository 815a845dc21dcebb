// Does a run end that can do nothing but fault, and say why; and one that only seems so go on?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "sim/fault_series.h"
#include "sim/riscv_machine.h"
#include "tests/sim/test_machine.h"

namespace boardless::sim::testing {
namespace {

using ::testing::HasSubstr;

// A program of halfwords at 0x100, with a vector table whose handlers are all at 0x140.
ElfImage program_of(std::initializer_list<std::uint16_t> code,
                    std::initializer_list<std::uint16_t> handler) {
  ElfImage image;
  image.file = "program";
  std::vector<std::uint8_t> bytes(0x180);
  const auto put = [&](std::size_t at, std::uint32_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      bytes[at + i] = static_cast<std::uint8_t>(value >> 8 * i);
    }
  };
  constexpr std::size_t kCode = 0x100, kHandler = 0x140;
  for (std::size_t vector = 2; vector < 64; ++vector) put(4 * vector, kHandler | 1, 4);
  put(0, 0x20008000, 4);
  put(4, kCode | 1, 4);
  std::size_t at = kCode;
  for (const std::uint16_t each : code) {
    put(at, each, 2);
    at += 2;
  }
  at = kHandler;
  for (const std::uint16_t each : handler) {
    put(at, each, 2);
    at += 2;
  }
  image.segments.push_back({.address = 0, .bytes = bytes, .load_address = 0});
  return image;
}

TEST(EndlessFaults, OfAReturnThatCannotBeEndTheRun) {
  // svc #0; the handler: mvn r0, #143; bx r0
  const TestRun run = run_program(program_of({0xdf00, 0xe7fe}, {0xf06f, 0x008f, 0x4700}));
  EXPECT_EQ(run.end.reason, EndReason::kFault);
  EXPECT_THAT(run.end.message, HasSubstr("the code at 0x00000140 makes an exception return with "
                                         "the invalid value 0xffffff70 without end"));
  EXPECT_LT(run.end.exceptions, 2000U);
}

// The handler returns to what faulted, which faults again.
TEST(EndlessFaults, OfOneInstructionEndTheRun) {
  const TestRun run = run_program(program_of({0xde01, 0xe7fe}, {0x4770}));  // udf #1; bx lr
  EXPECT_EQ(run.end.reason, EndReason::kFault);
  EXPECT_THAT(run.end.message,
              HasSubstr("the program faults without end: an undefined instruction"));
  EXPECT_THAT(run.end.message,
              HasSubstr("its handler has returned to the instruction at 0x00000100 "
                        "1000 times in a row, and each time it faults again"));
  EXPECT_THAT(run.end.report, HasSubstr("last fault: an undefined instruction"));
  EXPECT_LT(run.end.exceptions, 2000U);
  EXPECT_EQ(run.end.pc, 0x100U);
}

// A load in the middle of a block; what came before it is said as well.
TEST(EndlessFaults, TellTheFirstAndWhatWasBefore) {
  // udf #1, which the handler skips once; mov.w r0, #0x60000000; nop; ldr r1, [r0]
  // The handler: cbnz r7; movs r7, #1; ldr r1, [sp, #24]; adds r1, #2; str r1, [sp, #24]; bx lr
  const TestRun run = run_program(program_of({0xde01, 0xf04f, 0x40c0, 0xbf00, 0x6801, 0xe7fe},
                                             {0xb91f, 0x2701, 0x9906, 0x3102, 0x9106, 0x4770}));
  EXPECT_EQ(run.end.reason, EndReason::kFault);
  EXPECT_THAT(run.end.message,
              HasSubstr("without end: invalid read (nothing is mapped there), 4 bytes "
                        "at 0x60000000, by the instruction at 0x00000108"));
  EXPECT_THAT(run.end.message, HasSubstr("; before that, an undefined instruction"));
}

// SysTick may change what faults: the run goes on, and says so at its end.
TEST(EndlessFaults, WaitForInterruptsThatCanCome) {
  // ldr r0, =0xe000e010; movs r1, #7; mov.w r2, #0x8000; str r2, [r0, #4]; str r1, [r0]; udf #1
  const TestRun run = run_program(program_of(
      {0x4803, 0x2107, 0xf44f, 0x4200, 0x6042, 0x6001, 0xde01, 0xbf00, 0xe010, 0xe000}, {0x4770}));
  EXPECT_EQ(run.end.reason, EndReason::kFault);
  EXPECT_THAT(run.end.message, HasSubstr("the program faults without end"));
  EXPECT_GT(run.end.exceptions, 30000U);
}

// A handler that emulates an instruction, and goes on behind it, a million times.
TEST(EndlessFaults, AreNotThoseThatAreSkipped) {
  // udf #1; b .-2; ldr r1, [sp, #24]; adds r1, #2; str r1, [sp, #24]; bx lr
  const TestRun run = run_program(program_of({0xde01, 0xe7fd}, {0x9906, 0x3102, 0x9106, 0x4770}));
  EXPECT_EQ(run.end.reason, EndReason::kCycles);
  EXPECT_GT(run.end.exceptions, 20000U);
}

// One that mends the cause returns to the instruction, which is done: an access to what the handler
// has to permit each time.
TEST(EndlessFaults, AreNotThoseThatAreMended) {
  // movs r0, #0; movs r4, #1; lsls r4, r4, #29; loop: ldr r1, [r0]; adds r5, #1; mov r0, #3 << 29;
  // b loop. The handler puts 1 << 29, where memory is, into the stacked r0.
  const TestRun run = run_program(program_of(
      {0x2000, 0x2401, 0x0764, 0xf04f, 0x40c0, 0x6801, 0x3501, 0xe7fa}, {0x9400, 0x4770}));
  EXPECT_EQ(run.end.reason, EndReason::kCycles);
  EXPECT_GT(run.end.exceptions, 20000U);
}

TestRun run_riscv(std::initializer_list<std::uint32_t> code) {
  ElfImage image;
  image.file = "program";
  std::vector<std::uint8_t> bytes;
  for (const std::uint32_t word : code) {
    for (unsigned i = 0; i < 4; ++i) bytes.push_back(static_cast<std::uint8_t>(word >> 8 * i));
  }
  image.segments.push_back({.address = 0, .bytes = bytes, .load_address = 0});
  SerialConsole console({});
  Semihosting semihosting({});
  RiscvSystem core;
  core.trap_entry_cycles = 4;
  RiscvMachine machine(isa::find_variant("rv32imac"), core, small_board(), console, semihosting);
  machine.boot(image);
  CountingSink clock;
  machine.attach(clock, {});
  TestRun run;
  run.end = machine.run({.cycles = 1000000, .until = {}});
  return run;
}

TEST(EndlessFaults, OfARiscvInstructionEndTheRun) {
  // li t0, 24; csrw mtvec, t0; nop; .word 0; j .; nop; mret
  const TestRun run =
      run_riscv({0x01800293, 0x30529073, 0x00000013, 0, 0x0000006f, 0x00000013, 0x30200073});
  EXPECT_EQ(run.end.reason, EndReason::kFault);
  EXPECT_THAT(run.end.message,
              HasSubstr("the program faults without end: an illegal instruction at "
                        "0x0000000c; its handler has returned to the instruction at "
                        "0x0000000c 1000 times in a row"));
  EXPECT_LT(run.end.exceptions, 2000U);
}

TEST(EndlessFaults, AreNotRiscvInstructionsThatAreSkipped) {
  // li t0, 24; csrw mtvec, t0; nop; .word 0; j .-8; nop; csrr t1, mepc; addi t1, t1, 4;
  // csrw mepc, t1; mret
  const TestRun run = run_riscv({0x01800293, 0x30529073, 0x00000013, 0, 0xff9ff06f, 0x00000013,
                                 0x34102373, 0x00430313, 0x34131073, 0x30200073});
  EXPECT_EQ(run.end.reason, EndReason::kCycles);
  EXPECT_GT(run.end.exceptions, 20000U);
}

TEST(FaultSeries, CountsWhatIsTriedAgainInOnePlace) {
  FaultSeries series;
  std::uint64_t now = 500;
  for (unsigned i = 0; i <= FaultSeries::kMany; ++i, now += 10) {
    EXPECT_FALSE(series.is_endless());
    series.add(0x100, i != 0, now, i == 0 ? "the first" : "another", "; before that, none");
  }
  EXPECT_TRUE(series.is_endless());
  EXPECT_THAT(series.text(), HasSubstr("without end: the first; "));
  EXPECT_TRUE(series.goes_on(now));
  EXPECT_TRUE(series.goes_on(now + 100));
  EXPECT_FALSE(series.goes_on(now + 1000));  // it has come to an end
  for (unsigned i = 0; i < 2 * FaultSeries::kMany; ++i) series.add(0x100, false, now, "a", "");
  EXPECT_FALSE(series.is_endless());
  for (unsigned i = 0; i < 2 * FaultSeries::kMany; ++i) {
    series.add(0x100 + i % 2, true, now, "a", "");
  }
  EXPECT_FALSE(series.is_endless());
  EXPECT_FALSE(series.goes_on(now));
}

// SysTick's handler mends at last what the fault's own handler does not, and the program goes on.
TEST(EndlessFaults, AreNotThoseThatAnInterruptEnds) {
  // Vectors, the handler and the code as above; SysTick's handler is the same as all others', which
  // skips the instruction once SysTick has counted: SYST_CSR.COUNTFLAG, bit 16.
  // movw r0, #0xe010; movt r0, #0xe000; movs r1, #7; movw r2, #0xffff; str r2, [r0, #4];
  // str r1, [r0]; udf #1; b .-0
  // The handler: ldr r1, [r0]; lsrs r1, r1, #17; bcc end; ldr r1, [sp, #24]; adds r1, #2;
  // str r1, [sp, #24]; str r3, [r0] (SysTick off: r3 is 0); end: bx lr
  const TestRun run =
      run_program(program_of({0xf24e, 0x0010, 0xf2ce, 0x0000, 0x2107, 0xf64f, 0x72ff, 0x6042,
                              0x6001, 0xde01, 0xbf00, 0x3501, 0xe7fd},
                             {0x6801, 0x0c49, 0xd303, 0x9906, 0x3102, 0x9106, 0x6003, 0x4770}));
  EXPECT_EQ(run.end.reason, EndReason::kCycles) << run.end.message;
  EXPECT_GT(run.end.exceptions, 1000U);
  EXPECT_LT(run.end.exceptions, 10000U);
}

}  // namespace
}  // namespace boardless::sim::testing
