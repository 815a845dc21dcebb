// Does our engine do what Arm hardware did, where it was recorded? And would a difference be seen?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "tests/isa/recorded_comparison.h"
#include "tests/outside_data.h"
#include "tests/scratch_folder.h"
#include "toolchain/process.h"

namespace boardless::isa {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;

struct Read {
  int status = 0;
  std::string text;  // and what it says on stderr
};
Read read_checkout(const std::filesystem::path& checkout,
                   const std::vector<std::string>& options = {}) {
  std::vector<std::string> words{BOARDLESS_PYTHON, "-B",
                                 BOARDLESS_SOURCE_DIR "/scripts/read_vixl_results.py",
                                 checkout.string()};
  words.insert(words.end(), options.begin(), options.end());
  const toolchain::ProcessResult ended = toolchain::run_process(words);
  return {ended.status, ended.out + ended.err};
}

struct Compared {
  std::map<std::string, RecordedComparison::Form> forms;
  RecordedComparison::Form total;
  std::vector<std::string> differences;
};
Compared compared(const std::string& text, std::string_view variant = "v7e-m-dp") {
  RecordedComparison comparison(find_variant(variant));
  std::istringstream in(text);
  RecordedResults results(in);
  for (RecordedInstruction instruction; results.next(instruction);) comparison.add(instruction);
  return {comparison.forms(), comparison.total(), comparison.differences()};
}

// A tenth of it; scripts/compare_with_vixl.sh takes all.
TEST(DoesHardwareAgree, OnWhatVixlRecorded) {
  const std::filesystem::path checkout = sources_folder() / "vixl";
  if (!std::filesystem::exists(checkout)) GTEST_SKIP() << needs("vixl", checkout);
  const Read read = read_checkout(checkout, {"--every", "10"});
  ASSERT_EQ(read.status, 0) << read.text;
  for (const std::string_view variant : {"v7e-m-dp", "v8.1-m.main"}) {
    const Compared comparison = compared(read.text, variant);
    const RecordedComparison::Form all = comparison.total;
    EXPECT_THAT(comparison.differences, IsEmpty());
    EXPECT_EQ(all.equal, all.vectors);
    EXPECT_GT(all.vectors, 150000U);
    EXPECT_GE(comparison.forms.size(), 20U);
  }
}

// 3 + 4 with carry out of -1 + 1, and what a condition that fails leaves.
constexpr const char* kRight =
    "form hand-made\n"
    "inputs kSome 2\n20000000 0 3 4\n0 0 ffffffff 1\n"
    "instruction kSome nzcv,r2,r0,r1 al adds<c> r2, r0, r1\n"
    "00000000 00000007 00000003 00000004\n60000000 00000000 ffffffff 00000001\n"
    "instruction kSome nzcv,r2,r0,r1 cs adc<c> r2, r0, r1\n"
    "20000000 8 3 4\n0 0 ffffffff 1\n"
    "inputs kLow 1\n0 3 3\n"
    "instruction kLow nzcv,r0,r0 cc muls<c> r0, r0, r0\n0 9 9\n"
    "instruction kLow nzcv,r0,r0 cs muls<c> r0, r0, r0\n0 3 3\n";

TEST(RecordedResults, AreComparedInAndOutOfItBlocks) {
  for (const std::string_view variant : {"v7-m", "v7e-m-dp", "v8-m.main", "v8.1-m.main"}) {
    const Compared comparison = compared(kRight, variant);
    EXPECT_THAT(comparison.differences, IsEmpty());
    EXPECT_THAT(comparison.forms, ElementsAre(Key("hand-made")));
    const RecordedComparison::Form all = comparison.total;
    EXPECT_EQ(all.instructions, 4U);
    EXPECT_EQ(all.vectors, 6U);
    EXPECT_EQ(all.equal, 6U);
  }
}

TEST(RecordedResults, ADifferenceIsSeenInEveryPart) {
  const auto difference = [](const std::string& parts, const std::string& before,
                             const std::string& after, const std::string& text) {
    const Compared comparison = compared("form one\ninputs k 1\n" + before + "\ninstruction k " +
                                         parts + " al " + text + "\n" + after + "\n");
    EXPECT_EQ(comparison.total.vectors, 1U);
    EXPECT_EQ(comparison.total.equal == 1, comparison.differences.empty());
    return comparison.differences.empty() ? "" : comparison.differences.front();
  };
  const std::string add = "adds<c> r2, r0, r1";
  EXPECT_EQ(difference("nzcv,r2,r0,r1", "0 0 1 2", "0 3 1 2", add), "");
  EXPECT_EQ(difference("nzcv,r2,r0,r1", "0 0 1 2", "0 4 1 2", add),
            "adds r2, r0, r1 (one): from 00000000 00000000 00000001 00000002: recorded 00000000 "
            "00000004 00000001 00000002, ours 00000000 00000003 00000001 00000002");
  EXPECT_THAT(difference("nzcv,r2,r0,r1", "0 0 1 2", "40000000 3 1 2", add), HasSubstr("ours"));
  EXPECT_THAT(difference("nzcv,r0,r1", "0 1 2", "0 1 2", add), HasSubstr("another register"));
  const std::string saturate = "qadd<c> r2, r0, r1";
  EXPECT_EQ(difference("q,r2,r0,r1", "0 0 7fffffff 1", "8000000 7fffffff 7fffffff 1", saturate),
            "");
  EXPECT_THAT(difference("q,r2,r0,r1", "0 0 7fffffff 1", "0 7fffffff 7fffffff 1", saturate),
              HasSubstr("ours 08000000"));
  const std::string lanes = "uadd8<c> r2, r0, r1";
  EXPECT_EQ(difference("ge,r2,r0,r1", "0 0 ff 1", "10000 0 ff 1", lanes), "");
  EXPECT_THAT(difference("ge,r2,r0,r1", "0 0 ff 1", "0 0 ff 1", lanes), HasSubstr("ours 00010000"));
  const std::string halves = "vadd<c>.f64 d2, d0, d1";
  const std::string one = "3ff0000000000000", two = "4000000000000000";
  EXPECT_EQ(difference("fpscr,d2,d0,d1", "0 0 " + one + " " + one,
                       "0 " + two + " " + one + " " + one, halves),
            "");
  EXPECT_THAT(difference("fpscr,d2,d0,d1", "0 0 " + one + " " + one,
                         "10 " + two + " " + one + " " + one, halves),
              HasSubstr("ours 00000000 4000000000000000"));
}

TEST(RecordedResults, WhatNoSuchCoreHasIsSkippedWithItsReason) {
  const std::string crc =
      "form a\ninputs k 2\n1 2 3\n4 5 6\n"
      "instruction k r0,r1,r2 al crc32b<c> r0, r1, r2\n1 2 3\n4 5 6\n";
  const std::string high =
      "form b\ninputs k 1\n0 1 2 3\n"
      "instruction k fpscr,d16,d1,d2 al vadd<c>.f64 d16, d1, d2\n0 1 2 3\n";
  const std::string plain =
      "form c\ninputs k 1\n0 1 2 3\n"
      "instruction k fpscr,d3,d1,d2 al vadd<c>.f64 d3, d1, d2\n0 1 2 3\n";
  const Compared comparison = compared(crc + high + plain, "v8-m.main");
  EXPECT_EQ(comparison.total.vectors, 0U);
  EXPECT_EQ(comparison.forms.at("a").skipped.at("CRC32, of A-profile alone"), 2U);
  EXPECT_EQ(comparison.forms.at("b").skipped.at("D16 to D31, of A-profile alone"), 1U);
  EXPECT_EQ(comparison.forms.at("c").skipped.at("double precision"), 1U);
  // What a core lacks by our lists alone is no reason to skip.
  EXPECT_THROW(compared("form d\ninputs k 1\n1 2 3\n"
                        "instruction k r0,r1,r2 al vanish<c> r0, r1, r2\n1 2 3\n"),
               InputError);
}

TEST(RecordedResults, ABrokenFileIsRefusedWithItsLine) {
  for (const auto& [text, what] :
       {std::pair{"form a\nhello\n", "line 2: form, inputs or instruction was to follow"},
        std::pair{"form a\ninputs k 2\n1\n", "line 4: the end, where a state was to follow"},
        std::pair{"form a\ninputs k 1\nx\n", "line 3: no state of hexadecimal words"},
        std::pair{"form a\ninputs k\n", "line 2: how many inputs?"},
        std::pair{"form a\ninstruction k r0 al nop\n", "line 2: no inputs of that name"},
        std::pair{"form a\ninputs k 1\n1\ninstruction k r15 al nop\n", "is not known: r15"},
        std::pair{"form a\ninputs k 1\n1\ninstruction k r0 al\n", "line 4: no instruction"},
        std::pair{"form a\ninputs k 1\n1\ninstruction k r0 al nop\n1 2\n",
                  "line 5: states of another size"}}) {
    try {
      compared(text);
      ADD_FAILURE() << text;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr(what));
    }
  }
}

// A checkout in VIXL's layout, with contents of ours.
class Checkout {
 public:
  explicit Checkout(const std::string& sum) {
    scratch_.write("test/aarch32/test-simulator-cond-rd-rn-operand-rm-shift-amount-t32.cc",
                   "struct Operands {\n  Condition cond;\n  Register rd;\n  Register rn;\n"
                   "  Register rm;\n  ShiftType shift;\n  uint32_t amount;\n};\n"
                   "struct Inputs {\n  uint32_t apsr;\n  uint32_t qbit;\n  uint32_t rd;\n"
                   "  uint32_t rn;\n  uint32_t rm;\n};\n"
                   "static const Inputs kSome[] =\n"
                   "    {{NoFlag, QFlag, 0x1, 0x2, 0x3},\n     {ZCFlag, NoFlag, 0x1, 0x2, 0x3}};\n"
                   "const TestLoopData kTests[] = {{{ne, r4, r5, r6, LSL, 2},\n"
                   "                                \"ne r4 r5 r6 LSL 2\",\n"
                   "                                \"Some_ne_r4_r5_\"\n"
                   "                                \"r6_LSL_2\",\n"
                   "                                ARRAY_SIZE(kSome),\n"
                   "                                kSome}};\n"
                   "#include \"aarch32/traces/one.h\"\n");
    scratch_.write("test/aarch32/traces/one.h",
                   "const Inputs kOutputs_Add_Some_ne_r4_r5_r6_LSL_2[] = {\n"
                   "  { 0x00000000, 0x08000000, " +
                       sum +
                       ", 0x00000002, 0x00000003 },\n"
                       "  { 0x60000000, 0x00000000, 0x00000001, 0x00000002, 0x00000003 },\n};\n");
  }
  Read read() const { return read_checkout(scratch_.path()); }

 private:
  ScratchFolder scratch_;
};

TEST(VixlResults, BecomeStatesAndInstructions) {
  const Read read = Checkout("0x0000000e").read();
  EXPECT_EQ(read.status, 0);
  EXPECT_EQ(read.text,
            "form cond-rd-rn-operand-rm-shift-amount\n"
            "inputs kSome 2\n0 8000000 1 2 3\n60000000 0 1 2 3\n"
            "instruction kSome nzcv,q,r4,r5,r6 ne add<c> r4, r5, r6, lsl #2\n"
            "00000000 08000000 0000000e 00000002 00000003\n"
            "60000000 00000000 00000001 00000002 00000003\n");
  EXPECT_THAT(compared(read.text).differences, IsEmpty());
  EXPECT_EQ(compared(Checkout("0x0000000f").read().text).differences.size(), 1U);
}

TEST(VixlResults, WhatIsNoCheckoutIsRefused) {
  const ScratchFolder scratch;
  const Read nothing = read_checkout(scratch.path());
  EXPECT_NE(nothing.status, 0);
  EXPECT_THAT(nothing.text, HasSubstr("holds no test/aarch32/test-simulator-*-t32.cc"));
  scratch.write("test/aarch32/test-simulator-a-t32.cc", "int main() {}\n");
  const Read other = read_checkout(scratch.path());
  EXPECT_NE(other.status, 0);
  EXPECT_THAT(other.text, HasSubstr("there is no struct Operands"));
}

}  // namespace
}  // namespace boardless::isa
