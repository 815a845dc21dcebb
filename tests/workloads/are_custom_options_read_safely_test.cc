// Are the options of custom operators checked before anything is read from them: no map, a value
// missing or of another kind, and any damage of the bytes?
#include <flatbuffers/flexbuffers.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "workloads/graph/graph.h"
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/reference_evaluator.h"

namespace boardless::workloads {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Bytes = std::vector<std::uint8_t>;

Bytes options(const std::function<void(flexbuffers::Builder&)>& add) {
  flexbuffers::Builder builder;
  builder.Map([&] { add(builder); });
  builder.Finish();
  return builder.GetBuffer();
}

// Four values through a SignalDelay.
Graph delay(Bytes custom_options) {
  Graph graph;
  graph.name = "delay";
  for (const char* name : {"input", "output"}) {
    Tensor tensor;
    tensor.name = name;
    tensor.type = DataType::kInt16;
    tensor.shape = {1, 4};
    graph.tensors.push_back(std::move(tensor));
  }
  graph.inputs = {0};
  graph.outputs = {1};
  graph.operators.push_back(
      {OpKind::kCustom, "SignalDelay", {0}, {1}, CustomAttributes{std::move(custom_options)}});
  return graph;
}

std::string refusal(const Bytes& custom_options) {
  try {
    (void)prepare(delay(custom_options));
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(CustomOptions, AreRead) {
  const Graph graph = delay(options([](auto& o) { o.Int("delay_length", 2); }));
  const Evaluation evaluation = evaluate(graph, prepare(graph), {{1, 0, 2, 0, 3, 0, 4, 0}});
  EXPECT_THAT(evaluation.output(graph), ::testing::ElementsAre(0, 0, 0, 0, 1, 0, 2, 0));
}

TEST(CustomOptions, ThatContradictTheDefinitionAreRefused) {
  const std::string where = "delay: operator 0 (CUSTOM SignalDelay): ";
  EXPECT_EQ(refusal({}), where + "its options are no FlexBuffers map");
  EXPECT_EQ(refusal({1, 2, 3, 4}), where + "its options are no FlexBuffers map");
  EXPECT_EQ(refusal(options([](auto&) {})), where + "it has no option 'delay_length'");
  EXPECT_EQ(refusal(options([](auto& o) { o.String("delay_length", "2"); })),
            where + "its option 'delay_length' is no integer");
  EXPECT_EQ(refusal(options([](auto& o) { o.Int("delay_length", -1); })),
            where + "its option 'delay_length' is -1; 0 to 1048576 is accepted");
  EXPECT_EQ(refusal(options([](auto& o) { o.Int("delay_length", std::int64_t{1} << 40); })),
            where + "its option 'delay_length' is 1099511627776, which is no 32-bit integer");
}

// Whatever a byte is turned into, the answer is a delay or a refusal that names the operator.
TEST(CustomOptions, WithAnyByteDamagedDoNoHarm) {
  const Bytes sound = options([](auto& o) {
    o.Int("delay_length", 2);
    o.String("name", "delay");
    o.Vector("more", [&] { o.Int(1000); });
  });
  int refused = 0;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    for (int value = 0; value < 256; value += 5) {
      Bytes damaged = sound;
      damaged[i] = static_cast<std::uint8_t>(value);
      const std::string said = refusal(damaged);
      if (said.empty()) continue;
      ++refused;
      EXPECT_THAT(said, StartsWith("delay: operator 0 (CUSTOM SignalDelay): "));
    }
  }
  EXPECT_GT(refused, 100);
  for (std::size_t size = 0; size < sound.size(); ++size) {
    (void)refusal(Bytes(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(size)));
  }
}

TEST(CustomOperator, ThatIsNotKnownIsNamed) {
  Graph graph = delay({});
  graph.operators[0].custom_name = "SignalOther";
  try {
    (void)prepare(graph);
    FAIL() << "prepared";
  } catch (const NotModelled& error) {
    EXPECT_THAT(error.what(), HasSubstr("operator CUSTOM SignalOther (1)"));
  }
}

}  // namespace
}  // namespace boardless::workloads
