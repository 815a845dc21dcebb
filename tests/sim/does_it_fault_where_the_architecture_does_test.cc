// Does a core fault, or ignore, where the architecture says so: the Thumb bit, coprocessors,
// privilege, stack limits, the Security Extension's instructions, exception returns? And does time
// pass within a block? The program prints exception, CFSR, HFSR and the T bit that was stacked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/test_machine.h"

namespace boardless::sim::testing {
namespace {

using ::testing::HasSubstr;

class Architecture : public ::testing::Test {
 protected:
  const TestRun m4_ = run_program(test_program("architecture")),
                m33_ = run_program(test_program("architecture-m33"), on_cortex_m33());
};

TEST_F(Architecture, ProgramsRunToTheirEnd) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_EQ(run->end.reason, EndReason::kExit) << run->end.message << run->end.report;
    EXPECT_EQ(run->end.exit_status, 0) << run->output;
  }
}

// DDI 0403E A2.3.1: INVSTATE, at the target; HardFault unless UsageFault is enabled.
TEST_F(Architecture, AnAddressWithoutTheThumbBitIsAnInvalidState) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_THAT(run->output, HasSubstr("even blx 00000003 00020000 40000000 00000000 \n"));
    EXPECT_THAT(run->output, HasSubstr("even pop 00000003 00020000 40000000 00000000 \n"));
    EXPECT_THAT(run->output, HasSubstr("even bx 00000006 00020000 00000000 00000000 \n"));
    EXPECT_THAT(run->output, HasSubstr("even load 00000006 00020000 00000000 00000000 \n"));
  }
}

TEST_F(Architecture, SoIsAVectorWithoutIt) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_THAT(run->output, HasSubstr("even vector 00000003 00020000 40000000 00000000 \n"));
  }
}

TEST_F(Architecture, OfCoprocessorsThereIsNone) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_THAT(run->output, HasSubstr("coprocessor 00000006 00080000 00000000 "));
  }
}

// DDI 0403E B3.1.1: a BusFault with its address.
TEST_F(Architecture, SystemRegistersAreForPrivilegedCode) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_THAT(run->output, HasSubstr("unprivileged 00000005 00008200 00000000 "));
  }
}

// DACCVIOL with its address, and IACCVIOL.
TEST_F(Architecture, ProtectedMemoryFaults) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_THAT(run->output,
                HasSubstr("protected 00000004 00000082 00000000 01000000 \n2000603c \n"));
    EXPECT_THAT(run->output, HasSubstr("not executed 00000004 00000001 00000000 01000000 \n"));
  }
}

// DDI 0553 B3.21: STKOF, whichever instruction moves SP.
TEST_F(Architecture, NothingTakesTheStackBelowItsLimit) {
  EXPECT_THAT(m33_.output, HasSubstr("limit push 00000006 00100000 00000000 "));
  EXPECT_THAT(m33_.output, HasSubstr("limit sub 00000006 00100000 00000000 "));
}

// DDI 0553 C2.4: BXNS and VLLDM are UNDEFINED, SG is a NOP, or the program would not end.
TEST_F(Architecture, WithoutTheSecurityExtensionItsInstructionsAreUndefined) {
  EXPECT_THAT(m33_.output, HasSubstr("secure return 00000006 00010000 00000000 "));
  EXPECT_THAT(m33_.output, HasSubstr("lazy load 00000006 00010000 00000000 "));
}

// DDI 0403E B1.5.7: LSPACT, THREAD, HFRDY, MMRDY, BFRDY.
TEST_F(Architecture, FpccrTellsWhichExceptionsAreReady) {
  EXPECT_THAT(m4_.output, HasSubstr("ready 00000079 \n"));
}

// DDI 0403E B1.5.18: SEVONPEND.
TEST_F(Architecture, AnInterruptThatBecomesPendingIsAnEvent) {
  EXPECT_THAT(m4_.output, HasSubstr("woke\n"));
}

// DDI 0403E B1.5.8: INVPC, chained to the handler that returned.
TEST_F(Architecture, AReturnThatCannotBeIsAFault) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_THAT(run->output, HasSubstr("bad return 00000003 00040000 40000000 "));
  }
}

// Ten NOPs lie between two loads of the cycle counter in one block, and of SysTick.
TEST_F(Architecture, TimePassesWithinABlock) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_THAT(run->output, HasSubstr("ten nops 0000000b 0000000b \n"));
  }
}

}  // namespace
}  // namespace boardless::sim::testing
