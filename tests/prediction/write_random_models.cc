// Writes random single-operator models with inputs and the host's answers into a folder, for
// scripts/compare_with_tflite_micro.py to ask an outside judge.
//
//   write_random_models FOLDER [--seed N] [--count N] [--operators CONV_2D,PAD,…]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "prediction/predict.h"
#include "tests/prediction/random_operator.h"
#include "workloads/tflite/tflite.h"

namespace boardless::prediction {
namespace {

void write(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (!file) throw InputError(fmt::format("{} cannot be written", path.string()));
}

// What the host says of it: the outputs of the last invocation in `NAME.output`, or why there are
// none.
std::string answer(const RandomModel& model, const std::filesystem::path& stem) {
  try {
    const Workload workload = make_workload(model.graph, "", model.inputs, model.invocations);
    workloads::ReferenceRun run(workload.graph, workload.prepared);
    for (int i = 0; i < model.invocations; ++i) {
      run.begin(workload.inputs_of(i));
      while (run.step()) {
      }
    }
    std::vector<std::uint8_t> outputs;
    for (std::size_t i = 0; i < model.graph.outputs.size(); ++i) {
      const auto output = run.evaluation().output(model.graph, i);
      outputs.insert(outputs.end(), output.begin(), output.end());
    }
    write(stem.string() + ".output", outputs);
    return "";
  } catch (const NotModelled& error) {
    return std::string("not modelled: ") + error.what();
  } catch (const InputError& error) {
    return error.what();
  }
}

void write_models(const std::filesystem::path& folder, std::uint64_t seed, int count,
                  const std::vector<std::string>& operators) {
  std::filesystem::create_directories(folder);
  nlohmann::json list = nlohmann::json::array();
  for (const RandomKind& kind : random_kinds()) {
    const std::string op(kind.name());
    if (!operators.empty() && std::ranges::count(operators, op) == 0) continue;
    for (int i = 0; i < count; ++i) {
      const RandomModel model = random_model(kind, seed + static_cast<std::uint64_t>(i), 1);
      const std::string name = fmt::format("{}-{}", op, seed + static_cast<std::uint64_t>(i));
      const std::filesystem::path stem = folder / name;
      write(stem.string() + ".tflite", workloads::write_tflite(model.graph));
      write(stem.string() + ".input", model.inputs);
      list.push_back({{"name", name},
                      {"operator", op},
                      {"text", model.texts.front()},
                      {"inputs", model.graph.inputs.size()},
                      {"invocations", model.invocations},
                      {"outputs", model.graph.outputs.size()},
                      {"refused", answer(model, stem)}});
    }
  }
  const std::string text = list.dump(1);
  write(folder / "models.json", {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace
}  // namespace boardless::prediction

int main(int argc, char** argv) {
  CLI::App app("Writes random single-operator models with inputs and answers");
  std::string folder;
  std::uint64_t seed = 0;
  int count = 20;
  std::vector<std::string> operators;
  app.add_option("folder", folder)->required();
  app.add_option("--seed", seed, "of the first model of each operator");
  app.add_option("--count", count, "models of each operator");
  app.add_option("--operators", operators, "all by default")->delimiter(',');
  CLI11_PARSE(app, argc, argv);
  try {
    boardless::prediction::write_models(folder, seed, count, operators);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
