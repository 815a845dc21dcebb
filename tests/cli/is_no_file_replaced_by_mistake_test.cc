// Does a result never replace an input or another result of its command, and is every result that
// cannot be written refused before the work?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/cli/process.h"
#include "tests/cli/small_models.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

using Words = std::vector<std::string>;

class Files : public testing::Test {
 protected:
  // Refused with both names, in the time of no work, and nothing is touched.
  void expect_clash(const Words& arguments, const std::string& one, const std::string& other,
                    const Setting& setting = {}) {
    SCOPED_TRACE(testing::PrintToString(arguments));
    const std::vector<std::string> before = scratch_.names();
    const Finished finished = boardless(arguments, setting);
    EXPECT_EQ(finished.status, 2);
    EXPECT_THAT(finished.err, testing::AllOf(HasSubstr(one), HasSubstr(other)));
    EXPECT_EQ(finished.out, "");
    EXPECT_EQ(scratch_.names(), before);
    EXPECT_EQ(text_of(model_), small_model());
  }

  const ScratchFolder scratch_;
  const std::string model_ = scratch_.write("m.tflite", small_model());
  const std::string program_ = BOARDLESS_TEST_PROGRAMS_DIR "/exceptions.elf";
};

TEST_F(Files, AnInputIsNotReplaced) {
  fs::create_symlink("m.tflite", scratch_ / "link");
  fs::create_hard_link(model_, scratch_ / "other_name");
  const std::string round_about =
      scratch_ / "../" + scratch_.path().filename().string() + "/m.tflite";
  for (const std::string& output :
       {model_, scratch_ / "link", scratch_ / "other_name", round_about}) {
    expect_clash({"predict", model_, "-t", "rp2040", "-o", output}, "MODEL", "--output");
    expect_clash({"predict", model_, "-t", "rp2040", "--report", output}, "MODEL", "--report");
    expect_clash({"model", "show", model_, "-o", output}, "MODEL", "--output");
    expect_clash({"model", "show", "-", "-o", output}, "MODEL -", "--output", {.input = model_});
  }
  expect_clash({"predict", model_, "-t", "rp2040", "--save-output", scratch_ / "{model}.tflite"},
               "MODEL", "--save-output");
  const std::string other = scratch_.write("other", "x");
  expect_clash({"predict", model_, "-t", "rp2040", "-i", other, "-o", other}, "--input",
               "--output");
  expect_clash({"predict", model_, "-t", other + ".yaml," + other, "-o", other}, "--target",
               "--output");
  expect_clash({"targets", "show", other, "-o", other}, "TARGET", "--output");
  expect_clash({"validate", "--record", other, "-o", other}, "--record", "--output");
  for (const char* option : {"--output", "--profile", "--trace", "--uart-out"}) {
    expect_clash({"run", other, "-t", "rp2040", option, other}, "FIRMWARE", option);
    expect_clash({"run", other + "@0x1000", "-t", "rp2040", option, other}, "FIRMWARE", option);
    expect_clash({"run", program_, "-t", "rp2040", "-i", other, option, other}, "--uart-in",
                 option);
  }
  const std::string source = scratch_.write("lib/source/a.c", "x");
  expect_clash({"predict", model_, "-t", "rp2040", "-k", scratch_ / "lib", "-o", source},
               "--kernels", "--output");
  EXPECT_EQ(text_of(source), "x");
}

// What a target's file says by `extends:` is read as it is.
TEST_F(Files, NorIsABaseOfATarget) {
  const std::string base = scratch_.write("base.yaml", "extends: rp2040\ndescription: a base\n");
  const std::string middle = scratch_.write("middle.yaml", "extends: base\ndescription: one\n");
  const std::string chip = scratch_.write("chip.yaml", "extends: middle\ndescription: a chip\n");
  fs::create_hard_link(base, scratch_ / "other_name");
  for (const std::string& output : {middle, base, scratch_ / "other_name"}) {
    expect_clash({"predict", model_, "-t", "rp2040," + chip, "-o", output}, "--target's base",
                 "--output");
    expect_clash({"predict", model_, "-t", chip, "--report", output}, "--target's base",
                 "--report");
    expect_clash({"targets", "show", chip, "-o", output}, "TARGET's base", "--output");
    expect_clash({"run", program_, "-t", chip, "--trace", output}, "--target's base", "--trace");
  }
  const std::string npu = scratch_.write("npu.yaml", "extends: ethos-u55-128\ndescription: one\n");
  const std::string more = scratch_.write("more.yaml", "extends: npu\ndescription: another\n");
  expect_clash({"predict", model_, "-t", more, "-o", npu}, "--target's base", "--output");
  // Files that extend each other are for their reader to refuse.
  const std::string circle = scratch_.write("circle.yaml", "extends: chain\ndescription: x\n");
  scratch_.write("chain.yaml", "extends: circle\ndescription: x\n");
  expect_clash({"targets", "show", circle, "-o", scratch_ / "chain.yaml"}, "TARGET's base",
               "--output");
  expect_clash({"targets", "show", circle}, "extends this file in turn", "chain.yaml");
}

TEST_F(Files, TwoResultsAreTwoFiles) {
  fs::create_directory(scratch_ / "folder");
  fs::create_directory_symlink("folder", scratch_ / "link");
  const std::string file = scratch_ / "folder/new", same = scratch_ / "link/../folder/./new";
  expect_clash({"predict", model_, "-t", "rp2040", "-o", file, "-r", same}, "--output", "--report");
  expect_clash({"predict", model_, "-t", "rp2040", "-o", file, "--save-output", same}, "--output",
               "--save-output");
  expect_clash({"run", program_, "-t", "ideal-cortex-m4", "--profile", file, "--trace", same},
               "--profile", "--trace");
  expect_clash({"run", program_, "-t", "ideal-cortex-m4", "--trace", scratch_ / "a/b/new",
                "--uart-out", scratch_ / "a/c/../b/new"},
               "--trace", "--uart-out");
  expect_clash({"predict", model_, "-t", "rp2040", "-r", "-"}, "--report", "--output");
  expect_clash({"predict", model_, "-t", "rp2040", "-r", "/dev/stdout", "-o", "-"}, "--report",
               "--output");
  const Finished both = boardless({"predict", model_, "-t", "rp2040", "-o", scratch_ / "out"},
                                  {.stdout_path = scratch_ / "out"});
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.err, HasSubstr("standard output and --output"));
}

TEST_F(Files, WhatTakesAnyNumberIsNoClash) {
  const Finished finished = boardless(
      {"predict", model_, "-t", "rp2040", "-i", "/dev/null", "-o", "/dev/null", "-r", "/dev/null"});
  EXPECT_THAT(finished.err, HasSubstr("/dev/null: not a regular file")) << "as an input";
  EXPECT_EQ(
      boardless({"predict", model_, "-t", "rp2040", "-o", "/dev/null", "-r", "/dev/null"}).status,
      0);
}

// A prediction of minutes must not end with a file that was never going to be written.
TEST_F(Files, WhatCannotBeWrittenIsRefusedBeforeTheWork) {
  const std::string locked = scratch_.write("locked", "kept");
  fs::permissions(locked, fs::perms{0444});
  fs::create_symlink("nowhere", scratch_ / "dangling");
  const std::vector<std::pair<std::string, std::string>> bad{
      {locked, "it is read-only"},
      {scratch_ / "dangling", "a symbolic link to "},
      {scratch_ / ".", "it is a folder"}};
  for (const auto& [file, reason] : bad) {
    const std::string message = file + ": cannot be written: " + reason;
    for (const char* option : {"--output", "--report", "--save-output"}) {
      expect_clash({"predict", model_, "-t", "rp2040", option, file}, message, "");
    }
    for (const char* option : {"--output", "--profile", "--trace", "--uart-out"}) {
      expect_clash({"run", program_, "-t", "ideal-cortex-m4", option, file}, message, "");
    }
    expect_clash({"model", "make", "mnist_mlp", "-o", file}, message, "");
  }
  EXPECT_EQ(text_of(locked), "kept");
}

TEST_F(Files, ResultsKeepTheirModeAndMayHaveTheLongestName) {
  const std::string file = scratch_.write(std::string(255, 'x'), "old");
  fs::permissions(file, fs::perms{0640});
  EXPECT_EQ(boardless({"model", "make", "mnist_mlp", "-o", file}).status, 0);
  struct stat status{};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & mode_t{0777}, mode_t{0640});
  EXPECT_EQ(text_of(file).substr(4, 4), "TFL3");
}

}  // namespace
}  // namespace boardless::cli
