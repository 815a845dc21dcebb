// Once a process is confined, may it write what it was to write, and nothing else: no other file,
// no program, no socket? Asked of child processes, because what is given up cannot be taken back.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "base/confinement.h"
#include "base/data_files.h"
#include "base/output_file.h"
#include "tests/scratch_folder.h"

namespace boardless {
namespace {

namespace fs = std::filesystem;

// Whether `attempt` succeeds in a process that is confined so.
bool succeeds(const Confinement& confinement, const std::function<bool()>& attempt) {
  const pid_t child = fork();
  if (child == 0) {
    confine(confinement);
    bool done = false;
    try {
      done = attempt();
    } catch (const std::exception&) {
    }
    _exit(done ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  return WEXITSTATUS(status) == 0;
}

// What this kernel enforces, found out in a child process.
bool enforces(const std::string& what) {
  return succeeds({}, [&] { return confine({}).find(what) != std::string::npos; });
}

bool writes(const fs::path& file) {
  std::ofstream stream(file);
  stream << "text";
  return static_cast<bool>(stream.flush());
}

class Confined : public testing::Test {
 protected:
  ScratchFolder folder_;
};

class ConfinedFiles : public Confined {
 protected:
  void SetUp() override {
    if (!enforces("files")) GTEST_SKIP() << "needs a kernel with Landlock";
  }
};

TEST_F(ConfinedFiles, ChangeOnlyWhereTheyWereNamed) {
  const fs::path kept = folder_.write("kept", "as it was");
  fs::create_directory(folder_ / "out");
  const Confinement confinement{.writes = {folder_ / "out/result.json"}, .reads = {}};
  EXPECT_TRUE(succeeds(confinement, [&] { return writes(folder_ / "out/result.json"); }));
  EXPECT_FALSE(succeeds(confinement, [&] { return writes(kept); }));
  EXPECT_FALSE(succeeds(confinement, [&] { return writes(folder_ / "new"); }));
  EXPECT_FALSE(succeeds(confinement, [&] { return fs::remove(kept); }));
  EXPECT_FALSE(succeeds(confinement, [&] { return fs::create_directory(folder_ / "folder"); }));
  EXPECT_FALSE(succeeds(confinement, [&] {
    fs::rename(kept, folder_ / "out/moved");
    return true;
  }));
  EXPECT_FALSE(succeeds(confinement, [&] {
    fs::resize_file(kept, 0);
    return true;
  }));
  EXPECT_EQ(fs::file_size(kept), 9U);
}

TEST_F(ConfinedFiles, AreWrittenWholeWhereTheyWereThere) {
  const fs::path result = folder_.write("result.json", "before");
  EXPECT_TRUE(succeeds({.writes = {result}, .reads = {}}, [&] {
    write_file(result, "after");
    return true;
  }));
  EXPECT_EQ(read_file(result).size(), 5U);
}

TEST_F(ConfinedFiles, AreWrittenThroughLinksAndBelowFoldersToCome) {
  fs::create_directory(folder_ / "elsewhere");
  fs::create_symlink(folder_ / "elsewhere", folder_ / "link");
  EXPECT_TRUE(succeeds({.writes = {folder_ / "link/a"}, .reads = {}},
                       [&] { return writes(folder_ / "link/a"); }));
  EXPECT_TRUE(succeeds({.writes = {folder_ / "new/folder/a"}, .reads = {}}, [&] {
    fs::create_directories(folder_ / "new/folder");
    return writes(folder_ / "new/folder/a");
  }));
}

TEST_F(ConfinedFiles, AreReadOnlyWhereTheyWereNamed) {
  const fs::path named = folder_.write("named", "text");
  const fs::path other = folder_.write("other", "text");
  const Confinement confinement{.writes = {}, .reads = std::vector<fs::path>{named}};
  EXPECT_TRUE(succeeds(confinement, [&] { return read_file(named).size() == 4; }));
  EXPECT_FALSE(succeeds(confinement, [&] { return read_file(other).size() == 4; }));
  EXPECT_TRUE(succeeds({}, [&] { return read_file(other).size() == 4; }));
}

TEST_F(ConfinedFiles, StartNoProgramUnlessItMay) {
  const auto run = [] {
    execl("/bin/true", "true", nullptr);
    return false;
  };
  EXPECT_FALSE(succeeds({}, run));
  EXPECT_TRUE(succeeds({.writes = {}, .reads = {}, .starts_programs = true}, run));
}

TEST_F(Confined, ReachesNoNetwork) {
  if (!enforces("network")) GTEST_SKIP() << "needs a kernel with seccomp";
  const auto open_socket = [] { return socket(AF_INET, SOCK_STREAM, 0) >= 0; };
  EXPECT_FALSE(succeeds({}, open_socket));
  EXPECT_FALSE(succeeds({.writes = {}, .reads = {}, .starts_programs = true}, open_socket));
}

}  // namespace
}  // namespace boardless
