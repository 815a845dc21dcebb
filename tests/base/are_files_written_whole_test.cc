// Is a file written whole or not at all, and is one that cannot be read or written named?
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/output_file.h"
#include "tests/scratch_folder.h"

namespace boardless {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

std::string refusal(const std::function<void()>& action) {
  try {
    action();
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

class DataFiles : public testing::Test {
 protected:
  std::string text_of(const fs::path& path) const {
    const std::vector<std::uint8_t> bytes = read_file(path);
    return {bytes.begin(), bytes.end()};
  }
  std::vector<std::string> names() const { return scratch_.names(); }

  const ScratchFolder scratch_;
  const fs::path folder_ = scratch_.path();
};

TEST_F(DataFiles, ReadBackAsWritten) {
  const std::string bytes("a\0b\r\n\xff", 6);
  write_file(folder_ / "file", bytes);
  EXPECT_EQ(text_of(folder_ / "file"), bytes);
  write_file(folder_ / "file", "");
  EXPECT_EQ(text_of(folder_ / "file"), "");
  EXPECT_THAT(names(), testing::ElementsAre("file"));
}

TEST_F(DataFiles, FoldersAreMade) {
  write_file(folder_ / "a" / "b" / "file", "x");
  EXPECT_EQ(text_of(folder_ / "a" / "b" / "file"), "x");
}

TEST_F(DataFiles, ALinkStaysALink) {
  write_file(folder_ / "target", "old");
  fs::create_symlink("target", folder_ / "link");
  write_file(folder_ / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(text_of(folder_ / "target"), "new");
}

// Renamed over, a device or a pipe would be gone.
TEST_F(DataFiles, ADeviceIsWrittenTo) {
  fs::create_symlink("/dev/null", folder_ / "null");
  write_file(folder_ / "null", "x");
  EXPECT_TRUE(fs::is_character_file(folder_ / "null"));
  EXPECT_THAT(names(), testing::ElementsAre("null"));
}

TEST_F(DataFiles, AFullDeviceIsNamed) {
  fs::create_symlink("/dev/full", folder_ / "full");
  const std::string path = (folder_ / "full").string();
  EXPECT_EQ(refusal([&] { write_file(path, "x"); }),
            path + ": cannot be written: No space left on device");
  EXPECT_TRUE(fs::is_character_file(path));
}

// Replaced, the file would no longer be the one that is open.
TEST_F(DataFiles, AnOpenFileIsAppendedTo) {
  write_file(folder_ / "file", "begun ");
  const int open = ::open((folder_ / "file").c_str(), O_RDWR | O_CLOEXEC);
  write_file("/dev/fd/" + std::to_string(open), "ended");
  std::string text(20, ' ');
  text.resize(static_cast<std::size_t>(::read(open, text.data(), text.size())));
  ::close(open);
  EXPECT_EQ(text, "begun ended");
}

TEST_F(DataFiles, TheLongestNameIsWritten) {
  const std::string longest(255, 'x');
  for (const char* text : {"new", "replaced"}) {
    write_file(folder_ / longest, text);
    EXPECT_EQ(text_of(folder_ / longest), text);
  }
  EXPECT_THAT(names(), testing::ElementsAre(longest));
}

TEST_F(DataFiles, WhatCannotBeWrittenLeavesNothing) {
  fs::create_directory(folder_ / "folder");
  fs::create_symlink("folder", folder_ / "to_folder");
  fs::create_symlink("nowhere", folder_ / "dangling");
  fs::create_symlink("round", folder_ / "round");
  write_file(folder_ / "file", "kept");
  write_file(folder_ / "locked", "kept");
  fs::permissions(folder_ / "locked", fs::perms{0444});
  fs::create_symlink("locked", folder_ / "to_locked");
  const std::vector<std::string> before = names();
  const std::vector<std::pair<fs::path, std::string>> bad{
      {folder_ / "folder", "it is a folder"},
      {folder_ / "to_folder", "it is a folder"},
      {folder_ / "new" / "", "a name that ends in / is a folder's"},
      {folder_ / "dangling",
       "a symbolic link to " + (folder_ / "nowhere").string() + ", which is not there"},
      {folder_ / "round", "Too many levels of symbolic links"},
      {folder_ / "locked", "it is read-only"},  // also for root
      {folder_ / "to_locked", "it is read-only"},
      {folder_ / "file" / "below", "Not a directory"},
      {folder_ / std::string(256, 'x'), "File name too long"},
      {"", "no file is named"},
      {"/", "it is a folder"}};
  for (const auto& [path, reason] : bad) {
    const std::string message = path.string() + ": cannot be written: " + reason;
    EXPECT_EQ(refusal([&] { check_can_be_written(path); }), message);
    EXPECT_EQ(refusal([&] { write_file(path, "x"); }), message);
  }
  EXPECT_THAT(refusal([] { write_file("/proc/nope/x", "x"); }),
              testing::HasSubstr("/proc/nope/x: cannot be written: "));
  EXPECT_EQ(text_of(folder_ / "file"), "kept");
  EXPECT_EQ(text_of(folder_ / "locked"), "kept");
  EXPECT_EQ(names(), before);
}

TEST_F(DataFiles, AskingWhetherOneCanBeWrittenWritesNothing) {
  check_can_be_written(folder_ / "new");
  check_can_be_written(folder_ / "a" / "b" / "new");
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(DataFiles, WhatCannotBeReadIsNamed) {
  const auto read = [](const fs::path& path) { return refusal([&] { (void)read_file(path); }); };
  EXPECT_EQ(read(folder_), folder_.string() + ": not a regular file");
  EXPECT_EQ(read(folder_ / "none"), (folder_ / "none").string() + ": no such file");
  EXPECT_EQ(read(""), ": no such file");
  const std::string long_name(300, 'x');
  EXPECT_EQ(read(long_name), long_name + ": no such file");
  // A pipe that nobody writes to would block for ever.
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(read(folder_ / "pipe"), (folder_ / "pipe").string() + ": not a regular file");
}

}  // namespace
}  // namespace boardless
