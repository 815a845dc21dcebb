// Does a program get its words as they are, and is all it says collected, however much?
#include <gtest/gtest.h>

#include "toolchain/process.h"

namespace boardless::toolchain {
namespace {

TEST(Process, GetsItsWordsUnchanged) {
  const ProcessResult result = run_process({"printf", "%s|", "a b", "$HOME", "*", "\"q\""});
  EXPECT_TRUE(result.succeeded());
  EXPECT_EQ(result.out, "a b|$HOME|*|\"q\"|");
  EXPECT_EQ(result.err, "");
}

TEST(Process, SaysHowItEnded) {
  const ProcessResult failed = run_process({"sh", "-c", "echo no >&2; exit 3"});
  EXPECT_FALSE(failed.succeeded());
  EXPECT_EQ(failed.status, 3);
  EXPECT_EQ(failed.err, "no\n");
  EXPECT_EQ(run_process({"sh", "-c", "kill -9 $$"}).status, 128 + 9);
}

// More than a pipe holds on both at once.
TEST(Process, MayFillBothPipes) {
  const ProcessResult result =
      run_process({"sh", "-c", "head -c 300000 /dev/zero >&2; head -c 200000 /dev/zero; cat"});
  EXPECT_TRUE(result.succeeded());
  EXPECT_EQ(result.out.size(), 200000U);
  EXPECT_EQ(result.err.size(), 300000U);
}

// A compiler that is given `#include "/dev/zero"` would take all memory.
TEST(Process, HasBounds) {
  const ProcessResult result = run_process({"sh", "-c", "ulimit -v; ulimit -t; ulimit -c"});
  EXPECT_EQ(result.out, "2097152\n300\n0\n");
}

TEST(Process, ThatIsNotThereIsNotFound) {
  EXPECT_FALSE(run_process({"boardless-no-such-program"}).found);
  EXPECT_FALSE(run_process({"/no/such/folder/gcc"}).found);
  EXPECT_FALSE(run_process({"/"}).found);
}

}  // namespace
}  // namespace boardless::toolchain
