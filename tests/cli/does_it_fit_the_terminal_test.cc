// Do tables and progress fit terminals of 40, 80 and 200 columns, and are files and pipes left
// whole?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include "cli/progress_bar.h"
#include "reports/clipped_text.h"
#include "targets/target.h"
#include "tests/cli/process.h"
#include "tests/cli/terminal.h"

namespace boardless::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kProgram = BOARDLESS_TEST_PROGRAMS_DIR "/calls.elf";

// Without escape sequences; of a line that was drawn again and again what was drawn last.
std::string settled(const std::string& text) {
  return std::regex_replace(text, std::regex("[^\n]*\r"), "");
}
std::string plain(const std::string& text) {
  return std::regex_replace(settled(text), std::regex("\x1b\\[[0-9;]*[A-Za-z]"), "");
}

TEST(Terminal, TablesFitIt) {
  const std::vector<std::vector<std::string>> commands{{"targets"},
                                                       {"targets", "--columns", "target,core"},
                                                       {"model", "list"},
                                                       {"model", "show", "kws"}};
  for (const int columns : {40, 80, 200}) {
    for (const std::vector<std::string>& command : commands) {
      const Finished shown = boardless_on_terminal(command, columns);
      EXPECT_EQ(shown.status, 0);
      // The remark on estimates is text, which a terminal breaks.
      const std::string tables = shown.out.substr(0, shown.out.find("\n~ rests on"));
      const bool has_figures = command.front() == "model" && command.size() == 3;
      const std::string table = has_figures ? tables.substr(0, tables.find("\n\n")) : tables;
      EXPECT_LE(longest_line(table), static_cast<std::size_t>(columns)) << table;
    }
  }
}

TEST(Terminal, LosesColumnsAndSaysSo) {
  const std::string narrow = boardless_on_terminal({"targets"}, 60).out;
  EXPECT_THAT(narrow, HasSubstr("left out for lack of room: supply_v"));
  EXPECT_THAT(narrow, HasSubstr("--columns"));
  EXPECT_THAT(boardless_on_terminal({"targets"}, 200).out, Not(HasSubstr("left out")));
}

TEST(Terminal, ShowsEveryTargetUnderItsOwnName) {
  const std::string narrow = boardless_on_terminal({"targets"}, 40).out;
  for (const std::string& name : targets::target_names()) {
    EXPECT_THAT(narrow, HasSubstr("\n" + name.substr(0, 6))) << name;
  }
}

TEST(Terminal, IsNoLimitForFilesAndPipes) {
  EXPECT_THAT(boardless({"targets"}).out, HasSubstr("supply"));
  const ScratchFolder folder;
  const std::string file = folder / "targets.txt";
  boardless_on_terminal({"targets", "-o", file}, 40);
  EXPECT_EQ(text_of(file), boardless({"targets"}).out);
}

TEST(TableOptions, TakeOneWordEach) {
  const Finished shown =
      boardless({"model", "show", "--columns", "index,macs", "--sort", "-macs", "kws"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, testing::StartsWith(" #     MACs\n"));
  EXPECT_THAT(boardless({"targets", "-t", "rp2040", "show", "nrf52840"}).out,
              HasSubstr("nrf52840: "));
}

TEST(Terminal, ExplainsARunWithinItsWidth) {
  const Finished run =
      boardless_on_terminal({"run", kProgram, "-t", "ideal-cortex-m4", "--explain", "-q"}, 80);
  EXPECT_EQ(run.status, 0) << run.out;
  const std::size_t tables = run.out.find("\n  function");
  ASSERT_NE(tables, std::string::npos) << run.out;
  EXPECT_LE(longest_line(run.out.substr(tables, run.out.find("\n\n", tables) - tables)), 80U)
      << run.out;
}

TEST(Progress, IsShownOnATerminalAndTakenAwayAgain) {
  const ScratchFolder folder;
  const std::vector<std::string> make{"model", "make", "kws", "-o", folder / "kws.tflite"};
  const std::string shown = boardless_on_terminal(make, 60).out;
  EXPECT_THAT(shown, HasSubstr("kws ["));
  EXPECT_THAT(plain(shown), testing::StartsWith(folder / "kws.tflite"));
  std::vector<std::string> quiet = make;
  quiet.emplace_back("-q");
  EXPECT_THAT(boardless_on_terminal(quiet, 60).out, Not(HasSubstr("kws [")));
  EXPECT_EQ(boardless(make).err, "");
}

TEST(Progress, SaysHowFarARunIs) {
  const Finished run = boardless_on_terminal({"run", BOARDLESS_TEST_PROGRAMS_DIR "/ends.elf", "-t",
                                              "ideal-cortex-m4", "--max-cycles", "3000000"},
                                             100);
  EXPECT_THAT(run.out, HasSubstr("M cycles, "));
  EXPECT_THAT(run.out, HasSubstr(" MHz"));
  EXPECT_THAT(plain(run.out), HasSubstr("the cycles asked for are over"));
}

TEST(Progress, FitsAnyWidth) {
  const ProgressState state{.label = "a_model_with_a_long_name:width=0.25,resolution=96",
                            .done = 26,
                            .total = 64,
                            .seconds = 130};
  for (std::size_t width = 0; width < 130; ++width) {
    EXPECT_LE(reports::display_width(progress_line(state, width)), width);
  }
  EXPECT_EQ(progress_line({.label = "kws", .done = 16, .total = 64, .seconds = 130}, 45),
            "kws [####            ] 25 %  16/64  6:30 left");
  EXPECT_EQ(progress_line({.label = "kws", .done = 16, .total = 64, .seconds = 13000}, 30),
            "kws 25 %  16/64  10:50:00 left");
}

TEST(Progress, KnowsNoEndWhereThereIsNone) {
  const std::string line =
      progress_line({.label = "rp2040", .done = 1000, .seconds = 5, .figures = "1 M cycles"}, 80);
  EXPECT_EQ(line, "rp2040 1 M cycles");
}

}  // namespace
}  // namespace boardless::cli
