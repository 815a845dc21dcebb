// What does an operator that moves values get when it contradicts its definition, or asks for what
// TensorFlow Lite Micro refuses? One line that names it and what is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using testing::as_bytes;
using testing::OneOperator;
using testing::refusal;

OneOperator split(int axis, std::vector<std::vector<std::int32_t>> outputs) {
  OneOperator test(OpKind::kSplit, SplitAttributes{static_cast<int>(outputs.size())});
  test.integers({1}, {axis}).input({2, 6});
  for (std::vector<std::int32_t>& shape : outputs) test.output(std::move(shape));
  return test;
}

TEST(Split, ThatDoesNotDivideIsBadInput) {
  EXPECT_EQ(refusal(split(1, {{2, 3}, {2, 3}})), "accepted");
  EXPECT_EQ(refusal(split(1, {{2, 2}, {2, 2}})),
            "test: operator 0 (SPLIT): 2 parts have 4 along dimension 1, the input 2x6 has 6");
  EXPECT_EQ(refusal(split(1, {{2, 2}, {2, 4}})),
            "test: operator 0 (SPLIT): output 1 shape 2x4; its definition gives 2x2");
  EXPECT_EQ(refusal(split(2, {{2, 3}, {2, 3}})),
            "test: operator 0 (SPLIT): axis 2; supported: -2 to 1 for 2x6");
  OneOperator test = split(1, {{2, 3}, {2, 3}});
  test.op().attributes = SplitAttributes{3};
  EXPECT_EQ(refusal(test), "test: operator 0 (SPLIT): makes 3 parts of 2 outputs");
}

TEST(Gather, OfAnIndexOutsideIsBadInput) {
  OneOperator test(OpKind::kGather, GatherAttributes{0, 0});
  test.input({3, 2}).integers({2}, {2, 3}).output({2, 2});
  EXPECT_EQ(refusal(test), "test: operator 0 (GATHER): index 3 is outside 0 to 2");
  OneOperator at_run_time(OpKind::kGather, GatherAttributes{0, 0});
  at_run_time.input({3, 2}).input({1}, {}, DataType::kInt32).output({1, 2});
  EXPECT_EQ(refusal(at_run_time), "accepted");
  try {
    (void)at_run_time.run_bytes(
        {as_bytes(std::vector<std::int8_t>(6)), as_bytes(std::vector<std::int32_t>{-1})});
    FAIL() << "answered";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "test: operator 0 (GATHER): index -1 is outside 0 to 2");
  }
}

TEST(StridedSlice, OutsideItsInputIsBadInput) {
  const auto slice = [](int begin, int end, int stride, StridedSliceAttributes masks,
                        std::vector<std::int32_t> output) {
    OneOperator test(OpKind::kStridedSlice, masks);
    test.input({4}).integers({1}, {begin}).integers({1}, {end}).integers({1}, {stride});
    return refusal(test.output(std::move(output)));
  };
  EXPECT_EQ(slice(1, 3, 1, {}, {2}), "accepted");
  EXPECT_EQ(slice(1, 3, 0, {}, {2}),
            "test: operator 0 (STRIDED_SLICE): has stride 0 in dimension 0");
  EXPECT_EQ(slice(1, 3, 1, {}, {3}),
            "test: operator 0 (STRIDED_SLICE): output shape 3; its definition gives 2");
  EXPECT_EQ(slice(4, 5, 1, {.shrink_axis_mask = 1}, {}),
            "test: operator 0 (STRIDED_SLICE): takes element 4 of dimension 0, which has 4");
  EXPECT_EQ(slice(0, 0, 1, {.ellipsis_mask = 1}, {4}), "accepted");
}

TEST(Moves, WithShapesThatContradictTheirOperandsAreBadInput) {
  OneOperator transpose(OpKind::kTranspose);
  transpose.input({2, 3}).integers({2}, {1, 1}).output({3, 3});
  EXPECT_EQ(refusal(transpose),
            "test: operator 0 (TRANSPOSE): permutation [1 1] is none of 0 to 1");
  OneOperator squeeze(OpKind::kSqueeze, SqueezeAttributes{{1}});
  squeeze.input({1, 3}).output({1});
  EXPECT_EQ(refusal(squeeze),
            "test: operator 0 (SQUEEZE): takes away dimension 1 of 1x3, whose extent is 3; it must "
            "be 1");
  OneOperator pack(OpKind::kPack, PackAttributes{2, 0});
  pack.input({2}).input({3}).output({2, 2});
  EXPECT_EQ(refusal(pack), "test: operator 0 (PACK): input 1 shape 3; its definition gives 2");
  OneOperator unpack(OpKind::kUnpack, PackAttributes{3, 0});
  unpack.input({2, 2}).output({2}).output({2});
  EXPECT_EQ(refusal(unpack),
            "test: operator 0 (UNPACK): is said to have 3 parts; it has 2, and 2x2 has 2 along "
            "dimension 0");
  OneOperator block(OpKind::kSpaceToDepth, BlockAttributes{2});
  block.input({1, 3, 4, 1}).output({1, 1, 2, 4});
  EXPECT_EQ(refusal(block), "test: operator 0 (SPACE_TO_DEPTH): blocks of 2 do not divide 1x3x4x1");
  OneOperator broadcast(OpKind::kBroadcastTo);
  broadcast.input({2}).integers({1}, {3}).output({3});
  EXPECT_EQ(refusal(broadcast), "test: operator 0 (BROADCAST_TO): 2 cannot be spread to 3");
  OneOperator mirror(OpKind::kMirrorPad, MirrorPadAttributes{});
  mirror.input({2}).integers({1, 2}, {2, 0}).output({4});
  EXPECT_EQ(refusal(mirror),
            "test: operator 0 (MIRROR_PAD): mirrors 2 and 0 of dimension 0, which has 1 to mirror");
}

TEST(Moves, ThatTensorFlowLiteMicroRefusesAreNotModelled) {
  OneOperator reverse(OpKind::kReverseV2);
  reverse.input({2, 2, 2}).integers({2}, {0, 2}).output({2, 2, 2});
  EXPECT_EQ(refusal(reverse),
            "not modelled: test: operator 0 (REVERSE_V2): axes [0 2] are not side by side; "
            "TensorFlow Lite Micro takes those only");
  OneOperator slice(OpKind::kStridedSlice, StridedSliceAttributes{});
  const std::vector<std::int32_t> zeros(5), ones(5, 1);
  slice.input({1, 1, 1, 1, 1}).integers({5}, zeros).integers({5}, ones).integers({5}, ones);
  slice.output({1, 1, 1, 1, 1});
  EXPECT_EQ(refusal(slice),
            "not modelled: test: operator 0 (STRIDED_SLICE): input 1x1x1x1x1 has 5 dimensions; "
            "TensorFlow Lite Micro takes 1 to 4");
  OneOperator gather(OpKind::kGather, GatherAttributes{});
  gather.input({2}, {}, DataType::kInt16).integers({1}, {0}).output({1}, {}, DataType::kInt16);
  EXPECT_EQ(refusal(gather), "not modelled: test: type int16");
}

}  // namespace
}  // namespace boardless::workloads
