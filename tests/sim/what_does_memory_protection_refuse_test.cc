// Does memory protection refuse what it should beside plain loads and stores: accesses as
// unprivileged code makes them (LDRT, STRT), and the frames of exceptions? In PMSAv7 and PMSAv8;
// the program prints exception, CFSR, HFSR and the T bit that was stacked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/test_machine.h"

namespace boardless::sim::testing {
namespace {

using ::testing::HasSubstr;

class Protection : public ::testing::Test {
 protected:
  const TestRun m4_ = run_program(test_program("protection")),
                m33_ = run_program(test_program("protection-m33"), on_cortex_m33());
  const std::string both_[2] = {m4_.output, m33_.output};
};

TEST_F(Protection, ProgramsRunToTheirEnd) {
  for (const TestRun* run : {&m4_, &m33_}) {
    EXPECT_EQ(run->end.reason, EndReason::kExit) << run->end.message << run->end.report;
    EXPECT_EQ(run->end.exit_status, 0) << run->output;
  }
}

// DDI 0403E B2.3.4, MemU_unpriv[]: as unprivileged code, so that MemManage comes with DACCVIOL and
// its address; nothing is stored.
TEST_F(Protection, HoldsForAccessesAsUser) {
  for (const std::string& output : both_) {
    for (const std::string name :
         {"ldrt", "ldrht", "ldrsht", "ldrbt", "ldrsbt", "strt", "strht", "strbt"}) {
      EXPECT_THAT(output, HasSubstr(name + " 00000004 00000082 00000000 01000000 \n"));
    }
    EXPECT_THAT(output, ::testing::ContainsRegex("held 00008281 2000[0-9a-f]{3}4 \n"));
    EXPECT_THAT(output, HasSubstr("open 00008277 ffff8277 \n"));
  }
}

// The default map is privileged code's (MPU_CTRL.PRIVDEFENA); so is the system control space.
TEST_F(Protection, WithoutARegionTheyHaveNothing) {
  for (const std::string& output : both_) {
    EXPECT_THAT(output, HasSubstr("default map 00000004 00000082 00000000 01000000 \n"));
    EXPECT_THAT(output, HasSubstr("system 00000005 00008200 00000000 01000000 \n"));
  }
}

// DDI 0403E B1.5.12: MSTKERR, without an address. MemManage comes first when it is the more urgent,
// HardFault when MemManage is not enabled; SVCall waits.
TEST_F(Protection, HoldsForTheFramesOfExceptions) {
  for (const std::string& output : both_) {
    EXPECT_THAT(output, HasSubstr("stacking 00000004 00000010 00000000 00000000 \ncall\n"
                                  "stacking 00000003 00000010 40000000 00000000 \ncall\n"));
  }
}

// Of two that are as urgent the first goes on, and the other is chained.
TEST_F(Protection, AnExceptionThatIsAsUrgentGoesOn) {
  for (const std::string& output : both_) {
    EXPECT_THAT(output, HasSubstr("call\nstacking 00000004 00000010 00000000 00000000 \ncall\n"));
  }
}

// MUNSTKERR, chained to the handler that returned: the frame is still there.
TEST_F(Protection, HoldsForTheCodeThatIsReturnedTo) {
  for (const std::string& output : both_) {
    EXPECT_THAT(output, HasSubstr("call\ncall\nunstacking 00000004 00000008 00000000 01000000 \n"));
  }
}

}  // namespace
}  // namespace boardless::sim::testing
