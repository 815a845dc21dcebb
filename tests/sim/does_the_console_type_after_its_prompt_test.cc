// Is each line of a serial script typed once the one before was answered, into the port that asked?
#include <gtest/gtest.h>

#include <string>

#include "sim/serial_console.h"

namespace boardless::sim {
namespace {

std::string typed(SerialConsole& console, unsigned port) {
  std::string text;
  while (console.has_input(port)) text.push_back(static_cast<char>(console.take_input()));
  return text;
}

void print(SerialConsole& console, unsigned port, const std::string& text) {
  for (const char c : text) console.print(port, static_cast<std::uint8_t>(c));
}

TEST(Console, TypesALineForEachPrompt) {
  SerialConsole console({.input = "name%\r\n\ninfer%\n",
                         .prompt = "ready\r\n",
                         .line_end = "",
                         .port = {},
                         .stop_text = {}});
  const unsigned port = console.add_port("usart1");
  EXPECT_EQ(typed(console, port), "");
  print(console, port, "m-ready\r\n");
  EXPECT_EQ(typed(console, port), "name%");
  EXPECT_EQ(typed(console, port), "");
  print(console, port, "m-ready\r\n");
  EXPECT_EQ(typed(console, port), "infer%");
  EXPECT_FALSE(console.stopped());
  print(console, port, "m-ready\r\n");
  EXPECT_TRUE(console.stopped());
}

TEST(Console, TypesIntoThePortThatPrintedLast) {
  SerialConsole console({.input = "x", .prompt = {}, .line_end = {}, .port = {}, .stop_text = {}});
  const unsigned first = console.add_port("usart1"), second = console.add_port("lpuart1");
  EXPECT_TRUE(console.has_input(first));
  print(console, second, ">");
  EXPECT_FALSE(console.has_input(first));
  EXPECT_EQ(typed(console, second), "x");
}

TEST(Console, TypesIntoThePortThatWasNamed) {
  SerialConsole console(
      {.input = "x", .prompt = {}, .line_end = {}, .port = "usart1", .stop_text = {}});
  const unsigned first = console.add_port("usart1"), second = console.add_port("lpuart1");
  print(console, second, ">");
  EXPECT_TRUE(console.has_input(first));
}

TEST(Console, StopsAtAText) {
  SerialConsole console(
      {.input = {}, .prompt = {}, .line_end = {}, .port = {}, .stop_text = "done"});
  const unsigned port = console.add_port("usart1");
  print(console, port, "not don");
  EXPECT_FALSE(console.stopped());
  print(console, port, "e");
  EXPECT_TRUE(console.stopped());
}

// A guest may print for ever; what is waited for is found all the same.
TEST(Console, KeepsAFloodUpToABoundAndGoesOnListening) {
  SerialConsole console(
      {.input = {}, .prompt = {}, .line_end = {}, .port = {}, .stop_text = "the end"});
  const unsigned port = console.add_port("usart1");
  for (std::size_t i = 0; i < KeptOutput::kMostBytes; ++i) console.print(port, 'a');
  print(console, port, "the e");
  for (int i = 0; i < 20000; ++i) console.print(port, 'b');
  EXPECT_FALSE(console.stopped());
  print(console, port, "the end");
  EXPECT_TRUE(console.stopped());
  EXPECT_EQ(console.output().text().size(), KeptOutput::kMostBytes);
  EXPECT_EQ(console.output().dropped_bytes(), 20012U);
}

// The bound lies within the text.
TEST(Console, FindsWhatBeginsBelowTheBound) {
  SerialConsole console(
      {.input = {}, .prompt = {}, .line_end = {}, .port = {}, .stop_text = "the end"});
  const unsigned port = console.add_port("usart1");
  for (std::size_t i = 0; i < KeptOutput::kMostBytes - 3; ++i) console.print(port, 'a');
  print(console, port, "the en");
  EXPECT_FALSE(console.stopped());
  print(console, port, "d");
  EXPECT_TRUE(console.stopped());
}

}  // namespace
}  // namespace boardless::sim
