// Does an interpreter take the RAM that TensorFlow Lite Micro's allocator reports?
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cost_models/runtime.h"
#include "prediction/footprint.h"
#include "prediction/interpreter_memory.h"
#include "targets/target.h"
#include "workloads/operators/operator_record.h"

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
  EXPECT_EQ(record_bytes(two_operators(), {}, bundled_records()), 532U);
}

TEST(InterpreterMemory, HasAHandleForEachScratchBuffer) {
  // Three handles fit into what aligns the pointers behind them, and a fourth does not.
  EXPECT_EQ(record_bytes(two_operators(), {0, 1, 1}, bundled_records()), 532U);
  EXPECT_EQ(record_bytes(two_operators(), {0, 0, 1, 1}, bundled_records()), 532U + 16);
}

TEST(InterpreterMemory, PlanningNeedsItsLists) {
  // 400 bytes of records stand when the arena is planned, and 144 + 4 x 24 + 3 x 40 are taken.
  EXPECT_EQ(planning_bytes(two_operators(), {.activations = 3}, bundled_records()), 760U);
}

Footprint footprint(Bytes arena, Bytes records, Bytes planning) {
  Footprint model;
  model.arena_bytes = arena;
  model.record_bytes = records;
  model.planning_bytes = planning;
  return model;
}

Bytes tensor_arena_of(const std::vector<Footprint>& models) {
  static const cost_models::Runtime runtime = cost_models::load_runtime("interpreter");
  return *memory_use(models, 0, targets::load_target("nrf52840"), runtime).sram.tensor_arena_bytes;
}

TEST(InterpreterMemory, PlanningMayTakeMoreThanRunning) {
  const Bytes allocator = bundled_records().allocator_bytes;
  EXPECT_EQ(tensor_arena_of({footprint(96, 400, 700)}), allocator + 700);
  EXPECT_EQ(tensor_arena_of({footprint(4096, 400, 700)}), allocator + 4096 + 400);
}

// What the first has recorded stands when the second is planned.
TEST(InterpreterMemory, OfSeveralModelsIsSharedButForTheRecords) {
  const Bytes allocator = bundled_records().allocator_bytes;
  EXPECT_EQ(tensor_arena_of({footprint(4096, 400, 700), footprint(2048, 300, 500)}),
            allocator + 4096 + 400 + 300);
  EXPECT_EQ(tensor_arena_of({footprint(96, 400, 700), footprint(96, 300, 900)}),
            allocator + 400 + 900);
}

TEST(InterpreterMemory, NamesOperatorsAsTheFormatDoes) {
  for (const auto& [name, records] : bundled_records().operators) {
    const auto is_named = [&](int code) {
      return workloads::operator_name(static_cast<OpKind>(code)) == name;
    };
    bool known = false;
    for (int code = 0; code < 256; ++code) known = known || is_named(code);
    for (const workloads::OperatorRecord* record : workloads::all_operators()) {
      known = known || record->custom_name == name;
    }
    EXPECT_TRUE(known) << name;
  }
}

}  // namespace
}  // namespace boardless::prediction
