// Does our engine do what QEMU's Cortex-M4, M33 and M55 do, on random sequences of every group of
// instructions?
#include <gtest/gtest.h>

#include <iostream>
#include <set>
#include <string>

#include "tests/isa/qemu_deviation.h"
#include "tests/isa/qemu_fuzz.h"
#include "tests/isa/vector_values.h"
#include "tests/parameter_name.h"
#include "tests/slow_build.h"

namespace boardless::isa {
namespace {

constexpr std::uint32_t kDataBase = 0x20000000;
constexpr std::size_t kDataBytes = 0x4000;

struct Share {
  const char* group;
  int instructions;
  std::size_t least_opcodes;  // of those LLVM knows, how many a run comes across
};

std::ostream& operator<<(std::ostream& out, const Share& share) { return out << share.group; }

class DoesQemuAgree : public testing::TestWithParam<Share> {
 protected:
  void SetUp() override {
    if (!has_qemu()) GTEST_SKIP() << "needs QEMU: qemu-system-arm is not there";
  }
};

TEST_P(DoesQemuAgree, OnRandomSequences) {
  const QemuGroup& group = find_qemu_group(GetParam().group);
  QemuFuzzOptions options;
  options.instructions = default_instructions(GetParam().instructions);
  options.seed = default_seed(20261124);
  if (group.vectors) options.samples = 1000000;
  options.samples = drawn(options.samples);
  const QemuFuzzReport report = fuzz_against_qemu(group, options);
  for (const std::string& difference : report.differences) ADD_FAILURE() << difference;
  EXPECT_GE(report.instructions, options.instructions);
  EXPECT_EQ(report.not_modelled, std::set<std::string>{});
  if (!kIsSlowBuild) {
    EXPECT_GE(report.covered.size(), GetParam().least_opcodes);
    // What is dropped is not judged: it has to stay rare.
    constexpr int kPercent = 100;
    EXPECT_LE((report.strays + report.deviations) * kPercent, 2 * report.cases);
  }
  std::cout << group.name << ": seed " << options.seed << ", " << report.instructions
            << " instructions, " << report.covered.size() << " opcodes\n";
}

INSTANTIATE_TEST_SUITE_P(Groups, DoesQemuAgree,
                         testing::Values(Share{"base-v7em", 5000, 280}, Share{"fp-v7em", 4000, 60},
                                         Share{"base-v8m", 5000, 280}, Share{"fp-v8m", 4000, 80},
                                         Share{"base-v81m", 5000, 280}, Share{"fp-v81m", 6000, 200},
                                         Share{"mve-int", 12000, 500}, Share{"mve-fp", 12000, 110},
                                         Share{"mve-ld", 6000, 140}, Share{"lob", 6000, 700}),
                         [](const auto& test) { return parameter_name(test.param.group); });

// Would a difference be seen? Another start for one of the two makes one.
TEST(WouldADifferenceBeSeen, InRegistersFlagsVectorsAndMemory) {
  if (!has_qemu()) GTEST_SKIP() << "needs QEMU: qemu-system-arm is not there";
  Random random(1);
  const DataWindow window{kDataBase, edge_pattern(random, kDataBytes)};
  Case one;
  one.start.r[0] = kDataBase + 0x100;
  one.start.r[1] = 5;
  one.start.r[13] = kDataBase + 0x2000;
  one.start.fpscr = 0x00040000;
  one.sequence = {{{0x80, 0xed, 0x00, 0x1f}},  // vstrw.32 q0, [r0]
                  {{0x49, 0x1c}}};             // adds r1, r1, #1
  const QemuBoard& board = find_qemu_board("mps3-an547");
  const Variant& variant = find_variant("v8.1-m.main");
  const auto difference_from = [&](const Case& other) {
    const auto ours = QemuBatch(board, window, {&other, 1}).run_on_our_engine(variant);
    const auto theirs = QemuBatch(board, window, {&one, 1}).run_in_qemu();
    return difference(ours.at(0), theirs.at(0));
  };
  EXPECT_EQ(difference_from(one), "");
  Case other = one;
  other.start.r[1] = 6;
  EXPECT_NE(difference_from(other).find("r1: ours 0x00000007, theirs 0x00000006"),
            std::string::npos);
  other = one;
  other.start.r[1] = 0x7fffffff;
  EXPECT_NE(difference_from(other).find("flags: ours 0x90000000, theirs 0x00000000"),
            std::string::npos);
  other = one;
  other.start.s[3] = 1;
  EXPECT_NE(difference_from(other).find("q0[3]"), std::string::npos);
  EXPECT_NE(difference_from(other).find("word at data + 0x010c: ours 0x00000001"),
            std::string::npos);
  other = one;
  other.start.vpr = 0xffff;
  EXPECT_NE(difference_from(other).find("vpr: ours 0x0000ffff, theirs 0x00000000"),
            std::string::npos);
  other = one;
  other.start.fpscr |= 1U << 27;
  EXPECT_NE(difference_from(other).find("fpscr"), std::string::npos);
  other = one;
  other.sequence[1] = {{0x00, 0xde}};  // udf #0
  EXPECT_NE(difference_from(other).find("undefined instruction"), std::string::npos);
}

// A fault ends a case on both: the same fault, at the same place.
TEST(WouldADifferenceBeSeen, InFaults) {
  if (!has_qemu()) GTEST_SKIP() << "needs QEMU: qemu-system-arm is not there";
  Random random(1);
  const DataWindow window{kDataBase, edge_pattern(random, kDataBytes)};
  Case undefined;
  undefined.start.r[0] = kDataBase + 0x101;
  undefined.start.r[13] = kDataBase + 0x2000;
  Case unaligned = undefined;
  undefined.sequence = {{{0x49, 0x1c}}, {{0x00, 0xde}}};              // adds; udf #0
  unaligned.sequence = {{{0x49, 0x1c}}, {{0xd0, 0xe9, 0x00, 0x23}}};  // adds; ldrd r2, r3, [r0]
  const std::vector<Case> cases{undefined, unaligned};
  for (const auto& [machine, variant] :
       {std::pair{"mps2-an386", "v7e-m-fp"}, std::pair{"mps2-an505", "v8-m.main"},
        std::pair{"mps3-an547", "v8.1-m.main"}}) {
    const QemuBatch batch(find_qemu_board(machine), window, cases);
    const auto ours = batch.run_on_our_engine(find_variant(variant));
    const auto theirs = batch.run_in_qemu();
    EXPECT_EQ(theirs.at(0).end, Outcome::End::kUndefined) << machine;
    EXPECT_EQ(theirs.at(0).pc, 2) << machine;
    EXPECT_EQ(theirs.at(1).end, Outcome::End::kUnaligned) << machine;
    EXPECT_EQ(difference(ours.at(0), theirs.at(0)), "") << machine;
    EXPECT_EQ(difference(ours.at(1), theirs.at(1)), "") << machine;
  }
}

}  // namespace
}  // namespace boardless::isa
