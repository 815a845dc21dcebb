// Reads models and targets.
#include "tests/prediction/real_models.h"

#include <set>
#include <utility>

#include "base/data_files.h"
#include "cost_models/core_model.h"
#include "cost_models/runtime.h"
#include "workloads/tflite/tflite.h"

namespace boardless::prediction {

std::filesystem::path model_path(const std::string& file) {
  return std::filesystem::path(BOARDLESS_MODELS_DIR) / file;
}

bool has_model(const std::string& file) { return std::filesystem::exists(model_path(file)); }

Workload model_workload(const std::string& file, const std::string& input) {
  std::optional<std::vector<std::uint8_t>> bytes;
  if (!input.empty()) bytes = read_file(model_path("inputs/" + input));
  return make_workload(workloads::read_tflite_file(model_path(file)), "", std::move(bytes));
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
  for (targets::Target& target : bundled_targets()) {
    if (images.insert(needed_images({&target, 1}).front()).second) {
      targets.push_back(std::move(target));
    }
  }
  return targets;
}

PredictOptions predict_options(KernelPreference kernels) {
  return {
      .kernels = kernels, .runtime = cost_models::load_runtime("ahead-of-time"), .progress = {}};
}

}  // namespace boardless::prediction
