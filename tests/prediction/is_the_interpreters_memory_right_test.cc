// Does an interpreter take the RAM that TensorFlow Lite Micro's allocator reports?
#include <gtest/gtest.h>

#include <string>

#include "cost_models/runtime.h"
#include "prediction/interpreter_memory.h"

namespace boardless::prediction {
namespace {

using workloads::DataType;
using workloads::Graph;
using workloads::OpKind;

const cost_models::InterpreterRecords& bundled_records() {
  static const cost_models::Runtime runtime = cost_models::load_runtime("interpreter");
  return *runtime.records;
}

// A convolution of three channels and its clamp.
Graph two_operators() {
  Graph graph;
  graph.tensors = {{"input", DataType::kInt8, {1, 4, 4, 2}, {{0.5F}, {0}}, {}},
                   {"filter", DataType::kInt8, {3, 1, 1, 2}, {{0.5F, 0.5F, 0.5F}, {0, 0, 0}}, {}},
                   {"sum", DataType::kInt8, {1, 4, 4, 3}, {{0.5F}, {0}}, {}},
                   {"output", DataType::kInt8, {1, 4, 4, 3}, {{0.5F}, {0}}, {}}};
  graph.operators.resize(2);
  graph.operators[0].kind = OpKind::kConv2D;
  graph.operators[0].inputs = {0, 1};
  graph.operators[0].outputs = {2};
  graph.operators[1].kind = OpKind::kRelu;
  graph.operators[1].inputs = {2};
  graph.operators[1].outputs = {3};
  graph.inputs = {0};
  graph.outputs = {3};
  return graph;
}

TEST(InterpreterMemory, IsTheSumOfItsRecords) {
  // Records as they are made: 124 of the allocator, 8 of the subgraph, 4 x 12 of tensors, 2 x 32 of
  // operators, 28 of the convolution's options: 272, which 16 divides. Kernels' data: 56 and 28 in
  // 64 and 32, two arrays of 3 words in 16 each: 400. The input's pointer in 16, and 32 + 16 + 4 of
  // its own: 468. The output's pointer ends at 480, and 52 follow.
  EXPECT_EQ(record_bytes(two_operators(), 0, bundled_records()), 532U);
}

TEST(InterpreterMemory, HasAHandleForEachScratchBuffer) {
  // Three handles fit into what aligns the pointers behind them, and a fourth does not.
  EXPECT_EQ(record_bytes(two_operators(), 3, bundled_records()), 532U);
  EXPECT_EQ(record_bytes(two_operators(), 4, bundled_records()), 532U + 16);
}

TEST(InterpreterMemory, PlanningMayTakeMoreThanRunning) {
  const Graph graph = two_operators();
  // 400 bytes of records stand when the arena is planned, and 144 + 4 x 24 + 3 x 40 are taken.
  const PlannedArena small{.bytes = 96, .blocks = 3};
  EXPECT_EQ(tensor_arena_bytes(graph, small, bundled_records()), 760U);
  const PlannedArena large{.bytes = 4096, .blocks = 3, .variable_bytes = 32};
  EXPECT_EQ(tensor_arena_bytes(graph, large, bundled_records()), 4096U + 532 + 32);
}

TEST(InterpreterMemory, NamesOperatorsAsTheFormatDoes) {
  for (const auto& [name, records] : bundled_records().operators) {
    const auto is_named = [&](int code) {
      return workloads::operator_name(static_cast<OpKind>(code)) == name;
    };
    bool known = false;
    for (int code = 0; code < 256; ++code) known = known || is_named(code);
    EXPECT_TRUE(known) << name;
  }
}

}  // namespace
}  // namespace boardless::prediction
