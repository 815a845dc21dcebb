// Is the arena as large as TensorFlow Lite Micro's, where it is planned as there? Expected are the
// bytes of "Arena allocation head" that the PyPI package tflite-micro (0.dev20261023182759)
// reports. Its audio preprocessor is not here: our Fourier transform works in twice the scratch.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "prediction/allocation_scopes.h"
#include "prediction/model_layout.h"
#include "prediction/model_source.h"
#include "tests/outside_data.h"
#include "tests/parameter_name.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/real_models.h"
#include "workloads/operators/blocking.h"

namespace boardless::prediction {
namespace {

using workloads::DataType;
using workloads::Graph;
using workloads::OpKind;

struct Expected {
  const char* model;
  Bytes arena;
};

class ArenaOfTfliteMicro : public testing::TestWithParam<Expected> {};

TEST_P(ArenaOfTfliteMicro, IsAsLarge) {
  if (!has_model(GetParam().model)) GTEST_SKIP() << needs_model(GetParam().model);
  if (kIsSlowBuild) GTEST_SKIP() << kTooSlow;
  const Graph read = load_model((models_folder() / GetParam().model).string()).graph;
  if (const workloads::Blocking blocking = workloads::find_blocking(read); !blocking.empty()) {
    GTEST_SKIP() << "needs kernels: " << blocking.text();
  }
  const Workload workload = model_workload(GetParam().model);
  const sim::ElfImage& image = built_image("v6-m");
  ModelLayout layout(workload.graph, workload.prepared);
  sim::KernelMachine machine(isa::find_variant("v6-m"), image, layout.constants_bytes());
  layout.load(
      machine,
      choose_kernels(workload.graph, workload.prepared, image, KernelPreference::kReference),
      cost_models::Planner::kGreedyBySize);
  EXPECT_EQ(layout.arena().plan.bytes, GetParam().arena);
}

INSTANTIATE_TEST_SUITE_P(
    Models, ArenaOfTfliteMicro,
    testing::Values(
        Expected{"hello_world_int8.tflite", 32},
        Expected{"ic_pretrainedResnet_float.tflite", 196608},
        Expected{"ic_pretrainedResnet_quant.tflite", 49152},
        Expected{"keyword_scrambled_8bit.tflite", 672}, Expected{"kws_ref_model.tflite", 16000},
        Expected{"mcunet_320kb_1mb_imagenet.tflite", 416832},
        Expected{"micro_speech_quantized.tflite", 5968},
        Expected{"mlonmcu_model_with_detection_postprocess.tflite", 1932496},
        Expected{"mlperf_ad01_int8.tflite", 768}, Expected{"mlperf_str_ww_ref_model.tflite", 6656},
        Expected{"mlzoo_ds_cnn_s_int16.tflite", 32000}, Expected{"mlzoo_rnnoise_INT8.tflite", 1040},
        Expected{"mnist_lstm_int8.tflite", 1536}, Expected{"mww_v2_okay_nabu.tflite", 4096},
        Expected{"person_detect.tflite", 55296}, Expected{"riot_mnist_mlp.tflite", 3920},
        Expected{"tflm_dtln_noise_suppression.tflite", 1424},
        Expected{"tflm_hello_world_float.tflite", 128}, Expected{"vww_96_float.tflite", 294912},
        Expected{"vww_96_int8.tflite", 73728}, Expected{"wakevision_k_2_c_3.tflite", 15008},
        Expected{"wakevision_mcunet-10fps_vww.tflite", 111360}),
    [](const auto& tested) { return parameter_name(tested.param.model); });

// NEG of the input; IF runs one of two subgraphs of two operators on it.
Graph two_branches() {
  Graph graph;
  const auto tensor = [&](const char* name, DataType type = DataType::kFloat32) {
    graph.tensors.push_back({name, type, {4}, {}, {}});
    return static_cast<int>(graph.tensors.size()) - 1;
  };
  const auto neg = [&](int input, int output) {
    graph.operators.push_back({OpKind::kNeg, "", {input}, {output}, {}});
  };
  const int input = tensor("input"), condition = tensor("condition", DataType::kBool);
  const int negative = tensor("negative"), output = tensor("output");
  tensor("unused");
  neg(input, negative);
  graph.operators.push_back(
      {OpKind::kIf, "", {condition, negative}, {output}, workloads::IfAttributes{1, 2}});
  graph.inputs = {input, condition};
  graph.outputs = {output};
  for (const char* name : {"then", "else"}) {
    workloads::Subgraph part;
    part.name = name;
    part.first_tensor = static_cast<int>(graph.tensors.size());
    part.first_operator = static_cast<int>(graph.operators.size());
    const int in = tensor("in"), middle = tensor("middle"), out = tensor("out");
    neg(in, middle);
    neg(middle, out);
    part.tensors = 3;
    part.operators = 2;
    part.inputs = {in};
    part.outputs = {out};
    graph.subgraphs.push_back(part);
  }
  return graph;
}

TEST(Scopes, StepOncePerOperatorAndBranch) {
  const Graph graph = two_branches();
  const AllocationScopes scopes = allocation_scopes(graph);
  const auto of = [&](std::size_t tensor) {
    return std::pair(scopes.tensors[tensor].first, scopes.tensors[tensor].last);
  };
  // Scope 1 is NEG, 2 is IF, 3 enters the first branch, whose operators are 4 and 5, and 6 the
  // second, with 7 and 8.
  EXPECT_EQ(of(0), std::pair(0, 1));
  EXPECT_EQ(of(1), std::pair(0, 8));  // the condition, until IF has ended
  EXPECT_EQ(of(2), std::pair(1, 8));
  EXPECT_EQ(of(3), std::pair(2, 8));
  EXPECT_EQ(of(4), std::pair(-1, -1));
  EXPECT_EQ(of(5), std::pair(3, 4));
  EXPECT_EQ(of(6), std::pair(4, 5));
  EXPECT_EQ(of(7), std::pair(5, 5));
  EXPECT_EQ(of(8), std::pair(6, 7));
  EXPECT_EQ(of(10), std::pair(8, 8));
  EXPECT_EQ(scopes.operators, (std::vector<int>{0, 0, 1, 1, 2, 3, 1, 4, 5}));
}

TEST(Scopes, OfAModelWithoutOperatorsAreOne) {
  Graph graph;
  graph.tensors = {{"input", DataType::kInt8, {4}, {}, {}}};
  graph.inputs = graph.outputs = {0};
  EXPECT_EQ(allocation_scopes(graph).tensors[0].first, 0);
  EXPECT_TRUE(allocation_scopes(graph).operators.empty());
}

}  // namespace
}  // namespace boardless::prediction
