// Is a file made once for a key, kept only when it was made whole, and is every key its own?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/live_temporaries.h"
#include "base/output_file.h"
#include "tests/scratch_folder.h"
#include "toolchain/object_store.h"

namespace boardless::toolchain {
namespace {

namespace fs = std::filesystem;

class Kept : public testing::Test {
 protected:
  const ScratchFolder folder_;
};

TEST_F(Kept, IsMadeOnce) {
  const ObjectStore store(folder_.path());
  int made = 0;
  const auto make = [&](const fs::path& path) {
    ++made;
    write_file(path, "object");
  };
  const fs::path file = store.get("a.o", make);
  EXPECT_EQ(store.get("a.o", make), file);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(read_file(file).size(), 6U);
  EXPECT_THAT(folder_.names(), testing::ElementsAre("a.o", "a.o.sha256"));
}

TEST_F(Kept, IsMadeAgainWhenItIsBroken) {
  const ObjectStore store(folder_.path());
  const auto make = [](const fs::path& path) { write_file(path, "object"); };
  const auto content = [&] {
    const auto bytes = read_file(store.get("a.o", make));
    return std::string(bytes.begin(), bytes.end());
  };
  EXPECT_EQ(content(), "object");
  const std::vector<std::function<void()>> accidents{
      [&] { write_file(folder_ / "a.o", ""); },
      [&] { write_file(folder_ / "a.o", "objecT"); },
      [&] { write_file(folder_ / "a.o.sha256", "half a dige"); },
      [&] { fs::remove(folder_ / "a.o.sha256"); },
      [&] { fs::remove(folder_ / "a.o"); },
      [&] {
        fs::remove(folder_ / "a.o");
        fs::create_directory(folder_ / "a.o");
      }};
  for (std::size_t i = 0; i < accidents.size(); ++i) {
    accidents[i]();
    EXPECT_EQ(content(), "object") << "after accident " << i;
  }
}

TEST_F(Kept, NothingOfWhatFailed) {
  const ObjectStore store(folder_.path());
  const auto fail = [](const fs::path& path) {
    write_file(path, "half an ob");
    throw InputError("no");
  };
  EXPECT_THROW(store.get("a.o", fail), InputError);
  EXPECT_THAT(folder_.names(), testing::IsEmpty());
}

// A compiler may have written more than was asked for when the signal comes.
TEST_F(Kept, NothingOfWhatWasStopped) {
  const ObjectStore store(folder_.path());
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGKILL}) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::signal(signal, SIG_DFL);
      remove_temporaries_on_signals();
      (void)store.get("a.o", [&](const fs::path& path) {
        write_file(path, "half an ob");
        write_file(path.parent_path() / "a.su", "stack usage");
        ::raise(signal);
      });
      ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal);
    if (signal != SIGKILL) {
      EXPECT_THAT(folder_.names(), testing::IsEmpty()) << signal;
    }
  }
  // What SIGKILL left goes with the next.
  (void)store.get("b.o", [](const fs::path& path) { write_file(path, "object"); });
  EXPECT_THAT(folder_.names(), testing::ElementsAre("b.o", "b.o.sha256"));
}

TEST(BuildKey, KeepsTextsApart) {
  const std::set<std::string> keys{BuildKey().add("ab").add("c").hex(),
                                   BuildKey().add("a").add("bc").hex(), BuildKey().add("abc").hex(),
                                   BuildKey().add("ab").add("").hex(),
                                   BuildKey().add("").add("ab").hex()};
  EXPECT_EQ(keys.size(), 5U);
  EXPECT_EQ(BuildKey().add("a").hex(), BuildKey().add("a").hex());
}

// Sets an environment variable, or removes it, for as long as it lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    value == nullptr ? unsetenv(name) : setenv(name, value, 1);
  }
  ~Variable() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(CacheFolder, IsWhereTheUserKeepsCaches) {
  const Variable home("HOME", "/home/u");
  {
    const Variable cache("XDG_CACHE_HOME", "/c");
    EXPECT_EQ(default_cache_folder(), "/c/boardless");
  }
  const Variable cache("XDG_CACHE_HOME", nullptr);
  EXPECT_EQ(default_cache_folder(), "/home/u/.cache/boardless");
  const Variable homeless("HOME", nullptr);
  EXPECT_THROW((void)default_cache_folder(), InputError);
}

}  // namespace
}  // namespace boardless::toolchain
