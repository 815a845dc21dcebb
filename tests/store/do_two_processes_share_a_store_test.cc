// Do processes that write to one store at the same time lose nothing, and does one that is killed
// leave it whole?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tests/scratch_folder.h"
#include "tests/store/stored_results.h"

namespace boardless::store {
namespace {

using testing::open_for_writing;
using testing::result_number;
using testing::results_numbered;

// A process that runs `work`, and ends with 0 unless something is thrown.
template <class Work>
pid_t started(const Work& work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    work();
    ::_exit(0);
  } catch (...) {
    ::_exit(1);
  }
}

int status_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

TEST(SharedStore, KeepsWhatEachOfSeveralProcessesWrites) {
  const ScratchFolder folder;
  const std::string file = folder / "s.db";
  constexpr int kProcesses = 4, kInserts = 40, kAtOnce = 5;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    children.push_back(started([&] {
      // All begin with a store that is not there yet.
      ResultStore store = open_for_writing(file);
      for (int i = 0; i < kInserts; ++i) {
        store.insert(results_numbered((process * kInserts + i) * kAtOnce, kAtOnce));
        if (!store.find(result_number((process * kInserts + i) * kAtOnce).key)) ::_exit(2);
      }
    }));
  }
  for (const pid_t child : children) EXPECT_EQ(status_of(child), 0);
  ResultStore store = open_for_writing(file);
  EXPECT_EQ(store.rows(), static_cast<std::uint64_t>(kProcesses * kInserts * kAtOnce));
  std::uint64_t listed = 0;
  store.for_each([&](const StoredResult&, std::uint64_t) { ++listed; });
  EXPECT_EQ(listed, store.rows());
  EXPECT_EQ(store.damaged_rows(), 0U);
}

// Whenever it is killed: what it had inserted is there, of an insertion under way all or nothing.
TEST(SharedStore, IsWholeAfterAProcessWasKilled) {
  const ScratchFolder folder;
  const std::string file = folder / "s.db";
  constexpr int kAtOnce = 50;
  std::uint64_t most = 0;
  for (int round = 0; round < 12; ++round) {
    const pid_t child = started([&] {
      ResultStore store = open_for_writing(file);
      for (int i = 0;; ++i) store.insert(results_numbered(i * kAtOnce, kAtOnce));
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + 23 * round));
    ::kill(child, SIGKILL);
    const int status = status_of(child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself: " << status;
    ResultStore store = open_for_writing(file);
    EXPECT_TRUE(store.set_aside().empty());
    EXPECT_EQ(store.rows() % kAtOnce, 0U);
    EXPECT_GE(store.rows(), most);
    most = store.rows();
    for (std::uint64_t i = 0; i < most; i += 17) {
      ASSERT_TRUE(store.document(result_number(static_cast<int>(i)).key).has_value()) << i;
    }
    EXPECT_EQ(store.damaged_rows(), 0U);
  }
  EXPECT_GT(most, 0U);
}

// A reader sees what was there when the writer began, at once.
TEST(SharedStore, CanBeReadWhileAnotherProcessWrites) {
  const ScratchFolder folder;
  const std::string file = folder / "s.db";
  open_for_writing(file).insert(results_numbered(0, 10));
  const pid_t writer = started([&] {
    ResultStore store = open_for_writing(file);
    for (int i = 1; i < 200; ++i) store.insert(results_numbered(i * 10, 10));
  });
  ResultStore store = ResultStore::open(file, Access::kRead, Damage::kRefuse);
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(store.find(result_number(i % 10).key).has_value());
  EXPECT_EQ(status_of(writer), 0);
  EXPECT_EQ(store.rows(), 2000U);
}

}  // namespace
}  // namespace boardless::store
