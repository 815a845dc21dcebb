// Does a kernel called on the simulated core return with its work done, and with the same stack
// depth each time?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/error.h"
#include "kernels/abi.h"
#include "tests/sim/kernel_calls.h"

namespace boardless::sim::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class KernelCalls : public ::testing::TestWithParam<std::string_view> {
 protected:
  const isa::Variant& variant_ = isa::find_variant(GetParam());
  const ElfImage image_ = built_image(variant_);
  Caller caller_{variant_, image_};

  // Four logits, the second the largest by far.
  KernelCall softmax() {
    const bl_softmax_params params{.rows = 1,
                                   .depth = 4,
                                   .input_multiplier = 1 << 30,
                                   .input_left_shift = 24,
                                   .diff_min = -124};
    caller_.put(Caller::kInput, {0, 100, -128, 10});
    return caller_.prepare("reference_softmax_s8", params, {Caller::kInput, Caller::kOutput});
  }
};

TEST_P(KernelCalls, Copy) {
  caller_.put(Caller::kInput, {1, -2, 3, 4, 5});
  const KernelCall call = caller_.prepare("reference_copy_b8", bl_copy_params{.bytes = 4},
                                          {Caller::kInput, Caller::kOutput});
  caller_.machine.call(call);
  EXPECT_THAT(caller_.values(Caller::kOutput, 5), ElementsAre(1, -2, 3, 4, 0));
}

TEST_P(KernelCalls, Softmax) {
  caller_.machine.call(softmax());
  EXPECT_THAT(caller_.values(Caller::kOutput, 4), ElementsAre(-128, 127, -128, -128));
}

TEST_P(KernelCalls, NothingToCopyTouchesNothing) {
  const KernelCall call = caller_.prepare("reference_copy_b8", bl_copy_params{.bytes = 0}, {0, 0});
  EXPECT_NO_THROW(caller_.machine.call(call));
}

TEST_P(KernelCalls, AnAbsentBiasIsZero) {
  const bl_fully_connected_params params{.batches = 1,
                                         .input_depth = 4,
                                         .output_depth = 1,
                                         .input_offset = 0,
                                         .filter_offset = 0,
                                         .output_offset = 0,
                                         .per_channel = 0,
                                         .activation_min = -128,
                                         .activation_max = 127};
  caller_.put(Caller::kInput, {1, 2, 3, 4});
  const std::array<std::int8_t, 4> filter{10, 0, -1, 2};
  const std::int32_t half = 1 << 30, one = 1, five = 5;
  const std::uint32_t weights = caller_.constant(filter.data(), filter.size());
  const std::uint32_t multiplier = caller_.constant(&half, 4);  // with the shift: 1.0
  const std::uint32_t shift = caller_.constant(&one, 4);
  const std::uint32_t bias = caller_.constant(&five, 4);
  const std::string function = "reference_fully_connected_s8";
  caller_.machine.call(caller_.prepare(
      function, params, {Caller::kInput, weights, 0, multiplier, shift, Caller::kOutput}));
  EXPECT_THAT(caller_.values(Caller::kOutput, 1), ElementsAre(15));
  caller_.machine.call(caller_.prepare(
      function, params, {Caller::kInput, weights, bias, multiplier, shift, Caller::kOutput}));
  EXPECT_THAT(caller_.values(Caller::kOutput, 1), ElementsAre(20));
}

TEST_P(KernelCalls, ScratchIsWhatTheKernelSays) {
  const bl_mean_params params{.extent = {1, 2, 3, 4},
                              .reduce = {0, 1, 1, 0},
                              .count = 6,
                              .input_offset = 0,
                              .output_offset = 0,
                              .output_multiplier = 1 << 30,
                              .output_shift = -2};
  const std::uint32_t address = caller_.constant(&params, sizeof params);
  EXPECT_EQ(caller_.machine.scratch_bytes("reference_mean_s8", address), 4U * 4);
  // A kernel without such a function needs none, nor does one that is not there.
  EXPECT_EQ(caller_.machine.scratch_bytes("reference_copy_b8", address), 0U);
  EXPECT_EQ(caller_.machine.scratch_bytes("none", address), 0U);
}

TEST_P(KernelCalls, TheStackDepthIsTheSameEachTime) {
  const KernelCall deep = softmax();
  const KernelCall shallow = caller_.prepare("reference_copy_b8", bl_copy_params{.bytes = 4},
                                             {Caller::kInput, Caller::kOutput});
  const Bytes deep_bytes = caller_.machine.call(deep);
  const Bytes shallow_bytes = caller_.machine.call(shallow);
  EXPECT_GT(deep_bytes, shallow_bytes);
  EXPECT_GE(shallow_bytes, 4U);  // its return address
  EXPECT_LE(deep_bytes, 512U);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(caller_.machine.call(deep), deep_bytes);
    EXPECT_EQ(caller_.machine.call(shallow), shallow_bytes);
  }
}

TEST_P(KernelCalls, AnUnknownKernelIsNamed) {
  try {
    caller_.machine.call({"reference_svdf_s8", 0, 0, 0});
    FAIL() << "called";
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()), image_.file + ": has no kernel 'reference_svdf_s8'");
  }
}

INSTANTIATE_TEST_SUITE_P(Images, KernelCalls, ::testing::ValuesIn(variant_names()), image_name);

// The stack is counted from its top to the last byte written.
TEST(StackDepth, IsWhatWasPushed) {
  const ElfImage image = hand_made_image({0xb510,    // push {r4, lr}
                                          0xb407,    // push {r0, r1, r2}
                                          0xb003,    // add sp, #12
                                          0xbd10});  // pop {r4, pc}
  Caller caller(isa::find_variant("v6-m"), image);
  EXPECT_EQ(caller.machine.call({"entry", 0, 0, 0}), 20U);
}

TEST(StackDepth, OfNoPushIsNothing) {
  const ElfImage image = hand_made_image({0x4770});  // bx lr
  Caller caller(isa::find_variant("v6-m"), image);
  EXPECT_EQ(caller.machine.call({"entry", 0, 0, 0}), 0U);
}

TEST(Arena, IsNoLargerThanItsWindow) {
  const ElfImage image = hand_made_image({0x4770});
  KernelMachine machine(isa::find_variant("v6-m"), image, 16);
  EXPECT_THROW(machine.map_arena(Bytes{kernels::kArenaBytes} + 1), NotModelled);
  EXPECT_THROW(machine.map_arena(Bytes{1} << 40), NotModelled);
  machine.map_arena(0);
  EXPECT_EQ(machine.arena().base(), kernels::kArenaBase);
}

TEST(EngineCall, FollowsTheAapcs) {
  const ElfImage image = hand_made_image({0x1840,    // adds r0, r0, r1
                                          0x1880,    // adds r0, r0, r2
                                          0x18c0,    // adds r0, r0, r3
                                          0x4770});  // bx lr
  Caller caller(isa::find_variant("v6-m"), image);
  const std::array<std::uint32_t, 4> arguments{1, 20, 300, 0xffffffff};
  EXPECT_EQ(caller.machine.call_function(kernels::kCodeBase, arguments, kernels::kStackTop), 320U);
}

TEST(EngineCall, SetsTheStackPointer) {
  const ElfImage image = hand_made_image({0x4668, 0x4770});  // mov r0, sp; bx lr
  Caller caller(isa::find_variant("v7e-m"), image);
  EXPECT_EQ(caller.machine.call_function(kernels::kCodeBase, {}, kernels::kStackTop - 64),
            kernels::kStackTop - 64);
}

}  // namespace
}  // namespace boardless::sim::testing
