// The whole question: this model on these targets. One functional run per kernel image, a
// Prediction per target.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cost_models/runtime.h"
#include "prediction/core_models.h"
#include "prediction/footprint.h"
#include "prediction/kernel_library.h"
#include "prediction/model_run.h"
#include "prediction/prediction.h"
#include "targets/target.h"

namespace boardless::prediction {

// The kernels of one instruction set, and how they were compiled.
struct KernelImage {
  sim::ElfImage elf;
  std::string compiler;
  std::string compiler_flags;
};

// The bundled one of that name, such as "v7e-m-fp".
KernelImage bundled_image(const std::string& name);

struct PredictOptions {
  KernelRequest kernels;
  // Called once for each image that the targets need.
  std::function<KernelImage(const std::string& name)> image = bundled_image;
  cost_models::Runtime runtime;
  std::optional<cost_models::Planner> planner = {};  // of the arena; the runtime's when absent
  // Shared by whoever asks about the same cores again.
  std::shared_ptr<CoreModels> cores = std::make_shared<CoreModels>();
  // Called with operators done and operators in all over the whole call; may be empty. What it
  // throws ends the call.
  std::function<void(std::size_t done, std::size_t total)> progress;
  // Called with each functional run, one for each image; may be empty.
  std::function<void(const ModelRun&)> on_run;
};

// Prepares and evaluates a model. `input_file` holds inputs of one invocation or of each
// (inputs_from_file()); without it seeded pseudo-random inputs are used: time does not depend on
// them.
Workload make_workload(workloads::Graph graph, std::string sha256,
                       std::optional<std::vector<std::uint8_t>> input_file, int invocations = 1);

// The image that a target runs: the chip may lack the core's FPU.
const std::string& image_name(const targets::Target& target, const cost_models::CoreModel& core);

// Names of the images that the targets run, sorted.
std::vector<std::string> needed_images(std::span<const targets::Target> targets, CoreModels& cores);

// A target's prediction, or what kept it from having one: GuestFault, NotModelled or InputError.
struct Answer {
  std::optional<Prediction> prediction;
  std::exception_ptr error;
  Footprint footprint = {};  // of a prediction
};

// One answer per target, in their order. Targets that run the same image share what happens in it.
std::vector<Answer> answers(const Workload& workload, std::span<const targets::Target> targets,
                            const PredictOptions& options);

// The same for whoever needs all of them: throws the first error.
std::vector<Prediction> predict(const Workload& workload, std::span<const targets::Target> targets,
                                const PredictOptions& options);

}  // namespace boardless::prediction
