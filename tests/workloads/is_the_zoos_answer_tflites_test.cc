// Is the host evaluator's answer on networks of the zoo the one that TensorFlow Lite Micro gave,
// bit for bit? Its answers were recorded by scripts/record_tflite_answers.py.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "tests/parameter_name.h"
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/reference_evaluator.h"
#include "workloads/tflite/tflite.h"
#include "workloads/zoo/zoo.h"

namespace boardless::workloads {
namespace {

struct Answer {
  std::string network, model_sha256;
  std::uint32_t seed = 0;
  int invocations = 0;
  std::string output_sha256;
};

void PrintTo(const Answer& answer, std::ostream* out) { *out << answer.network << answer.seed; }

std::vector<Answer> recorded_answers() {
  std::ifstream file(BOARDLESS_SOURCE_DIR "/tests/workloads/golden/tflite_answers.txt");
  std::vector<Answer> answers;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    Answer answer;
    std::istringstream(line) >> answer.network >> answer.model_sha256 >> answer.seed >>
        answer.invocations >> answer.output_sha256;
    answers.push_back(answer);
  }
  return answers;
}

// Of "NAME:key=value,key=value".
Graph make_network(const std::string& text) {
  std::istringstream words(text);
  std::string name;
  std::getline(words, name, ':');
  std::map<std::string, std::string> settings;
  for (std::string setting; std::getline(words, setting, ',');) {
    const std::size_t equals = setting.find('=');
    settings[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  return make_zoo_model(name, settings);
}

// The high bytes of a linear congruential sequence; divided by 255 where the network takes floats.
std::vector<std::uint8_t> next_input(const Tensor& tensor, std::uint32_t& seed) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(tensor.bytes()));
  const std::size_t size = bytes.size() / static_cast<std::size_t>(tensor.elements());
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    seed = seed * 1664525U + 1013904223U;
    const auto byte = static_cast<std::uint8_t>(seed >> 24U);
    if (tensor.type == DataType::kFloat32) {
      const float value = static_cast<float>(byte) / 255.0F;
      std::memcpy(&bytes[at], &value, sizeof value);
    } else {
      bytes[at] = byte;
    }
  }
  return bytes;
}

class ZooAnswer : public testing::TestWithParam<Answer> {};

TEST_P(ZooAnswer, IsTheRecordedOne) {
  const Answer& answer = GetParam();
  const Graph graph = make_network(answer.network);
  ASSERT_EQ(sha256_hex(write_tflite(graph)), answer.model_sha256)
      << "the network is another one now; record its answers again";
  const Tensor& input = graph.tensors[static_cast<std::size_t>(graph.inputs.at(0))];
  const PreparedModel model = prepare(graph);
  ReferenceRun run(graph, model, Rounding::kDouble);
  std::uint32_t seed = answer.seed;
  std::vector<std::uint8_t> outputs;
  for (int i = 0; i < answer.invocations; ++i) {
    run.begin({next_input(input, seed)});
    while (run.step()) {
    }
    for (std::size_t output = 0; output < graph.outputs.size(); ++output) {
      const auto bytes = run.evaluation().output(graph, output);
      outputs.insert(outputs.end(), bytes.begin(), bytes.end());
    }
  }
  EXPECT_EQ(sha256_hex(outputs), answer.output_sha256);
}

INSTANTIATE_TEST_SUITE_P(Recorded, ZooAnswer, testing::ValuesIn(recorded_answers()),
                         [](const auto& tested) {
                           return parameter_name(tested.param.network + " " +
                                                 std::to_string(tested.param.seed));
                         });

}  // namespace
}  // namespace boardless::workloads
