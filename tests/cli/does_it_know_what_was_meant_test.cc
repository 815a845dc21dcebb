// Is the nearest command, option, target, column or network named when one is mistyped?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::HasSubstr;

void expect_meant(const std::vector<std::string>& arguments, const std::string& meant) {
  const Finished finished = boardless(arguments);
  EXPECT_EQ(finished.status, 2) << testing::PrintToString(arguments);
  EXPECT_THAT(finished.err, HasSubstr("did you mean " + meant));
  EXPECT_EQ(finished.err.find('\n'), finished.err.size() - 1) << finished.err;
}

TEST(DidYouMean, ACommand) {
  expect_meant({"predit", "kws"}, "'predict'?; see boardless --help");
  expect_meant({"model", "sohw", "kws"}, "'show'?; see boardless model --help");
  expect_meant({"targets", "shwo"}, "'show'?; see boardless targets --help");
}

TEST(DidYouMean, AnOption) {
  expect_meant({"run", "x.elf", "-t", "rp2040", "--max-cycle", "5"}, "'--max-cycles'?");
  expect_meant({"run", "x.elf", "-t", "rp2040", "--untl-symbol=main"}, "'--until-symbol'?");
  expect_meant({"targets", "--colums", "target"}, "'--columns'?; see boardless targets --help");
  expect_meant({"--verson"}, "'--version'?");
}

TEST(DidYouMean, ANetworkOfTheZoo) {
  expect_meant({"model", "show", "mobilenet_v"}, "'mobilenet_v1'?");
  expect_meant({"model", "show", "kwz"}, "'kws'?");
}

TEST(DidYouMean, ATargetOrOneOfItsFields) {
  expect_meant({"targets", "-t", "stm32f446r"}, "stm32f446re?");
  expect_meant({"targets", "-t", "stm32f4"},
               "stm32f407vg or stm32f446re, or 'stm32f4*' for all of them?");
  expect_meant({"targets", "-t", "core=cortex-m44"}, "'cortex-m4'?");
  expect_meant({"targets", "-t", "cores=cortex-m4"}, "'core'?");
}

TEST(DidYouMean, AColumn) {
  expect_meant({"targets", "--columns", "pric_usd"}, "'price_usd'?");
  expect_meant({"model", "list", "--sort", "netwrk"}, "'network'?");
}

TEST(AMistypedWord, IsShownAsText) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"predict", "kws", "-t", "rp2040", "--x\x1b[2J"},
        {"targets", "-t", "x\x1b[2J"},
        {"\x1b[2J"}}) {
    const Finished finished = boardless(words);
    EXPECT_EQ(finished.status, 2);
    EXPECT_THAT(finished.err, testing::HasSubstr("\\x1b[2J"));
    EXPECT_EQ(finished.err.find('\x1b'), std::string::npos);
  }
}

}  // namespace
}  // namespace boardless::cli
