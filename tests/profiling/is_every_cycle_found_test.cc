// Is every cycle of a run found again, in the function, path, line and instruction that took it?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "prediction/firmware_run.h"
#include "sim/elf_image.h"
#include "targets/target.h"

namespace boardless::profiling {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::Key;

prediction::FirmwareRun run(const std::string& program, const std::string& arguments = {},
                            Cycles max_cycles = 1000000) {
  prediction::FirmwareOptions options;
  options.max_cycles = max_cycles;
  options.command_line = arguments;
  options.profiling = {.hot_blocks = 20, .trace = true};
  return prediction::run_firmware(
      sim::load_elf(std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/" + program + ".elf"),
      targets::load_target("ideal-cortex-m4"), options);
}

std::map<std::string, Cycles> paths_of(const Profile& profile) {
  std::map<std::string, Cycles> paths;
  std::istringstream lines(profile.folded);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.rfind(' ');
    paths[line.substr(0, space)] = std::stoull(line.substr(space + 1));
  }
  return paths;
}

const FunctionProfile& function(const Profile& profile, const std::string& name) {
  const auto found = std::ranges::find(profile.functions, name, &FunctionProfile::name);
  EXPECT_NE(found, profile.functions.end()) << name;
  return *found;
}

// However the run ends: exit, a loop, sleep, a fault's exception, the limit in the middle.
TEST(Profile, SumsToTheRun) {
  for (const auto& [program, arguments] :
       std::vector<std::pair<std::string, std::string>>{{"calls", ""},
                                                        {"exceptions", ""},
                                                        {"timers", ""},
                                                        {"ends", "l"},
                                                        {"ends", "s"},
                                                        {"ends", "j"},
                                                        {"ends", "e"},
                                                        {"ends", "x"}}) {
    const prediction::FirmwareRun result = run(program, arguments, 50000);
    ASSERT_TRUE(result.profile);
    Cycles self = 0, folded = 0;
    for (const FunctionProfile& each : result.profile->functions) {
      self += each.self;
      Cycles causes = 0;
      for (const auto& [cause, cycles] : each.causes) causes += cycles;
      EXPECT_EQ(causes, each.self) << program << " " << arguments << ": " << each.name;
    }
    for (const auto& [path, cycles] : paths_of(*result.profile)) folded += cycles;
    EXPECT_EQ(self, result.cycles) << program << " " << arguments;
    EXPECT_EQ(folded, result.cycles) << program << " " << arguments;
  }
}

TEST(Profile, FollowsCalls) {
  const prediction::FirmwareRun result = run("calls");
  const auto paths = paths_of(*result.profile);
  const std::string program = "reset;program;";
  EXPECT_THAT(paths, Contains(Key(program + "recurse;recurse;recurse;recurse;recurse;recurse")));
  EXPECT_THAT(paths, Contains(Key(program + "tail_target")));  // in its caller's place
  EXPECT_THAT(paths, Contains(Key(program + "by_pointer")));
  EXPECT_THAT(paths, Contains(Key(program + "interrupted;line0;handled")));
  EXPECT_THAT(paths, Contains(Key(program + "after_jump")));  // longjmp() left jumps()
  EXPECT_EQ(function(*result.profile, "recurse").calls, 6U);
  EXPECT_EQ(function(*result.profile, "interrupted").calls, 1U);
  EXPECT_EQ(function(*result.profile, "reset").total, result.cycles);
  EXPECT_EQ(result.profile->deepest_path.size(), 7U);
  EXPECT_GE(result.profile->stack_bytes, 5U * 8);  // recurse pushes two registers
}

TEST(Profile, TellsHotBlocksByInstruction) {
  const prediction::FirmwareRun result = run("calls");
  for (const BlockProfile& block : result.profile->hot_blocks) {
    double sum = 0;
    for (const InstructionProfile& row : block.instructions) sum += row.cycles;
    EXPECT_NEAR(sum * static_cast<double>(block.executions),
                static_cast<double>(block.pipeline_cycles), 1e-6);
    EXPECT_EQ(block.pipeline_cycles + block.paused + block.by_operands, block.cycles)
        << "no memory waits on this target";
  }
  const BlockProfile& loop = result.profile->hot_blocks.front();
  EXPECT_EQ(loop.function, "divides");
  ASSERT_EQ(loop.instructions.size(), 6U);
  EXPECT_THAT(loop.instructions[0].text, testing::StartsWith("ldr"));
  EXPECT_DOUBLE_EQ(loop.instructions[1].causes.at("load"), 1);  // needs what was loaded
  EXPECT_THAT(loop.instructions[2].text, testing::StartsWith("udiv"));
  EXPECT_GE(loop.instructions[2].causes.at("multi_cycle"), 1);
  EXPECT_GT(loop.by_operands, loop.executions);
}

// With wait states: every cycle that memory took has its cause, and its memory.
TEST(Profile, TellsWhatMemoryTook) {
  prediction::FirmwareOptions options;
  options.max_cycles = 50000;
  options.profiling = {.hot_blocks = 1000, .traffic = true};
  const auto program = sim::load_elf(std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/calls.elf");
  const targets::Target target = targets::load_target("nrf52840");
  const prediction::FirmwareRun watched = prediction::run_firmware(program, target, options);
  for (const BlockProfile& block : watched.profile->hot_blocks) {
    Cycles memory = 0;
    for (const auto& [cause, cycles] : block.memory) memory += cycles;
    EXPECT_EQ(block.pipeline_cycles + block.paused + block.by_operands + memory, block.cycles);
  }
  Cycles waits = 0, stalls = 0;
  std::uint64_t executed = 0;
  for (const MemoryUse& use : watched.profile->memories) {
    waits += use.fetch_waits + use.data_waits;
    executed += use.executed_bytes;
  }
  using cost_models::StallCause;
  for (const StallCause cause :
       {StallCause::kFlashFetch, StallCause::kFlashData, StallCause::kCacheFetch,
        StallCause::kCacheData, StallCause::kBusConflict, StallCause::kWriteBuffer}) {
    stalls += watched.stalls[static_cast<std::size_t>(cause)];
  }
  EXPECT_GT(waits, 0U);
  EXPECT_EQ(waits, stalls);
  EXPECT_GE(executed, 2 * watched.instructions);
  EXPECT_LE(executed, 4 * watched.instructions);
  // Watching everything changes nothing.
  options.profiling.reset();
  EXPECT_EQ(prediction::run_firmware(program, target, options).stalls, watched.stalls);
}

TEST(Profile, KnowsSourceLines) {
  const Profile profile = *run("calls").profile;
  ASSERT_FALSE(profile.lines.empty());
  EXPECT_THAT(profile.lines.front().file, EndsWith("calls.c"));
  EXPECT_GT(profile.lines.front().cycles, 2000U);
}

TEST(Profile, TraceIsBalancedJson) {
  for (const char* program : {"calls", "exceptions"}) {
    const prediction::FirmwareRun result = run(program);
    const auto trace = nlohmann::json::parse(result.profile->trace);
    std::vector<std::string> open;
    double last = 0;
    std::size_t calls = 0;
    for (const auto& event : trace.at("traceEvents")) {
      if (event.at("ph") == "M") continue;
      EXPECT_GE(event.at("ts").get<double>(), last);
      last = event.at("ts");
      if (event.at("ph") == "B") {
        open.push_back(event.at("name"));
        ++calls;
        continue;
      }
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(event.at("name"), open.back());
      open.pop_back();
    }
    EXPECT_TRUE(open.empty());
    EXPECT_GT(calls, 10U);
  }
}

}  // namespace
}  // namespace boardless::profiling
