// Does the host compute the functions of floats as their definitions say? Values from tables, and
// the corners.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <vector>

#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using testing::as_bytes;
using ::testing::ElementsAre;
using ::testing::FloatEq;
using ::testing::HasSubstr;
using ::testing::IsNan;
using ::testing::Lt;
using testing::OneOperator;
using testing::refusal;

constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::vector<float> as_floats(const std::vector<std::uint8_t>& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

OneOperator floats(OpKind kind, std::int32_t count, Attributes attributes = NoAttributes{}) {
  OneOperator test(kind, std::move(attributes));
  test.input({1, count}, {}, DataType::kFloat32).output({1, count}, {}, DataType::kFloat32);
  return test;
}

std::vector<float> answer(OpKind kind, const std::vector<float>& values,
                          Attributes attributes = NoAttributes{}) {
  const OneOperator test =
      floats(kind, static_cast<std::int32_t>(values.size()), std::move(attributes));
  return as_floats(test.run_bytes({as_bytes(values)}));
}

TEST(FloatFunctions, AreThoseOfTables) {
  EXPECT_THAT(answer(OpKind::kExp, {0, 1, -1, 100, -200}),
              ElementsAre(1, FloatEq(2.7182818F), FloatEq(0.36787944F), kInfinity, 0));
  EXPECT_THAT(answer(OpKind::kLog, {1, 10, 0, -1}),
              ElementsAre(0, FloatEq(2.3025851F), -kInfinity, IsNan()));
  EXPECT_THAT(answer(OpKind::kSin, {0, 1, 100}),
              ElementsAre(0, FloatEq(0.84147098F), FloatEq(-0.50636564F)));
  EXPECT_THAT(answer(OpKind::kCos, {0, 1, 100}),
              ElementsAre(1, FloatEq(0.54030231F), FloatEq(0.86231887F)));
  EXPECT_THAT(answer(OpKind::kTanh, {0, 0.5, -20}), ElementsAre(0, FloatEq(0.46211716F), -1));
}

TEST(FloatFunctions, LogisticIsExactAtItsEnds) {
  EXPECT_THAT(
      answer(OpKind::kLogistic, {0, 1, 17, -1, -20, -110}),
      ElementsAre(0.5, FloatEq(0.73105858F), 1, FloatEq(0.26894142F), FloatEq(2.0611537e-9F), 0));
}

TEST(FloatFunctions, EluKeepsWhatIsPositive) {
  EXPECT_THAT(answer(OpKind::kElu, {3.25F, 0, -1e-10F, -1, -100}),
              ElementsAre(3.25, 0, FloatEq(-1e-10F), FloatEq(-0.63212056F), -1));
}

TEST(FloatFunctions, SoftmaxSharesOutTheWhole) {
  EXPECT_THAT(answer(OpKind::kSoftmax, {1, 1, 1, 1}, SoftmaxAttributes{}),
              ElementsAre(0.25, 0.25, 0.25, 0.25));
  // exp(0), exp(-1), exp(-2) by their sum.
  EXPECT_THAT(answer(OpKind::kSoftmax, {1002, 1000, 1001}, SoftmaxAttributes{}),
              ElementsAre(FloatEq(0.66524096F), FloatEq(0.09003057F), FloatEq(0.24472847F)));
  EXPECT_THAT(answer(OpKind::kSoftmax, {2, 0, 1}, SoftmaxAttributes{0.0F}),
              ElementsAre(FloatEq(1.0F / 3), FloatEq(1.0F / 3), FloatEq(1.0F / 3)));
}

TEST(FloatFunctions, LogSoftmaxIsItsLogarithm) {
  EXPECT_THAT(answer(OpKind::kLogSoftmax, {1002, 1000, 1001}),
              ElementsAre(FloatEq(-0.40760596F), FloatEq(-2.4076059F), FloatEq(-1.4076059F)));
}

TEST(FloatFunctions, L2PoolIsTheRootOfTheMeanSquareOfWhatIsThere) {
  OneOperator test(OpKind::kL2Pool2D,
                   PoolAttributes{.padding = Padding::kSame, .filter_h = 1, .filter_w = 2});
  test.input({1, 1, 3, 1}, {}, DataType::kFloat32).output({1, 1, 3, 1}, {}, DataType::kFloat32);
  EXPECT_THAT(as_floats(test.run_bytes({as_bytes<float>({1, 7, -2})})),
              ElementsAre(5, FloatEq(5.1478151F), 2));
}

// One unit without weights, whose cell gate is 1 and whose others are a half.
OneOperator lstm() {
  OneOperator test(OpKind::kUnidirectionalSequenceLstm, LstmAttributes{});
  const auto constant = [&](std::vector<std::int32_t> shape, float value) {
    test.constant<float>(DataType::kFloat32, std::move(shape), {value});
  };
  test.input({1, 3, 1}, {}, DataType::kFloat32);
  for (int i = 0; i < 8; ++i) constant({1, 1}, 0);
  for (int i = 0; i < 3; ++i) test.absent();
  for (const float bias : {0.0F, 0.0F, 100.0F, 0.0F}) constant({1}, bias);
  for (int i = 0; i < 2; ++i) test.absent();
  for (const std::size_t state : {18, 19}) {
    test.constant<float>(DataType::kFloat32, {1, 1}, {});
    test.input_tensor(state).is_variable = true;
  }
  for (int i = 0; i < 4; ++i) test.absent();
  return std::move(test.output({1, 3, 1}, {}, DataType::kFloat32));
}

TEST(FloatLstm, KeepsHalfOfItsCellsAndAddsHalf) {
  // Half of tanh(0.5), of tanh(0.75) and of tanh(0.875).
  EXPECT_THAT(as_floats(lstm().run_bytes({as_bytes<float>({9, 9, 9})})),
              ElementsAre(FloatEq(0.23105858F), FloatEq(0.31757447F), FloatEq(0.35195280F)));
}

TEST(FloatLstm, GoesOnFromWhatACoreWrote) {
  OneOperator test = lstm();
  // The output gate sees the hidden state.
  test.input_tensor(8).data = as_bytes<float>({1.0F});
  const PreparedModel prepared = prepare(test.graph);
  ReferenceRun alone(test.graph, prepared), following(test.graph, prepared);
  const std::vector<float> core{100, -100, 0};
  std::vector<const std::uint8_t*> observed(16);
  observed[15] = reinterpret_cast<const std::uint8_t*>(core.data());
  const auto outputs = [&](ReferenceRun& run, std::span<const std::uint8_t* const> by_core) {
    run.begin({as_bytes<float>({0, 0, 0})});
    run.answer(run.next().value(), by_core);
    const auto bytes = run.evaluation().output(test.graph);
    return as_floats({bytes.begin(), bytes.end()});
  };
  const std::vector<float> left_alone = outputs(alone, {});
  const std::vector<float> followed = outputs(following, observed);
  EXPECT_EQ(followed[0], left_alone[0]);
  EXPECT_THAT(followed[1], FloatEq(0.63514895F));  // an open gate: tanh(0.75)
  EXPECT_THAT(followed[2], Lt(1e-30F));            // a closed one
  EXPECT_GT(left_alone[2], 0.3F);
}

TEST(FloatFunctions, RefuseAnotherShape) {
  OneOperator test = floats(OpKind::kExp, 3);
  test.output_tensor().shape = {1, 4};
  EXPECT_THAT(refusal(test), HasSubstr("output shape 1x4; its definition gives 1x3"));
  test = floats(OpKind::kSoftmax, 3, SoftmaxAttributes{});
  test.output_tensor().shape = {3, 1};
  EXPECT_THAT(refusal(test), HasSubstr("output shape 3x1; its definition gives 1x3"));
}

}  // namespace
}  // namespace boardless::workloads
