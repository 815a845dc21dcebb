// Is a file written whole or not at all, and is one that cannot be read or written named?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
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
  EXPECT_EQ(refusal([&] { write_file(path, "x"); }), path + ": cannot be written");
  EXPECT_TRUE(fs::is_character_file(path));
}

TEST_F(DataFiles, WhatCannotBeWrittenLeavesNothing) {
  fs::create_directory(folder_ / "folder");
  write_file(folder_ / "file", "kept");
  const std::vector<fs::path> bad{folder_ / "folder",
                                  folder_ / "file" / "below",
                                  folder_ / std::string(300, 'x'),
                                  "/proc/nope/x",
                                  "",
                                  "/"};
  for (const fs::path& path : bad) {
    EXPECT_EQ(refusal([&] { write_file(path, "x"); }), path.string() + ": cannot be written");
  }
  EXPECT_EQ(text_of(folder_ / "file"), "kept");
  EXPECT_THAT(names(), testing::UnorderedElementsAre("folder", "file"));
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
