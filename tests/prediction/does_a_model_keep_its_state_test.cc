// Does a variable tensor keep its value from one invocation to the next, in RAM of its own, with
// every kernel library, and does the result tell the first invocation from the last?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "prediction/predict.h"
#include "prediction/session.h"
#include "reports/views.h"
#include "targets/target.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/real_models.h"
#include "tests/scratch_folder.h"
#include "workloads/graph/graph.h"
#include "workloads/tflite/tflite.h"

namespace boardless::prediction {
namespace {

using testing::ElementsAre;
using workloads::Graph;
using workloads::OpKind;

constexpr std::int64_t kZeroPoint = -3;

// sum = state + input; state = sum. Quantised alike, so that values add up exactly.
Graph accumulator() {
  Graph graph;
  graph.name = "accumulator";
  for (const char* name : {"input", "state", "sum"}) {
    workloads::Tensor tensor;
    tensor.name = name;
    tensor.shape = {1, 4};
    tensor.quantization = {{0.5F}, {kZeroPoint}, 0};
    graph.tensors.push_back(std::move(tensor));
  }
  graph.tensors[1].is_variable = true;
  graph.inputs = {0};
  graph.outputs = {2};
  graph.operators = {{OpKind::kAdd, "", {1, 0}, {2}, workloads::ArithmeticAttributes{}},
                     {OpKind::kReshape, "", {2}, {1}, workloads::NoAttributes{}}};
  return graph;
}

// Real halves 1, 2, 3, 4 and 10, 10, 10, 10 as quantised bytes.
std::vector<std::uint8_t> two_inputs() {
  std::vector<std::uint8_t> bytes;
  for (const int value : {1, 2, 3, 4, 10, 10, 10, 10}) {
    bytes.push_back(static_cast<std::uint8_t>(value + kZeroPoint));
  }
  return bytes;
}

std::vector<int> values(const std::vector<std::uint8_t>& bytes) {
  std::vector<int> result;
  for (const std::uint8_t byte : bytes) {
    result.push_back(static_cast<std::int8_t>(byte) - static_cast<int>(kZeroPoint));
  }
  return result;
}

TEST(State, IsKeptByEveryLibrary) {
  const Workload workload = make_workload(accumulator(), "", two_inputs(), 2);
  for (const KernelLibrary& library : all_libraries()) {
    SCOPED_TRACE(library.name());
    const ModelRun run =
        run_model(workload, *library.variant, *library.image, library.preference, {}, {});
    EXPECT_THAT(run.outputs, ElementsAre(testing::ResultOf(values, ElementsAre(1, 2, 3, 4)),
                                         testing::ResultOf(values, ElementsAre(11, 12, 13, 14))));
    for (const OperatorRun& op : run.operators) EXPECT_TRUE(op.equals_reference);
  }
}

TEST(State, StartsAsRealZeroAgainInEachRun) {
  const Workload workload = make_workload(accumulator(), "", std::nullopt);
  const KernelLibrary library = all_libraries().front();
  const auto output = [&] {
    return run_model(workload, *library.variant, *library.image, library.preference, {}, {})
        .output();
  };
  EXPECT_EQ(output(), output());
  EXPECT_EQ(workload.expected.tensors[2], workload.inputs_of(0)[0]);
}

TEST(State, LiesBesideTheArenaAndCountsAsRam) {
  const Workload workload = make_workload(accumulator(), "", std::nullopt);
  const std::vector<targets::Target> target{targets::load_target("rp2040")};
  const Prediction p = predict(workload, target, predict_options()).front();
  ASSERT_TRUE(p.persistent);
  ASSERT_THAT(*p.persistent, testing::SizeIs(1));
  EXPECT_EQ(p.persistent->front().name, "state");
  EXPECT_EQ(p.persistent->front().bytes, 4U);
  EXPECT_THAT(p.arena, testing::Each(testing::Field(&ArenaBlock::name, testing::Ne("state"))));
  EXPECT_EQ(p.sram.persistent_bytes, 4U);
  EXPECT_EQ(p.sram.total_bytes, p.sram.arena_bytes + p.sram.stack_bytes + p.sram.static_bytes + 4U);
}

TEST(Invocations, AreToldApart) {
  const std::vector<targets::Target> target{targets::load_target("stm32f446re")};
  const Prediction one =
      predict(make_workload(accumulator(), "", std::nullopt), target, predict_options()).front();
  EXPECT_FALSE(one.invocations);
  const Prediction p =
      predict(make_workload(accumulator(), "", std::nullopt, 3), target, predict_options()).front();
  ASSERT_TRUE(p.invocations);
  EXPECT_EQ(p.invocations->count, 3);
  EXPECT_EQ(p.invocations->first_cycles, one.cycles);
  // Flash is read for the first time in the first one.
  EXPECT_LT(p.cycles, p.invocations->first_cycles);
  EXPECT_EQ(p.invocations->slowest_cycles, p.invocations->first_cycles);
  EXPECT_EQ(p.cycles, p.layers[0].cycles + p.layers[1].cycles);
  const Document document{"1", {p}, {}};
  EXPECT_EQ(reports::to_json(reports::from_json(reports::to_json(document), "document")),
            reports::to_json(document));
  EXPECT_THAT(reports::to_table(document, false, {}),
              testing::HasSubstr("latency is that of invocation 3; the first took "));
}

TEST(Invocations, GiveTheirOutputsOneBehindTheOther) {
  const ScratchFolder folder;
  const std::vector<std::uint8_t> bytes = workloads::write_tflite(accumulator());
  const std::string file =
      folder.write("accumulator.tflite", std::string(bytes.begin(), bytes.end())).string();
  Question question;
  question.models = {file};
  question.targets = {"rp2040"};
  question.input = two_inputs();
  question.invocations = 2;
  Watcher watcher;
  std::vector<OutputTensor> seen;
  watcher.outputs = [&](const std::string&, const auto& outputs) { seen = outputs; };
  const Document document = answer(question, watcher);
  ASSERT_THAT(document.predictions, testing::SizeIs(1));
  ASSERT_THAT(seen, testing::SizeIs(1));
  EXPECT_THAT(seen[0].shape, ElementsAre(2, 1, 4));
  EXPECT_THAT(values(seen[0].bytes), ElementsAre(1, 2, 3, 4, 11, 12, 13, 14));
}

}  // namespace
}  // namespace boardless::prediction
