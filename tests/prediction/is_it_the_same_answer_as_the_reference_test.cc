// Does every kernel of every image give the host reference's answer, bit for bit, or where it calls
// functions of a C library within its bound? Random operators of every kind, hundreds of them on
// each image.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "prediction/model_run.h"
#include "prediction/predict.h"
#include "tests/parameter_name.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/random_operator.h"
#include "tests/prediction/real_models.h"
#include "workloads/operators/operator_record.h"

namespace boardless::prediction {
namespace {

class SameAnswerAsTheReference : public testing::TestWithParam<RandomKind> {};

// Output bytes that are neither the smallest nor the largest int8: where all are, nothing is seen.
std::size_t inner_values(const std::vector<std::uint8_t>& output) {
  return static_cast<std::size_t>(std::ranges::count_if(
      output, [](std::uint8_t byte) { return byte != 0x80 && byte != 0x7f; }));
}

// Cores without SIMD have kernels of their own for what takes most of their time.
bool has_scalar_kernels(const RandomKind& kind) {
  using enum workloads::OpKind;
  constexpr std::array kKinds{kConv2D,
                              kDepthwiseConv2D,
                              kFullyConnected,
                              kAdd,
                              kMul,
                              kMaxPool2D,
                              kAveragePool2D,
                              kPad,
                              kPadV2,
                              kUnidirectionalSequenceLstm};
  return std::ranges::find(kKinds, kind.kind) != kKinds.end();
}

TEST_P(SameAnswerAsTheReference, OnRandomOperators) {
  constexpr int kOperatorsPerModel = drawn(20, 2);
  std::size_t inner = 0, all = 0;
  std::set<std::string> libraries;
  const int operators = drawn(GetParam().operators, 10);
  for (int seed = 0; seed < operators; seed += kOperatorsPerModel) {
    const RandomModel model =
        random_model(GetParam(), static_cast<std::uint64_t>(seed), kOperatorsPerModel);
    const Workload workload = make_workload(model.graph, "", model.inputs, model.invocations);
    for (const KernelLibrary& library : all_libraries()) {
      const ModelRun run =
          run_model(workload, *library.variant, *library.image, library.preference, {}, {});
      for (std::size_t i = 0; i < run.operators.size(); ++i) {
        const OperatorRun& op = run.operators[i];
        EXPECT_TRUE(op.is_as_reference())
            << library.name() << ": " << op.kernel.function << ": " << op.ulp << " ULP, bound "
            << op.ulp_bound << ": " << model.texts[i];
      }
      libraries.insert(run.library);
      inner += inner_values(run.output());
      all += run.output().size();
    }
    if (HasFailure()) break;
  }
  if (!kIsSlowBuild) {
    EXPECT_GE(inner * 4, all) << "too many outputs are saturated to see a difference";
  }
  EXPECT_TRUE(libraries.contains("reference"));
  using enum RandomKind::Optimized;
  const RandomKind::Optimized optimized = GetParam().optimized;
  EXPECT_EQ(libraries.contains("dsp"), optimized != kNever);
  EXPECT_EQ(libraries.contains("mve"), optimized != kNever);
  EXPECT_EQ(libraries.contains("scalar"), has_scalar_kernels(GetParam()));
}

TEST(SameAnswer, IsAskedOfEveryOperatorThatIsRun) {
  // do_subgraphs_run_on_every_core_test.cc has those that mean nothing alone.
  std::set<std::string_view> drawn{"READ_VARIABLE", "ASSIGN_VARIABLE", "CIRCULAR_BUFFER"}, run;
  for (const RandomKind& kind : random_kinds()) drawn.insert(kind.name());
  for (const workloads::OperatorRecord* record : workloads::all_operators()) {
    if (record->prepare == nullptr) continue;
    run.insert(record->custom_name.empty() ? operator_name(record->kind) : record->custom_name);
  }
  EXPECT_EQ(drawn, run);
}

INSTANTIATE_TEST_SUITE_P(Operators, SameAnswerAsTheReference,
                         testing::ValuesIn(random_kinds().begin(), random_kinds().end()),
                         [](const auto& tested) { return parameter_name(tested.param.name()); });

}  // namespace
}  // namespace boardless::prediction
