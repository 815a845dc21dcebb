// Does a profile survive what runs under it: a fault before anything ran, calls without end,
// debug information that is damaged?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "prediction/firmware_run.h"
#include "profiling/line_table.h"
#include "profiling/viewer_formats.h"
#include "sim/elf_image.h"
#include "targets/target.h"
#include "tests/scratch_folder.h"

namespace boardless::profiling {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint32_t kFlash = 0, kVectors = 16, kCode = kFlash + 4 * kVectors;

// A vector table with this stack pointer and all vectors the same, and code behind it.
sim::ElfImage firmware(std::uint32_t stack, std::uint32_t vector,
                       const std::vector<std::uint16_t>& code) {
  sim::Segment segment{.address = kFlash, .bytes = {}, .load_address = kFlash};
  const auto add = [&](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
      segment.bytes.push_back(static_cast<std::uint8_t>(value >> 8 * i));
    }
  };
  add(stack, 4);
  for (std::uint32_t i = 1; i < kVectors; ++i) add(vector | 1, 4);
  for (const std::uint16_t half : code) add(half, 2);
  sim::ElfImage image;
  image.file = "made.bin";
  image.segments = {segment};
  return image;
}

prediction::FirmwareRun profiled(const sim::ElfImage& image, Cycles cycles,
                                 const std::string& target = "ideal-cortex-m4") {
  prediction::FirmwareOptions options;
  options.max_cycles = cycles;
  options.profiling = {.hot_blocks = 20, .trace = true};
  return prediction::run_firmware(image, targets::load_target(target), options);
}

Cycles self_cycles(const Profile& profile) {
  Cycles sum = 0;
  for (const FunctionProfile& each : profile.functions) sum += each.self;
  return sum;
}

TEST(ProfileOf, ARunThatFaultsBeforeItsFirstBlock) {
  // Erased flash is an instruction of a coprocessor that is off; no stack for the exception.
  const prediction::FirmwareRun run =
      profiled(firmware(0, kCode, {0xffff, 0xffff}), 1000, "ideal-cortex-m33");
  EXPECT_EQ(run.instructions, 0U);
  ASSERT_TRUE(run.profile);
  EXPECT_THAT(run.profile->hot_blocks, IsEmpty());
  EXPECT_EQ(self_cycles(*run.profile), run.cycles);
}

TEST(ProfileOf, CallsWithoutEnd) {
  // f: bl f
  const prediction::FirmwareRun run =
      profiled(firmware(0x20001000, kCode, {0xf7ff, 0xfffe}), 3000000);
  EXPECT_EQ(self_cycles(*run.profile), run.cycles);
  EXPECT_LT(run.profile->folded.size(), 300U * 300U * 20U);
  EXPECT_THAT(run.profile->remarks, Contains(HasSubstr("calls more than 256 deep")));
  EXPECT_GT(run.instructions, 1U << 20U);
  EXPECT_THAT(run.profile->remarks, Contains(HasSubstr("were nested too deep")));
}

TEST(ProfileOf, OrdinaryRunsLeavesNothingOut) {
  const auto calls = sim::load_elf(std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/calls.elf");
  EXPECT_THAT(profiled(calls, 1000000).profile->remarks, IsEmpty());
}

TEST(CallTree, KeepsEveryCallOfARecursionThatItCuts) {
  CallTree tree;
  constexpr std::uint32_t kCalls = 100000;
  std::uint32_t node = tree.child(CallTree::kRoot, 7);
  for (std::uint32_t i = 0; i < kCalls; ++i) {
    node = tree.child(node, i % 3);
    ++tree[node].calls;
    tree[node].self += 2;
  }
  EXPECT_TRUE(tree.is_cut());
  EXPECT_LE(tree.size(), 4 * (CallTree::kMostDepth + 1));
  std::uint64_t calls = 0;
  for (std::uint32_t each = 1; each < tree.size(); ++each) {
    calls += tree[each].calls;
    EXPECT_LE(tree.path(each).size(), CallTree::kMostDepth);
    EXPECT_LT(tree[each].parent, each);
  }
  EXPECT_EQ(calls, kCalls);
  EXPECT_EQ(tree.totals()[CallTree::kRoot], 2 * kCalls);
}

TEST(CallTree, HoldsOneNodeForEachPath) {
  CallTree tree;
  const std::uint32_t a = tree.child(CallTree::kRoot, 1), b = tree.child(a, 2);
  const std::uint32_t c = tree.child(a, 3);
  EXPECT_NE(b, c);
  EXPECT_EQ(tree.child(a, 2), b);
  EXPECT_EQ(tree.child(a, 3), c);
  EXPECT_NE(tree.child(CallTree::kRoot, 2), b);
  EXPECT_FALSE(tree.is_cut());
}

TEST(CallTree, IsBoundedWhereEveryPathIsNew) {
  CallTree tree;
  std::mt19937 random(1);
  constexpr std::uint32_t kFunctions = 1000;
  std::uint32_t node = CallTree::kRoot;
  for (int i = 0; i < 300000; ++i) {
    if (i % 5 == 0) node = CallTree::kRoot;
    node = tree.child(node, static_cast<std::uint32_t>(random()) % kFunctions);
  }
  EXPECT_TRUE(tree.is_cut());
  EXPECT_LE(tree.size(), CallTree::kMostPaths + kFunctions + 1);
}

std::string calls_elf() {
  const auto bytes = read_file(std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/calls.elf");
  return {bytes.begin(), bytes.end()};
}

// One damaged byte a file, anywhere in it, and files cut short: lines or a reason, never an end.
TEST(Lines, OfADamagedFile) {
  const ScratchFolder folder;
  const std::string good = calls_elf();
  const std::vector<std::uint32_t> addresses{0x140, 0x180, 0x200};
  std::mt19937 random(20261129);
  const std::string path = folder / "damaged.elf";
  int read = 0;
  for (int i = 0; i < 300; ++i) {
    std::string bytes = good;
    bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    if (i % 10 == 0) bytes.resize(random() % bytes.size());
    std::ofstream(path, std::ios::binary) << bytes;
    const LineTable table = read_lines(path, addresses);
    read += table.problem.empty() ? 1 : 0;
    EXPECT_TRUE(table.lines.empty() || table.lines.size() == addresses.size()) << i;
    EXPECT_TRUE(table.lines.empty() || table.problem.empty()) << i;
  }
  EXPECT_GT(read, 100) << "hardly any was read: this tried nothing";
}

TEST(Lines, NameFilesAsText) {
  const ScratchFolder folder;
  std::string bytes = calls_elf();
  const std::string name = "calls.c", hostile = "\x1b[2J\xff.c";
  ASSERT_EQ(name.size(), hostile.size());
  int changed = 0;
  for (auto at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at + 1)) {
    bytes.replace(at, name.size(), hostile);
    ++changed;
  }
  ASSERT_GT(changed, 0);
  const auto program = sim::load_elf(std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/calls.elf");
  const std::vector<std::uint32_t> addresses{program.find("recurse")->address};
  const LineTable table = read_lines(folder.write("hostile.elf", bytes), addresses);
  ASSERT_EQ(table.lines.size(), 1U) << table.problem;
  ASSERT_TRUE(table.lines[0]);
  EXPECT_THAT(table.lines[0]->file, testing::EndsWith("\\x1b[2J\\xff.c"));
}

// A section of abbreviations that are not there makes LLVM's reader crash.
TEST(Lines, OfAFileThatCrashesTheReader) {
  const ScratchFolder folder;
  std::string bytes = calls_elf();
  const std::size_t name = bytes.find(std::string("\0.debug_abbrev\0", 15));
  ASSERT_NE(name, std::string::npos);
  bytes[name + 8] = 'X';
  const std::string path = folder.write("damaged.elf", bytes);
  const std::vector<std::uint32_t> addresses{0x140};
  const LineTable table = read_lines(path, addresses);
  EXPECT_THAT(table.lines, IsEmpty());
  EXPECT_THAT(table.problem, HasSubstr("damaged.elf"));
}

}  // namespace
}  // namespace boardless::profiling
