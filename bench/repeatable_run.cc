// Loads a network as prediction/model_run.cc does, and keeps it.
#include "bench/repeatable_run.h"

#include <algorithm>

#include "base/data_files.h"
#include "base/error.h"
#include "kernels/memory_map.h"
#include "prediction/predict.h"
#include "workloads/zoo/zoo.h"

namespace boardless::bench {

prediction::Workload zoo_workload(const std::string& name) {
  return prediction::make_workload(workloads::make_zoo_model(name), {}, {});
}

std::vector<targets::Target> load_m4_targets(std::size_t count) {
  std::vector<targets::Target> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(targets::load_target(kM4Targets.at(i)));
  return result;
}

std::vector<targets::Target> many_m4_targets(std::size_t count) {
  const std::vector<targets::Target> chips = load_m4_targets(kM4Targets.size());
  const std::size_t clocks = (count + chips.size() - 1) / chips.size();
  std::vector<targets::Target> result;
  for (std::size_t i = 0; i < count; ++i) {
    const targets::Target& chip = chips[i % chips.size()];
    const std::uint64_t own = chip.clock_hz;
    const auto clock_hz = static_cast<std::uint32_t>(own * (clocks - i / chips.size()) / clocks);
    result.push_back(chip.fixed_clock ? chip : targets::with_clock(chip, clock_hz));
  }
  return result;
}

RepeatableRun::RepeatableRun(const prediction::Workload& workload, const isa::Variant& variant)
    : workload_(workload),
      variant_(variant),
      image_(sim::load_elf(data_directory() / "kernels" / (std::string(variant.name) + ".elf"))),
      layout_(workload.graph, workload.prepared),
      machine_(variant, image_, layout_.constants_bytes()),
      calls_(layout_.load(machine_,
                          prediction::choose_kernels(workload.graph, workload.prepared, image_,
                                                     prediction::KernelPreference::kAuto))) {}

std::span<std::uint8_t> RepeatableRun::tensor(int index) {
  const workloads::Tensor& info = workload_.graph.tensors[static_cast<std::size_t>(index)];
  return machine_.arena().at(layout_.tensor_address(index), static_cast<std::size_t>(info.bytes()));
}

void RepeatableRun::run() {
  for (std::size_t i = 0; i < workload_.inputs.size(); ++i) {
    std::ranges::copy(workload_.inputs_of(0)[i], tensor(workload_.graph.inputs[i]).begin());
  }
  for (const sim::KernelCall& call : calls_) machine_.call(call);
}

void RepeatableRun::check_outputs() {
  for (const int output : workload_.graph.outputs) {
    check(std::ranges::equal(tensor(output),
                             workload_.expected.tensors[static_cast<std::size_t>(output)]),
          "a repeated run gives the host reference's outputs");
  }
}

std::uint64_t count_instructions(RepeatableRun& run) {
  struct Counter {
    std::uint64_t instructions = 0;
    void on_block(const isa::CodeBlock& block) { instructions += block.instructions.size(); }
    void on_read(std::uint32_t, std::uint32_t) {}
    void on_write(std::uint32_t, std::uint32_t) {}
    void on_operands(isa::OperandTimed, std::uint32_t, std::uint32_t) {}
    std::uint64_t now() const { return 0; }
  };
  Counter counter;
  run.machine().attach(counter, {});
  run.run();
  run.machine().detach();
  return counter.instructions;
}

}  // namespace boardless::bench
