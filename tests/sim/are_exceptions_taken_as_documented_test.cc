// Does exception entry stack what the architecture says, do priorities decide who pre-empts whom,
// and do faults end where they should? The programs print what they saw (tests/programs).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/test_machine.h"

namespace boardless::sim::testing {
namespace {

using ::testing::HasSubstr;

class Exceptions : public ::testing::Test {
 protected:
  const TestRun run_ = run_program(test_program("exceptions"));
};

TEST_F(Exceptions, EndWhereTheProgramDoes) {
  EXPECT_EQ(run_.end.reason, EndReason::kExit) << run_.end.message << run_.end.report;
  EXPECT_EQ(run_.end.exit_status, 0) << run_.output;
}

// DDI 0403E B1.5.6: r0-r3, r12, lr, return address, xPSR; B1.5.8: EXC_RETURN.
TEST_F(Exceptions, StackEightWords) {
  EXPECT_THAT(run_.output,
              HasSubstr("aligned 00000010 00000011 00000012 00000013 0000001c 0000001e "
                        "00000000 fffffff9 \n"));
}

// Bit 9 of the stacked xPSR says that a word was skipped.
TEST_F(Exceptions, KeepTheStackAlignedToEightBytes) {
  EXPECT_THAT(run_.output,
              HasSubstr("misaligned 00000010 00000011 00000012 00000013 0000001c 0000001e "
                        "00000200 fffffff9 \n"));
}

TEST_F(Exceptions, OfHigherPriorityPreempt) {
  EXPECT_THAT(run_.output, HasSubstr("preempts 01io\n"));
  EXPECT_THAT(run_.output, HasSubstr("equal 0o1i\n"));
  EXPECT_THAT(run_.output, HasSubstr("lower 0o1i\n"));
}

TEST_F(Exceptions, OfOneGroupDoNotPreempt) {
  EXPECT_THAT(run_.output, HasSubstr("grouped 0o1i\n"));
}

TEST_F(Exceptions, WaitWhileMasked) {
  EXPECT_THAT(run_.output, HasSubstr("primask m01io\n"));
  EXPECT_THAT(run_.output, HasSubstr("basepri m01io\n"));
}

// The handler's first FP instruction saves s0 = 1, s1 = 2; the sum of both is right afterwards.
TEST_F(Exceptions, SaveFloatingPointStateLazily) {
  EXPECT_THAT(run_.output, HasSubstr("fp 00000001 00000000 3f800000 40000000 40400000 \n"));
}

// CONTROL.SPSEL is set by a return with 0xfffffffd, and shows in the next EXC_RETURN.
TEST_F(Exceptions, SwitchToTheProcessStack) {
  EXPECT_THAT(run_.output, HasSubstr("thread 00000002 fffffffd \n"));
}

TEST(ExceptionCycles, AreThoseOfTheCore) {
  TestSetup slow;
  slow.core.exceptions = {112, 110, 106, 117};
  const TestRun fast = run_program(test_program("exceptions"));
  const TestRun slower = run_program(test_program("exceptions"), slow);
  EXPECT_EQ(fast.instructions, slower.instructions);
  // Each exception is entered and left; three ('equal', 'lower', 'grouped') follow another by
  // tail-chaining; one FP frame is saved and restored.
  constexpr std::uint64_t kTailChained = 3, kFpFrame = 2;
  EXPECT_EQ(slower.cycles - fast.cycles, 100 * (2 * fast.end.exceptions + kTailChained + kFpFrame));
}

class Faults : public ::testing::Test {
 protected:
  const TestRun run_ = run_program(test_program("faults"));
};

TEST_F(Faults, EscalateToHardFaultUnlessEnabled) {
  EXPECT_THAT(run_.output, HasSubstr("escalated 00000003 00008200 40000000 \n"));
  EXPECT_THAT(run_.output, HasSubstr("bus 00000005 00008200 00000000 \n60000000 \n"));
}

TEST_F(Faults, OfUsageSayWhichOne) {
  EXPECT_THAT(run_.output, HasSubstr("undefined 00000006 00010000 00000000 \n"));
  EXPECT_THAT(run_.output, HasSubstr("divide 00000006 02000000 00000000 \n"));
  EXPECT_THAT(run_.output, HasSubstr("unaligned 00000006 01000000 00000000 \n"));
  EXPECT_THAT(run_.output, HasSubstr("no fp 00000006 00080000 00000000 \n"));
}

TEST_F(Faults, AnSvcThatIsMaskedIsAHardFault) {
  EXPECT_THAT(run_.output, HasSubstr("masked 00000003 00000000 40000000 \n"));
}

TEST_F(Faults, WhereNoneCanBeTakenLockUp) {
  EXPECT_THAT(run_.output, HasSubstr("locks up\n"));
  EXPECT_EQ(run_.end.reason, EndReason::kFault);
  EXPECT_THAT(run_.end.message, HasSubstr("locks up"));
  EXPECT_THAT(run_.end.message, HasSubstr("at 0x60000000"));
  EXPECT_THAT(run_.end.report, HasSubstr("CFSR 0x00008200"));
  EXPECT_THAT(run_.end.report, HasSubstr("program+"));
}

}  // namespace
}  // namespace boardless::sim::testing
