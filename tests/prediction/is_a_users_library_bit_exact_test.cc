// Does CMSIS-NN behind our adapter give the host reference's answer, bit for bit, on every
// instruction set: random operators of every kind that it has a kernel for, and real models?
// Skipped where there is no checkout of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "prediction/model_run.h"
#include "prediction/predict.h"
#include "tests/outside_data.h"
#include "tests/parameter_name.h"
#include "tests/prediction/random_operator.h"
#include "tests/prediction/real_models.h"
#include "toolchain/kernel_builder.h"

namespace boardless::prediction {
namespace {

using workloads::OpKind;

std::filesystem::path library_folder() { return sources_folder() / "CMSIS-NN"; }

bool has_library() { return std::filesystem::is_directory(library_folder()); }

const toolchain::KernelBuilder& builder() {
  static const toolchain::KernelBuilder builder(
      library_folder(),
      {.compiler = "", .flags = {"-O3"}, .cache_folder = BOARDLESS_BINARY_DIR "/kernel_cache"});
  return builder;
}

KernelRequest request() { return {builder().prefix(), builder().title()}; }

const KernelImage& image_of(const std::string& variant) {
  static std::map<std::string, KernelImage> images;
  const auto known = images.find(variant);
  if (known != images.end()) return known->second;
  const toolchain::BuiltImage built = builder().build(variant, {});
  return images.emplace(variant, KernelImage{sim::load_elf(built.elf), built.compiler, built.flags})
      .first->second;
}

// With a sum of exponentials of 512 or more, gemmlowp's division by a power of two would be one by
// 2^32 or more, which it forbids; the reference gives nothing to every class then, and the library
// what its shift makes of it.
bool is_beyond_fixed_point(const workloads::Graph& graph, std::size_t op) {
  const workloads::Operator& source = graph.operators[op];
  const auto output = static_cast<std::size_t>(source.outputs.front());
  return source.kind == OpKind::kSoftmax && graph.tensors[output].shape.back() >= 512;
}

class UsersLibrary : public testing::TestWithParam<OpKind> {
 protected:
  void SetUp() override {
    if (!has_library()) GTEST_SKIP() << needs("CMSIS-NN", library_folder());
  }
};

TEST_P(UsersLibrary, OnRandomOperators) {
  constexpr int kOperators = kIsSlowBuild ? 10 : 60;
  const RandomModel model = random_model(GetParam(), 7000, kOperators);
  const Workload workload = make_workload(model.graph, "", model.inputs, model.invocations);
  int own = 0;
  for (const isa::Variant& variant : isa::variants()) {
    if (!variant.has_kernels || !builder().is_for(std::string(variant.name))) continue;
    const ModelRun run =
        run_model(workload, variant, image_of(std::string(variant.name)).elf, request(), {}, {});
    EXPECT_EQ(run.library, builder().title());
    for (std::size_t i = 0; i < run.operators.size(); ++i) {
      const OperatorRun& op = run.operators[i];
      const bool is_own = op.kernel.function.starts_with("cmsis_nn_");
      EXPECT_TRUE(op.equals_reference || !is_own || is_beyond_fixed_point(model.graph, i))
          << variant.name << ": " << op.kernel.function << ": " << model.texts[i];
      own += is_own;
      EXPECT_EQ(is_own, op.kernel.note.empty()) << op.kernel.note;
    }
  }
  EXPECT_GT(own, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Operators, UsersLibrary,
    testing::Values(OpKind::kConv2D, OpKind::kDepthwiseConv2D, OpKind::kFullyConnected,
                    OpKind::kAveragePool2D, OpKind::kMaxPool2D, OpKind::kAdd, OpKind::kMul,
                    OpKind::kSoftmax, OpKind::kReshape, OpKind::kPad, OpKind::kTranspose,
                    OpKind::kTransposeConv, OpKind::kBatchMatmul, OpKind::kMinimum,
                    OpKind::kMaximum, OpKind::kSvdf, OpKind::kUnidirectionalSequenceLstm),
    [](const auto& tested) { return parameter_name(operator_name(tested.param)); });

class UsersLibraryOnModels : public testing::TestWithParam<const char*> {};

TEST_P(UsersLibraryOnModels, OnEveryImage) {
  if (!has_library()) GTEST_SKIP() << needs("CMSIS-NN", library_folder());
  if (!has_model(GetParam())) GTEST_SKIP() << needs_model(GetParam());
  if (kIsSlowBuild) GTEST_SKIP() << kTooSlow;
  PredictOptions options = predict_options();
  options.kernels = request();
  options.image = image_of;
  const Workload workload = model_workload(GetParam());
  std::vector<targets::Target> targets = one_target_per_image();
  std::erase_if(targets, [&](const targets::Target& target) {
    return !builder().is_for(needed_images({&target, 1}, *options.cores).front());
  });
  ASSERT_FALSE(targets.empty());
  for (const Prediction& prediction : predict(workload, targets, options)) {
    EXPECT_EQ(prediction.bit_exact, true) << prediction.image;
    EXPECT_EQ(prediction.kernels, builder().title());
    EXPECT_THAT(prediction.compiler, testing::HasSubstr("gcc"));
    EXPECT_THAT(prediction.compiler_flags,
                testing::HasSubstr("; cmsis-nn -std=gnu11 -O3; sources "));
  }
}

INSTANTIATE_TEST_SUITE_P(Models, UsersLibraryOnModels,
                         testing::Values("kws_ref_model.tflite", "ic_pretrainedResnet_quant.tflite",
                                         "vww_96_int8.tflite", "person_detect.tflite",
                                         "micro_speech_quantized.tflite"),
                         [](const auto& tested) { return parameter_name(tested.param); });

}  // namespace
}  // namespace boardless::prediction
