// Do IF, WHILE, CALL_ONCE and resource variables run what their definitions say, and is a model
// that contradicts them refused?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "base/error.h"
#include "tests/workloads/subgraph_models.h"
#include "workloads/operators/blocking.h"
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/reference_evaluator.h"
#include "workloads/tflite/tflite.h"

namespace boardless::workloads {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::if_model;
using ::testing::Not;
using testing::running_sum_model;
using testing::SubgraphMaker;
using testing::while_model;

// Output 0 of each invocation.
std::vector<std::vector<std::uint8_t>> outputs(const Graph& graph,
                                               const std::vector<Inputs>& invocations) {
  const PreparedModel model = prepare(graph);
  ReferenceRun run(graph, model);
  std::vector<std::vector<std::uint8_t>> all;
  for (const Inputs& inputs : invocations) {
    run.begin(inputs);
    while (run.step()) {
    }
    const auto output = run.evaluation().output(graph);
    all.emplace_back(output.begin(), output.end());
  }
  return all;
}

std::vector<std::uint8_t> output(const Graph& graph, const Inputs& inputs) {
  return outputs(graph, {inputs}).front();
}

TEST(If, RunsOneOfItsSubgraphs) {
  EXPECT_THAT(output(if_model(), {{1}, {1, 2, 3, 4}}), ElementsAre(2, 4, 6, 8));
  EXPECT_THAT(output(if_model(), {{0}, {1, 2, 3, 4}}), ElementsAre(11, 12, 13, 14));
}

TEST(If, ChoosesAnewInEachInvocation) {
  EXPECT_THAT(outputs(if_model(), {{{1}, {1, 2, 3, 4}}, {{0}, {1, 2, 3, 4}}}),
              ElementsAre(ElementsAre(2, 4, 6, 8), ElementsAre(11, 12, 13, 14)));
}

TEST(While, RunsItsBodyAsOftenAsItsConditionHolds) {
  const std::vector<std::uint8_t> x{1, 2, 3, 4};
  EXPECT_THAT(output(while_model(), {{0}, {1}, {1}, x}), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(output(while_model(), {{1}, {0}, {1}, x}), ElementsAre(2, 4, 6, 8));
  EXPECT_THAT(output(while_model(), {{1}, {1}, {1}, x}), ElementsAre(8, 16, 24, 32));
}

TEST(CallOnce, RunsOnceAndVariablesStay) {
  EXPECT_THAT(
      outputs(running_sum_model(), {{{0, 0, 0, 0}}, {{1, 1, 1, 1}}, {{10, 0, 0, 1}}}),
      ElementsAre(ElementsAre(1, 2, 3, 4), ElementsAre(2, 3, 4, 5), ElementsAre(12, 3, 4, 6)));
}

TEST(Variable, IsTheSameWhereverItsNameIs) {
  const PreparedModel model = prepare(running_sum_model());
  ASSERT_EQ(model.variables.size(), 1U);
  EXPECT_EQ(model.variables[0].name, "sum");
  EXPECT_EQ(model.variables[0].value->bytes(), 4);
}

// The body adds 1 to a variable whose handle is handed to it.
TEST(Variable, MayBeHandedToASubgraph) {
  SubgraphMaker m("handed");
  // What is handed over is no VAR_HANDLE's.
  const auto handed = [&] {
    const int tensor = m.handle("");
    m.graph.operators.pop_back();
    if (!m.graph.subgraphs.empty()) --m.graph.subgraphs.back().operators;
    return tensor;
  };
  const auto operands = [&] {
    return std::vector<int>{m.boolean(), m.boolean(), m.boolean(), handed()};
  };
  const std::vector<int> state{m.boolean(), m.boolean(), m.boolean()};
  const int variable = m.handle("count"), zero = m.constant({0, 0}), answer = m.int8({1, 2});
  m.run(OpKind::kAssignVariable, {variable, zero}, {});
  const std::vector<int> outputs = operands();
  m.run(OpKind::kWhile, {state[0], state[1], state[2], variable}, outputs, WhileAttributes{1, 2});
  m.run(OpKind::kReadVariable, {outputs[3]}, {answer});
  m.interface(state, {answer});
  m.begin_subgraph();
  const std::vector<int> asked = operands();
  m.interface(asked, {asked[0]});
  m.begin_subgraph();
  const std::vector<int> in = operands();
  const int no = m.boolean_constant(false), one = m.constant({1, 1});
  const int before = m.int8({1, 2}), after = m.int8({1, 2});
  m.run(OpKind::kReadVariable, {in[3]}, {before});
  m.add(before, one, after);
  m.run(OpKind::kAssignVariable, {in[3], after}, {});
  m.interface(in, {in[1], in[2], no, in[3]});
  EXPECT_THAT(output(m.graph, {{1}, {1}, {1}}), ElementsAre(3, 3));
  EXPECT_THAT(output(m.graph, {{1}, {0}, {1}}), ElementsAre(1, 1));
  EXPECT_THAT(output(m.graph, {{0}, {1}, {1}}), ElementsAre(0, 0));
}

TEST(Subgraph, MayRunAnotherAndBeRunTwice) {
  SubgraphMaker m("nested");
  const int yes = m.boolean(), x = m.int8(), once = m.int8(), twice = m.int8();
  m.run(OpKind::kIf, {yes, x}, {once}, IfAttributes{1, 1});
  m.run(OpKind::kIf, {yes, once}, {twice}, IfAttributes{1, 1});
  m.interface({yes, x}, {twice});
  m.begin_subgraph();
  const int in = m.int8(), always = m.boolean_constant(true), out = m.int8();
  m.run(OpKind::kIf, {always, in}, {out}, IfAttributes{2, 2});
  m.interface({in}, {out});
  m.begin_subgraph();
  const int a = m.int8(), sum = m.int8();
  m.add(a, a, sum);
  m.interface({a}, {sum});
  EXPECT_THAT(output(m.graph, {{1}, {1, 2, 3, 4}}), ElementsAre(4, 8, 12, 16));
  EXPECT_THAT(output(m.graph, {{0}, {1, 2, 3, 4}}), ElementsAre(4, 8, 12, 16));
}

// What `change` makes of a model, prepared and run.
template <class Error>
std::string refusal(Graph graph, const std::function<void(Graph&)>& change,
                    const Inputs& inputs = {}) {
  change(graph);
  try {
    (void)evaluate(graph, prepare(graph), inputs);
  } catch (const Error& error) {
    return error.what();
  }
  return "not refused";
}

TEST(BadSubgraphs, OfACycleAreRefused) {
  EXPECT_EQ(refusal<InputError>(
                running_sum_model(),
                [](Graph& graph) { graph.operators[0].attributes = CallOnceAttributes{0}; }),
            "running_sum: operator 0 (CALL_ONCE) runs subgraph 0, which is running already: a "
            "cycle");
  SubgraphMaker m("circle");
  const int x = m.int8(), y = m.int8();
  m.run(OpKind::kCallOnce, {}, {}, CallOnceAttributes{1});
  m.add(x, x, y);
  m.interface({x}, {y});
  for (const int next : {2, 1}) {
    m.begin_subgraph();
    m.run(OpKind::kCallOnce, {}, {}, CallOnceAttributes{next});
  }
  EXPECT_EQ(refusal<InputError>(m.graph, [](Graph&) {}),
            "circle: subgraph 2 operator 0 (CALL_ONCE) runs subgraph 1, which is running already: "
            "a cycle");
}

TEST(BadSubgraphs, ThatAreNotThereAreRefused) {
  EXPECT_EQ(
      refusal<InputError>(if_model(),
                          [](Graph& graph) { graph.operators[0].attributes = IfAttributes{1, 3}; }),
      "if: operator 0 (IF) runs subgraph 3, the model has subgraphs 0 to 2");
}

TEST(BadSubgraphs, WithOtherOperandsAreRefused) {
  EXPECT_EQ(
      refusal<InputError>(if_model(), [](Graph& graph) { graph.operators[0].inputs.pop_back(); }),
      "if: operator 0 (IF): inputs of subgraph 1: 0 tensors and 1");
  EXPECT_EQ(refusal<InputError>(if_model(), [](Graph& graph) { graph.tensors[2].shape = {1, 5}; }),
            "if: operator 0 (IF): outputs of subgraph 1 0: int8 1x4 and int8 1x5");
  EXPECT_EQ(refusal<InputError>(if_model(),
                                [](Graph& graph) {
                                  graph.operators[0].inputs[0] = 1;
                                  graph.inputs = {1};
                                }),
            "if: operator 0 (IF): its condition is int8 1x4; its definition gives one bool");
}

TEST(BadSubgraphs, WhoseTensorsBelongToAnotherAreRefused) {
  EXPECT_EQ(refusal<InputError>(if_model(), [](Graph& graph) { graph.operators[1].inputs[0] = 1; }),
            "if: subgraph 1 operator 0 (ADD) input 0 has tensor index -2, the subgraph has tensors "
            "0 to 1");
}

TEST(EndlessWhile, IsGivenUpAndNamed) {
  EXPECT_EQ(refusal<NotModelled>(
                while_model(),
                // The body's first output is its first input.
                [](Graph& graph) { graph.subgraphs[1].outputs[0] = graph.subgraphs[1].inputs[0]; },
                {{1}, {0}, {0}, {1, 2, 3, 4}}),
            "while: operator 0 is still running after 100000 steps of one invocation: a WHILE that "
            "may never end");
}

TEST(BadVariable, ThatNothingAssignedIsRefused) {
  EXPECT_EQ(refusal<InputError>(running_sum_model(),
                                [](Graph& graph) {
                                  graph.operators[5].attributes = VarHandleAttributes{"", "other"};
                                }),
            "running_sum: operator 2 (READ_VARIABLE) reads variable 'sum' before anything has "
            "assigned it");
}

TEST(BadVariable, OfTwoSizesIsRefused) {
  EXPECT_THAT(refusal<InputError>(running_sum_model(),
                                  [](Graph& graph) {
                                    graph.tensors[5].shape = {1, 5};
                                    graph.tensors[5].data.push_back(0);
                                  }),
              HasSubstr("int8 1x5 for variable 'sum', which holds int8 1x4"));
}

TEST(Subgraphs, NestedWithoutMeasureAreRefused) {
  SubgraphMaker m("deep");
  const int x = m.int8(), y = m.int8();
  m.run(OpKind::kIf, {m.boolean_constant(true)}, {}, IfAttributes{1, 1});
  m.add(x, x, y);
  m.interface({x}, {y});
  for (int i = 1; i < 30; ++i) {
    m.begin_subgraph();
    m.run(OpKind::kIf, {m.boolean_constant(true)}, {}, IfAttributes{i + 1, i + 1});
  }
  m.begin_subgraph();
  EXPECT_THAT(refusal<NotModelled>(m.graph, [](Graph&) {}),
              HasSubstr("subgraphs run one another in more than 65536 steps"));
}

// Whatever bytes a file is damaged in: an answer, written back as it was, or a refusal.
TEST(DamagedSubgraphs, AreRefusedOrRun) {
  std::mt19937 random(7);
  int accepted = 0;
  for (const Graph& sound : {if_model(), while_model(), running_sum_model()}) {
    const std::vector<std::uint8_t> bytes = write_tflite(sound);
    for (int i = 0; i < 1500; ++i) {
      std::vector<std::uint8_t> damaged = bytes;
      for (int k = 0; k < 3; ++k) damaged[random() % bytes.size()] = random() % 8;
      try {
        const Graph graph = read_tflite(damaged, "damaged");
        EXPECT_EQ(write_tflite(read_tflite(write_tflite(graph), "damaged")), write_tflite(graph));
        Inputs inputs;
        for (const int input : graph.inputs) {
          const auto size = graph.tensors[static_cast<std::size_t>(input)].bytes();
          inputs.emplace_back(static_cast<std::size_t>(size), std::uint8_t{1});
        }
        (void)evaluate(graph, prepare(graph), inputs);
        ++accepted;
      } catch (const InputError& error) {
        EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      } catch (const NotModelled& error) {
        EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      }
    }
  }
  EXPECT_GT(accepted, 50);
}

TEST(Blocking, IsCollectedOverAllSubgraphs) {
  Graph graph = if_model();
  graph.operators[1].kind = OpKind::kRfft2D;
  graph.operators[2].kind = OpKind::kUnique;
  EXPECT_EQ(find_blocking(graph).text(), "operators RFFT2D (1), UNIQUE (1)");
}

}  // namespace
}  // namespace boardless::workloads
