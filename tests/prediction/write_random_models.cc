// Writes random single-operator models with inputs and the host's answers into a folder, for
// scripts/compare_with_tflite_micro.py to ask an outside judge.
//
//   write_random_models FOLDER [--seed N] [--count N] [--operators CONV_2D,PAD,…]
//   write_random_models FOLDER --seed N --operators CONV_2D --least 3,7 [--least 3,8 …]
//
//   write_random_models FOLDER --models FOLDER
//
// The second form writes variants of one model: the draws of these numbers give their lower bound.
// The third writes the models of a folder and those below it, with random inputs; the folder that
// holds one stands for its operator.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "prediction/predict.h"
#include "tests/prediction/random_builder.h"
#include "tests/prediction/write_file.h"
#include "workloads/tflite/tflite.h"

namespace boardless::prediction {
namespace {

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
    write_file(stem.string() + ".output", outputs);
    return "";
  } catch (const NotModelled& error) {
    return std::string("not modelled: ") + error.what();
  } catch (const InputError& error) {
    return error.what();
  }
}

// Writes the model as `name`, and tells of it.
nlohmann::json written(const RandomKind& kind, const RandomModel& model,
                       const std::filesystem::path& folder, const std::string& name) {
  const std::filesystem::path stem = folder / name;
  write_file(stem.string() + ".tflite", workloads::write_tflite(model.graph));
  write_file(stem.string() + ".input", model.inputs);
  return {{"name", name},
          {"operator", kind.name()},
          {"text", model.texts.front()},
          {"draws", model.draws},
          {"inputs", model.graph.inputs.size()},
          {"invocations", model.invocations},
          {"outputs", model.graph.outputs.size()},
          {"refused", answer(model, stem)}};
}

void write_models(const std::filesystem::path& folder, std::uint64_t seed, int count,
                  const std::vector<std::string>& operators,
                  const std::vector<std::vector<int>>& variants) {
  std::filesystem::create_directories(folder);
  nlohmann::json list = nlohmann::json::array();
  for (const RandomKind& kind : random_kinds()) {
    const std::string op(kind.name());
    if (!operators.empty() && std::ranges::count(operators, op) == 0) continue;
    for (std::size_t i = 0; i < variants.size(); ++i) {
      const std::string name = fmt::format("{}-{}-{}", op, seed, i);
      try {
        list.push_back(written(kind, random_model(kind, seed, 1, variants[i]), folder, name));
      } catch (const std::exception&) {
        continue;  // draws that do not go together: there is no such variant
      }
    }
    for (int i = 0; i < (variants.empty() ? count : 0); ++i) {
      const std::uint64_t own = seed + static_cast<std::uint64_t>(i);
      list.push_back(
          written(kind, random_model(kind, own, 1), folder, fmt::format("{}-{}", op, own)));
    }
  }
  write_document(folder / "models.json", list);
}

// A model of a file, or what is wrong with it.
nlohmann::json written(const std::filesystem::path& file, const std::filesystem::path& below,
                       const std::filesystem::path& folder, std::size_t number) {
  RandomModel model;
  const std::string name = fmt::format("{:04}", number);
  nlohmann::json row = {{"name", name},
                        {"operator", file.parent_path().lexically_relative(below).string()},
                        {"text", file.lexically_relative(below).string()},
                        {"draws", 0},
                        {"inputs", 0},
                        {"invocations", 1},
                        {"outputs", 0}};
  const std::filesystem::path stem = folder / name;
  std::filesystem::copy_file(file, stem.string() + ".tflite");
  try {
    model.graph = workloads::read_tflite_file(file);
    Dice dice(number);
    for (const int input : model.graph.inputs) {
      const std::vector<std::uint8_t> values =
          random_values(dice, model.graph.tensors[static_cast<std::size_t>(input)]);
      model.inputs.insert(model.inputs.end(), values.begin(), values.end());
    }
    row["inputs"] = model.graph.inputs.size();
    row["outputs"] = model.graph.outputs.size();
    row["refused"] = answer(model, stem);
  } catch (const std::exception& error) {
    row["refused"] = error.what();
  }
  write_file(stem.string() + ".input", model.inputs);
  return row;
}

void write_models_of(const std::filesystem::path& from, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(from)) {
    if (entry.path().extension() == ".tflite") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  nlohmann::json list = nlohmann::json::array();
  for (const std::filesystem::path& file : files) {
    list.push_back(written(file, from, folder, list.size()));
  }
  write_document(folder / "models.json", list);
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
  std::vector<std::string> least;
  app.add_option("--least", least, "numbers of draws: a variant where they give the least");
  std::string models;
  app.add_option("--models", models, "a folder of models that are given inputs and answered");
  CLI11_PARSE(app, argc, argv);
  std::vector<std::vector<int>> variants;
  for (const std::string& text : least) {
    std::vector<int>& draws = variants.emplace_back();
    std::istringstream numbers(text);
    for (std::string number; std::getline(numbers, number, ',');) {
      draws.push_back(std::stoi(number));
    }
  }
  try {
    if (!models.empty()) {
      boardless::prediction::write_models_of(models, folder);
      return 0;
    }
    boardless::prediction::write_models(folder, seed, count, operators, variants);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
