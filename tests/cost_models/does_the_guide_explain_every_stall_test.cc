// Does docs/reading_the_report.md explain every cause that a cycle can have, and do its examples
// show the cause that they stand for?
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

using ::testing::HasSubstr;

// The text of each "### `cause`" section.
std::map<std::string, std::string> sections() {
  std::ifstream page(std::string(BOARDLESS_SOURCE_DIR) + "/docs/reading_the_report.md");
  std::map<std::string, std::string> found;
  std::string* section = nullptr;
  for (std::string line; std::getline(page, line);) {
    constexpr std::string_view kHeading = "### `";
    if (line.starts_with(kHeading)) {
      section = &found[line.substr(kHeading.size(), line.size() - kHeading.size() - 1)];
    } else if (line.starts_with("## ")) {
      section = nullptr;
    } else if (section != nullptr) {
      *section += line + '\n';
    }
  }
  return found;
}

// "```asm CORE", or "```asm CORE ADDRESS", and the lines behind it.
struct Example {
  std::string core;
  std::uint32_t address = 0x1000;
  std::string code;
  int lines = 0;
};

std::optional<Example> example(const std::string& section) {
  constexpr std::string_view kFence = "```asm ";
  const std::size_t begin = section.find(kFence);
  if (begin == std::string::npos) return std::nullopt;
  std::istringstream text(section.substr(begin + kFence.size()));
  std::string heading, line;
  std::getline(text, heading);
  Example found;
  std::istringstream words(heading);
  words >> found.core;
  if (std::string address; words >> address) {
    found.address = static_cast<std::uint32_t>(std::stoul(address, nullptr, 0));
  }
  for (; std::getline(text, line) && line != "```"; ++found.lines) found.code += line + '\n';
  return found;
}

// Cycles by cause of the code, and of coming back to its beginning by its last branch.
StallCounts stalls_of(const Example& example, Arrival back) {
  TimedCore core(example.core);
  const BlockCost first = core.time(example.code, {}, Arrival::kSequential, example.address);
  StallCounts stalls = first.stalls;
  if (example.code.starts_with("loop:")) {
    const BlockCost again = core.time(example.code, first.exit, back, example.address);
    for (std::size_t i = 0; i < kStallCauses; ++i) stalls[i] += again.stalls[i];
  }
  return stalls;
}

TEST(TheGuide, ExplainsEveryCauseAndNoOther) {
  const std::map<std::string, std::string> guide = sections();
  for (std::size_t i = 0; i < kStallCauses; ++i) {
    const std::string name(stall_cause_name(static_cast<StallCause>(i)));
    ASSERT_TRUE(guide.contains(name)) << "no section '### `" << name << "`'";
    EXPECT_THAT(guide.at(name), HasSubstr("What you can do: ")) << name;
    EXPECT_THAT(guide.at(name), HasSubstr("\n```\n")) << name << " has no example";
  }
  EXPECT_EQ(guide.size(), kStallCauses) << "a section explains a cause that there is not";
}

// Those of the pipeline; memories, interrupts and sleep take more than three lines to show.
TEST(TheGuide, ShowsEveryCauseOfThePipelineByAnExample) {
  const std::map<std::string, std::string> guide = sections();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(StallCause::kFetchAlignment); ++i) {
    const auto cause = static_cast<StallCause>(i);
    const std::string name(stall_cause_name(cause));
    const std::optional<Example> shown = example(guide.at(name));
    ASSERT_TRUE(shown) << name;
    EXPECT_EQ(shown->lines, 3) << name;
    const Arrival back =
        cause == StallCause::kMispredict ? Arrival::kMispredictedTaken : Arrival::kTaken;
    const StallCounts stalls = stalls_of(*shown, back);
    EXPECT_GT(stalls[i], 0U) << name;
    if (cause == StallCause::kIssue) {
      EXPECT_EQ(std::accumulate(stalls.begin(), stalls.end(), Cycles{0}), stalls[i]);
    }
  }
}

}  // namespace
}  // namespace boardless::cost_models
