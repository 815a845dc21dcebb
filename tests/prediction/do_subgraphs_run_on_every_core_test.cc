// Do models of several subgraphs give the reference's answer with every kernel library, over
// several invocations, and does the result show what ran and what is kept?
#include <flatbuffers/flexbuffers.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "prediction/predict.h"
#include "prediction/session.h"
#include "targets/target.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/real_models.h"
#include "tests/scratch_folder.h"
#include "tests/workloads/subgraph_models.h"
#include "workloads/tflite/tflite.h"

namespace boardless::prediction {
namespace {

using testing::ElementsAre;
using workloads::Graph;
using workloads::testing::if_model;
using workloads::testing::running_sum_model;
using workloads::testing::while_model;

using Bytes8 = std::vector<std::uint8_t>;

void expect_everywhere(const Graph& graph, const Bytes8& inputs, int invocations,
                       const std::vector<Bytes8>& outputs) {
  const Workload workload = make_workload(graph, "", inputs, invocations);
  for (const KernelLibrary& library : all_libraries()) {
    SCOPED_TRACE(library.name());
    const ModelRun run =
        run_model(workload, *library.variant, *library.image, library.preference, {}, {});
    EXPECT_EQ(run.outputs, outputs);
    for (const OperatorRun& op : run.operators) EXPECT_TRUE(op.equals_reference);
  }
}

TEST(Subgraphs, RunOnEveryCore) {
  expect_everywhere(if_model(), {1, 1, 2, 3, 4, 0, 1, 2, 3, 4}, 2,
                    {{2, 4, 6, 8}, {11, 12, 13, 14}});
  expect_everywhere(while_model(), {1, 1, 0, 1, 2, 3, 4, 0, 0, 0, 5, 6, 7, 8}, 2,
                    {{4, 8, 12, 16}, {5, 6, 7, 8}});
  expect_everywhere(running_sum_model(), {0, 0, 0, 0, 1, 2, 3, 4, 1, 1, 1, 1}, 3,
                    {{1, 2, 3, 4}, {2, 4, 6, 8}, {3, 5, 7, 9}});
}

Prediction predict_one(const Graph& graph, const Bytes8& inputs, int invocations = 1) {
  const std::vector<targets::Target> target{targets::load_target("rp2040")};
  return predict(make_workload(graph, "", inputs, invocations), target, predict_options()).front();
}

TEST(Subgraphs, CostWhatRan) {
  const Prediction twice = predict_one(while_model(), {1, 1, 0, 1, 2, 3, 4});
  const Prediction never = predict_one(while_model(), {0, 1, 0, 1, 2, 3, 4});
  ASSERT_EQ(twice.layers.size(), 2U);
  EXPECT_EQ(twice.layers[0].op, "WHILE");
  EXPECT_EQ(twice.layers[0].kernel, "reference_copy_b8");
  EXPECT_EQ(twice.layers[1].op, "ADD");
  EXPECT_GT(twice.layers[1].cycles, 0U);
  EXPECT_EQ(never.layers[1].cycles, 0U);
  EXPECT_GT(twice.layers[0].cycles, never.layers[0].cycles);
  EXPECT_EQ(twice.cycles, twice.layers[0].cycles + twice.layers[1].cycles);
  EXPECT_EQ(twice.bit_exact, true);
}

TEST(CallOnce, IsPartOfTheFirstInvocation) {
  const Prediction p = predict_one(running_sum_model(), {0, 0, 0, 0}, 2);
  ASSERT_TRUE(p.invocations);
  EXPECT_GT(p.invocations->first_cycles, p.cycles);
  EXPECT_EQ(p.layers.back().op, "ASSIGN_VARIABLE");  // the one of the subgraph
  EXPECT_EQ(p.layers.back().cycles, 0U);
  ASSERT_TRUE(p.persistent);
  ASSERT_EQ(p.persistent->size(), 1U);
  EXPECT_EQ(p.persistent->front().name, "sum");
  EXPECT_EQ(p.persistent->front().bytes, 4U);
}

// The input goes into three slots; what stands behind runs every second time.
Graph circular_buffer_model() {
  workloads::testing::SubgraphMaker m("circular_buffer");
  const int input = m.int8({1, 1, 1, 2}), kept = m.int8({1, 3, 1, 2}), answer = m.int8({1, 6});
  m.graph.tensors[static_cast<std::size_t>(kept)].is_variable = true;
  flexbuffers::Builder options;
  options.Map([&] { options.Int("cycles_max", 2); });
  options.Finish();
  m.run(workloads::OpKind::kCustom, {input}, {kept},
        workloads::CustomAttributes{options.GetBuffer()});
  m.graph.operators.back().custom_name = "CIRCULAR_BUFFER";
  m.run(workloads::OpKind::kReshape, {kept}, {answer});
  m.interface({input}, {answer});
  return std::move(m.graph);
}

TEST(CircularBuffer, RunsWhatIsBehindItEveryFewInvocations) {
  const Workload workload =
      make_workload(circular_buffer_model(), "", Bytes8{1, 2, 3, 4, 5, 6, 7, 8}, 4);
  for (const KernelLibrary& library : all_libraries()) {
    SCOPED_TRACE(library.name());
    const ModelRun run =
        run_model(workload, *library.variant, *library.image, library.preference, {}, {});
    EXPECT_THAT(run.outputs[1], ElementsAre(0, 0, 1, 2, 3, 4));
    EXPECT_THAT(run.outputs[3], ElementsAre(3, 4, 5, 6, 7, 8));
    for (const OperatorRun& op : run.operators) EXPECT_TRUE(op.equals_reference);
  }
  const Prediction skipped = predict_one(circular_buffer_model(), {1, 2});
  EXPECT_EQ(skipped.layers[1].cycles, 0U);
  const Prediction whole = predict_one(circular_buffer_model(), {1, 2}, 2);
  EXPECT_GT(whole.layers[1].cycles, 0U);
}

// Both branches of IF stand in for one another: their tensors may share bytes, those of the
// operator itself may not.
TEST(Subgraphs, ShareTheArena) {
  const Prediction p = predict_one(if_model(), {1, 1, 2, 3, 4});
  Bytes all = 0;
  for (const ArenaBlock& block : p.arena) all += (block.bytes + 15) / 16 * 16;
  EXPECT_LT(p.sram.arena_bytes, all);
}

TEST(Subgraphs, AreRefusedByAcceleratorsWithAReason) {
  const ScratchFolder folder;
  const Bytes8 bytes = workloads::write_tflite(if_model());
  Question question;
  question.models = {folder.write("if.tflite", std::string(bytes.begin(), bytes.end())).string()};
  question.targets = {"coral-usb3", "rp2040"};
  const Document document = answer(question, {});
  ASSERT_EQ(document.unanswered.size(), 1U);
  EXPECT_EQ(document.unanswered[0].kind, Unanswered::Kind::kNotModelled);
  EXPECT_EQ(document.unanswered[0].reason,
            "if: operator 0 (IF) runs subgraphs or names variables; coral-usb3 is modelled for "
            "graphs without");
  ASSERT_EQ(document.predictions.size(), 1U);
  EXPECT_EQ(document.predictions[0].bit_exact, true);
}

}  // namespace
}  // namespace boardless::prediction
