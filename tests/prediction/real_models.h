// The public models that tests run where their folder is present, and how much of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "prediction/predict.h"
#include "prediction/prediction.h"
#include "targets/target.h"

namespace boardless::prediction {

// Without optimisation, and with sanitizers, everything takes some ten times as long.
#ifdef NDEBUG
inline constexpr bool kIsSlowBuild = false;
#else
inline constexpr bool kIsSlowBuild = true;
#endif

std::filesystem::path model_path(const std::string& file);
bool has_model(const std::string& file);
// The model on a file of the models' inputs, or on random bytes.
Workload model_workload(const std::string& file, const std::string& input = "");

std::vector<targets::Target> bundled_targets();
// Of the bundled targets the first for each kernel image.
std::vector<targets::Target> one_target_per_image();

// Options with the ahead-of-time runtime.
PredictOptions predict_options(KernelPreference kernels = KernelPreference::kAuto);

}  // namespace boardless::prediction
