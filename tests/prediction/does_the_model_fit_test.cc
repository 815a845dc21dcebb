// Are SRAM and flash those of the plan, the code and the weights, and is a model that does not fit
// told so with the memory and the bytes?
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "cost_models/arena_planner.h"
#include "prediction/interpreter_memory.h"
#include "prediction/predict.h"
#include "tests/parameter_name.h"
#include "tests/prediction/random_operator.h"
#include "tests/prediction/real_models.h"
#include "workloads/zoo/zoo.h"

namespace boardless::prediction {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using workloads::OpKind;

targets::Memory& memory_of(targets::Target& target, const std::string& name) {
  return *std::ranges::find(target.memories, name, &targets::Memory::name);
}

Prediction predict_on(const Workload& workload, const targets::Target& target,
                      const PredictOptions& options = predict_options()) {
  return predict(workload, std::vector{target}, options).at(0);
}

// Fully connected layers in a chain, with float input and output.
Workload chain() {
  return make_workload(workloads::make_zoo_model("mnist_mlp", {{"hidden", "24"}}), "", {});
}

// What a plan of the activations alone needs.
Bytes plan_of_tensors(const workloads::Graph& graph) {
  std::vector<cost_models::ArenaRequest> requests;
  const int last = static_cast<int>(graph.operators.size()) - 1;
  for (int i = 0; i < static_cast<int>(graph.tensors.size()); ++i) {
    const workloads::Tensor& tensor = graph.tensors[static_cast<std::size_t>(i)];
    if (tensor.is_constant()) continue;
    int first_op = std::numeric_limits<int>::max(), last_op = -1;
    for (int op = 0; op <= last; ++op) {
      const workloads::Operator& user = graph.operators[static_cast<std::size_t>(op)];
      if (std::ranges::count(user.inputs, i) + std::ranges::count(user.outputs, i) == 0) continue;
      first_op = std::min(first_op, op);
      last_op = std::max(last_op, op);
    }
    if (std::ranges::count(graph.inputs, i) != 0) first_op = 0;
    if (std::ranges::count(graph.outputs, i) != 0) last_op = last;
    if (last_op < 0) continue;
    requests.push_back({tensor.name, static_cast<Bytes>(tensor.bytes()), first_op, last_op});
  }
  return cost_models::plan_arena(requests).bytes;
}

void expect_no_overlap(const std::vector<ArenaBlock>& blocks, Bytes arena_bytes) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const ArenaBlock& a = blocks[i];
    EXPECT_LE(a.offset + a.bytes, arena_bytes) << a.name;
    for (std::size_t j = 0; j < i; ++j) {
      const ArenaBlock& b = blocks[j];
      const bool together = a.first_op <= b.last_op && b.first_op <= a.last_op;
      const bool overlap = a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;
      EXPECT_FALSE(together && overlap) << a.name << " and " << b.name;
    }
  }
}

void expect_totals(const Prediction& p) {
  EXPECT_EQ(p.sram.total_bytes, p.sram.arena_bytes + p.sram.stack_bytes + p.sram.static_bytes);
  EXPECT_EQ(p.flash.total_bytes,
            p.flash.weights_bytes + p.flash.code_bytes + p.flash.runtime_bytes);
  EXPECT_GT(p.sram.stack_bytes, 0U);
  EXPECT_LT(p.sram.stack_bytes, 4096U);
  EXPECT_GT(p.flash.code_bytes, 0U);
}

class ArenaOfModel : public testing::TestWithParam<const char*> {};

TEST_P(ArenaOfModel, IsThePlanOfItsTensorsWithReferenceKernels) {
  if (!has_model(GetParam())) GTEST_SKIP() << needs_model(GetParam());
  if (kIsSlowBuild && std::string(GetParam()).find("kws") != std::string::npos)
    GTEST_SKIP() << kTooSlow;
  const Workload workload = model_workload(GetParam());
  const targets::Target target = targets::load_target("nrf52840");
  const Prediction reference =
      predict_on(workload, target, predict_options(KernelPreference::kReference));
  EXPECT_EQ(reference.sram.arena_bytes, plan_of_tensors(workload.graph));
  EXPECT_TRUE(std::ranges::none_of(reference.arena, &ArenaBlock::scratch));
  expect_no_overlap(reference.arena, reference.sram.arena_bytes);
  expect_totals(reference);
  // Optimised kernels may take scratch on top of it.
  const Prediction optimized = predict_on(workload, target);
  EXPECT_GE(optimized.sram.arena_bytes, reference.sram.arena_bytes);
  EXPECT_TRUE(std::ranges::any_of(optimized.arena, &ArenaBlock::scratch));
  expect_no_overlap(optimized.arena, optimized.sram.arena_bytes);
  expect_totals(optimized);
  EXPECT_EQ(optimized.flash.weights_bytes, reference.flash.weights_bytes);
}

INSTANTIATE_TEST_SUITE_P(Models, ArenaOfModel,
                         testing::Values("zoo:kws", "zoo:mnist_mlp", "kws_ref_model.tflite",
                                         "micro_speech_quantized.tflite", "hello_world_int8.tflite",
                                         "riot_mnist_mlp.tflite"),
                         [](const auto& tested) { return parameter_name(tested.param); });

TEST(Weights, AreEveryConstantAKernelReads) {
  const Workload workload = chain();
  Bytes expected = 0;
  for (const auto& constant : workload.prepared.constants) expected += constant.size();
  for (const auto& tensor : workload.graph.tensors) expected += tensor.data.size();
  EXPECT_EQ(predict_on(workload, targets::load_target("rp2040")).flash.weights_bytes, expected);
}

// A chip whose memory holds exactly what is needed, and one with a byte less.
TEST(Fit, EndsWithTheLastByte) {
  const Workload workload = chain();
  for (const char* name : {"stm32f103c8", "nrf52840"}) {
    targets::Target target = targets::load_target(name);
    const Prediction roomy = predict_on(workload, target);
    ASSERT_TRUE(roomy.fits) << name;
    EXPECT_THAT(roomy.reasons, IsEmpty());
    targets::Memory& ram = memory_of(target, target.placement.arena);
    targets::Memory& flash = memory_of(target, target.placement.constants);
    ASSERT_EQ(target.placement.stack, target.placement.arena);
    ASSERT_EQ(target.placement.code, target.placement.constants);

    ram.size_bytes = roomy.sram.total_bytes;
    flash.size_bytes = roomy.flash.total_bytes;
    EXPECT_TRUE(predict_on(workload, target).fits) << name;

    flash.size_bytes = flash.size_bytes - 1;
    const Prediction no_flash = predict_on(workload, target);
    EXPECT_FALSE(no_flash.fits);
    EXPECT_EQ(no_flash.flash.capacity_bytes, roomy.flash.total_bytes - 1);
    EXPECT_THAT(no_flash.reasons,
                ElementsAre(fmt::format(
                    "{} needs {} bytes (code {}, weights {}) and has {}: 1 too many", flash.name,
                    roomy.flash.total_bytes, roomy.flash.code_bytes + roomy.flash.runtime_bytes,
                    roomy.flash.weights_bytes, roomy.flash.total_bytes - 1)));
    // What does not fit is priced all the same.
    EXPECT_EQ(no_flash.cycles, roomy.cycles);

    ram.size_bytes = ram.size_bytes - 1;
    const Prediction neither = predict_on(workload, target);
    EXPECT_FALSE(neither.fits);
    EXPECT_THAT(
        neither.reasons,
        testing::UnorderedElementsAre(
            no_flash.reasons[0],
            fmt::format("{} needs {} bytes (arena {}, stack {}) and has {}: 1 too many", ram.name,
                        roomy.sram.total_bytes, roomy.sram.arena_bytes + roomy.sram.static_bytes,
                        roomy.sram.stack_bytes, roomy.sram.total_bytes - 1)));
  }
}

TEST(Fit, CountsWindowsThatShareAMemoryTogether) {
  const Workload workload = chain();
  targets::Target target = targets::load_target("nrf52840");
  target.placement.code = target.placement.arena;  // run from RAM
  const Prediction roomy = predict_on(workload, target);
  ASSERT_TRUE(roomy.fits);
  const Bytes needed = roomy.sram.total_bytes + roomy.flash.code_bytes + roomy.flash.runtime_bytes;
  memory_of(target, target.placement.arena).size_bytes = needed;
  EXPECT_TRUE(predict_on(workload, target).fits);
  memory_of(target, target.placement.arena).size_bytes = needed - 10;
  const Prediction tight = predict_on(workload, target);
  EXPECT_FALSE(tight.fits);
  ASSERT_EQ(tight.reasons.size(), 1U);
  EXPECT_THAT(tight.reasons[0], testing::StartsWith(target.placement.arena + " needs "));
  EXPECT_THAT(tight.reasons[0], testing::HasSubstr("code "));
  EXPECT_THAT(tight.reasons[0], testing::HasSubstr("arena "));
  EXPECT_THAT(tight.reasons[0], testing::EndsWith(": 10 too many"));
}

TEST(Runtime, OfAnInterpreterTakesTheFileAndRecords) {
  Workload workload = chain();
  const targets::Target target = targets::load_target("nrf52840");
  const Prediction compiled = predict_on(workload, target);
  workload.graph.file_bytes = static_cast<std::int64_t>(compiled.flash.weights_bytes) + 1000;
  PredictOptions options = predict_options();
  options.runtime = cost_models::load_runtime("interpreter");
  const Prediction interpreted = predict_on(workload, target, options);
  EXPECT_EQ(interpreted.flash.weights_bytes, compiled.flash.weights_bytes + 1000);
  EXPECT_EQ(interpreted.flash.code_bytes, compiled.flash.code_bytes);
  EXPECT_EQ(interpreted.flash.runtime_bytes, options.runtime.code_bytes.value());
  EXPECT_EQ(interpreted.sram.arena_bytes, compiled.sram.arena_bytes);
  // The chain has four kinds of operators: QUANTIZE, FULLY_CONNECTED, SOFTMAX and DEQUANTIZE.
  EXPECT_EQ(interpreted.sram.static_bytes,
            options.runtime.static_ram_bytes.value() + options.runtime.ram_bytes_per_model.value() +
                4 * options.runtime.ram_bytes_per_operator_kind.value() +
                record_bytes(workload.graph, {}, *options.runtime.records));
  EXPECT_FALSE(compiled.sram.tensor_arena_bytes);
  EXPECT_GE(
      *interpreted.sram.tensor_arena_bytes,
      interpreted.sram.arena_bytes + record_bytes(workload.graph, {}, *options.runtime.records));
  EXPECT_EQ(interpreted.cycles, compiled.cycles);
  expect_totals(interpreted);
}

// Code that is used twice is there once.
TEST(Code, OfTwoLikeOperatorsIsThatOfOne) {
  const targets::Target target = targets::load_target("nrf52840");
  const auto code_of = [&](int operators) {
    const RandomModel model = random_model(OpKind::kLogicalAnd, 0, operators);
    return predict_on(make_workload(model.graph, "", model.inputs), target).flash.code_bytes;
  };
  EXPECT_EQ(code_of(1), code_of(5));
}

}  // namespace
}  // namespace boardless::prediction
