// Does the answer of a child process arrive whole, and a dead child say nothing?
#include <gtest/gtest.h>

#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/child_answer.h"

namespace boardless {
namespace {

TEST(ChildAnswer, ArrivesWhole) {
  const std::string large(1 << 20, 'x');  // more than a pipe holds
  EXPECT_EQ(answer_of_child([&] { return large; }), large);
  EXPECT_EQ(answer_of_child([] { return std::string(); }), "");
}

TEST(ChildAnswer, IsMadeElsewhere) {
  int here = 0;
  EXPECT_EQ(answer_of_child([&] { return std::to_string(++here); }), "1");
  EXPECT_EQ(here, 0);
}

TEST(ChildAnswer, IsNothingOfOneThatFailed) {
  EXPECT_EQ(answer_of_child([]() -> std::string { throw std::runtime_error("no"); }), std::nullopt);
  EXPECT_EQ(answer_of_child([]() -> std::string {
              std::raise(SIGKILL);
              return "never";
            }),
            std::nullopt);
}

}  // namespace
}  // namespace boardless
