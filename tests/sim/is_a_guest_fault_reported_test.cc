// Does a program that does what the architecture forbids end in a GuestFault with registers and the
// instruction, on every core?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "base/error.h"
#include "kernels/abi.h"
#include "tests/sim/kernel_calls.h"

namespace boardless::sim::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr std::uint32_t kNowhere = 0x60000000;

std::optional<GuestFault> fault_of(KernelMachine& machine, const KernelCall& call) {
  try {
    machine.call(call);
    return std::nullopt;
  } catch (const GuestFault& fault) {
    return fault;
  }
}

class GuestFaults : public ::testing::TestWithParam<std::string_view> {
 protected:
  const isa::Variant& variant_ = isa::find_variant(GetParam());
  const ElfImage image_ = built_image(variant_);
  Caller caller_{variant_, image_};

  KernelCall copy(std::uint32_t from, std::uint32_t to, std::int32_t bytes = 64) {
    return caller_.prepare("reference_copy_b8", bl_copy_params{.bytes = bytes}, {from, to});
  }
};

TEST_P(GuestFaults, AnOperandThatPointsNowhere) {
  const auto fault = fault_of(caller_.machine, copy(kNowhere, Caller::kOutput));
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what(), MatchesRegex("the program called at 0x000[0-9a-f]{5} faulted "
                                          "at 0x000[0-9a-f]{5}: invalid read "
                                          ".*, [1-4] bytes at 0x6000000[0-9a-f]"));
  const bool riscv = variant_.architecture == isa::Architecture::kRiscV;
  EXPECT_THAT(fault->report(), HasSubstr(riscv ? "  a0 0x" : "  r0 0x"));
  EXPECT_THAT(fault->report(), HasSubstr(riscv ? "  sp 0x30" : " r13 0x300f"));
  EXPECT_THAT(fault->report(), HasSubstr(riscv ? "  pc 0x0001" : " r15 0x0001"));
  EXPECT_THAT(fault->report(), HasSubstr("0x60000000"));  // the address is in a register
  EXPECT_THAT(fault->report(), ContainsRegex("\n0x0001[0-9a-f]+: (ldr?[bm]?|l[bhw]u?)[^\n]*\n"));
}

TEST_P(GuestFaults, ANullOperand) {
  const auto fault = fault_of(caller_.machine, copy(0, Caller::kOutput));
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what(), HasSubstr("invalid read"));
}

TEST_P(GuestFaults, AWriteNowhere) {
  const auto fault = fault_of(caller_.machine, copy(Caller::kInput, kNowhere));
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what(), HasSubstr("invalid write"));
  EXPECT_THAT(fault->what(), HasSubstr(" bytes at 0x600000"));
  EXPECT_THAT(fault->report(), ContainsRegex("\n0x0001[0-9a-f]+: s[tbhw][^\n]*\n"));
}

TEST_P(GuestFaults, AWriteToConstantsOrCode) {
  for (const std::uint32_t address : {kernels::kConstantsBase, kernels::kCodeBase}) {
    const auto fault = fault_of(caller_.machine, copy(Caller::kInput, address));
    ASSERT_TRUE(fault);
    EXPECT_THAT(fault->what(), HasSubstr("protected"));
  }
}

TEST_P(GuestFaults, AReadPastTheArena) {
  const auto end = caller_.machine.arena().end();
  EXPECT_FALSE(fault_of(caller_.machine, copy(end - 64, Caller::kOutput)));
  EXPECT_TRUE(fault_of(caller_.machine, copy(end - 60, Caller::kOutput)));
}

TEST_P(GuestFaults, DataIsNotExecuted) {
  caller_.put(Caller::kInput, {0x70, 0x47});  // bx lr
  EXPECT_THROW(caller_.machine.call_function(Caller::kInput, {}, kernels::kStackTop), GuestFault);
  EXPECT_THROW(caller_.machine.call_function(kNowhere, {}, kernels::kStackTop), GuestFault);
}

TEST_P(GuestFaults, TheMachineWorksAfterwards) {
  ASSERT_TRUE(fault_of(caller_.machine, copy(kNowhere, Caller::kOutput)));
  caller_.put(Caller::kInput, {5, 6, 7, 8});
  caller_.machine.call(copy(Caller::kInput, Caller::kOutput, 4));
  EXPECT_THAT(caller_.values(Caller::kOutput, 4), ElementsAre(5, 6, 7, 8));
}

INSTANTIATE_TEST_SUITE_P(Images, GuestFaults, ::testing::ValuesIn(variant_names()), image_name);

// Runs a few instructions on a core.
std::optional<GuestFault> fault_of(const char* variant, std::initializer_list<std::uint16_t> code) {
  const ElfImage image = hand_made_image(code);
  Caller caller(isa::find_variant(variant), image);
  return fault_of(caller.machine, {"entry", 0, 0, 0});
}

TEST(GuestFault, AnUndefinedInstruction) {
  const auto fault = fault_of("v7e-m", {0xde00, 0x4770});
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->report(), HasSubstr("\n0x00010000: udf"));
}

TEST(GuestFault, ASupervisorCallOrBreakpoint) {
  EXPECT_TRUE(fault_of("v7-m", {0xdf00, 0x4770}));  // svc #0
  EXPECT_TRUE(fault_of("v7-m", {0xbe00, 0x4770}));  // bkpt #0
}

TEST(GuestFault, AReturnToNowhere) {
  const auto fault = fault_of("v7-m", {0x2001, 0x4700});  // movs r0, #1; bx r0
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what(), HasSubstr("faulted at 0x00000000"));
}

TEST(GuestFault, AnEndlessRecursionRunsOutOfStack) {
  const auto fault = fault_of("v6-m", {0xb510,            // push {r4, lr}
                                       0xf7ff, 0xfffd});  // bl to the push
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what(), HasSubstr("invalid write"));
  EXPECT_THAT(fault->report(), HasSubstr("\n0x00010000: push"));
}

TEST(GuestFault, AFullStackCountsAsOverflow) {
  const auto fault = fault_of("v7-m", {0xf5ad, 0x3d80,  // sub.w sp, sp, #0x10000
                                       0x9000,          // str r0, [sp]
                                       0xf50d, 0x3d80,  // add.w sp, sp, #0x10000
                                       0x4770});        // bx lr
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what(), HasSubstr("entry: the stack of 65536 bytes overflowed"));
}

// An instruction the core lacks must not run: a kernel image built for another core would be priced
// as if it were possible.
TEST(GuestFault, AnInstructionTheCoreLacks) {
  const std::initializer_list<std::uint16_t> sdiv{0x2101, 0xfb90, 0xf0f1, 0x4770};
  EXPECT_TRUE(fault_of("v6-m", sdiv));
  EXPECT_FALSE(fault_of("v7-m", sdiv));
  const std::initializer_list<std::uint16_t> smlabb{0xfb10, 0x3001, 0x4770};
  EXPECT_TRUE(fault_of("v7-m", smlabb));
  EXPECT_FALSE(fault_of("v7e-m", smlabb));
  EXPECT_FALSE(fault_of("v8-m.main", smlabb));
}

}  // namespace
}  // namespace boardless::sim::testing
