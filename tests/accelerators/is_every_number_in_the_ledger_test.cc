// Is every number that changes an accelerator's prediction among its sources?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "prediction/accelerator_prediction.h"
#include "reports/views.h"
#include "tests/ledger_changes.h"
#include "tests/scratch_folder.h"
#include "tests/yaml_numbers.h"
#include "workloads/zoo/zoo.h"

namespace boardless::prediction {
namespace {

std::string without_sources(Prediction prediction) {
  prediction.estimates.clear();
  prediction.sources.clear();
  prediction.data_sha256.reset();  // of all numbers, whatever they change
  return reports::to_json({"test", {prediction}, {}});
}

Prediction predicted(const workloads::Graph& graph, const cost_models::AcceleratorModel& model) {
  return predict_on_accelerator(graph, "", model, {},
                                [](const std::string&, const workloads::Graph& part) {
                                  return std::vector<double>(part.operators.size(), 0.5);
                                });
}

class AcceleratorNumbers : public testing::TestWithParam<const char*> {};

TEST_P(AcceleratorNumbers, ThatChangeThePredictionAreNamed) {
  const auto bytes = read_file(data_directory() / "targets" / "accelerators" /
                               (std::string(GetParam()) + ".yaml"));
  const std::string text(bytes.begin(), bytes.end());
  const ScratchFolder folder;
  const auto load = [&](const std::string& changed) {
    return cost_models::load_accelerator(folder.write("part.yaml", changed).string());
  };
  const cost_models::AcceleratorModel model = load(text);
  const std::vector<workloads::Graph> graphs{
      workloads::make_zoo_shapes("mobilenet_v2", {}),
      workloads::make_zoo_shapes("deeplab_v3_mobilenet_v2", {})};
  std::vector<Prediction> before;
  for (const workloads::Graph& graph : graphs) before.push_back(predicted(graph, model));
  std::size_t moved = 0;
  for (const YamlNumber& number : numbers_of(text)) {
    std::vector<std::string> numbers;
    std::vector<Prediction> after;
    try {
      const cost_models::AcceleratorModel changed = load(raised(text, number));
      numbers = changed_numbers(model.numbers, changed.numbers);
      for (const workloads::Graph& graph : graphs) after.push_back(predicted(graph, changed));
    } catch (const InputError&) {
      continue;
    }
    EXPECT_EQ(numbers.size(), 1U) << number.line << ": " << number.digits << " is entered once";
    for (std::size_t i = 0; i < graphs.size(); ++i) {
      if (without_sources(before[i]) == without_sources(after[i])) continue;
      ++moved;
      EXPECT_THAT(before[i].sources, testing::Contains(testing::HasSubstr(numbers.at(0))))
          << numbers.at(0) << " changes " << graphs[i].name;
    }
  }
  EXPECT_GT(moved, 8U) << "some numbers matter";
}

INSTANTIATE_TEST_SUITE_P(Some, AcceleratorNumbers,
                         testing::Values("coral-usb3", "ethos-u55-128", "imx500", "kendryte-k210",
                                         "max78000"),
                         [](const auto& name) {
                           std::string word = name.param;
                           for (char& letter : word) letter = letter == '-' ? '_' : letter;
                           return word;
                         });

}  // namespace
}  // namespace boardless::prediction
