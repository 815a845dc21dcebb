// How many guest instructions a second are simulated: bare, watched by nobody, and priced for one
// target and for several. items_per_second is simulated instructions per second.
//
// kws_steady_* repeat the inference on one machine: what a long run approaches, comparable with an
// emulator's rate. kws_once_* are one whole run_model(): engine set-up, translation and decoding
// included.
#include <benchmark/benchmark.h>

#include <deque>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "bench/repeatable_run.h"
#include "kernels/memory_map.h"
#include "targets/target.h"

namespace boardless::bench {
namespace {

using cost_models::CoreModel;
using cost_models::TimingRun;

constexpr const char* kImage = "v7e-m-fp";  // of a Cortex-M4 with FPU

const prediction::Workload& kws() {
  static const prediction::Workload workload = zoo_workload("kws");
  return workload;
}

const CoreModel& cortex_m4() {
  static const CoreModel core = cost_models::load_core_model_named("cortex-m4");
  return core;
}

std::vector<targets::Target> load(std::span<const std::string> names) {
  std::vector<targets::Target> result;
  for (const std::string& name : names) result.push_back(targets::load_target(name));
  return result;
}

// No memory of the chip has wait states at this clock, so neither fetches nor reads are priced.
targets::Target without_wait_states() {
  return targets::with_clock(targets::load_target("stm32f446re"), 16'000'000);
}

std::uint64_t kws_instructions() {
  static const std::uint64_t instructions = [] {
    RepeatableRun run(kws(), isa::find_variant(kImage));
    return count_instructions(run);
  }();
  return instructions;
}

void report_rate(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kws_instructions()));
}

struct NoPricing {
  std::uint64_t blocks = 0, reads = 0;
  void on_block(std::uint32_t, std::uint32_t) { ++blocks; }
  void on_read(std::uint32_t, std::uint32_t) { ++reads; }
};

// What the engine alone costs: `reports` 0 nothing is reported, 1 blocks, 2 blocks and reads of
// constants, 3 blocks and all reads.
void steady_engine(benchmark::State& state, int reports) {
  RepeatableRun model(kws(), isa::find_variant(kImage));
  NoPricing sink;
  sim::ReadWatch watch;
  if (reports == 2) watch = {kernels::kCodeBase, model.machine().constants().end()};
  if (reports == 3) watch = {kernels::kCodeBase, kernels::kStackTop};
  if (reports > 0) model.machine().engine().attach(sink, watch);
  model.run();
  model.check_outputs();
  for (auto _ : state) model.run();
  report_rate(state);
}

void steady_priced(benchmark::State& state, const std::vector<targets::Target>& targets) {
  RepeatableRun model(kws(), isa::find_variant(kImage));
  TimingRun timing(isa::find_variant(kImage), model.windows());
  for (const targets::Target& target : targets) {
    timing.add_target(cortex_m4(), cost_models::memory_system_model(target));
  }
  sim::ReadWatch watch;
  if (timing.needs_constant_reads()) {
    watch = {kernels::kCodeBase, model.machine().constants().end()};
  }
  if (timing.needs_ram_reads()) watch = {kernels::kCodeBase, kernels::kStackTop};
  model.machine().engine().attach(timing, watch);
  model.run();
  model.check_outputs();
  for (auto _ : state) {
    model.run();
    benchmark::DoNotOptimize(timing.take_costs());
  }
  report_rate(state);
}

void once(benchmark::State& state, const std::vector<targets::Target>& targets) {
  const sim::ElfImage image =
      sim::load_elf(data_directory() / "kernels" / (std::string(kImage) + ".elf"));
  std::vector<prediction::PricedTarget> priced;
  for (const targets::Target& target : targets) priced.push_back({&target, &cortex_m4()});
  for (auto _ : state) {
    benchmark::DoNotOptimize(prediction::run_model(kws(), isa::find_variant(kImage), image,
                                                   prediction::KernelPreference::kAuto, priced,
                                                   {}));
  }
  report_rate(state);
}

const std::vector<std::string> kOne{"stm32f446re"};
const std::vector<std::string> kSeveral{"stm32f446re", "nrf52840",   "stm32l4r5zi",
                                        "apollo3",     "stm32l4r9i", "stm32l4r5zi-single-bank"};

void register_all() {
  const auto add = [](const char* name, auto function, auto argument) {
    benchmark::RegisterBenchmark(name, [function, argument](benchmark::State& state) {
      function(state, argument);
    })->Unit(benchmark::kMillisecond);
  };
  add("kws_steady/engine_alone", steady_engine, 0);
  add("kws_steady/blocks_reported", steady_engine, 1);
  add("kws_steady/blocks_and_constant_reads_reported", steady_engine, 2);
  add("kws_steady/blocks_and_all_reads_reported", steady_engine, 3);
  add("kws_steady/priced_without_wait_states", steady_priced, std::vector{without_wait_states()});
  add("kws_steady/priced_for_stm32f446re", steady_priced, load(kOne));
  add("kws_steady/priced_for_6_cortex_m4", steady_priced, load(kSeveral));
  add("kws_once/no_target", once, std::vector<targets::Target>{});
  add("kws_once/priced_without_wait_states", once, std::vector{without_wait_states()});
  add("kws_once/priced_for_stm32f446re", once, load(kOne));
  add("kws_once/priced_for_6_cortex_m4", once, load(kSeveral));
}

[[maybe_unused]] const bool kRegistered = (register_all(), true);

}  // namespace
}  // namespace boardless::bench
