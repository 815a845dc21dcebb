// Does every bundled target give the reference's answer on networks of the zoo and on public int8
// models, the answer that is known where one is, and figures that add up?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "prediction/predict.h"
#include "tests/parameter_name.h"
#include "tests/prediction/real_models.h"

namespace boardless::prediction {
namespace {

using testing::DoubleEq;

struct Case {
  std::string model;
  KernelPreference kernels;
  std::string input;  // random when empty
  bool is_large;      // more than a million MACs
};
void PrintTo(const Case& tested, std::ostream* out) { *out << tested.model; }

class RealModels : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (!has_model(GetParam().model)) GTEST_SKIP() << needs_model(GetParam().model);
    if (kIsSlowBuild && GetParam().is_large) GTEST_SKIP() << kTooSlow;
  }
};

Cycles sum(const StallCycles& stalls) {
  Cycles total = 0;
  for (const auto& [cause, cycles] : stalls) total += cycles;
  return total;
}

void expect_sums(const Prediction& prediction) {
  Cycles cycles = 0;
  std::uint64_t instructions = 0;
  std::int64_t macs = 0;
  StallCycles stalls;
  for (const Layer& layer : prediction.layers) {
    SCOPED_TRACE(layer.index);
    EXPECT_EQ(sum(layer.stalls), layer.cycles);
    EXPECT_GT(layer.instructions, 0U);
    // No bundled core issues more than two at once, but for the end of a low-overhead loop beside.
    const unsigned at_once = isa::find_variant(prediction.image).has(isa::Feature::kArmv81) ? 3 : 2;
    EXPECT_GE(layer.cycles, layer.instructions / at_once);
    cycles += layer.cycles;
    instructions += layer.instructions;
    macs += layer.macs;
    for (const auto& [cause, count] : layer.stalls) stalls[cause] += count;
  }
  EXPECT_EQ(prediction.cycles, cycles);
  EXPECT_EQ(prediction.instructions, instructions);
  EXPECT_EQ(prediction.macs, macs);
  EXPECT_EQ(prediction.stalls, stalls);
  EXPECT_EQ(sum(prediction.stalls), prediction.cycles);
  EXPECT_THAT(prediction.latency_ms,
              DoubleEq(static_cast<double>(cycles) * 1e3 / prediction.clock_hz));
}

TEST_P(RealModels, AreBitExactOnEveryTarget) {
  const Workload workload = model_workload(GetParam().model, GetParam().input);
  const std::vector<targets::Target> targets =
      kIsSlowBuild ? one_target_per_image() : bundled_targets();
  const std::vector<Prediction> predictions =
      predict(workload, targets, predict_options(GetParam().kernels));
  ASSERT_EQ(predictions.size(), targets.size());
  std::vector<std::uint8_t> expected;
  for (std::size_t i = 0; i < workload.graph.outputs.size(); ++i) {
    const auto output = workload.expected.output(workload.graph, i);
    expected.insert(expected.end(), output.begin(), output.end());
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Prediction& prediction = predictions[i];
    SCOPED_TRACE(prediction.target);
    EXPECT_EQ(prediction.target, targets[i].name);
    EXPECT_EQ(prediction.bit_exact, true);
    EXPECT_EQ(prediction.output_sha256, sha256_hex(expected));
    EXPECT_EQ(prediction.layers.size(), workload.graph.operators.size());
    expect_sums(prediction);
  }
}

std::vector<Case> cases() {
  constexpr auto kAuto = KernelPreference::kAuto;
  constexpr auto kReference = KernelPreference::kReference;
  return {
      {"zoo:mnist_mlp", kAuto, "", false},
      {"zoo:mnist_mlp", kReference, "", false},
      {"zoo:ad", kAuto, "", false},
      {"zoo:kws", kAuto, "", true},
      {"zoo:kws", kReference, "", true},
      {"zoo:ic", kAuto, "", true},
      {"zoo:vww", kAuto, "", true},
      {"hello_world_int8.tflite", kAuto, "", false},
      {"hello_world_int8.tflite", kReference, "", false},
      {"micro_speech_quantized.tflite", kAuto, "micro_speech_yes_49x40.i8.bin", false},
      {"micro_speech_quantized.tflite", kReference, "micro_speech_no_49x40.i8.bin", false},
      {"riot_mnist_mlp.tflite", kAuto, "riot_mnist_digit7_28x28.u8.bin", false},
      {"riot_mnist_mlp.tflite", kReference, "", false},
      {"kws_ref_model.tflite", kAuto, "kws_ref_input0_49x10.i8.bin", true},
      {"kws_ref_model.tflite", kReference, "", true},
      {"vww_96_int8.tflite", kAuto, "", true},
      {"ic_pretrainedResnet_quant.tflite", kAuto, "", true},
      {"person_detect.tflite", kAuto, "person_detect_person_96x96x1.raw.bin", true},
  };
}

INSTANTIATE_TEST_SUITE_P(Models, RealModels, testing::ValuesIn(cases()), [](const auto& tested) {
  return parameter_name(tested.param.model +
                        (tested.param.kernels == KernelPreference::kAuto ? " auto" : " reference"));
});

// The application this model comes from prints "Digit prediction: 7" for this image.
TEST(KnownAnswers, MnistSeesASeven) {
  if (!has_model("riot_mnist_mlp.tflite")) {
    GTEST_SKIP() << needs_model("riot_mnist_mlp.tflite");
  }
  const Workload workload =
      model_workload("riot_mnist_mlp.tflite", "riot_mnist_digit7_28x28.u8.bin");
  const std::vector targets{targets::load_target("stm32f446re")};
  for (const KernelPreference kernels : {KernelPreference::kAuto, KernelPreference::kReference}) {
    EXPECT_EQ(predict(workload, targets, predict_options(kernels)).at(0).output_argmax, 7);
  }
}

// Silence, unknown, yes, no.
TEST(KnownAnswers, MicroSpeechHearsYesAndNo) {
  const std::string model = "micro_speech_quantized.tflite";
  if (!has_model(model)) GTEST_SKIP() << needs_model(model);
  const std::vector targets{targets::load_target("nrf52840")};
  const auto answer = [&](const std::string& input) {
    return predict(model_workload(model, input), targets, predict_options()).at(0).output_argmax;
  };
  EXPECT_EQ(answer("micro_speech_yes_49x40.i8.bin"), 2);
  EXPECT_EQ(answer("micro_speech_no_49x40.i8.bin"), 3);
}

}  // namespace
}  // namespace boardless::prediction
