// What forty Cortex-M4 configurations take beside one: the image runs once for all of them. The
// model is read and its reference computed before; `ratio` is the least time of one over the other.
#include <benchmark/benchmark.h>

#include <ctime>
#include <limits>
#include <span>
#include <vector>

#include "bench/repeatable_run.h"
#include "exploration/grid.h"
#include "prediction/predict.h"
#include "tests/scratch_folder.h"

namespace boardless::bench {
namespace {

using targets::Target;

// As many as asked for, spread evenly over what the space has.
std::vector<Target> some_of(const char* space, std::size_t count) {
  const ScratchFolder folder;
  const exploration::Grid grid =
      exploration::resolve(exploration::read_space(folder.write("space.yaml", space)));
  std::vector<Target> all;
  for (const exploration::Device& device : grid.devices) {
    if (!device.asked.refused) all.push_back(*device.asked.mcu());
  }
  std::vector<Target> some;
  for (std::size_t i = 0; i < count; ++i) some.push_back(all.at(i * all.size() / count));
  return some;
}

// Of the processor, so that other programs change little.
double milliseconds_of(const prediction::Workload& workload, std::span<const Target> targets,
                       const prediction::PredictOptions& options) {
  const std::clock_t start = std::clock();
  benchmark::DoNotOptimize(prediction::predict(workload, targets, options));
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void forty_beside_one(benchmark::State& state, const std::vector<Target>& forty) {
  const prediction::Workload workload = zoo_workload("kws");
  prediction::PredictOptions options;
  options.runtime = cost_models::load_runtime("ahead-of-time");
  const std::vector<Target> one{targets::load_target("stm32f446re")};
  double least_one = std::numeric_limits<double>::infinity(), least_forty = least_one;
  for (auto _ : state) {
    least_one = std::min(least_one, milliseconds_of(workload, one, options));
    least_forty = std::min(least_forty, milliseconds_of(workload, forty, options));
  }
  state.counters["one_ms"] = least_one;
  state.counters["forty_ms"] = least_forty;
  state.counters["ratio"] = least_forty / least_one;
}

void forty_clocks_of_six_chips(benchmark::State& state) {
  forty_beside_one(state, many_m4_targets(40));
}
BENCHMARK(forty_clocks_of_six_chips)->Unit(benchmark::kMillisecond);

// All chips at the clocks where their wait states change.
void forty_operating_points(benchmark::State& state) {
  forty_beside_one(state, some_of("models: kws\n"
                                  "targets: [core=cortex-m4, '!ideal-*']\n"
                                  "clock: all operating points\n"
                                  "objectives: [minimize: energy_uj]\n",
                                  40));
}
BENCHMARK(forty_operating_points)->Unit(benchmark::kMillisecond);

// … and with their caches or their prefetch off.
void forty_with_caches_off(benchmark::State& state) {
  forty_beside_one(state, some_of("models: kws\n"
                                  "targets: [core=cortex-m4, '!ideal-*']\n"
                                  "clock: all operating points\n"
                                  "without: [nothing, cache, prefetch]\n"
                                  "objectives: [minimize: energy_uj]\n",
                                  40));
}
BENCHMARK(forty_with_caches_off)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace boardless::bench
