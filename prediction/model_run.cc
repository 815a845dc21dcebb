// Runs the kernels one after another, compares each output with the reference, collects the costs.
#include "prediction/model_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "kernels/memory_map.h"
#include "sim/reachable_code.h"
#include "workloads/graph/element_type.h"
#include "workloads/operators/operator_record.h"

namespace boardless::prediction {
namespace {

using cost_models::TimingRun;

// The kernels of a loaded model, run on a machine beside the reference.
class Run {
 public:
  Run(const Workload& workload, sim::KernelMachine& machine, const ModelLayout& layout,
      std::span<const sim::KernelCall> calls)
      : workload_(workload),
        machine_(machine),
        layout_(layout),
        calls_(calls),
        reference_(workload.graph, workload.prepared, workloads::Rounding::kDouble,
                   &workload.expected) {}

  // Fills `run` in for one more invocation.
  void invoke(int invocation, TimingRun& timing, ModelRun& run, const OperatorDone& done) {
    const workloads::Inputs& inputs = workload_.inputs_of(invocation);
    const workloads::Graph& graph = workload_.graph;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (graph.tensors[static_cast<std::size_t>(graph.inputs[i])].is_constant()) continue;
      std::ranges::copy(inputs[i], bytes(graph.inputs[i]).begin());
    }
    for (OperatorRun& op : run.operators) {
      op.runs = 0;
      op.costs.assign(op.costs.size(), {});
    }
    std::vector<Cycles>& cycles = run.cycles.emplace_back(run.used.size());
    reference_.begin(inputs);
    while (const auto index = reference_.next()) {
      OperatorRun& op = run.operators[*index];
      const workloads::PreparedOperator& prepared = workload_.prepared.operators[*index];
      const workloads::Kernel& kernel = *workloads::find_kernel(prepared.kernel);
      // Values that contradict the operator's definition are found before a core meets them.
      if (!kernel.follows) reference_.answer(*index);
      ++op.runs;
      op.stack_bytes = std::max(op.stack_bytes, machine_.call(calls_[*index]));
      if (kernel.follows) reference_.answer(*index, observed(prepared));
      const std::vector<TimingRun::Cost> costs = timing.take_costs();
      for (std::size_t i = 0; i < costs.size(); ++i) {
        op.costs[i] += costs[i];
        cycles[i] += costs[i].cycles;
      }
      compare(prepared, kernel.tolerance, op);
      if (done) done();
    }
    std::vector<std::uint8_t>& output = run.outputs.emplace_back();
    for (const int index : graph.outputs) {
      const auto tensor = bytes(index);
      output.insert(output.end(), tensor.begin(), tensor.end());
    }
  }

 private:
  std::span<std::uint8_t> bytes(int tensor) {
    const auto size =
        static_cast<std::size_t>(workload_.graph.tensors[static_cast<std::size_t>(tensor)].bytes());
    return machine_.arena().at(layout_.tensor_address(tensor), size);
  }

  // What the machine has where the operator may write, by operand.
  std::vector<const std::uint8_t*> observed(const workloads::PreparedOperator& op) {
    const auto written = written_operands(workload_.graph, op);
    std::vector<const std::uint8_t*> all;
    for (const workloads::Operand& operand : op.operands) {
      const bool is_written = std::ranges::count(written, operand) > 0;
      all.push_back(is_written ? written_by_machine(operand).data() : nullptr);
    }
    return all;
  }

  std::span<const std::uint8_t> written_by_machine(const workloads::Operand& operand) {
    return machine_.arena().at(layout_.writable_address(operand), layout_.writable_bytes(operand));
  }

  // Notes whether the machine wrote what the reference did, which goes on from the machine's.
  void compare(const workloads::PreparedOperator& op, const workloads::Tolerance& tolerance,
               OperatorRun& run) {
    run.ulp_bound = tolerance.bound(op);
    for (const workloads::Operand& operand : written_operands(workload_.graph, op)) {
      const auto written = written_by_machine(operand);
      const auto expected = reference_.bytes(operand);
      const workloads::DataType type = type_of(operand);
      if (!workloads::same_elements(type, written, expected)) {
        run.equals_reference = false;
        run.ulp = std::max(run.ulp, type == workloads::DataType::kFloat32
                                        ? workloads::ulp_distance(written, expected, tolerance.unit)
                                        : workloads::kIncomparable);
      }
      reference_.adopt(operand, written);
    }
  }

  workloads::DataType type_of(const workloads::Operand& operand) const {
    const auto index = static_cast<std::size_t>(operand.index);
    return operand.kind == workloads::Operand::Kind::kVariable
               ? workload_.prepared.variables[index].value->type
               : workload_.graph.tensors[index].type;
  }

  const Workload& workload_;
  sim::KernelMachine& machine_;
  const ModelLayout& layout_;
  std::span<const sim::KernelCall> calls_;
  workloads::ReferenceRun reference_;
};

}  // namespace

Bytes reachable_bytes(const sim::ElfImage& image, const isa::Variant& variant,
                      const std::set<std::string>& functions) {
  const std::vector<std::string> entries(functions.begin(), functions.end());
  return sim::total_size(image, sim::reachable_symbols(image, variant, entries));
}

sim::AccessWatch access_watch(const TimingRun& timing, sim::KernelMachine& machine) {
  const TimingRun::Range reads = timing.waiting_reads(), writes = timing.waiting_writes();
  // The constants window is larger than what is mapped of it.
  const bool up_to_constants = reads.end == kernels::kConstantsBase + kernels::kConstantsBytes;
  return {reads.begin, up_to_constants ? machine.constants().end() : reads.end, writes.begin,
          writes.end};
}

ModelRun run_model(const Workload& workload, const isa::Variant& variant,
                   const sim::ElfImage& image, const KernelRequest& request,
                   std::span<const PricedTarget> targets, const OperatorDone& done,
                   cost_models::Planner planner) {
  const workloads::Graph& graph = workload.graph;
  std::vector<KernelChoice> choices = choose_kernels(graph, workload.prepared, image, request);
  ModelLayout layout(graph, workload.prepared);
  sim::KernelMachine machine(variant, image, layout.constants_bytes());
  layout.load_constants(machine);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (machine.accepts(choices[i].function, layout.params_address(i))) continue;
    choices[i] = declined(choices[i], workload.prepared.operators[i], request);
  }
  const std::vector<sim::KernelCall> calls = layout.load(machine, choices, planner);
  layout.load_state(machine);

  TimingRun timing(machine.blocks());
  for (const PricedTarget& target : targets) {
    timing.add_target(*target.core, cost_models::kernel_memory_system(*target.target));
  }
  machine.attach(timing, access_watch(timing, machine));

  std::set<std::string> functions;
  for (const KernelChoice& choice : choices) functions.insert(choice.function);
  ModelRun run{.image = std::string(variant.name),
               .library = library_name(choices, request),
               .operators = {},
               .arena = layout.arena(),
               .weights_bytes = layout.weights_bytes(),
               .descriptors_bytes = layout.descriptors_bytes(),
               .code_bytes = reachable_bytes(image, variant, functions),
               .outputs = {},
               .cycles = {},
               .used = std::vector<targets::UsedNumbers>(targets.size())};
  for (const KernelChoice& choice : choices) {
    run.operators.push_back(
        {.kernel = choice, .costs = std::vector<TimingRun::Cost>(targets.size())});
  }
  Run invocations(workload, machine, layout, calls);
  for (int i = 0; i < workload.invocations; ++i) invocations.invoke(i, timing, run, done);
  machine.detach();
  for (std::size_t i = 0; i < targets.size(); ++i) run.used[i] = timing.used_numbers(i);
  return run;
}

}  // namespace boardless::prediction
