// Does the help of every command give an example, and does the version say which one this is?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

TEST(Help, OfEveryCommandGivesAnExample) {
  const std::vector<std::vector<std::string>> commands{{},
                                                       {"targets"},
                                                       {"targets", "show"},
                                                       {"model"},
                                                       {"model", "show"},
                                                       {"model", "make"},
                                                       {"model", "list"},
                                                       {"predict"},
                                                       {"run"},
                                                       {"size"},
                                                       {"sweep"},
                                                       {"store"},
                                                       {"store", "ls"},
                                                       {"store", "show"},
                                                       {"store", "gc"},
                                                       {"store", "export"},
                                                       {"store", "merge"},
                                                       {"compare"},
                                                       {"check"},
                                                       {"help"},
                                                       {"validate"}};
  for (const std::vector<std::string>& command : commands) {
    std::vector<std::string> arguments = command;
    arguments.emplace_back("--help");
    std::string example = "\n  boardless";
    for (const std::string& word : command) example += " " + word;
    const Finished finished = boardless(arguments);
    EXPECT_EQ(finished.status, 0) << example;
    EXPECT_EQ(finished.err, "");
    EXPECT_THAT(finished.out, AllOf(ContainsRegex("Examples?:\n"), HasSubstr(example)));
  }
}

// Every command there is, so that a new one cannot go without.
TEST(Help, ListsTheCommandsTestedHere) {
  std::istringstream help(boardless({"--help"}).out);
  std::string line;
  while (line != "Subcommands:" && std::getline(help, line)) continue;
  std::vector<std::string> names;
  while (std::getline(help, line) && !line.empty()) {
    names.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  EXPECT_THAT(names,
              testing::UnorderedElementsAre("targets", "model", "predict", "run", "size", "sweep",
                                            "compare", "check", "store", "validate", "help"));
}

TEST(Help, IsAlsoACommand) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"predict"}, {"targets", "show"}, {"run"}}) {
    std::vector<std::string> asked = command, option = command;
    asked.insert(asked.begin(), "help");
    option.emplace_back("--help");
    const std::string help = boardless(asked).out;
    // Apart from the program's own name in the line of usage.
    const std::string same = boardless(option).out;
    EXPECT_EQ(help.substr(help.find("\nOptions")), same.substr(same.find("\nOptions")));
    EXPECT_THAT(help, HasSubstr("Usage: boardless " + command.front()));
  }
  EXPECT_THAT(boardless({"help"}).out, HasSubstr("Subcommands:"));
  const Finished unknown = boardless({"help", "predit"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'predict'?"));
}

TEST(Help, GroupsWhatBelongsTogether) {
  EXPECT_THAT(boardless({"run", "--help"}).out,
              AllOf(HasSubstr("\nWhen to stop:"), HasSubstr("\nWhere the cycles went:"),
                    HasSubstr("\nMessages:")));
  EXPECT_THAT(boardless({"targets", "--help"}).out, HasSubstr("\nTable:"));
}

// Behind it stands the commit, where there was one.
TEST(Version, IsTheProjects) {
  const Finished finished = boardless({"--version"});
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.out, testing::MatchesRegex(PROJECT_VERSION "(\\+g[0-9a-f]+(\\.dirty)?)?\n"));
}

TEST(Targets, ListAndShowSucceed) {
  const Finished list = boardless({"targets"});
  EXPECT_EQ(list.status, 0) << list.err;
  EXPECT_THAT(list.out, HasSubstr("stm32f446re"));
  const Finished show = boardless({"targets", "show", "stm32f446re"});
  EXPECT_EQ(show.status, 0) << show.err;
  EXPECT_THAT(show.out, HasSubstr("RM0390"));
}

}  // namespace
}  // namespace boardless::cli
