// Does the host compute the operators without weights as their definitions say? Cases by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "base/error.h"
#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using testing::Affine;
using testing::as_bytes;
using ::testing::Each;
using ::testing::ElementsAre;
using testing::OneOperator;

TEST(AveragePool2D, RoundsHalfAwayFromZero) {
  OneOperator test(OpKind::kAveragePool2D, PoolAttributes{.stride_w = 2, .filter_w = 2});
  test.input({1, 1, 8, 1}, {0.1F, 5}).output({1, 1, 4, 1}, {0.1F, 5});
  EXPECT_THAT(test.run({{-1, -2, 1, 2, -1, 0, 3, 3}}), ElementsAre(-2, 2, -1, 3));
}

TEST(AveragePool2D, LeavesPaddingOut) {
  OneOperator test(OpKind::kAveragePool2D,
                   PoolAttributes{.padding = Padding::kSame, .filter_h = 2, .filter_w = 2});
  test.input({1, 2, 2, 1}).output({1, 2, 2, 1});
  EXPECT_THAT(test.run({{10, 20, 30, 40}}), ElementsAre(25, 30, 35, 40));
}

TEST(AveragePool2D, OnUint8) {
  OneOperator test(OpKind::kAveragePool2D, PoolAttributes{.filter_h = 1, .filter_w = 2});
  test.input({1, 1, 2, 1}, {}, DataType::kUInt8).output({1, 1, 1, 1}, {}, DataType::kUInt8);
  EXPECT_THAT(test.run({{254, 255}}), ElementsAre(255));
}

TEST(MaxPool2D, TakesTheLargestOfEachChannel) {
  OneOperator test(OpKind::kMaxPool2D, PoolAttributes{.padding = Padding::kSame,
                                                      .stride_h = 2,
                                                      .stride_w = 2,
                                                      .filter_h = 2,
                                                      .filter_w = 2,
                                                      .activation = Activation::kRelu});
  test.input({1, 3, 2, 2}, {1.0F, -50}).output({1, 2, 1, 2}, {1.0F, -50});
  EXPECT_THAT(test.run({{1, -90, 2, -80, 3, -70, 0, -60, -100, 9, -99, 8}}),
              ElementsAre(3, -50, -50, 9));
}

TEST(Add, RescalesBothInputs) {
  OneOperator test(OpKind::kAdd, ArithmeticAttributes{});
  test.input({4}, {1.0F, 1}).input({4}, {0.5F, -2}).output({4}, {2.0F, 3});
  // (a - 1) + (b + 2) / 2, halved: 2.5/2, 3, 127/2, -128.5/2
  EXPECT_THAT(test.run({{2, 3, 64, -127}, {1, 6, 126, -3}}), ElementsAre(4, 6, 67, -61));
}

TEST(Add, RoundsHalvesByTheMode) {
  OneOperator test(OpKind::kAdd, ArithmeticAttributes{});
  test.input({2}).input({2}).output({2}, {2.0F});
  EXPECT_THAT(test.run({{3, -3}, {4, -4}}, Rounding::kDouble), ElementsAre(4, -4));
  EXPECT_THAT(test.run({{3, -3}, {4, -4}}, Rounding::kSingle), ElementsAre(4, -3));
}

TEST(Add, BroadcastsAlongMissingAndUnitDimensions) {
  OneOperator test(OpKind::kAdd, ArithmeticAttributes{.activation = Activation::kRelu});
  test.input({1, 2, 1, 3}).input({2, 1}).output({1, 2, 2, 3});
  EXPECT_THAT(test.run({{1, 2, 3, 4, 5, -6}, {10, 0}}),
              ElementsAre(11, 12, 13, 1, 2, 3, 14, 15, 4, 4, 5, 0));
}

TEST(Mul, MultipliesRealValues) {
  OneOperator test(OpKind::kMul, ArithmeticAttributes{});
  test.input({2, 2}, {0.5F, 1}).input({1, 2}, {0.5F, 0}).output({2, 2}, {0.25F, 2});
  EXPECT_THAT(test.run({{4, -2, 127, 1}, {-5, 7}}), ElementsAre(-13, -19, -128, 2));
}

TEST(Softmax, OfEqualAndOfSingleValues) {
  OneOperator pair(OpKind::kSoftmax, SoftmaxAttributes{});
  pair.input({2, 2}, {0.1F}).output({2, 2}, {1.0F / 256.0F, -128});
  EXPECT_THAT(pair.run({{5, 5, -100, -100}}), ElementsAre(0, 0, 0, 0));
  OneOperator single(OpKind::kSoftmax, SoftmaxAttributes{});
  single.input({1, 1}, {0.1F}).output({1, 1}, {1.0F / 256.0F, -128});
  EXPECT_THAT(single.run({{7}}), ElementsAre(127));
}

TEST(Softmax, OfAThousandEqualValuesRoundsToNothing) {
  OneOperator test(OpKind::kSoftmax, SoftmaxAttributes{});
  test.input({1, 1001}, {0.1F}, DataType::kUInt8);
  test.output({1, 1001}, {1.0F / 256.0F, 0}, DataType::kUInt8);
  EXPECT_THAT(test.run({std::vector<int>(1001, 77)}), Each(0));
}

TEST(Softmax, IsWithinOneStepOfTheRealFunction) {
  std::mt19937 random(3);
  for (const float scale : {0.004F, 0.05F, 0.3F, 2.0F, 40.0F}) {
    constexpr int kDepth = 11;
    OneOperator test(OpKind::kSoftmax, SoftmaxAttributes{});
    test.input({1, kDepth}, {scale, 3}).output({1, kDepth}, {1.0F / 256.0F, -128});
    std::vector<int> logits(kDepth);
    for (int& logit : logits) logit = static_cast<int>(random() % 256) - 128;
    double sum = 0;
    const auto term = [&](int logit) {
      return std::exp((logit - *std::ranges::max_element(logits)) * static_cast<double>(scale));
    };
    for (const int logit : logits) sum += term(logit);
    const std::vector<int> output = test.run({logits});
    for (std::size_t i = 0; i < logits.size(); ++i) {
      const double real = term(logits[i]) / sum;
      EXPECT_NEAR(output[i], std::min(real * 256.0 - 128.0, 127.0), 1.0);
    }
  }
}

TEST(Softmax, MultipliesByBeta) {
  OneOperator test(OpKind::kSoftmax, SoftmaxAttributes{.beta = 2.0F});
  test.input({1, 2}, {0.5F}).output({1, 2}, {1.0F / 256.0F, -128});
  EXPECT_THAT(test.run({{1, 0}}), ElementsAre(59, -59));  // 1 / (1 + e^-1) = 0.7311
}

TEST(Reshape, CopiesTheBytes) {
  OneOperator test(OpKind::kReshape);
  test.input({2, 3}).integers({1}, {6}).output({6});
  EXPECT_EQ(test.prepared().kernel, "copy_b8");
  EXPECT_THAT(test.run({{1, -2, 3, -4, 5, -6}}), ElementsAre(1, -2, 3, -4, 5, -6));
}

TEST(Pad, SurroundsWithTheZeroPoint) {
  OneOperator test(OpKind::kPad);
  test.input({2, 2}, {1.0F, 9}).integers({2, 2}, {1, 0, 0, 2}).output({3, 4}, {1.0F, 9});
  EXPECT_THAT(test.run({{1, 2, 3, 4}}), ElementsAre(9, 9, 9, 9, 1, 2, 9, 9, 3, 4, 9, 9));
}

TEST(Mean, OverHeightAndWidth) {
  OneOperator test(OpKind::kMean, ReduceAttributes{.keep_dims = true});
  test.input({1, 2, 2, 2}, {1.0F, 10}).integers({2}, {1, -2}).output({1, 1, 1, 2}, {1.0F, -5});
  EXPECT_THAT(test.run({{11, 0, 12, 1, 13, 2, 15, 3}}), ElementsAre(-2, -14));  // 2.75, -8.5
}

TEST(Mean, OfThreeWithAnotherScale) {
  OneOperator test(OpKind::kMean, ReduceAttributes{});
  test.input({2, 3}, {0.5F}).integers({1}, {1}).output({2}, {0.25F});
  EXPECT_THAT(test.run({{1, 1, 2, -5, -5, -7}}), ElementsAre(3, -11));  // 2.67, -11.33
}

TEST(Quantize, RoundsHalfAwayFromZeroAndSaturates) {
  OneOperator test(OpKind::kQuantize);
  test.input({8}, {}, DataType::kFloat32).output({8}, {0.5F, 3});
  const std::vector<float> input = {0.25F,
                                    -0.25F,
                                    0.24F,
                                    1e30F,
                                    -1e30F,
                                    61.9F,
                                    std::numeric_limits<float>::quiet_NaN(),
                                    -std::numeric_limits<float>::infinity()};
  const auto output = test.run_bytes({as_bytes(input)});
  EXPECT_THAT(testing::as_values(DataType::kInt8, output),
              ElementsAre(4, 2, 3, 127, -128, 127, -128, -128));
}

TEST(Quantize, BetweenInt8TensorsRescales) {
  OneOperator test(OpKind::kQuantize);
  test.input({4}, {1.0F, 1}).output({4}, {4.0F, 0});
  EXPECT_EQ(test.prepared().kernel, "requantize_s8_s8");
  EXPECT_THAT(test.run({{3, -1, 9, 127}}, Rounding::kDouble), ElementsAre(1, -1, 2, 32));
  EXPECT_THAT(test.run({{3, -1, 9, 127}}, Rounding::kSingle), ElementsAre(1, 0, 2, 32));
}

TEST(Quantize, FromUint8ToInt8ShiftsTheZeroPoint) {
  OneOperator test(OpKind::kQuantize);
  test.input({3}, {0.1F, 128}, DataType::kUInt8).output({3}, {0.1F, 0});
  EXPECT_THAT(test.run({{0, 128, 255}}), ElementsAre(-128, 0, 127));
}

TEST(Dequantize, GivesRealValues) {
  OneOperator test(OpKind::kDequantize);
  test.input({3}, {0.25F, -2}).output({3}, {}, DataType::kFloat32);
  EXPECT_EQ(test.run_bytes({{0x80, 0x00, 0x7F}}), as_bytes<float>({-31.5F, 0.5F, 32.25F}));
}

TEST(Relu, ClampsAfterRescaling) {
  OneOperator relu(OpKind::kRelu);
  relu.input({3}, {0.1F, 0}).output({3}, {0.05F, -128});
  EXPECT_THAT(relu.run({{-10, 0, 20}}), ElementsAre(-128, -128, -88));
  OneOperator relu6(OpKind::kRelu6);
  relu6.input({3}, {0.1F, -10}).output({3}, {0.1F, -10});
  EXPECT_THAT(relu6.run({{-11, 0, 51}}), ElementsAre(-10, 0, 50));
}

TEST(Evaluate, ChainsOperatorsAndKeepsEveryTensor) {
  OneOperator test(OpKind::kRelu);
  test.input({2}).output({2});
  test.graph.tensors.push_back(test.graph.tensors[1]);
  test.graph.operators.push_back({OpKind::kReshape, "", {1}, {2}, NoAttributes{}});
  test.graph.outputs = {2};
  const std::vector<std::vector<std::uint8_t>> inputs = {{0xFF, 4}};
  const Evaluation result = evaluate(test.graph, prepare(test.graph), inputs);
  EXPECT_THAT(result.tensors,
              ElementsAre(ElementsAre(0xFF, 4), ElementsAre(0, 4), ElementsAre(0, 4)));
}

TEST(Evaluate, RefusesInputsOfAnotherSizeOrNumber) {
  OneOperator test(OpKind::kRelu);
  test.input({2}).output({2});
  const PreparedModel model = prepare(test.graph);
  const std::vector<std::vector<std::uint8_t>> none;
  const std::vector<std::vector<std::uint8_t>> longer = {{1, 2, 3}};
  EXPECT_THROW(evaluate(test.graph, model, none), InputError);
  EXPECT_THROW(evaluate(test.graph, model, longer), InputError);
}

}  // namespace
}  // namespace boardless::workloads
