// How long the whole question takes: predict() for kws on one target, on each number of Cortex-M4
// targets, and on every bundled target.
#include <benchmark/benchmark.h>

#include <vector>

#include "bench/repeatable_run.h"
#include "prediction/predict.h"

namespace boardless::bench {
namespace {

void time_prediction(benchmark::State& state, const std::vector<targets::Target>& targets) {
  const prediction::Workload workload = zoo_workload("kws");
  prediction::PredictOptions options;
  options.runtime = cost_models::load_runtime("ahead-of-time");
  for (auto _ : state) {
    benchmark::DoNotOptimize(prediction::predict(workload, targets, options));
  }
  state.counters["targets"] = static_cast<double>(targets.size());
}

void predict_kws_cortex_m4(benchmark::State& state) {
  time_prediction(state, load_m4_targets(static_cast<std::size_t>(state.range(0))));
}
BENCHMARK(predict_kws_cortex_m4)
    ->DenseRange(1, kM4Targets.size())
    ->ArgName("targets")
    ->Unit(benchmark::kMillisecond);

void predict_kws_every_bundled_target(benchmark::State& state) {
  std::vector<targets::Target> all;
  for (const std::string& name : targets::target_names()) {
    all.push_back(targets::load_target(name));
  }
  time_prediction(state, all);
}
BENCHMARK(predict_kws_every_bundled_target)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace boardless::bench
