// Boots a program on the machine of its target and prices it with the target's timing models.
#include "validation/machine_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "cost_models/core_model.h"
#include "cost_models/memory_model.h"
#include "prediction/compiled_library.h"
#include "prediction/firmware_machine.h"
#include "prediction/firmware_run.h"
#include "sim/firmware_image.h"
#include "validation/marked_sink.h"
#include "workloads/tflite/tflite.h"

namespace boardless::validation {
namespace {

using cost_models::CoreModel;
using cost_models::TimingRun;

// More than any bundled program needs by an order of magnitude.
constexpr Cycles kMostCycles = 4'000'000'000;

std::uint32_t address_of(const sim::ElfImage& program, const std::string& function) {
  const sim::Symbol* symbol = program.find(function);
  if (symbol == nullptr) {
    throw InputError(fmt::format("{} has no function '{}'", program.file, function));
  }
  return symbol->address;
}

// Raw bytes lie where the target's code does.
std::string file_argument(const std::filesystem::path& file, const targets::Target& target) {
  if (file.extension() != ".bin") return file.string();
  return fmt::format("{}@0x{:08x}", file.string(),
                     target.memory(target.placement.code).base.value());
}

std::map<std::string, Cycles> named(const cost_models::StallCounts& counts) {
  std::map<std::string, Cycles> result;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const auto cause = static_cast<cost_models::StallCause>(i);
    result[std::string(cost_models::stall_cause_name(cause))] = counts[i];
  }
  return result;
}

std::vector<FunctionCost> most_first(std::map<std::string, FunctionCost> costs) {
  std::vector<FunctionCost> result;
  for (auto& [name, cost] : costs) result.push_back(std::move(cost));
  std::ranges::stable_sort(result, std::ranges::greater{}, &FunctionCost::cycles);
  return result;
}

// Blocks' costs by the function they lie in.
std::vector<FunctionCost> by_function(const sim::ElfImage& program, const isa::BlockTable& blocks,
                                      const std::vector<MarkedSink::BlockUse>& uses) {
  std::map<std::string, FunctionCost> functions;
  for (std::uint32_t id = 0; id < uses.size(); ++id) {
    if (uses[id].executions == 0) continue;
    const isa::CodeBlock& block = blocks[id];
    const sim::Symbol* symbol = program.at(block.address);
    FunctionCost& cost = functions[symbol == nullptr ? "?" : symbol->name];
    cost.name = symbol == nullptr ? "?" : symbol->name;
    cost.cycles += uses[id].cycles;
    cost.instructions += uses[id].executions * block.instructions.size();
  }
  return most_first(std::move(functions));
}

// Layers' costs by the kernel they ran.
std::vector<FunctionCost> by_kernel(const prediction::Prediction& run) {
  std::map<std::string, FunctionCost> kernels;
  for (const prediction::Layer& layer : run.layers) {
    FunctionCost& cost = kernels[layer.kernel];
    cost.name = layer.kernel;
    cost.cycles += layer.cycles;
    cost.instructions += layer.instructions;
  }
  return most_first(std::move(kernels));
}

// Throws what a run that ended in another way than it should says.
void check_end(const sim::RunEnd& end, sim::EndReason expected) {
  if (end.reason == expected) return;
  const std::string what = end.message.empty()
                               ? fmt::format("the run ended by {}", end_reason_name(end.reason))
                               : end.message;
  switch (end.reason) {
    case sim::EndReason::kFault:
      throw GuestFault(what, end.report);
    case sim::EndReason::kNotModelled:
      throw NotModelled(what);
    default:
      throw InputError(what);
  }
}

// Everything but the text.
template <class Machine>
MarkedRun run_machine(Machine& machine, const sim::ElfImage& program, const targets::Target& target,
                      const CoreModel& core, const std::string& from, const std::string& to,
                      const std::function<bool()>& stop) {
  TimingRun timing(machine.blocks());
  timing.add_target(core, cost_models::firmware_memory_system(target));
  MarkedSink sink(timing, MarkedSink::Markers{address_of(program, from), address_of(program, to)});
  const TimingRun::Range reads = timing.waiting_reads();
  const TimingRun::Range writes = timing.waiting_writes();
  machine.attach(sink, {reads.begin, reads.end, writes.begin, writes.end});
  sim::RunLimits limits;
  limits.cycles = kMostCycles;
  if (stop) limits.go_on = [&](std::uint64_t) { return !stop(); };
  const sim::RunEnd end = machine.run(limits);
  check_end(end, sim::EndReason::kExit);
  const TimingRun::Cost cost = sink.cost();
  return {{cost.cycles, cost.instructions, named(cost.stalls),
           by_function(program, machine.blocks(), sink.uses())},
          end.exit_status,
          {}};
}

class MachineRunner final : public Runner {
 public:
  explicit MachineRunner(std::function<bool()> stop) : stop_(std::move(stop)) {}

  MarkedRun run_marked(const std::filesystem::path& file, const targets::Target& target,
                       const std::string& from, const std::string& to) override {
    const sim::ElfImage program = sim::load_firmware(file.string());
    const CoreModel core = cost_models::load_core_model_named(target.core);
    sim::SerialConsole console({});
    sim::Semihosting semihosting({});
    const prediction::FirmwareMachine machine =
        prediction::boot_machine(program, target, core, console, semihosting);
    MarkedRun run = std::visit(
        [&](const auto& each) {
          return run_machine(*each, program, target, core, from, to, stop_);
        },
        machine);
    run.text = semihosting.output().text();
    return run;
  }

  MarkedRun run_script(const std::filesystem::path& file, const targets::Target& target,
                       const SerialScript& script) override {
    prediction::FirmwareOptions options;
    options.max_cycles = kMostCycles;
    if (stop_) options.go_on = [&](std::uint64_t) { return !stop_(); };
    options.serial.input = script.commands;
    options.serial.prompt = script.prompt;
    options.serial.line_end = script.line_end;
    options.serial.stop_text = script.stop_text;
    const prediction::FirmwareRun run =
        prediction::run_firmware(sim::load_firmware(file_argument(file, target)), target, options);
    check_end(run.end, sim::EndReason::kOutput);
    return {{run.cycles, run.instructions, named(run.stalls), {}}, 0, run.serial_output};
  }

  LibraryRun run_library(const std::filesystem::path& folder, const KernelLibrary& library,
                         const std::filesystem::path& model, const targets::Target& target,
                         const std::filesystem::path& cache) override {
    const toolchain::KernelBuilder builder(folder, {library.compiler, library.flags, cache});
    prediction::PredictOptions options;
    options.runtime = cost_models::load_runtime("ahead-of-time");
    options.progress = [&](std::size_t, std::size_t) {
      if (stop_ && stop_()) throw InputError("the run was stopped");
    };
    prediction::use_compiled_library(builder, {&target, 1}, options, {});
    const prediction::Workload workload =
        prediction::make_workload(workloads::read_tflite_file(model), {}, {});
    const prediction::Prediction run = prediction::predict(workload, {&target, 1}, options).front();
    if (is_wrong(run)) {
      throw InputError(fmt::format("{}: outputs differ from the reference", model.string()));
    }
    return {{run.cycles, run.instructions, run.stalls, by_kernel(run)},
            run.latency_ms,
            run.compiler,
            run.compiler_flags};
  }

 private:
  std::function<bool()> stop_;
};

}  // namespace

std::unique_ptr<Runner> make_machine_runner(std::function<bool()> stop) {
  return std::make_unique<MachineRunner>(std::move(stop));
}

}  // namespace boardless::validation
