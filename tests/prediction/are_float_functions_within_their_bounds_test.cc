// Do the functions of floats that the cores' C libraries compute stay within the bounds that their
// records state? A sweep over the floats, on every image; and an LSTM of many steps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "prediction/model_run.h"
#include "prediction/predict.h"
#include "tests/parameter_name.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/random_families.h"
#include "tests/prediction/real_models.h"
#include "workloads/operators/operator_record.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

std::vector<float> swept_floats() {
  std::vector<float> values;
  // Every magnitude, corners of the format among them: steps that have no power of two in them.
  constexpr std::uint32_t kStep = kIsSlowBuild ? 10'000'019 : 500'009;
  for (std::uint64_t bits = 0; bits <= 0xFFFFFFFF; bits += kStep) {
    values.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  }
  // Where exponentials and hyperbolic tangents bend.
  const int count = kIsSlowBuild ? 500 : 10'000;
  for (int i = -count; i <= count; ++i)
    values.push_back(20.0F * static_cast<float>(i) / static_cast<float>(count));
  return values;
}

Tensor float_tensor(std::string name, std::vector<std::int32_t> shape) {
  return {std::move(name), DataType::kFloat32, std::move(shape), {}, {}};
}

// `kind` on `values`, rows of `depth`.
Workload workload_of(OpKind kind, const std::vector<float>& values, std::int32_t depth,
                     Attributes attributes = NoAttributes{}) {
  Graph graph;
  graph.name = operator_name(kind);
  const auto rows = static_cast<std::int32_t>(values.size()) / depth;
  graph.tensors = {float_tensor("in", {rows, depth}), float_tensor("out", {rows, depth})};
  graph.operators.push_back({kind, "", {0}, {1}, std::move(attributes)});
  graph.inputs = {0};
  graph.outputs = {1};
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(rows * depth) * sizeof(float));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return make_workload(graph, "", bytes, 1);
}

// The largest distance on any image. Each must be within the operator's bound.
std::int64_t largest_distance(const Workload& workload) {
  std::int64_t largest = 0;
  for (const KernelLibrary& library : all_libraries()) {
    if (library.preference != KernelPreference::kReference) continue;
    const ModelRun run =
        run_model(workload, *library.variant, *library.image, library.preference, {}, {});
    const OperatorRun& op = run.operators.at(0);
    EXPECT_LE(op.ulp, op.ulp_bound) << library.name();
    EXPECT_GT(op.ulp_bound, 0);
    largest = std::max(largest, op.ulp);
  }
  return largest;
}

class FloatFunction : public testing::TestWithParam<OpKind> {};

TEST_P(FloatFunction, IsWithinItsBoundOnEveryImage) {
  const std::vector<float> values = swept_floats();
  const std::int64_t largest = largest_distance(workload_of(GetParam(), values, 1));
  RecordProperty("ulp", std::to_string(largest));
  // A bound of what never differs would be no bound. glibc's tanh and expm1 are fdlibm's too, and
  // differ where a host has fused products alone.
  const bool is_fdlibm_everywhere = GetParam() == OpKind::kTanh || GetParam() == OpKind::kElu;
  EXPECT_TRUE(largest > 0 || is_fdlibm_everywhere);
}

INSTANTIATE_TEST_SUITE_P(All, FloatFunction,
                         testing::Values(OpKind::kExp, OpKind::kLog, OpKind::kSin, OpKind::kCos,
                                         OpKind::kLogistic, OpKind::kTanh, OpKind::kElu),
                         [](const auto& tested) {
                           return parameter_name(operator_name(tested.param));
                         });

TEST(Softmax, IsWithinABoundThatGrowsWithItsRows) {
  Dice dice(7);
  for (const std::int32_t depth : {1, 2, 10, 1000}) {
    std::vector<float> values(static_cast<std::size_t>(depth) * 4);
    for (float& value : values) value = static_cast<float>(dice.real(-6, 6));
    values[0] = 90;  // a row of one
    for (const OpKind kind : {OpKind::kSoftmax, OpKind::kLogSoftmax}) {
      const bool is_softmax = kind == OpKind::kSoftmax;
      const Workload workload = workload_of(
          kind, values, depth,
          is_softmax ? Attributes{SoftmaxAttributes{1.5F}} : Attributes{NoAttributes{}});
      (void)largest_distance(workload);
      const PreparedOperator& op = workload.prepared.operators.at(0);
      EXPECT_EQ(find_kernel(op.kernel)->tolerance.bound(op), 2 * depth + 8);
    }
  }
}

// What an LSTM makes of small differences by its own steps could grow past any bound: the answer
// follows the core.
TEST(FloatLstm, IsFollowedOverManySteps) {
  constexpr int kSteps = 60, kUnits = 8;
  Dice dice(11);
  RandomModel model;
  model.graph.name = "many steps";
  std::vector<std::vector<std::uint8_t>> later;
  RandomBuilder b({.kind = OpKind::kUnidirectionalSequenceLstm}, 3, model, later);
  b.op().attributes = LstmAttributes{Activation::kTanh, 0.0F, 0.0F, false};
  const auto values = [&](int count, double most) {
    std::vector<float> drawn(static_cast<std::size_t>(count));
    for (float& value : drawn) value = static_cast<float>(dice.real(-most, most));
    return drawn;
  };
  b.float_input({1, kSteps, 1}, values(kSteps, 1));
  for (int i = 0; i < 4; ++i) b.constant(DataType::kFloat32, {kUnits, 1}, values(kUnits, 1));
  for (int i = 0; i < 4; ++i) {
    b.constant(DataType::kFloat32, {kUnits, kUnits}, values(kUnits * kUnits, 8));
  }
  b.absent(3);
  for (int i = 0; i < 4; ++i) b.constant(DataType::kFloat32, {kUnits}, values(kUnits, 1));
  b.absent(2);
  for (int i = 0; i < 2; ++i) b.variable(DataType::kFloat32, {1, kUnits}, {});
  b.absent(4);
  b.float_output({1, kSteps, kUnits});
  const Workload workload = make_workload(model.graph, "", model.inputs, 1);
  const std::int64_t followed = largest_distance(workload);
  EXPECT_GT(followed, 0);
  EXPECT_LT(followed, 1000);
}

}  // namespace
}  // namespace boardless::prediction
