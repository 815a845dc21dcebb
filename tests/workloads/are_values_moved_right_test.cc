// Do the operators that move values put each where their definitions say? By hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using testing::as_bytes;
using ::testing::ElementsAre;
using testing::OneOperator;

using Int8s = std::vector<std::int8_t>;
using Int32s = std::vector<std::int32_t>;

template <class T>
std::vector<T> as(std::span<const std::uint8_t> bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

// Every output, of elements T.
template <class T>
std::vector<std::vector<T>> outputs(const Graph& graph,
                                    const std::vector<std::vector<std::uint8_t>>& inputs) {
  const Evaluation evaluation = evaluate(graph, prepare(graph), inputs);
  std::vector<std::vector<T>> results;
  for (std::size_t i = 0; i < graph.outputs.size(); ++i) {
    results.push_back(as<T>(evaluation.output(graph, i)));
  }
  return results;
}

TEST(Transpose, TurnsRowsIntoColumns) {
  OneOperator test(OpKind::kTranspose);
  test.input({2, 3}).integers({2}, {1, 0}).output({3, 2});
  EXPECT_THAT(test.run({{1, 2, 3, 4, 5, 6}}), ElementsAre(1, 4, 2, 5, 3, 6));
}

TEST(Split, GivesEachOutputItsColumns) {
  OneOperator test(OpKind::kSplit, SplitAttributes{2});
  test.integers({1}, {-1}).input({2, 4}).output({2, 2}).output({2, 2});
  EXPECT_THAT(outputs<std::int8_t>(test.graph, {as_bytes(Int8s{1, 2, 3, 4, 5, 6, 7, 8})}),
              ElementsAre(Int8s{1, 2, 5, 6}, Int8s{3, 4, 7, 8}));
}

TEST(SplitV, GivesEachOutputAsMuchAsItHas) {
  OneOperator test(OpKind::kSplitV, SplitAttributes{2});
  test.input({2, 3}).integers({2}, {1, 2}).integers({1}, {1}).output({2, 1}).output({2, 2});
  EXPECT_THAT(outputs<std::int8_t>(test.graph, {as_bytes(Int8s{1, 2, 3, 4, 5, 6})}),
              ElementsAre(Int8s{1, 4}, Int8s{2, 3, 5, 6}));
}

TEST(StridedSlice, GoesBackwardsAndWorksItsMasksIn) {
  OneOperator back(OpKind::kStridedSlice, StridedSliceAttributes{.end_mask = 1});
  back.input({5}).integers({1}, {-1}).integers({1}, {0}).integers({1}, {-2}).output({3});
  EXPECT_THAT(back.run({{1, 2, 3, 4, 5}}), ElementsAre(5, 3, 1));
  // x[..., 1] and a new axis in front of it.
  OneOperator column(
      OpKind::kStridedSlice,
      StridedSliceAttributes{.ellipsis_mask = 2, .new_axis_mask = 1, .shrink_axis_mask = 4});
  column.input({2, 3}).integers({3}, {0, 0, 1}).integers({3}, {0, 0, 2}).integers({3}, {1, 1, 1});
  column.output({1, 2});
  EXPECT_THAT(column.run({{1, 2, 3, 4, 5, 6}}), ElementsAre(2, 5));
}

TEST(Reverse, TurnsRowsRound) {
  OneOperator test(OpKind::kReverseV2);
  test.input({2, 3}).integers({1}, {1}).output({2, 3});
  EXPECT_THAT(test.run({{1, 2, 3, 4, 5, 6}}), ElementsAre(3, 2, 1, 6, 5, 4));
}

TEST(MirrorPad, RepeatsTheEdgeOrNot) {
  for (const bool is_symmetric : {true, false}) {
    OneOperator test(OpKind::kMirrorPad, MirrorPadAttributes{is_symmetric});
    test.input({3}).integers({1, 2}, {2, 1}).output({6});
    EXPECT_THAT(test.run({{1, 2, 3}}),
                is_symmetric ? ElementsAre(2, 1, 1, 2, 3, 3) : ElementsAre(3, 2, 1, 2, 3, 2));
  }
}

TEST(SpaceToDepth, PutsABlockIntoAPixel) {
  OneOperator test(OpKind::kSpaceToDepth, BlockAttributes{2});
  test.input({1, 2, 4, 1}).output({1, 1, 2, 4});
  EXPECT_THAT(test.run({{1, 2, 3, 4, 5, 6, 7, 8}}), ElementsAre(1, 2, 5, 6, 3, 4, 7, 8));
}

TEST(ResizeBilinear, WeighsInTenFractionBits) {
  OneOperator test(OpKind::kResizeBilinear, ResizeAttributes{false, true});
  test.input({1, 2, 2, 1}).integers({2}, {4, 4}).output({1, 4, 4, 1});
  EXPECT_THAT(test.run({{0, 10, 20, -30}}),
              ElementsAre(0, 3, 8, 10, 5, 4, 1, 0, 15, 6, -11, -20, 20, 8, -18, -30));
}

TEST(ArgMax, TakesTheFirstOfEqualsAndNoNotANumber) {
  OneOperator test(OpKind::kArgMax, ArgMaxAttributes{DataType::kInt32});
  test.input({2, 3}, {}, DataType::kFloat32).integers({1}, {1}).output({2}, {}, DataType::kInt32);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> values{nan, 1, 1, 2, nan, 3};
  EXPECT_THAT(outputs<std::int32_t>(test.graph, {as_bytes(values)}), ElementsAre(Int32s{1, 2}));
}

TEST(Cast, HoldsFloatsAtTheLimitsAndWrapsIntegers) {
  OneOperator test(OpKind::kCast);
  test.input({5}, {}, DataType::kFloat32).output({5});
  const std::vector<float> values{-1.9F, 1e30F, -1e30F, 127.9F,
                                  std::numeric_limits<float>::quiet_NaN()};
  EXPECT_THAT(outputs<std::int8_t>(test.graph, {as_bytes(values)}),
              ElementsAre(Int8s{-1, 127, -128, 127, 0}));
  OneOperator narrow(OpKind::kCast);
  narrow.input({2}, {}, DataType::kInt32).output({2});
  EXPECT_THAT(outputs<std::int8_t>(narrow.graph, {as_bytes(Int32s{255, 256})}),
              ElementsAre(Int8s{-1, 0}));
}

TEST(Quantize, BringsUint8EndsToInt8) {
  OneOperator test(OpKind::kQuantize);
  test.input({3}, {0.5F, 128}, DataType::kUInt8).output({3}, {0.5F, 0});
  EXPECT_THAT(test.run({{0, 128, 255}}), ElementsAre(-128, 0, 127));
}

TEST(SelectV2, SpreadsTheConditionOverColumns) {
  OneOperator test(OpKind::kSelectV2);
  test.input({2, 1}, {}, DataType::kBool).input({2, 2}).input({}).output({2, 2});
  EXPECT_THAT(test.run({{1, 0}, {1, 2, 3, 4}, {9}}), ElementsAre(1, 2, 9, 9));
}

// What exporters make of reshape(x, (shape(x)[0], -1)).
TEST(ShapeArithmetic, ReachesTheReshape) {
  OneOperator test(OpKind::kShape);
  test.input({2, 3}, {}, DataType::kFloat32).output({2}, {}, DataType::kInt32);
  Graph graph = test.graph;
  const auto tensor = [&](DataType type, std::vector<std::int32_t> shape, Int32s values = {}) {
    Tensor added;
    added.name = "t";
    added.type = type;
    added.shape = std::move(shape);
    added.data = as_bytes(values);
    graph.tensors.push_back(std::move(added));
    return static_cast<int>(graph.tensors.size()) - 1;
  };
  const int zero = tensor(DataType::kInt32, {1}, {0}), one = tensor(DataType::kInt32, {1}, {1});
  const int first = tensor(DataType::kInt32, {}), rest = tensor(DataType::kInt32, {}, {3});
  const int wanted = tensor(DataType::kInt32, {2}), result = tensor(DataType::kFloat32, {2, 3});
  graph.operators.push_back({OpKind::kStridedSlice,
                             "",
                             {1, zero, one, one},
                             {first},
                             StridedSliceAttributes{.shrink_axis_mask = 1}});
  graph.operators.push_back({OpKind::kPack, "", {first, rest}, {wanted}, PackAttributes{2, 0}});
  graph.operators.push_back({OpKind::kReshape, "", {0, wanted}, {result}, NoAttributes{}});
  graph.outputs = {result};
  const Evaluation evaluation =
      evaluate(graph, prepare(graph),
               std::vector<std::vector<std::uint8_t>>{as_bytes(std::vector<float>(6, 0.5F))});
  EXPECT_EQ(as<std::int32_t>(evaluation.tensors[static_cast<std::size_t>(wanted)]), (Int32s{2, 3}));
  EXPECT_EQ(as<float>(evaluation.output(graph)), std::vector<float>(6, 0.5F));
}

}  // namespace
}  // namespace boardless::workloads
