// Does our RISC-V machine do what QEMU's does: instructions, machine-mode registers, and every trap
// with its cause, address and value?
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/isa/riscv_case_fuzz.h"
#include "tests/isa/riscv_random_sequence.h"
#include "tests/parameter_name.h"

namespace boardless::isa::riscv {

// How GoogleTest prints it.
void PrintTo(const CaseMix& mix, std::ostream* stream) { *stream << mix.variant; }

namespace {

long number_from(const char* variable, long otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtol(text, nullptr, 0);
}

class DoesQemuAgreeOnRiscv : public testing::TestWithParam<CaseMix> {
 protected:
  void SetUp() override {
    if (!has_riscv_qemu()) GTEST_SKIP() << "needs QEMU: qemu-system-riscv32 is not there";
  }
};

TEST_P(DoesQemuAgreeOnRiscv, OnRandomCases) {
  constexpr int kCases = 600;
  const auto seed = static_cast<std::uint32_t>(number_from("BOARDLESS_FUZZ_SEED", 20261129));
  const CaseFuzzReport report = fuzz_cases(GetParam(), kCases, seed);
  for (const std::string& difference : report.differences) ADD_FAILURE() << difference;
  EXPECT_EQ(report.cases, kCases);
  // Instruction fault, illegal instruction, breakpoint, load fault, store fault, calls of both
  // modes.
  for (const std::uint32_t cause : {1U, 2U, 3U, 5U, 7U, 8U, 11U}) {
    EXPECT_GT(report.causes.count(cause), 0U) << "no case ended by cause " << cause;
  }
  std::cout << GetParam().variant << ": seed " << seed << ", " << report.covered.size()
            << " opcodes\n";
}

INSTANTIATE_TEST_SUITE_P(Mixes, DoesQemuAgreeOnRiscv, testing::ValuesIn(case_mixes()),
                         [](const auto& test) {
                           return parameter_name(std::string(test.param.variant));
                         });

// Would a difference be seen? Another start for one of the two makes one.
TEST(WouldARiscvDifferenceBeSeen, InRegistersMemoryAndTraps) {
  if (!has_riscv_qemu()) GTEST_SKIP() << "needs QEMU: qemu-system-riscv32 is not there";
  const Variant& variant = find_variant("rv32imac");
  const std::vector<std::uint8_t> pattern(kDataBytes);
  Case one;
  one.start.x[8] = kWindow + 0x100;
  one.start.x[10] = 5;
  one.sequence = {{{0x23, 0x20, 0xa4, 0x00}}};  // sw a0, 0(s0)
  const auto difference_from = [&](const Case& other) {
    return difference(CaseBatch(variant, pattern, {&other, 1}).run_on_our_machine().at(0),
                      CaseBatch(variant, pattern, {&one, 1}).run_in_qemu().at(0));
  };
  EXPECT_EQ(difference_from(one), "");
  Case other = one;
  other.start.x[10] = 6;
  EXPECT_NE(difference_from(other).find("x10: ours 0x00000006, QEMU's 0x00000005"),
            std::string::npos);
  EXPECT_NE(difference_from(other).find("word at data + 0x0100: ours 0x00000006"),
            std::string::npos);
  other = one;
  other.mstatus = 0;
  EXPECT_NE(difference_from(other).find("mcause: ours 0x00000008, QEMU's 0x0000000b"),
            std::string::npos);
  other = one;
  other.sequence.push_back({{0xff, 0xff, 0xff, 0xff}});
  EXPECT_NE(difference_from(other).find("mtval: ours 0xffffffff, QEMU's 0x00000000"),
            std::string::npos);
}

}  // namespace
}  // namespace boardless::isa::riscv
