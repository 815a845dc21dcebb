// Is a checkout named by what git's files say, whatever else they say, and without running git?
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/scratch_folder.h"
#include "toolchain/git_checkout.h"
#include "toolchain/process.h"

namespace boardless::toolchain {
namespace {

namespace fs = std::filesystem;

const std::string kCommit(40, 'a'), kOther(40, 'b'), kTagObject(40, 'c');

class Checkout : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) { scratch_.write(name, text); }
  std::string name(const std::string& folder = "") const {
    return checked_out(scratch_.path() / folder);
  }
  const ScratchFolder scratch_;
};

TEST_F(Checkout, OfACommitOrABranch) {
  EXPECT_EQ(name(), "");
  write(".git/HEAD", kCommit + "\n");
  EXPECT_EQ(name(), "commit aaaaaaaa");
  write(".git/HEAD", "ref: refs/heads/main\n");
  EXPECT_EQ(name(), "");  // not born yet
  write(".git/packed-refs",
        "# pack-refs with: peeled fully-peeled sorted\n" + kOther + " refs/heads/main\n");
  EXPECT_EQ(name(), "commit bbbbbbbb");
  write(".git/refs/heads/main", kCommit + "\n");
  EXPECT_EQ(name(), "commit aaaaaaaa");
  EXPECT_EQ(name("refs"), "") << "a folder inside another's checkout";
}

TEST_F(Checkout, OfATag) {
  write(".git/HEAD", kCommit + "\n");
  write(".git/packed-refs",
        kTagObject + " refs/tags/v7.0.0\n^" + kCommit + "\n" + kOther + " refs/tags/v8\n");
  EXPECT_EQ(name(), "v7.0.0");
  write(".git/refs/tags/v7.1.0", kCommit + "\n");
  EXPECT_EQ(name(), "v7.1.0");
}

TEST_F(Checkout, OfASubmoduleOrAWorktree) {
  write("project/.git/modules/library/HEAD", kCommit);
  write("project/library/.git", "gitdir: ../.git/modules/library\n");
  EXPECT_EQ(name("project/library"), "commit aaaaaaaa");
  write("project/.git/worktrees/other/HEAD", "ref: refs/heads/other\n");
  write("project/.git/worktrees/other/commondir", "../..\n");
  write("project/.git/refs/heads/other", kOther);
  write("other/.git", "gitdir: ../project/.git/worktrees/other");
  EXPECT_EQ(name("other"), "commit bbbbbbbb");
}

TEST_F(Checkout, WithFilesThatAreNotGits) {
  write("secret", kOther);
  for (const char* head :
       {"ref: refs/../../secret", "ref: ../secret", "ref: /etc/hostname", "ref: ", "", "aaaa",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ref: refs/heads/\x1b[2J"}) {
    write(".git/HEAD", head);
    EXPECT_EQ(name(), "") << head;
  }
  write(".git/HEAD", kCommit);
  write(".git/packed-refs", kCommit + " refs/tags/\x1b]0;owned\x07\n^\n^^\n \n" + kCommit);
  EXPECT_EQ(name(), "commit aaaaaaaa");
  fs::remove(scratch_ / ".git/HEAD");
  ASSERT_EQ(mkfifo((scratch_ / ".git/HEAD").c_str(), 0600), 0);
  EXPECT_EQ(name(), "") << "and it did not wait for somebody to write to the pipe";
}

// What runs a program of the folder's choice as soon as git compares its files.
TEST_F(Checkout, RunsNothing) {
  const auto git = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"git", "-C", scratch_.path().string(), "-c", "user.name=t", "-c",
                                 "user.email=t@t"});
    return run_process(words);
  };
  if (!git({"init", "-q"}).succeeded()) GTEST_SKIP() << "needs git: it is not there";
  write("a.c", "int a;");
  ASSERT_TRUE(git({"add", "a.c"}).succeeded());
  ASSERT_TRUE(git({"commit", "-q", "-m", "first"}).succeeded());
  ASSERT_TRUE(git({"tag", "v2.5"}).succeeded());
  const fs::path mark = scratch_ / "it_ran";
  ASSERT_TRUE(
      git({"config", "core.fsmonitor", "touch '" + mark.string() + "'; false"}).succeeded());
  EXPECT_EQ(name(), "v2.5");
  EXPECT_FALSE(fs::exists(mark));
  (void)git({"status"});
  EXPECT_TRUE(fs::exists(mark)) << "git itself does not run it any more: this proves nothing";
}

}  // namespace
}  // namespace boardless::toolchain
