// How many guest instructions a second are simulated: on the engine alone, reported to a sink that
// prices nothing, and priced for one target and for several. items_per_second is simulated
// instructions per second.
//
// kws_steady/* repeat the inference on one machine: what a long run approaches, comparable with an
// emulator's rate. kws_once/* are one whole run_model(): engine set-up, translation and decoding
// included.
#include <benchmark/benchmark.h>

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
using targets::Target;

const isa::Variant& variant() { return isa::find_variant("v7e-m-fp"); }  // a Cortex-M4 with FPU

const prediction::Workload& kws() {
  static const prediction::Workload workload = zoo_workload("kws");
  return workload;
}

const CoreModel& cortex_m4() {
  static const CoreModel core = cost_models::load_core_model_named("cortex-m4");
  return core;
}

// No memory of the chip has wait states at this clock, so neither fetches nor reads are priced.
Target without_wait_states() {
  return targets::with_clock(targets::load_target("stm32f446re"), 16'000'000);
}

void report_rate(benchmark::State& state) {
  static const std::uint64_t instructions = [] {
    RepeatableRun run(kws(), variant());
    return count_instructions(run);
  }();
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(instructions));
}

struct NoPricing {
  std::uint64_t blocks = 0, reads = 0;
  void on_block(std::uint32_t, std::uint32_t) { ++blocks; }
  void on_read(std::uint32_t, std::uint32_t) { ++reads; }
};

enum class Reported { kNothing, kBlocks, kBlocksAndConstantReads, kBlocksAndAllReads };

void steady_unpriced(benchmark::State& state, Reported reported) {
  RepeatableRun run(kws(), variant());
  sim::ReadWatch watch;
  if (reported == Reported::kBlocksAndConstantReads) {
    watch = {kernels::kConstantsBase, run.machine().constants().end()};
  } else if (reported == Reported::kBlocksAndAllReads) {
    watch = {kernels::kConstantsBase, kernels::kStackTop};
  }
  NoPricing sink;
  if (reported != Reported::kNothing) run.machine().engine().attach(sink, watch);
  run.run();
  run.check_outputs();
  for (auto _ : state) run.run();
  report_rate(state);
}

void steady_priced(benchmark::State& state, const std::vector<Target>& targets) {
  RepeatableRun run(kws(), variant());
  TimingRun timing(variant(), run.windows());
  for (const Target& target : targets) {
    timing.add_target(cortex_m4(), cost_models::memory_system_model(target));
  }
  run.machine().engine().attach(timing, prediction::read_watch(timing, run.machine()));
  run.run();
  run.check_outputs();
  for (auto _ : state) {
    run.run();
    benchmark::DoNotOptimize(timing.take_costs());
  }
  report_rate(state);
}

void once(benchmark::State& state, const std::vector<Target>& targets) {
  const sim::ElfImage image =
      sim::load_elf(data_directory() / "kernels" / (std::string(variant().name) + ".elf"));
  std::vector<prediction::PricedTarget> priced;
  for (const Target& target : targets) priced.push_back({&target, &cortex_m4()});
  for (auto _ : state) {
    benchmark::DoNotOptimize(prediction::run_model(
        kws(), variant(), image, prediction::KernelPreference::kAuto, priced, {}));
  }
  report_rate(state);
}

template <class Function, class Argument>
void add(const char* name, Function function, const Argument& argument) {
  benchmark::RegisterBenchmark(name, [function, argument](benchmark::State& state) {
    function(state, argument);
  })->Unit(benchmark::kMillisecond);
}

int register_benchmarks() {
  const std::vector<Target> none, ideal{without_wait_states()}, one{load_m4_targets(1)};
  const std::vector<Target> all = load_m4_targets(kM4Targets.size());
  add("kws_steady/engine_alone", steady_unpriced, Reported::kNothing);
  add("kws_steady/blocks_reported", steady_unpriced, Reported::kBlocks);
  add("kws_steady/blocks_and_constant_reads_reported", steady_unpriced,
      Reported::kBlocksAndConstantReads);
  add("kws_steady/blocks_and_all_reads_reported", steady_unpriced, Reported::kBlocksAndAllReads);
  add("kws_steady/priced_without_wait_states", steady_priced, ideal);
  add("kws_steady/priced_for_stm32f446re", steady_priced, one);
  add("kws_steady/priced_for_every_m4", steady_priced, all);
  add("kws_once/no_target", once, none);
  add("kws_once/priced_without_wait_states", once, ideal);
  add("kws_once/priced_for_stm32f446re", once, one);
  add("kws_once/priced_for_every_m4", once, all);
  return 0;
}

[[maybe_unused]] const int registered = register_benchmarks();

}  // namespace
}  // namespace boardless::bench
