// Is every way that firmware can end told apart, with what is needed to find out why?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/sim/test_machine.h"

namespace boardless::sim::testing {
namespace {

using ::testing::HasSubstr;

TestRun end_by(const std::string& argument, TestSetup setup = {}) {
  setup.semihosting.command_line = argument;
  return run_program(test_program("ends"), setup);
}

TEST(Run, EndsByExit) {
  TestSetup setup;
  setup.semihosting = {.input = "typed line\nand more", .command_line = "one two"};
  const TestRun run = run_program(test_program("hello"), setup);
  EXPECT_EQ(run.end.reason, EndReason::kExit);
  EXPECT_EQ(run.end.exit_status, 7);  // of .data, which start-up code copies
  EXPECT_EQ(run.output, "hello\none twotyped line\n");
}

TEST(Run, EndsByExitWithoutTheMainExtension) {
  for (const char* variant : {"v6-m", "v8-m.base"}) {
    TestSetup setup;
    setup.variant = variant;
    setup.core = {
        .features = isa::find_variant(variant).features, .priority_bits = 2, .exceptions = {}};
    const TestRun run = run_program(test_program("hello-m0plus"), setup);
    EXPECT_EQ(run.end.reason, EndReason::kExit) << variant;
    EXPECT_EQ(run.end.exit_status, 7) << variant;
  }
}

TEST(Run, EndsInALoopThatNothingCanInterrupt) {
  const TestRun run = end_by("l");
  EXPECT_EQ(run.end.reason, EndReason::kStuck);
  EXPECT_THAT(run.end.message, HasSubstr("loops on itself"));
  EXPECT_THAT(run.end.report, HasSubstr("PRIMASK 1"));
}

TEST(Run, EndsAsleep) {
  const TestRun run = end_by("s");
  EXPECT_EQ(run.end.reason, EndReason::kSleepsForever);
  EXPECT_LT(run.cycles, 1000U);
}

TEST(Run, EndsByReset) { EXPECT_EQ(end_by("r").end.reason, EndReason::kReset); }

// Resets the chip at cycle 50000, whatever the program does.
class Resetting : public TimedDevice {
 public:
  explicit Resetting(DeviceHost& host) : host_(host) {}
  std::uint32_t read(std::uint32_t, std::uint32_t) override { return 0; }
  void write(std::uint32_t, std::uint32_t, std::uint32_t) override {}
  std::uint64_t next_event() const override { return kWhen; }
  void advance() override {
    if (host_.now() >= kWhen) host_.request_reset("time is up");
  }
  bool will_reset() const override { return true; }

 private:
  static constexpr std::uint64_t kWhen = 50000;
  DeviceHost& host_;
};

// A loop that no interrupt can leave, sleep that nothing else ends, and work.
TEST(Run, EndsByTheResetOfADevice) {
  TestSetup setup;
  setup.board.devices.push_back({"resetting", 0x40000000, 0x400, "", [](const DeviceSite& site) {
                                   return std::make_unique<Resetting>(site.host);
                                 }});
  for (const std::string what : {"l", "s", "x"}) {
    const TestRun run = end_by(what, setup);
    EXPECT_EQ(run.end.reason, EndReason::kReset) << what;
    EXPECT_EQ(run.end.message, "time is up");
    EXPECT_GE(run.cycles, 50000U) << what;
    EXPECT_LT(run.cycles, 50100U) << what;
  }
}

TEST(Run, EndsWithItsCycles) {
  const TestRun run = end_by("x");
  EXPECT_EQ(run.end.reason, EndReason::kCycles);
  EXPECT_GE(run.cycles, 1000000U);
  EXPECT_LT(run.cycles, 1000100U);
}

// The program's handler of an unexpected exception exits with 100 and its number.
TEST(Run, TakesHardFaultForAJumpToNowhere) { EXPECT_EQ(end_by("j").end.exit_status, 103); }

TEST(Run, EndsWhenTheStackIsNoMemory) {
  const TestRun run = end_by("e");
  EXPECT_EQ(run.end.reason, EndReason::kFault);
  EXPECT_THAT(run.end.message, HasSubstr("with the stack pointer at 0x20000000"));
}

TEST(Run, EndsAtASymbol) {
  const ElfImage program = test_program("ends");
  TestSetup setup;
  setup.limits.until = program.find("marker")->address;
  const TestRun run = run_program(program, setup);
  EXPECT_EQ(run.end.reason, EndReason::kSymbol);
  EXPECT_EQ(run.end.pc, program.find("marker")->address);
}

TEST(Run, NeedsAVectorTable) {
  ElfImage nothing;
  nothing.file = "zeros.bin";
  nothing.segments.push_back({0, std::vector<std::uint8_t>(64), 0});
  EXPECT_THROW(run_program(nothing), InputError);
}

TEST(Run, NeedsMemoryForTheProgram) {
  ElfImage elsewhere;
  elsewhere.file = "far.bin";
  elsewhere.segments.push_back({0x08000000, std::vector<std::uint8_t>(64), 0x08000000});
  try {
    run_program(elsewhere);
    FAIL() << "it ran";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("far.bin: 64 bytes at 0x08000000 lie in no memory"));
    EXPECT_THAT(error.what(), HasSubstr("flash (0x00000000 to 0x0000ffff)"));
  }
}

}  // namespace
}  // namespace boardless::sim::testing
