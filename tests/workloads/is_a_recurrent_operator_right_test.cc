// Does the host compute SVDF and UNIDIRECTIONAL_SEQUENCE_LSTM as their definitions say, from one
// invocation to the next? Small cases by hand, and what contradicts a definition.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using testing::Affine;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::OneOperator;
using testing::refusal;

void add_state(OneOperator& test, DataType type, std::vector<std::int32_t> shape, Affine affine) {
  test.constant<std::int8_t>(type, std::move(shape), {}, {affine});
  test.input_tensor(test.op().inputs.size() - 1).is_variable = true;
}

// The outputs of one invocation after another, each on a single value.
std::vector<int> outputs(const OneOperator& test, const std::vector<std::uint8_t>& inputs) {
  const PreparedModel prepared = prepare(test.graph);
  ReferenceRun run(test.graph, prepared);
  std::vector<int> result;
  for (const std::uint8_t input : inputs) {
    run.begin({{input}});
    while (run.step()) {
    }
    result.push_back(static_cast<std::int8_t>(run.evaluation().output(test.graph)[0]));
  }
  return result;
}

// One filter: twice the input, then the one before once and this one three times.
OneOperator svdf(SvdfAttributes attributes = {}) {
  OneOperator test(OpKind::kSvdf, attributes);
  test.input({1, 1}).filter({1, 1}, {2}).filter({1, 2}, {1, 3}).integers({1}, {4});
  add_state(test, DataType::kInt8, {1, 2}, {});
  return std::move(test.output({1, 1}));
}

TEST(Svdf, RemembersWhatItsFilterGave) {
  EXPECT_THAT(outputs(svdf(), {5, 1, 0}), ElementsAre(3 * 10 + 4, 10 + 3 * 2 + 4, 2 + 4));
}

TEST(Svdf, RefusesWhatContradictsItself) {
  EXPECT_EQ(refusal(svdf()), "accepted");
  EXPECT_THAT(refusal(svdf({.rank = 2})), HasSubstr("rank 2 does not divide the 1 filters"));
  OneOperator test = svdf();
  test.input_tensor(4).is_variable = false;
  test.graph.inputs.push_back(test.op().inputs[4]);
  EXPECT_THAT(refusal(test), HasSubstr("its state is no variable tensor"));
  test = svdf();
  test.input_tensor(4).shape = {1, 3};
  EXPECT_THAT(refusal(test), HasSubstr("state shape 1x3; its definition gives 1x2"));
}

// One unit without weights, whose cell gate is 1 and whose others are a half.
OneOperator lstm() {
  OneOperator test(OpKind::kUnidirectionalSequenceLstm, LstmAttributes{});
  test.input({1, 1, 1});
  for (int i = 0; i < 8; ++i) test.filter({1, 1}, {0}, {{1.0F / 4096}});
  for (int i = 0; i < 3; ++i) test.absent();
  for (const int bias : {0, 0, 32767, 0}) test.integers({1}, {bias});
  for (int i = 0; i < 2; ++i) test.absent();
  add_state(test, DataType::kInt8, {1, 1}, {1.0F / 128, 0});
  add_state(test, DataType::kInt16, {1, 1}, {1.0F / 2048, 0});
  for (int i = 0; i < 4; ++i) test.absent();
  return std::move(test.output({1, 1, 1}, {1.0F / 128, 0}));
}

TEST(Lstm, KeepsHalfOfItsCellsAndAddsHalf) {
  // Half of tanh(0.5), of tanh(0.75) and of tanh(0.875), in units of 1/128.
  EXPECT_THAT(outputs(lstm(), {9, 9, 9}), ElementsAre(30, 41, 45));
}

TEST(Lstm, ClipsItsCells) {
  OneOperator test = lstm();
  test.op().attributes = LstmAttributes{.cell_clip = 0.5F};
  EXPECT_THAT(outputs(test, {9, 9}), ElementsAre(30, 30));
}

TEST(Lstm, RefusesVariantsAndContradictions) {
  EXPECT_EQ(refusal(lstm()), "accepted");
  OneOperator test = lstm();
  test.op().inputs[9] = test.op().inputs[12];
  EXPECT_THAT(refusal(test), HasSubstr("not modelled: test: operator 0 "
                                       "(UNIDIRECTIONAL_SEQUENCE_LSTM): it has peephole weights"));
  test = lstm();
  test.op().inputs[5] = -1;
  EXPECT_THAT(refusal(test), HasSubstr("it has no recurrent weights (input 5)"));
  test = lstm();
  test.op().attributes = LstmAttributes{.activation = Activation::kRelu};
  EXPECT_THAT(refusal(test), HasSubstr("activation 1 of the cell gate; supported: TANH"));
  test = lstm();
  test.output_tensor().shape = {1, 1, 2};
  EXPECT_THAT(refusal(test), HasSubstr("output shape 1x1x2; its definition gives 1x1x1"));
}

}  // namespace
}  // namespace boardless::workloads
