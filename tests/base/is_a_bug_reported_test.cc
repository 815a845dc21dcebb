// Does a broken internal belief stop the program with its sentence and place, and a true one pass?
#include <gtest/gtest.h>

#include "base/error.h"

namespace boardless {
namespace {

TEST(CheckDeathTest, ABrokenBeliefStopsTheProgram) {
  EXPECT_DEATH(check(1 + 1 == 3, "one and one is three"),
               "bug at .*is_a_bug_reported_test.cc:[0-9]+: one and one is three");
}

TEST(Check, ATrueBeliefPasses) { check(true, "never printed"); }

TEST(GuestFault, KeepsItsReport) {
  EXPECT_EQ(GuestFault("one line", "r0 0\nr1 1\n").report(), "r0 0\nr1 1\n");
  EXPECT_STREQ(GuestFault("one line").what(), "one line");
}

}  // namespace
}  // namespace boardless
