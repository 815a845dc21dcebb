// Is text of strangers shown without anything that a terminal would obey?
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/visible_text.h"

namespace boardless {
namespace {

using namespace std::string_literals;

TEST(Visible, LeavesTextAlone) {
  for (const char* text : {"", "conv_1", "Größe 3×3 → µA", "日本語", "😀", "a\\b"}) {
    EXPECT_EQ(visible(text), text);
  }
}

TEST(Visible, WritesOutWhatATerminalObeys) {
  EXPECT_EQ(visible("\x1b[2Jx"), "\\x1b[2Jx");
  EXPECT_EQ(visible("a\nb\tc\0d\x7f"s), "a\\x0ab\\x09c\\x00d\\x7f");
  EXPECT_EQ(visible("a\nb\tc", "\n"), "a\nb\\x09c");
  EXPECT_EQ(visible("\u009b2J"), "\\xc2\\x9b2J");                 // C1: begins a control sequence
  EXPECT_EQ(visible("\u202egnp.exe"), "\\xe2\\x80\\xaegnp.exe");  // turns the direction
}

TEST(Visible, WritesOutWhatIsNoUtf8) {
  EXPECT_EQ(visible("\x9b\xff"), "\\x9b\\xff");
  EXPECT_EQ(visible("a\xc3"), "a\\xc3");                  // cut short
  EXPECT_EQ(visible("\xc0\xaf"), "\\xc0\\xaf");           // longer than it need be
  EXPECT_EQ(visible("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
}

TEST(Visible, SaysWhatItLeftOut) {
  EXPECT_EQ(visible("abcdef", "", 3), "abc…");
  EXPECT_EQ(visible("abc", "", 3), "abc");
  EXPECT_EQ(visible(std::string(1 << 20, 'a')).size(), 4096 + std::string("…").size());
}

TEST(Visible, IsStableOnAnything) {
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i) {
    std::string text(random() % 12, ' ');
    for (char& c : text) c = static_cast<char>(random());
    const std::string shown = visible(text);
    EXPECT_EQ(visible(shown), shown);
    for (const char c : shown) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
  }
}

TEST(VisibleJson, StaysWhatItIs) {
  EXPECT_EQ(visible_json("{\"a\": \"\\u001b é 👍\"}\n"), "{\"a\": \"\\u001b é 👍\"}\n");
  EXPECT_EQ(visible_json("\"\x7f \u0080 \u009b \u202e \ufeff\""),
            "\"\\u007f \\u0080 \\u009b \\u202e \\ufeff\"");
}

}  // namespace
}  // namespace boardless
