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
#include "prediction/digests.h"
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

// What stands for an operator in reports: what it writes, or of one without outputs what it reads.
const workloads::Tensor* shown_tensor(const workloads::Graph& graph,
                                      const workloads::Operator& op) {
  if (!op.outputs.empty()) return &graph.tensors[static_cast<std::size_t>(op.outputs.front())];
  if (!op.inputs.empty()) return &graph.tensors[static_cast<std::size_t>(op.inputs.back())];
  return nullptr;
}

// Without what its kernels cost.
Layer empty_layer(const workloads::Graph& graph, int index) {
  const workloads::Operator& op = graph.operators[static_cast<std::size_t>(index)];
  Layer layer;
  layer.index = index;
  layer.op = op.custom_name.empty() ? workloads::operator_name(op.kind) : op.custom_name;
  if (const workloads::Tensor* tensor = shown_tensor(graph, op)) {
    layer.name = tensor->name;
    layer.output_shape = shape_text(*tensor);
  }
  return layer;
}

// Adds a kernel that ran for the layer's operator: most operators have one, IF and WHILE one for
// each tensor that they copy.
void add_kernel(Layer& layer, const OperatorRun& ran, std::int64_t macs, std::size_t target_index) {
  const cost_models::TimingRun::Cost& cost = ran.costs[target_index];
  layer.kernel = ran.kernel.function;
  layer.note = ran.kernel.note;
  layer.macs += macs * ran.runs;
  layer.cycles += cost.cycles;
  layer.instructions += cost.instructions;
  for (const auto& [cause, cycles] : stall_cycles(cost.stalls)) layer.stalls[cause] += cycles;
}

// What comes nearer to its bound.
bool is_nearer(const UlpDifference& a, const UlpDifference& b) {
  return static_cast<double>(a.ulp) * static_cast<double>(b.bound_ulp) >
         static_cast<double>(b.ulp) * static_cast<double>(a.bound_ulp);
}

void add_difference(Layer& layer, const OperatorRun& ran) {
  if (ran.ulp_bound == 0) return;
  const UlpDifference difference{ran.ulp, ran.ulp_bound};
  if (!layer.difference || is_nearer(difference, *layer.difference)) layer.difference = difference;
}

// One for each operator of the graph, those of subgraphs behind the main one's.
std::vector<Layer> make_layers(const Workload& workload, const ModelRun& run,
                               std::size_t target_index, const targets::Target& target) {
  const workloads::Graph& graph = workload.graph;
  std::vector<Layer> layers;
  for (int i = 0; i < static_cast<int>(graph.operators.size()); ++i) {
    layers.push_back(empty_layer(graph, i));
  }
  for (std::size_t i = 0; i < run.operators.size(); ++i) {
    const auto index = static_cast<std::size_t>(workload.prepared.operators[i].operator_index);
    add_kernel(layers[index], run.operators[i], macs(graph, graph.operators[index]), target_index);
    add_difference(layers[index], run.operators[i]);
  }
  for (Layer& layer : layers) {
    layer.latency_ms = cost_models::latency_ms(target, layer.cycles);
    layer.energy_uj = cost_models::run_energy(target, layer.cycles).energy_uj;
  }
  return layers;
}

Omittable<FloatAgreement> float_agreement(const ModelRun& run, std::span<const Layer> layers) {
  std::set<std::string> operators;
  FloatAgreement agreement;
  for (const Layer& layer : layers) {
    if (!layer.difference) continue;
    if (operators.empty() || is_nearer(*layer.difference, agreement.nearest_bound)) {
      agreement.nearest_bound = *layer.difference;
    }
    operators.insert(layer.op);
  }
  if (operators.empty()) return {};
  agreement.operators.assign(operators.begin(), operators.end());
  agreement.within_bound = std::ranges::all_of(run.operators, &OperatorRun::is_as_reference);
  return agreement;
}

Invocations make_invocations(const ModelRun& run, std::size_t target_index,
                             const targets::Target& target) {
  Invocations invocations;
  invocations.count = static_cast<int>(run.cycles.size());
  invocations.first_cycles = run.cycles.front()[target_index];
  for (const std::vector<Cycles>& cycles : run.cycles) {
    invocations.slowest_cycles = std::max(invocations.slowest_cycles, cycles[target_index]);
  }
  invocations.first_latency_ms = cost_models::latency_ms(target, invocations.first_cycles);
  invocations.slowest_latency_ms = cost_models::latency_ms(target, invocations.slowest_cycles);
  return invocations;
}

Prediction make_prediction(const Workload& workload, const KernelImage& image, const ModelRun& run,
                           const Footprint& footprint, std::size_t target_index,
                           const PricedTarget& priced, const PredictOptions& options) {
  const cost_models::Runtime& runtime = options.runtime;
  const targets::Target& target = *priced.target;
  Prediction prediction;
  prediction.model = workload.graph.name;
  prediction.model_sha256 = workload.sha256;
  prediction.parameters = workloads::parameters(workload.graph);
  prediction.target = target.name;
  prediction.target_description = target.description;
  prediction.vendor = target.vendor;
  prediction.availability = std::string(availability_name(target.availability));
  prediction.core = target.core;
  prediction.clock_hz = target.clock_hz;
  if (target.price_usd) prediction.price_usd = target.price_usd->value();
  prediction.kernels = run.library;
  prediction.image = run.image;
  prediction.compiler = image.compiler;
  prediction.compiler_flags = image.compiler_flags;
  if (options.planner) prediction.planner.emplace(planner_name(*options.planner));
  prediction.runtime.emplace(runtime.name);
  prediction.data_sha256.emplace(
      joined_digest({target.sha256, priced.core->sha256, runtime.sha256}));
  prediction.layers = make_layers(workload, run, target_index, target);
  for (const Layer& layer : prediction.layers) {
    prediction.macs += layer.macs;
    prediction.cycles += layer.cycles;
    prediction.instructions += layer.instructions;
    for (const auto& [cause, cycles] : layer.stalls) prediction.stalls[cause] += cycles;
  }
  prediction.bit_exact = std::ranges::all_of(run.operators, &OperatorRun::equals_reference);
  prediction.float_agreement = float_agreement(run, prediction.layers);
  prediction.latency_ms = cost_models::latency_ms(target, prediction.cycles);
  prediction.latency_error = targets::published_errors(target.core);
  prediction.energy_uj = cost_models::run_energy(target, prediction.cycles).energy_uj;
  if (run.cycles.size() > 1) {
    prediction.invocations = make_invocations(run, target_index, target);
  }
  prediction.output_sha256 = sha256_hex(run.output());
  prediction.output_argmax = output_argmax(workload.graph, run.output());
  fill_memory_use(footprint, run, target, runtime, prediction);
  fill_provenance(workload, run, target_index, target, runtime, prediction);
  return prediction;
}

}  // namespace

Workload make_workload(workloads::Graph graph, std::string sha256,
                       std::optional<std::vector<std::uint8_t>> input_file, int invocations) {
  Workload workload;
  workload.invocations = invocations;
  workload.graph = std::move(graph);
  workload.sha256 = std::move(sha256);
  workload.prepared = workloads::prepare(workload.graph);
  workload.inputs = input_file ? inputs_from_file(workload.graph, *input_file, invocations)
                               : std::vector<workloads::Inputs>{random_inputs(workload.graph)};
  workload.expected = workloads::evaluate(workload.graph, workload.prepared, workload.inputs_of(0));
  return workload;
}

KernelImage bundled_image(const std::string& name) {
  const toolchain::BuildNote note = toolchain::read_build_note(name);
  return {sim::load_elf(data_directory() / "kernels" / (name + ".elf")), note.compiler,
          note.all_flags()};
}

const std::string& image_name(const targets::Target& target, const CoreModel& core) {
  return target.fpu && !core.fpu_image.empty() ? core.fpu_image : core.image;
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
  const std::size_t operators =
      workload.graph.operators.size() * static_cast<std::size_t>(workload.invocations);
  std::size_t started = 0;
  for (const auto& [name, group] : groups) {
    const std::size_t before = operators * started++;
    std::size_t done = before;
    const auto one_done = [&] {
      // Loops run operators more than once.
      done = std::min(done + 1, before + operators);
      if (options.progress) options.progress(done, groups.size() * operators);
    };
    const std::exception_ptr error = failure_of([&] {
      const KernelImage image = options.image(name);
      const ModelRun run =
          run_model(workload, isa::find_variant(name), image.elf, options.kernels, group.targets,
                    one_done, options.planner.value_or(options.runtime.planner));
      if (options.on_run) options.on_run(run);
      const std::string kernels_sha256 = digest_of_image(image.elf);
      const Footprint footprint = footprint_of(workload, run, options.runtime);
      for (std::size_t i = 0; i < group.targets.size(); ++i) {
        Answer& answer = result[group.order[i]];
        answer.footprint = footprint;
        answer.prediction =
            make_prediction(workload, image, run, footprint, i, group.targets[i], options);
        answer.prediction->kernels_sha256.emplace(kernels_sha256);
      }
    });
    if (!error) continue;
    for (const std::size_t i : group.order) result[i] = {std::nullopt, error, {}};
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
