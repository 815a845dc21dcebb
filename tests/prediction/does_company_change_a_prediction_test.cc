// Is a target's prediction the same alone, among all targets, in any order, and on every run?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "prediction/predict.h"
#include "reports/views.h"
#include "tests/prediction/random_operator.h"
#include "tests/prediction/real_models.h"

namespace boardless::prediction {
namespace {

using workloads::OpKind;

std::string json(const Prediction& prediction) {
  return reports::to_json({"test", {prediction}, {}});
}

std::vector<std::string> predict_all(const Workload& workload,
                                     const std::vector<targets::Target>& targets) {
  std::vector<std::string> result;
  for (const Prediction& prediction : predict(workload, targets, predict_options())) {
    result.push_back(json(prediction));
  }
  return result;
}

// Chips that share cores and memories, in part: some at other clocks, so with other wait states.
std::vector<targets::Target> crowd() {
  std::vector<targets::Target> targets = bundled_targets();
  targets.push_back(targets::with_clock(targets::load_target("stm32f446re"), 24'000'000));
  targets.push_back(targets::with_clock(targets::load_target("stm32f103c8"), 24'000'000));
  return targets;
}

void expect_same_in_company(const Workload& workload) {
  std::vector<targets::Target> targets = crowd();
  const std::vector<std::string> together = predict_all(workload, targets);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    EXPECT_EQ(predict_all(workload, {targets[i]}).at(0), together[i]) << targets[i].name;
  }
  std::ranges::reverse(targets);
  std::vector<std::string> reversed = predict_all(workload, targets);
  std::ranges::reverse(reversed);
  EXPECT_EQ(reversed, together);
}

TEST(Company, ChangesNothingOnRandomOperators) {
  std::vector<OpKind> kinds{OpKind::kConv2D, OpKind::kSoftmax};
  if (!kIsSlowBuild) {
    kinds.insert(kinds.end(), {OpKind::kDepthwiseConv2D, OpKind::kFullyConnected, OpKind::kAdd});
  }
  for (const OpKind kind : kinds) {
    const RandomModel model = random_model(kind, 500'000, kIsSlowBuild ? 3 : 6);
    expect_same_in_company(make_workload(model.graph, "", model.inputs));
  }
}

TEST(Company, ChangesNothingOnAWholeNetwork) {
  if (kIsSlowBuild) GTEST_SKIP() << kTooSlow;
  expect_same_in_company(model_workload("zoo:mnist_mlp"));
}

TEST(Company, ChangesNothingOnMicroSpeech) {
  const std::string model = "micro_speech_quantized.tflite";
  if (!has_model(model)) GTEST_SKIP() << needs_model(model);
  if (kIsSlowBuild) GTEST_SKIP() << kTooSlow;
  expect_same_in_company(model_workload(model));
}

TEST(Company, OfItselfGivesTheSameTwice) {
  const RandomModel model = random_model(OpKind::kConv2D, 600'000, 5);
  const Workload workload = make_workload(model.graph, "", model.inputs);
  const targets::Target target = targets::load_target("stm32f446re");
  const std::vector<std::string> twice = predict_all(workload, {target, target});
  EXPECT_EQ(twice[0], twice[1]);
}

TEST(Runs, GiveTheSameDocumentEachTime) {
  const RandomModel model = random_model(OpKind::kDepthwiseConv2D, 700'000, 5);
  const auto run = [&] {
    const Workload workload = make_workload(model.graph, "", model.inputs);
    return reports::to_json({"test", predict(workload, bundled_targets(), predict_options()), {}});
  };
  const std::string first = run();
  EXPECT_THAT(first, testing::HasSubstr("\"bit_exact\": true"));
  EXPECT_EQ(run(), first);
}

// Only then does the time on random inputs say something about the time on real ones.
TEST(Runs, TakeTheSameTimeOnOtherInputsWhereNothingDependsOnThem) {
  RandomModel model = random_model(OpKind::kFullyConnected, 800'000, 5);
  const auto cycles = [&] {
    const Workload workload = make_workload(model.graph, "", model.inputs);
    std::vector<Cycles> result;
    for (const Prediction& p : predict(workload, bundled_targets(), predict_options())) {
      result.push_back(p.cycles);
    }
    return result;
  };
  const std::vector<Cycles> before = cycles();
  std::ranges::fill(model.inputs, std::uint8_t{0});
  const std::vector<Cycles> after = cycles();
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(after[i]), static_cast<double>(before[i]),
                0.05 * static_cast<double>(before[i]));
  }
}

TEST(Predict, ReportsProgressToTheEnd) {
  const RandomModel model = random_model(OpKind::kRelu, 1, 3);
  PredictOptions options = predict_options();
  std::vector<std::pair<std::size_t, std::size_t>> calls;
  options.progress = [&](std::size_t done, std::size_t total) { calls.emplace_back(done, total); };
  const std::vector<targets::Target> targets = one_target_per_image();
  (void)predict(make_workload(model.graph, "", model.inputs), targets, options);
  ASSERT_EQ(calls.size(), 3 * targets.size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    EXPECT_EQ(calls[i], std::pair(i + 1, calls.size()));
  }
}

TEST(Predict, OfNoTargetIsNothing) {
  const RandomModel model = random_model(OpKind::kRelu, 1, 1);
  EXPECT_TRUE(predict(make_workload(model.graph, "", model.inputs), {}, predict_options()).empty());
}

}  // namespace
}  // namespace boardless::prediction
