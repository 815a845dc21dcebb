// Groups targets by kernel image, runs each image once, and writes the predictions.
#include "prediction/predict.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/data_files.h"
#include "base/error.h"
#include "base/sha256.h"
#include "cost_models/energy.h"
#include "prediction/failure.h"
#include "prediction/memory_use.h"
#include "prediction/model_input.h"
#include "prediction/model_output.h"
#include "prediction/provenance.h"
#include "toolchain/build_note.h"

namespace boardless::prediction {
namespace {

using cost_models::CoreModel;
using cost_models::StallCause;

// Targets that run the same kernel image, with their core models.
struct ImageGroup {
  std::vector<PricedTarget> targets;
  std::vector<std::size_t> order;  // position of each in the caller's list
};

StallCycles stall_cycles(const cost_models::StallCounts& counts) {
  StallCycles result;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    result[std::string(cost_models::stall_cause_name(static_cast<StallCause>(i)))] = counts[i];
  }
  return result;
}

Layer make_layer(const Workload& workload, const ModelRun& run, std::size_t index,
                 std::size_t target_index, const targets::Target& target) {
  const workloads::Operator& op = workload.graph.operators[index];
  const workloads::Tensor& output =
      workload.graph.tensors[static_cast<std::size_t>(op.outputs.front())];
  const OperatorRun& ran = run.operators[index];
  const cost_models::TimingRun::Cost& cost = ran.costs[target_index];
  Layer layer;
  layer.index = static_cast<int>(index);
  layer.op = workloads::operator_name(op.kind);
  layer.name = output.name;
  layer.kernel = ran.kernel.function;
  layer.output_shape = shape_text(output);
  layer.macs = workloads::macs(workload.graph, op);
  layer.cycles = cost.cycles;
  layer.instructions = cost.instructions;
  layer.latency_ms = cost_models::latency_ms(target, cost.cycles);
  layer.energy_uj = cost_models::run_energy(target, cost.cycles).energy_uj;
  layer.stalls = stall_cycles(cost.stalls);
  layer.note = ran.kernel.note;
  return layer;
}

Prediction make_prediction(const Workload& workload, const KernelImage& image, const ModelRun& run,
                           std::size_t target_index, const PricedTarget& priced,
                           const cost_models::Runtime& runtime) {
  const targets::Target& target = *priced.target;
  Prediction prediction;
  prediction.model = workload.graph.name;
  prediction.model_sha256 = workload.sha256;
  prediction.macs = workloads::macs(workload.graph);
  prediction.parameters = workloads::parameters(workload.graph);
  prediction.target = target.name;
  prediction.target_description = target.description;
  prediction.core = target.core;
  prediction.clock_hz = target.clock_hz;
  if (target.price_usd) prediction.price_usd = target.price_usd->value();
  prediction.kernels = run.library;
  prediction.image = run.image;
  prediction.compiler = image.compiler;
  prediction.compiler_flags = image.compiler_flags;
  bool bit_exact = true;
  for (std::size_t i = 0; i < run.operators.size(); ++i) {
    prediction.layers.push_back(make_layer(workload, run, i, target_index, target));
    const Layer& layer = prediction.layers.back();
    prediction.cycles += layer.cycles;
    prediction.instructions += layer.instructions;
    for (const auto& [cause, cycles] : layer.stalls) prediction.stalls[cause] += cycles;
    bit_exact = bit_exact && run.operators[i].equals_reference;
  }
  prediction.bit_exact = bit_exact;
  prediction.latency_ms = cost_models::latency_ms(target, prediction.cycles);
  prediction.energy_uj = cost_models::run_energy(target, prediction.cycles).energy_uj;
  prediction.output_sha256 = sha256_hex(run.output);
  prediction.output_argmax = output_argmax(workload.graph, run.output);
  fill_memory_use(workload, run, target, runtime, prediction);
  fill_provenance(workload, run, target_index, target, runtime, prediction);
  return prediction;
}

// Which image a target runs: the chip may lack the core's FPU.
const std::string& image_name(const targets::Target& target, const CoreModel& core) {
  return target.fpu && !core.fpu_image.empty() ? core.fpu_image : core.image;
}

}  // namespace

Workload make_workload(workloads::Graph graph, std::string sha256,
                       std::optional<std::vector<std::uint8_t>> input_file) {
  Workload workload;
  workload.graph = std::move(graph);
  workload.sha256 = std::move(sha256);
  workload.prepared = workloads::prepare(workload.graph);
  workload.inputs =
      input_file ? inputs_from_file(workload.graph, *input_file) : random_inputs(workload.graph);
  workload.expected = workloads::evaluate(workload.graph, workload.prepared, workload.inputs);
  return workload;
}

KernelImage bundled_image(const std::string& name) {
  const toolchain::BuildNote note = toolchain::read_build_note(name);
  return {sim::load_elf(data_directory() / "kernels" / (name + ".elf")), note.compiler,
          note.all_flags()};
}

std::vector<std::string> needed_images(std::span<const targets::Target> targets,
                                       CoreModels& cores) {
  std::set<std::string> names;
  for (const targets::Target& target : targets) {
    names.insert(image_name(target, cores.get(target.core)));
  }
  return {names.begin(), names.end()};
}

std::vector<Answer> answers(const Workload& workload, std::span<const targets::Target> targets,
                            const PredictOptions& options) {
  CoreModels& cores = *options.cores;
  std::map<std::string, ImageGroup> groups;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const CoreModel& core = cores.get(targets[i].core);
    ImageGroup& group = groups[image_name(targets[i], core)];
    group.targets.push_back({&targets[i], &core});
    group.order.push_back(i);
  }

  std::vector<Answer> result(targets.size());
  const std::size_t operators = workload.graph.operators.size();
  std::size_t started = 0;
  for (const auto& [name, group] : groups) {
    std::size_t done = operators * started++;
    const auto one_done = [&] {
      if (options.progress) options.progress(++done, groups.size() * operators);
    };
    const std::exception_ptr error = failure_of([&] {
      const KernelImage image = options.image(name);
      const ModelRun run = run_model(workload, isa::find_variant(name), image.elf, options.kernels,
                                     group.targets, one_done);
      if (options.on_run) options.on_run(run);
      for (std::size_t i = 0; i < group.targets.size(); ++i) {
        result[group.order[i]].prediction =
            make_prediction(workload, image, run, i, group.targets[i], options.runtime);
      }
    });
    if (!error) continue;
    for (const std::size_t i : group.order) result[i] = {std::nullopt, error};
  }
  return result;
}

std::vector<Prediction> predict(const Workload& workload, std::span<const targets::Target> targets,
                                const PredictOptions& options) {
  std::vector<Prediction> predictions;
  for (Answer& answer : answers(workload, targets, options)) {
    if (answer.error) std::rethrow_exception(answer.error);
    predictions.push_back(std::move(*answer.prediction));
  }
  return predictions;
}

}  // namespace boardless::prediction
