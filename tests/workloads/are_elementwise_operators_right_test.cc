// Do operators of one or two elements answer as TensorFlow Lite Micro does, and refuse what they
// cannot be? By its recorded answers and by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "base/error.h"
#include "kernels/abi_elementwise.h"
#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using testing::Affine;
using testing::as_bytes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::OneOperator;

template <class T>
std::vector<T> run(const OneOperator& test, const std::vector<std::vector<T>>& inputs) {
  std::vector<std::vector<std::uint8_t>> bytes;
  for (const std::vector<T>& input : inputs) bytes.push_back(as_bytes(input));
  const std::vector<std::uint8_t> output = test.run_bytes(bytes);
  std::vector<T> values(output.size() / sizeof(T));
  std::memcpy(values.data(), output.data(), output.size());
  return values;
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

OneOperator one_input(OpKind kind, DataType type, Affine input, Affine output,
                      std::int32_t elements = 4) {
  OneOperator test(kind);
  test.input({elements}, input, type).output({elements}, output, type);
  return test;
}

OneOperator two_inputs(OpKind kind, DataType type, Affine input, Affine output,
                       std::int32_t elements = 3) {
  OneOperator test(kind, ArithmeticAttributes{});
  test.input({elements}, input, type).input({elements}, input, type);
  test.output({elements}, output, type);
  return test;
}

TEST(Logistic, IsTfliteMicrosOnEightAndSixteenBits) {
  OneOperator eight = one_input(OpKind::kLogistic, DataType::kInt8, {0.05F, 0}, {1.0F / 256, -128});
  EXPECT_THAT(eight.run({{-128, -1, 1, 127}}), ElementsAre(-128, -3, 3, 127));
  const OneOperator sixteen =
      one_input(OpKind::kLogistic, DataType::kInt16, {0.01F, 0}, {1.0F / 32768, 0});
  EXPECT_THAT(run<std::int16_t>(sixteen, {{-300, 0, 1, 300}}),
              ElementsAre(1554, 16384, 16466, 31214));
}

TEST(Tanh, IsTfliteMicrosOnEightBits) {
  OneOperator test = one_input(OpKind::kTanh, DataType::kInt8, {0.05F, 0}, {1.0F / 128, 0}, 2);
  EXPECT_THAT(test.run({{-30, 1}}), ElementsAre(-116, 6));
}

TEST(Sigmoids, AreRefusedWithAnotherOutputThanTheirDefinitions) {
  EXPECT_THAT(
      thrown<InputError>(one_input(OpKind::kTanh, DataType::kInt8, {0.05F, 0}, {1.0F / 256, -128})),
      HasSubstr("its definition gives 0.0078125 and 0"));
  EXPECT_THAT(thrown<InputError>(
                  one_input(OpKind::kLogistic, DataType::kInt16, {0.05F, 3}, {1.0F / 32768, 0})),
              HasSubstr("input 0 has zero point 3; its definition has 0 on int16"));
}

TEST(Rsqrt, IsTfliteMicrosOnSixteenBits) {
  const OneOperator test = one_input(OpKind::kRsqrt, DataType::kInt16, {0.01F, 0}, {0.01F, 0});
  EXPECT_THAT(run<std::int16_t>(test, {{1, 4, 100, 1000}}), ElementsAre(1000, 500, 100, 32));
}

// What has no root: as what is nearest to having one.
TEST(Rsqrt, OfNothingAndLessIsTheLargest) {
  OneOperator test = one_input(OpKind::kRsqrt, DataType::kInt8, {0.01F, 0}, {0.1F, 0}, 2);
  EXPECT_THAT(test.run({{0, -5}}), ElementsAre(127, 127));
}

// 6 / 0.05 is 120 steps above zero point -100.
TEST(Relu6, ClampsOnItsInputsScale) {
  OneOperator test = one_input(OpKind::kRelu6, DataType::kInt8, {0.05F, -100}, {0.5F, 3});
  EXPECT_THAT(test.run({{-128, -90, 20, 50}}), ElementsAre(-100, -90, 20, 20));
}

TEST(Maximum, ComparesWhatIsStoredAndSoNeedsOneScale) {
  OneOperator test = two_inputs(OpKind::kMaximum, DataType::kInt8, {0.5F, 3}, {0.5F, 3});
  test.op().attributes = NoAttributes{};
  EXPECT_THAT(test.run({{1, -7, 9}, {2, -9, 9}}), ElementsAre(2, -7, 9));
  test.input_tensor(1).quantization.scale = {0.25F};
  EXPECT_THAT(thrown<InputError>(test),
              HasSubstr("input 1 is not quantised as the output; they must be the same"));
}

TEST(Sub, OfSixteenBitsRescalesBoth) {
  const OneOperator test = two_inputs(OpKind::kSub, DataType::kInt16, {0.5F, 0}, {0.25F, 0});
  EXPECT_THAT(run<std::int16_t>(test, {{100, -20000, 5}, {1, 20000, 7}}),
              ElementsAre(198, -32768, -4));
}

// (q - 1) / (q' - 1) at a scale of 1/4; 0 as divisor gives the limit on the dividend's side.
TEST(Div, OfEightBitsRoundsToTheNearest) {
  OneOperator test = two_inputs(OpKind::kDiv, DataType::kInt8, {0.5F, 1}, {0.25F, 0});
  EXPECT_THAT(test.run({{11, -9, 101}, {5, 4, -3}}), ElementsAre(10, -13, -100));
  EXPECT_THAT(test.run({{11, -9, 2}, {1, 1, 101}}), ElementsAre(127, -128, 0));
}

TEST(Arithmetic, OnPlainIntegersWrapsAndThenClamps) {
  constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
  const auto test = [](OpKind kind, Activation activation) {
    OneOperator result(kind, ArithmeticAttributes{activation});
    result.input({2}, {}, DataType::kInt32).input({2}, {}, DataType::kInt32);
    result.output({2}, {}, DataType::kInt32);
    return result;
  };
  EXPECT_THAT(run<std::int32_t>(test(OpKind::kAdd, Activation::kNone), {{kMost, 2}, {1, 3}}),
              ElementsAre(-kMost - 1, 5));
  EXPECT_THAT(run<std::int32_t>(test(OpKind::kSub, Activation::kRelu6), {{9, 2}, {1, 3}}),
              ElementsAre(6, 0));
  EXPECT_THAT(run<std::int32_t>(test(OpKind::kDiv, Activation::kNone), {{-7, 5}, {2, 0}}),
              ElementsAre(-3, 0));
}

TEST(Broadcast, JoinsDimensionsUpToSix) {
  OneOperator test(OpKind::kMul, ArithmeticAttributes{});
  test.input({1, 2, 1, 2, 1, 3}, {}, DataType::kFloat32).input({2, 1, 1}, {}, DataType::kFloat32);
  test.output({1, 2, 1, 2, 1, 3}, {}, DataType::kFloat32);
  const auto space = test.prepared().params_as<bl_float_arithmetic_params>().broadcast;
  EXPECT_THAT(space.extent, ElementsAre(1, 2, 2, 3));
  EXPECT_THAT(space.stride1, ElementsAre(0, 6, 3, 1));
  EXPECT_THAT(space.stride2, ElementsAre(0, 0, 1, 0));
  EXPECT_THAT(run<float>(test, {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {1, 10}}),
              ElementsAre(1, 2, 3, 40, 50, 60, 7, 8, 9, 100, 110, 120));
}

TEST(Broadcast, IsNotModelledWhereMoreThanFourRunsTakeTurns) {
  OneOperator test(OpKind::kSub, ArithmeticAttributes{});
  test.input({2, 1, 2, 1, 2}).input({1, 2, 1, 2, 1}).output({2, 2, 2, 2, 2});
  EXPECT_THAT(thrown<NotModelled>(test),
              HasSubstr("along 5 runs of dimensions; supported: up to 4"));
}

TEST(Round, TakesAHalfToTheEvenNumber) {
  const OneOperator test = one_input(OpKind::kRound, DataType::kFloat32, {}, {});
  EXPECT_THAT(run<float>(test, {{0.5F, 1.5F, -2.5F, 2.4F}}), ElementsAre(0.0F, 2.0F, -2.0F, 2.0F));
}

// 4091 steps become 4975.49992 by doubles, and 4975.50002 by floats.
TEST(LeakyRelu, MultipliesScalesAndSlopeAsDoubles) {
  OneOperator test(OpKind::kLeakyRelu, LeakyReluAttributes{1.35144949F});
  test.input({1}, {3.3371799F, 0}, DataType::kInt16)
      .output({1}, {3.70827723F, 0}, DataType::kInt16);
  EXPECT_EQ(test.run_bytes({as_bytes<std::int16_t>({-4091})}), as_bytes<std::int16_t>({-4975}));
}

TEST(LeakyRelu, WithANegativeSlopeTurnsTheSign) {
  OneOperator test(OpKind::kLeakyRelu, LeakyReluAttributes{-0.5F});
  test.input({3}, {1.0F, 0}).output({3}, {1.0F, 0});
  EXPECT_THAT(test.run({{-10, 0, 10}}), ElementsAre(5, 0, 10));
}

OneOperator cumsum(DataType type, CumsumAttributes attributes, std::int32_t axis) {
  OneOperator test(OpKind::kCumsum, attributes);
  test.input({2, 3}, {0.5F, 10}, type).integers({1}, {axis}).output({2, 3}, {1.0F, -3}, type);
  return test;
}

TEST(Cumsum, SumsUpToAnElementOrBeforeItFromEitherEnd) {
  const std::vector<float> values{1, 2, 3, 10, 20, 30};
  const auto sums = [&](CumsumAttributes attributes, std::int32_t axis) {
    return run<float>(cumsum(DataType::kFloat32, attributes, axis), {values});
  };
  EXPECT_THAT(sums({}, 1), ElementsAre(1, 3, 6, 10, 30, 60));
  EXPECT_THAT(sums({.exclusive = true}, -1), ElementsAre(0, 1, 3, 0, 10, 30));
  EXPECT_THAT(sums({.reverse = true}, 1), ElementsAre(6, 5, 3, 60, 50, 30));
  EXPECT_THAT(sums({.exclusive = true, .reverse = true}, 1), ElementsAre(5, 3, 0, 50, 30, 0));
  EXPECT_THAT(sums({}, -2), ElementsAre(1, 2, 3, 11, 22, 33));
}

TEST(Cumsum, OfEightBitsBeginsWithTheRealZero) {
  // 1, 2, -1 and 0, 0, 58.5 from steps of a half around 10, to steps of one around -3.
  const std::vector<std::int8_t> values{12, 14, 8, 10, 10, 127};
  EXPECT_THAT(run<std::int8_t>(cumsum(DataType::kInt8, {}, 1), {values}),
              ElementsAre(-2, 0, -1, -3, -3, 56));
  EXPECT_THAT(run<std::int8_t>(cumsum(DataType::kInt8, {.exclusive = true}, 1), {values}),
              ElementsAre(-3, -2, 0, -3, -3, -3));
}

TEST(Cumsum, RefusesAnAxisThatIsNotThere) {
  EXPECT_THAT(thrown<InputError>(cumsum(DataType::kInt8, {}, 2)),
              HasSubstr("axis 2; supported: -2 to 1 for 2x3"));
}

}  // namespace
}  // namespace boardless::workloads
