// Does CONCATENATION put every input where its definition says, and refuse what contradicts it? By
// hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "kernels/abi.h"
#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::OneOperator;

OneOperator two_inputs(int axis, std::vector<std::int32_t> output) {
  OneOperator test(OpKind::kConcatenation, ConcatenationAttributes{.axis = axis});
  test.input({2, 2}, {0.5F, 3}).input({2, 2}, {0.5F, 3}).output(std::move(output), {0.5F, 3});
  return test;
}

template <class Error>
std::string thrown(const OneOperator& test) {
  try {
    (void)prepare(test.graph);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Concatenation, AlongTheLastDimensionTakesRowsInTurn) {
  for (const int axis : {1, -1}) {
    OneOperator test = two_inputs(axis, {2, 4});
    EXPECT_THAT(test.run({{1, 2, 3, 4}, {-5, -6, -7, -8}}),
                ElementsAre(1, 2, -5, -6, 3, 4, -7, -8));
  }
}

TEST(Concatenation, OfBytesThatNobodyQuantisedMovesThem) {
  OneOperator test = two_inputs(0, {4, 2});
  for (Tensor& tensor : test.graph.tensors) tensor.quantization = {};
  EXPECT_THAT(test.run({{1, 2, 3, 4}, {-5, -6, -7, -8}}), ElementsAre(1, 2, 3, 4, -5, -6, -7, -8));
  test.graph.tensors[0].quantization = {.scale = {0.5F}, .zero_point = {3}};
  EXPECT_THAT(thrown<InputError>(test), HasSubstr("has no quantisation scale"));
}

TEST(Concatenation, AlongTheFirstDimensionPutsOneBehindTheOther) {
  for (const int axis : {0, -2}) {
    OneOperator test = two_inputs(axis, {4, 2});
    EXPECT_THAT(test.run({{1, 2, 3, 4}, {-5, -6, -7, -8}}),
                ElementsAre(1, 2, 3, 4, -5, -6, -7, -8));
  }
}

TEST(Concatenation, OfDifferentExtentsInTheMiddleOfFiveDimensions) {
  OneOperator test(OpKind::kConcatenation, ConcatenationAttributes{.axis = 2});
  test.input({1, 2, 1, 1, 2}).input({1, 2, 2, 1, 2}).input({1, 2, 1, 1, 2});
  test.output({1, 2, 4, 1, 2});
  EXPECT_THAT(test.run({{1, 2, 3, 4}, {11, 12, 13, 14, 15, 16, 17, 18}, {21, 22, 23, 24}}),
              ElementsAre(1, 2, 11, 12, 13, 14, 21, 22, 3, 4, 15, 16, 17, 18, 23, 24));
}

TEST(Concatenation, TakesConstantsAndTheSameTensorTwice) {
  OneOperator test(OpKind::kConcatenation, ConcatenationAttributes{.axis = 0});
  test.input({2}).filter({1}, {7});
  test.op().inputs.push_back(test.op().inputs[0]);
  test.output({5});
  EXPECT_THAT(test.run({{1, 2}}), ElementsAre(1, 2, 7, 1, 2));
}

// 0.5 (q - 10) is 0.25 (2 q - 20); to the output's zero point 100 is added: 2 q + 80, held at 255.
TEST(Concatenation, RescalesUint8InputsOfAnotherQuantisation) {
  OneOperator test(OpKind::kConcatenation, ConcatenationAttributes{.axis = 0});
  test.input({4}, {0.5F, 10}, DataType::kUInt8).input({2}, {0.25F, 100}, DataType::kUInt8);
  test.output({6}, {0.25F, 100}, DataType::kUInt8);
  EXPECT_THAT(test.run({{0, 10, 11, 200}, {0, 255}}), ElementsAre(80, 100, 102, 255, 0, 255));
}

// A quarter of a step, less 2.5 steps of zero point, a half away from zero: -2.5, -2.25, -2, 7.5.
TEST(Concatenation, RoundsRescaledValuesHalfAwayFromZero) {
  OneOperator test(OpKind::kConcatenation, ConcatenationAttributes{.axis = 0});
  test.input({4}, {0.25F, 10}, DataType::kUInt8).input({1}, {1.0F, 5}, DataType::kUInt8);
  test.output({5}, {1.0F, 5}, DataType::kUInt8);
  EXPECT_THAT(test.run({{0, 1, 2, 40}, {9}}), ElementsAre(2, 3, 3, 13, 9));
}

TEST(Concatenation, CopiesUint8InputsOfTheSameQuantisation) {
  OneOperator test(OpKind::kConcatenation, ConcatenationAttributes{.axis = 0});
  test.input({2}, {0.1F, 7}, DataType::kUInt8).input({1}, {0.1F, 7}, DataType::kUInt8);
  test.output({3}, {0.1F, 7}, DataType::kUInt8);
  EXPECT_THAT(test.run({{0, 255}, {128}}), ElementsAre(0, 255, 128));
  EXPECT_EQ(test.prepared().kernel, "concatenation_u8");
  EXPECT_EQ(test.prepared().operands[1].kind, Operand::Kind::kAbsent);
}

TEST(Concatenation, IsRefusedWhereItContradictsItself) {
  EXPECT_THAT(thrown<InputError>(two_inputs(2, {2, 4})),
              HasSubstr("axis 2; supported: -2 to 1 for 2x4"));
  EXPECT_THAT(thrown<InputError>(two_inputs(1, {2, 5})),
              HasSubstr("output 2x5 has 5 along dimension 1, its inputs have 4"));
  OneOperator test = two_inputs(1, {2, 4});
  test.input_tensor(1).shape = {1, 2};
  EXPECT_THAT(thrown<InputError>(test), HasSubstr("input 1 shape 1x2; its definition gives 2x2"));
  test = two_inputs(1, {2, 4});
  test.input_tensor(1).shape = {4};
  EXPECT_THAT(thrown<InputError>(test), HasSubstr("differ in rank"));
  test = two_inputs(1, {2, 4});
  test.input_tensor(1).quantization.scale = {0.25F};
  EXPECT_THAT(thrown<InputError>(test),
              HasSubstr("input 1 is not quantised as the output; on int8 they must be the same"));
}

TEST(Concatenation, IsNotModelledWithAFusedActivationOrMixedTypes) {
  OneOperator test = two_inputs(1, {2, 4});
  test.op().attributes = ConcatenationAttributes{.axis = 1, .activation = Activation::kRelu};
  EXPECT_THAT(thrown<NotModelled>(test), HasSubstr("a fused activation; supported: none"));
  test = two_inputs(1, {2, 4});
  test.input_tensor(1).type = DataType::kUInt8;
  EXPECT_THAT(thrown<NotModelled>(test), HasSubstr("input 1 type uint8; supported here: int8"));
}

}  // namespace
}  // namespace boardless::workloads
