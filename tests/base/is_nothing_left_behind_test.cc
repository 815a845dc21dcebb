// Are temporaries gone however their process ends, and are those collected that nobody could
// remove?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "base/live_temporaries.h"
#include "base/output_file.h"
#include "base/temporary.h"
#include "tests/scratch_folder.h"

namespace boardless {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

// What waitpid() says of a child that does this; one that comes back exits with 0.
int end_of(const std::function<void()>& child) {
  const pid_t process = ::fork();
  if (process == 0) {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    child();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(process, &status, 0);
  return status;
}

class Temporaries : public testing::Test {
 protected:
  const ScratchFolder scratch_;
  const fs::path folder_ = scratch_.path();
};

TEST_F(Temporaries, LookLikeWhatTheyAre) {
  const TemporaryFile file(folder_, 0600);
  EXPECT_THAT(scratch_.names(),
              ElementsAre(testing::MatchesRegex("\\.boardless-" + std::to_string(::getpid()) +
                                                "-[0-9a-f]{8}-[0-9]+\\.tmp")));
}

TEST_F(Temporaries, GoWithTheirObjects) {
  {
    const TemporaryFile file(folder_, 0600);
    const TemporaryFolder folder(folder_);
    write_file(folder.path() / "a" / "b", "x");
    EXPECT_EQ(scratch_.names().size(), 4U);
  }
  EXPECT_THAT(scratch_.names(), IsEmpty());
}

TEST_F(Temporaries, GoWithEverySignalThatEndsTheProcess) {
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1, SIGXCPU,
                           SIGXFSZ, SIGABRT, SIGRTMIN, SIGRTMAX}) {
    const int status = end_of([&] {
      std::signal(signal, SIG_DFL);
      remove_temporaries_on_signals();
      const TemporaryFile file(folder_, 0600);
      const TemporaryFile other(folder_, 0600);
      const TemporaryFolder folder(folder_);
      write_file(folder.path() / "a" / "b", "x");
      ::raise(signal);
    });
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal) << signal;
    EXPECT_THAT(scratch_.names(), IsEmpty()) << signal;
  }
}

TEST_F(Temporaries, StayWhereTheSignalIsIgnored) {
  const int status = end_of([&] {
    std::signal(SIGHUP, SIG_IGN);
    remove_temporaries_on_signals();
    TemporaryFile file(folder_, 0600);
    ::raise(SIGHUP);
    file.keep_as("kept");
  });
  EXPECT_EQ(status, 0);
  EXPECT_THAT(scratch_.names(), ElementsAre("kept"));
}

// A helper's end is not its parent's.
TEST_F(Temporaries, AreNotAForkedChilds) {
  const TemporaryFile file(folder_, 0600);
  end_of([] {
    std::signal(SIGTERM, SIG_DFL);
    remove_temporaries_on_signals();
    ::raise(SIGTERM);
  });
  EXPECT_EQ(scratch_.names().size(), 1U);
}

TEST_F(Temporaries, OfKilledProcessesAreCollected) {
  end_of([&] {
    const TemporaryFile file(folder_, 0600);
    const TemporaryFolder folder(folder_);
    write_file(folder.path() / "a", "x");
    ::raise(SIGKILL);
  });
  ASSERT_EQ(scratch_.names().size(), 3U);
  write_file(folder_ / "file", "x");
  EXPECT_THAT(scratch_.names(), ElementsAre("file"));
}

// Another machine's processes cannot be asked for.
TEST_F(Temporaries, OfOtherMachinesAreCollectedWhenTheyAreOld) {
  const auto made = [&](const char* name) {
    fs::path file = folder_ / name;
    std::ofstream(file) << "x";
    return file;
  };
  const fs::path young = made(".boardless-999999999-00000000-1.tmp");
  const fs::path old = made(".boardless-999999999-00000000-2.tmp");
  const fs::path strange = made(".boardless-x.tmp");
  for (const fs::path& file : {old, strange}) {
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(25));
  }
  write_file(folder_ / "file", "x");
  EXPECT_TRUE(fs::exists(young));
  EXPECT_TRUE(fs::exists(strange));
  EXPECT_FALSE(fs::exists(old));
}

TEST_F(Temporaries, OfProcessesAtWorkStay) {
  const TemporaryFile file(folder_, 0600);
  EXPECT_EQ(end_of([&] { write_file(folder_ / "file", "x"); }), 0);
  EXPECT_EQ(scratch_.names().size(), 2U);
}

TEST_F(Temporaries, LinksInThemAreNotFollowed) {
  write_file(folder_ / "outside" / "file", "kept");
  {
    const TemporaryFolder folder(folder_);
    fs::create_directory_symlink(folder_ / "outside", folder.path() / "link");
  }
  EXPECT_THAT(scratch_.names(), ElementsAre("outside", "outside/file"));
}

}  // namespace
}  // namespace boardless
