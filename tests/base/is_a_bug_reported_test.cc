// Is a broken internal belief thrown with its sentence and place, and does a true one pass?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace boardless {
namespace {

TEST(Check, ABrokenBeliefIsABug) {
  EXPECT_THAT([] { check(1 + 1 == 3, "one and one is three"); },
              testing::ThrowsMessage<Bug>(testing::ContainsRegex(
                  "^bug at .*is_a_bug_reported_test.cc:[0-9]+: one and one is three$")));
}

TEST(Check, ATrueBeliefPasses) { check(true, "never printed"); }

TEST(GuestFault, KeepsItsReport) {
  EXPECT_EQ(GuestFault("one line", "r0 0\nr1 1\n").report(), "r0 0\nr1 1\n");
  EXPECT_STREQ(GuestFault("one line").what(), "one line");
}

}  // namespace
}  // namespace boardless
