// Reads models and targets.
#include "tests/prediction/real_models.h"

#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include "base/data_files.h"
#include "cost_models/core_model.h"
#include "cost_models/runtime.h"
#include "tests/outside_data.h"
#include "workloads/tflite/tflite.h"
#include "workloads/zoo/zoo.h"

namespace boardless::prediction {

namespace {

constexpr std::string_view kZoo = "zoo:";

std::filesystem::path model_path(const std::string& file) { return models_folder() / file; }

}  // namespace

bool has_model(const std::string& model) {
  return model.starts_with(kZoo) || std::filesystem::exists(model_path(model));
}

std::string needs_model(const std::string& model) { return needs("models", model_path(model)); }

Workload model_workload(const std::string& model, const std::string& input) {
  std::optional<std::vector<std::uint8_t>> bytes;
  if (!input.empty()) bytes = read_file(model_path("inputs/" + input));
  workloads::Graph graph = model.starts_with(kZoo)
                               ? workloads::make_zoo_model(model.substr(kZoo.size()))
                               : workloads::read_tflite_file(model_path(model));
  return make_workload(std::move(graph), "", std::move(bytes));
}

std::vector<targets::Target> bundled_targets() {
  std::vector<targets::Target> targets;
  for (const std::string& name : targets::target_names()) {
    targets.push_back(targets::load_target(name));
  }
  return targets;
}

std::vector<targets::Target> one_target_per_image() {
  std::vector<targets::Target> targets;
  std::set<std::string> images;
  CoreModels cores;
  for (targets::Target& target : bundled_targets()) {
    if (images.insert(needed_images({&target, 1}, cores).front()).second) {
      targets.push_back(std::move(target));
    }
  }
  return targets;
}

PredictOptions predict_options(KernelPreference kernels) {
  return {.kernels = kernels,
          .runtime = cost_models::load_runtime("ahead-of-time"),
          .progress = {},
          .on_run = {}};
}

}  // namespace boardless::prediction
