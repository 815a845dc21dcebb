// Runs the kernels one after another, compares each output with the reference, collects the costs.
#include "prediction/model_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "kernels/memory_map.h"
#include "sim/reachable_code.h"
#include "workloads/graph/element_type.h"

namespace boardless::prediction {
namespace {

using cost_models::TimingRun;

std::span<std::uint8_t> tensor_bytes(sim::KernelMachine& machine, const ModelLayout& layout,
                                     const workloads::Graph& graph, int tensor) {
  const auto size =
      static_cast<std::size_t>(graph.tensors[static_cast<std::size_t>(tensor)].bytes());
  return machine.arena().at(layout.tensor_address(tensor), size);
}

bool outputs_equal(sim::KernelMachine& machine, const ModelLayout& layout, const Workload& workload,
                   const workloads::Operator& op) {
  return std::ranges::all_of(op.outputs, [&](int tensor) {
    const auto index = static_cast<std::size_t>(tensor);
    return workloads::same_elements(workload.graph.tensors[index].type,
                                    tensor_bytes(machine, layout, workload.graph, tensor),
                                    workload.expected.tensors[index]);
  });
}

Bytes reachable_bytes(const sim::ElfImage& image, const isa::Variant& variant,
                      std::span<const KernelChoice> choices) {
  std::vector<std::string> entries;
  for (const KernelChoice& choice : choices) {
    entries.push_back(choice.function);
  }
  std::ranges::sort(entries);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return sim::total_size(image, sim::reachable_symbols(image, variant, entries));
}

}  // namespace

sim::AccessWatch access_watch(const TimingRun& timing, sim::KernelMachine& machine) {
  const TimingRun::Range reads = timing.waiting_reads(), writes = timing.waiting_writes();
  // The constants window is larger than what is mapped of it.
  const bool up_to_constants = reads.end == kernels::kConstantsBase + kernels::kConstantsBytes;
  return {reads.begin, up_to_constants ? machine.constants().end() : reads.end, writes.begin,
          writes.end};
}

ModelRun run_model(const Workload& workload, const isa::Variant& variant,
                   const sim::ElfImage& image, const KernelRequest& request,
                   std::span<const PricedTarget> targets, const OperatorDone& done) {
  const workloads::Graph& graph = workload.graph;
  std::vector<KernelChoice> choices = choose_kernels(graph, workload.prepared, image, request);
  ModelLayout layout(graph, workload.prepared);
  sim::KernelMachine machine(variant, image, layout.constants_bytes());
  layout.load_constants(machine);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (machine.accepts(choices[i].function, layout.params_address(i))) continue;
    choices[i] = declined(choices[i], workload.prepared.operators[i], request);
  }
  const std::vector<sim::KernelCall> calls = layout.load(machine, choices);
  for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
    if (graph.tensors[static_cast<std::size_t>(graph.inputs[i])].is_constant()) continue;
    std::ranges::copy(workload.inputs[i],
                      tensor_bytes(machine, layout, graph, graph.inputs[i]).begin());
  }

  TimingRun timing(machine.blocks());
  for (const PricedTarget& target : targets) {
    timing.add_target(*target.core, cost_models::kernel_memory_system(*target.target));
  }
  machine.attach(timing, access_watch(timing, machine));

  ModelRun run{.image = std::string(variant.name),
               .library = library_name(choices, request),
               .operators = {},
               .arena = layout.arena(),
               .weights_bytes = layout.weights_bytes(),
               .descriptors_bytes = layout.descriptors_bytes(),
               .code_bytes = reachable_bytes(image, variant, choices),
               .output = {},
               .used = {}};
  for (std::size_t i = 0; i < calls.size(); ++i) {
    OperatorRun op;
    op.kernel = choices[i];
    op.stack_bytes = machine.call(calls[i]);
    op.costs = timing.take_costs();
    op.equals_reference = outputs_equal(machine, layout, workload, graph.operators[i]);
    run.operators.push_back(std::move(op));
    if (done) done();
  }
  machine.detach();
  for (const int output : graph.outputs) {
    const auto bytes = tensor_bytes(machine, layout, graph, output);
    run.output.insert(run.output.end(), bytes.begin(), bytes.end());
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    run.used.push_back(timing.used_numbers(i));
  }
  return run;
}

}  // namespace boardless::prediction
