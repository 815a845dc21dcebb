// How many guest instructions a second are simulated: on the engine alone, reported to a sink that
// prices nothing, and priced for one target and for several. items_per_second is simulated
// instructions per second.
//
// kws_steady/* repeat the inference on one machine: what a long run approaches, comparable with an
// emulator's rate; one group for each kernel image. kws_once/* are one whole run_model(): engine
// set-up, translation and decoding included.
#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "bench/repeatable_run.h"
#include "kernels/memory_map.h"
#include "profiling/profiler.h"
#include "targets/target.h"

namespace boardless::bench {
namespace {

using cost_models::CoreModel;
using cost_models::TimingRun;
using targets::Target;

constexpr const char* kM4Image = "v7e-m-fp";  // of a Cortex-M4 with FPU
constexpr const char* kHeliumImage = "v8.1-m.main";

const prediction::Workload& kws() {
  static const prediction::Workload workload = zoo_workload("kws");
  return workload;
}

const CoreModel& core_of(const Target& target) {
  static std::map<std::string, CoreModel> cores;
  const auto found = cores.find(target.core);
  if (found != cores.end()) return found->second;
  return cores.emplace(target.core, cost_models::load_core_model_named(target.core)).first->second;
}

// No memory of the chip has wait states at this clock, so neither fetches nor reads are priced.
Target without_wait_states() {
  return targets::with_clock(targets::load_target("stm32f446re"), 16'000'000);
}

void report_rate(benchmark::State& state, const std::string& image) {
  static std::map<std::string, std::uint64_t> instructions;
  std::uint64_t& count = instructions[image];
  if (count == 0) {
    RepeatableRun run(kws(), isa::find_variant(image));
    count = count_instructions(run);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

struct NoPricing {
  std::uint64_t blocks = 0, reads = 0;
  void on_block(const isa::CodeBlock&) { ++blocks; }
  void on_read(std::uint32_t, std::uint32_t) { ++reads; }
  void on_write(std::uint32_t, std::uint32_t) {}
  void on_operands(isa::OperandTimed, std::uint32_t, std::uint32_t) {}
  std::uint64_t now() const { return 0; }
};

enum class Reported { kNothing, kBlocks, kBlocksAndConstantReads, kBlocksAndAllReads };

void steady_unpriced(benchmark::State& state, const std::string& image, Reported reported) {
  RepeatableRun run(kws(), isa::find_variant(image));
  sim::AccessWatch watch;
  if (reported == Reported::kBlocksAndConstantReads) {
    watch = {kernels::kConstantsBase, run.machine().constants().end(), 0, 0};
  } else if (reported == Reported::kBlocksAndAllReads) {
    watch = {kernels::kConstantsBase, kernels::kStackTop, 0, 0};
  }
  NoPricing sink;
  if (reported != Reported::kNothing) run.machine().attach(sink, watch);
  run.run();
  run.check_outputs();
  for (auto _ : state) run.run();
  report_rate(state, image);
}

void steady_priced(benchmark::State& state, const std::string& image,
                   const std::vector<Target>& targets, bool profiled) {
  RepeatableRun run(kws(), isa::find_variant(image));
  TimingRun timing(run.machine().blocks());
  for (const Target& target : targets) {
    timing.add_target(core_of(target), cost_models::kernel_memory_system(target));
  }
  profiling::CodeMap code(run.image().symbols);
  profiling::Profiler profiler(timing, code, nullptr, {});
  const sim::AccessWatch watch = prediction::access_watch(timing, run.machine());
  if (profiled) {
    run.machine().attach(profiler, watch);
  } else {
    run.machine().attach(timing, watch);
  }
  run.run();
  run.check_outputs();
  for (auto _ : state) {
    run.run();
    benchmark::DoNotOptimize(timing.take_costs());
  }
  report_rate(state, image);
}

void once(benchmark::State& state, const std::vector<Target>& targets) {
  const isa::Variant& variant = isa::find_variant(kM4Image);
  const sim::ElfImage image =
      sim::load_elf(data_directory() / "kernels" / (std::string(variant.name) + ".elf"));
  std::vector<prediction::PricedTarget> priced;
  for (const Target& target : targets) priced.push_back({&target, &core_of(target)});
  for (auto _ : state) {
    benchmark::DoNotOptimize(prediction::run_model(
        kws(), variant, image, prediction::KernelPreference::kAuto, priced, {}));
  }
  report_rate(state, kM4Image);
}

template <class Function, class... Arguments>
void add(const std::string& name, Function function, const Arguments&... arguments) {
  benchmark::RegisterBenchmark(name.c_str(), [function, arguments...](benchmark::State& state) {
    function(state, arguments...);
  })->Unit(benchmark::kMillisecond);
}

// Beside each other: timed, and timed with the profiler in between.
void add_priced(const std::string& name, const std::string& image,
                const std::vector<Target>& targets) {
  add("kws_steady/" + image + "/priced_" + name, steady_priced, image, targets, false);
  add("kws_steady/" + image + "/profiled_" + name, steady_priced, image, targets, true);
}

int register_benchmarks() {
  struct Chip {
    const char* image;
    const char* target;
  };
  constexpr Chip kChips[] = {
      {kM4Image, "stm32f446re"},          {kM4Image, "stm32l4r5zi-single-bank"},
      {"v8-m.main", "stm32u575zi"},       {kM4Image, "stm32f746ng"},
      {kM4Image, "stm32h743zi"},          {kHeliumImage, "ideal-cortex-m55"},
      {kHeliumImage, "corstone300-an547"}};
  for (const std::string image : {kM4Image, "v8-m.main", kHeliumImage}) {
    const std::string group = "kws_steady/" + image;
    add(group + "/engine_alone", steady_unpriced, image, Reported::kNothing);
    add(group + "/blocks_reported", steady_unpriced, image, Reported::kBlocks);
    add(group + "/blocks_and_constant_reads_reported", steady_unpriced, image,
        Reported::kBlocksAndConstantReads);
    add(group + "/blocks_and_all_reads_reported", steady_unpriced, image,
        Reported::kBlocksAndAllReads);
  }
  const std::vector<Target> none, ideal{without_wait_states()}, one{load_m4_targets(1)};
  const std::vector<Target> all = load_m4_targets(kM4Targets.size());
  add_priced("without_wait_states", kM4Image, ideal);
  for (const Chip& chip : kChips) {
    add_priced(std::string("for_") + chip.target, chip.image, {targets::load_target(chip.target)});
  }
  add_priced("for_every_m4", kM4Image, all);
  add_priced("for_forty_m4", kM4Image, many_m4_targets(40));
  add("kws_once/no_target", once, none);
  add("kws_once/priced_without_wait_states", once, ideal);
  add("kws_once/priced_for_stm32f446re", once, one);
  add("kws_once/priced_for_every_m4", once, all);
  return 0;
}

[[maybe_unused]] const int registered = register_benchmarks();

}  // namespace
}  // namespace boardless::bench
