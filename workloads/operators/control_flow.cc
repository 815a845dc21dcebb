// The operators that run other subgraphs: IF, WHILE and CALL_ONCE. What they copy in and out is
// copied when TensorFlow Lite Micro copies it.
#include "workloads/operators/families.h"
#include "workloads/operators/scheduler.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kIfOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::IfOptions>(stored, "IfOptions");
      return IfAttributes{options.then_subgraph_index(), options.else_subgraph_index()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<IfAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::IfOptions,
              tflite::CreateIfOptions(builder, a.then_subgraph, a.else_subgraph).Union()};
        },
    .version = first_version};

constexpr OptionsCodec kWhileOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::WhileOptions>(stored, "WhileOptions");
      return WhileAttributes{options.cond_subgraph_index(), options.body_subgraph_index()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<WhileAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::WhileOptions,
              tflite::CreateWhileOptions(builder, a.condition_subgraph, a.body_subgraph).Union()};
        },
    .version = first_version};

constexpr OptionsCodec kCallOnceOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      return CallOnceAttributes{
          required<tflite::CallOnceOptions>(stored, "CallOnceOptions").init_subgraph_index()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const int subgraph = attributes_of<CallOnceAttributes>(op).subgraph;
          return WrittenOptions{BuiltinOptions::CallOnceOptions,
                                tflite::CreateCallOnceOptions(builder, subgraph).Union()};
        },
    .version = first_version};

// Input 0 is the condition.
void schedule_if(Scheduler& s, int index) {
  const Operator& op = s.op(index);
  const auto& a = attributes_of<IfAttributes>(op);
  const std::vector<int> operands(op.inputs.begin() + 1, op.inputs.end());
  const auto branch = [&](int number) {
    const Subgraph part = s.part(number);
    s.copy(index, operands, part.inputs, fmt::format("inputs of subgraph {}", number));
    s.run(number);
    s.copy(index, part.outputs, op.outputs, fmt::format("outputs of subgraph {}", number));
  };
  const int to_else = s.jump_unless(index, op.inputs[0]);
  branch(a.then_subgraph);
  const int to_end = s.jump(index);
  s.land(to_else);
  branch(a.else_subgraph);
  s.land(to_end);
}

void schedule_while(Scheduler& s, int index) {
  const Operator& op = s.op(index);
  const auto& a = attributes_of<WhileAttributes>(op);
  const Subgraph condition = s.part(a.condition_subgraph);
  const Subgraph body = s.part(a.body_subgraph);
  if (condition.outputs.size() != 1) {
    s.fail(index, "its condition, subgraph {}, has {} outputs; its definition gives one",
           a.condition_subgraph, condition.outputs.size());
  }
  s.copy(index, op.inputs, condition.inputs, "inputs of the condition");
  const int again = s.here();
  s.run(a.condition_subgraph);
  const int to_end = s.jump_unless(index, condition.outputs[0]);
  s.copy(index, condition.inputs, body.inputs, "inputs of the body");
  s.run(a.body_subgraph);
  s.copy(index, body.outputs, condition.inputs, "outputs of the body");
  s.jump_back(index, again);
  s.land(to_end);
  s.copy(index, condition.inputs, op.outputs, "outputs");
}

void schedule_call_once(Scheduler& s, int index) {
  const int to_end = s.jump_if_done(index);
  s.run(attributes_of<CallOnceAttributes>(s.op(index)).subgraph);
  s.land(to_end);
}

constexpr Signature kAnyOperands{
    .min_inputs = 1, .max_inputs = kAny, .max_outputs = kAny, .min_outputs = 0};
constexpr Signature kNoOperands{
    .min_inputs = 0, .max_inputs = 0, .max_outputs = 0, .min_outputs = 0};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kIf,
     .signature = kAnyOperands,
     .options = &kIfOptions,
     .layer_class = LayerClass::kMovement,
     .schedule = schedule_if},
    {.kind = OpKind::kWhile,
     .signature = kAnyOperands,
     .options = &kWhileOptions,
     .layer_class = LayerClass::kMovement,
     .note = "given up after 100,000 steps of an invocation",
     .schedule = schedule_while},
    {.kind = OpKind::kCallOnce,
     .signature = kNoOperands,
     .options = &kCallOnceOptions,
     .layer_class = LayerClass::kView,
     .schedule = schedule_call_once},
};

}  // namespace

std::span<const OperatorRecord> control_flow_operators() { return kRecords; }

}  // namespace boardless::workloads
