// The models that tests run: networks of the zoo, and public ones where their folder is present.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "prediction/predict.h"
#include "prediction/prediction.h"
#include "targets/target.h"
#include "tests/slow_build.h"

namespace boardless::prediction {

inline constexpr const char* kTooSlow = "needs an optimised build: it takes minutes in this one";

// `model` is a file of the public models, or "zoo:" and a network of ours, which is always there.
bool has_model(const std::string& model);
// Why to skip where it is not.
std::string needs_model(const std::string& model);
// The model on a file of the models' inputs, or on random bytes.
Workload model_workload(const std::string& model, const std::string& input = "");

std::vector<targets::Target> bundled_targets();
// Of the bundled targets the first for each kernel image.
std::vector<targets::Target> one_target_per_image();

// Options with the ahead-of-time runtime.
PredictOptions predict_options(KernelPreference kernels = KernelPreference::kAuto);

}  // namespace boardless::prediction
