// Does a program get its words as they are, and is all it says collected, however much?
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/scratch_folder.h"
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

// One that waits uses no CPU, and so may what it started: both are stopped.
TEST(Process, HasATime) {
  using namespace std::chrono_literals;
  const ScratchFolder scratch;
  const std::string pipe = scratch / "pipe", ran_on = scratch / "ran_on";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto began = std::chrono::steady_clock::now();
  const ProcessResult result = run_process(
      {"sh", "-c", "echo said; (cat '" + pipe + "'; touch '" + ran_on + "'); echo no"}, 300ms);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 60s);
  EXPECT_FALSE(result.succeeded());
  EXPECT_EQ(result.out, "said\n");
  EXPECT_EQ(result.err, "it did not end within 0.3 s, and was stopped\n");
  // Nobody waits for the pipe any more, and what came after was not done.
  const auto has_reader = [&] {
    const int writer = ::open(pipe.c_str(), O_WRONLY | O_NONBLOCK);
    return writer >= 0 && ::close(writer) == 0;
  };
  while (has_reader() && std::chrono::steady_clock::now() - began < 60s) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_FALSE(has_reader());
  EXPECT_FALSE(std::filesystem::exists(ran_on));
}

TEST(Process, ThatIsNotThereIsNotFound) {
  EXPECT_FALSE(run_process({"boardless-no-such-program"}).found);
  EXPECT_FALSE(run_process({"/no/such/folder/gcc"}).found);
  EXPECT_FALSE(run_process({"/"}).found);
}

}  // namespace
}  // namespace boardless::toolchain
