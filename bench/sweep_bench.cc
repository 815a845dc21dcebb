// How many design points an hour: cold ones on microcontrollers and accelerators, ones that are
// kept, and what the store takes to write, to look up and to merge them.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <limits>
#include <string>
#include <thread>

#include "exploration/sweep.h"
#include "store/result_store.h"
#include "tests/scratch_folder.h"

namespace boardless::bench {
namespace {

using exploration::SweepOptions;
using store::ResultStore;

// Keyword spotting in 8 widths on every Cortex-M4 chip at each of its operating points.
constexpr char kM4Space[] =
    "networks:\n"
    "  - {network: kws, parameters: {width: {from: 0.3, to: 1, step: 0.1}}}\n"
    "targets: [core=cortex-m4, '!ideal-*']\n"
    "clock: all operating points\n"
    "objectives: [minimize: energy_uj]\n";
constexpr char kAcceleratorSpace[] =
    "networks:\n"
    "  - {network: mobilenet_v1, parameters: {width: {from: 0.25, to: 1, step: 0.25}, resolution: "
    "[96, 128]}}\n"
    "targets: [accelerators]\n"
    "objectives: [minimize: latency_ms]\n";

struct Space {
  ScratchFolder folder;
  exploration::Grid grid;
  std::vector<exploration::Point> points;

  explicit Space(const char* text)
      : grid(exploration::resolve(exploration::read_space(folder.write("space.yaml", text)))),
        points(exploration::points_of(grid, std::numeric_limits<std::uint64_t>::max())) {}
};

SweepOptions all_cores() {
  SweepOptions options;
  options.jobs = std::max(1U, std::thread::hardware_concurrency());
  options.pruning = {false, false, false};
  return options;
}

void count_points(benchmark::State& state, const Space& space) {
  state.counters["points"] = static_cast<double>(space.points.size());
  state.counters["points/s"] = benchmark::Counter(static_cast<double>(space.points.size()),
                                                  benchmark::Counter::kIsIterationInvariantRate);
}

void sweep_cold(benchmark::State& state, const char* text) {
  const Space space(text);
  for (auto _ : state) {
    benchmark::DoNotOptimize(exploration::run_sweep(space.grid, space.points, all_cores(), {}));
  }
  count_points(state, space);
}
BENCHMARK_CAPTURE(sweep_cold, m4, kM4Space)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(sweep_cold, accelerators, kAcceleratorSpace)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void sweep_kept(benchmark::State& state) {
  const Space space(kM4Space);
  ResultStore store = ResultStore::open(space.folder.path() / "results.db", store::Access::kWrite,
                                        store::Damage::kRefuse);
  SweepOptions options = all_cores();
  options.store = &store;
  (void)exploration::run_sweep(space.grid, space.points, options, {});
  for (auto _ : state) {
    benchmark::DoNotOptimize(exploration::run_sweep(space.grid, space.points, options, {}));
  }
  count_points(state, space);
}
BENCHMARK(sweep_kept)->Unit(benchmark::kMillisecond)->UseRealTime();

// Rows as large as those of a network of thirty layers; no two alike, so that nothing is packed
// away.
store::StoredResult result_of(std::uint64_t number, const std::string& document) {
  return {.key = fmt::format("{:064x}", number * 0x9e3779b97f4a7c15ULL),
          .version = "0",
          .model = fmt::format("model_{}", number % 1000),
          .target = fmt::format("target_{}", number / 1000),
          .clock_hz = 80'000'000,
          .options = "",
          .answer = "answered",
          .reason = "",
          .figures = fmt::format("{{\"latency_ms\":{}}}", number),
          .document = fmt::format("{{\"number\":{},{}", number, document)};
}

std::string document_like_a_predictions() {
  std::string text = "\"layers\":[";
  for (int layer = 0; layer < 30; ++layer) {
    text += fmt::format(
        "{{\"index\":{},\"op\":\"CONV_2D\",\"name\":\"layer_{}\",\"kernel\":\"dsp_conv_2d_s8\","
        "\"macs\":{},"
        "\"cycles\":{},\"latency_ms\":{},\"stalls\":{{\"issue\":{},\"load\":{},\"flash_data\":{}}}}"
        "},",
        layer, layer, layer * 7919 + 1000, layer * 104729 + 5000, layer * 0.1237, layer * 90001,
        layer * 613, layer * 977);
  }
  return text + "{}]}";
}

void fill(ResultStore& store, std::uint64_t first, std::uint64_t rows) {
  const std::string document = document_like_a_predictions();
  std::vector<store::StoredResult> results;
  for (std::uint64_t i = first; i < first + rows; ++i) {
    results.push_back(result_of(i, document));
    if (results.size() == 100) {  // about as many as a run answers
      store.insert(results);
      results.clear();
    }
  }
  store.insert(results);
}

ResultStore opened(const std::filesystem::path& file) {
  return ResultStore::open(file, store::Access::kWrite, store::Damage::kRefuse);
}

void store_insert(benchmark::State& state) {
  const auto rows = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    const ScratchFolder folder;
    {
      ResultStore store = opened(folder.path() / "results.db");
      fill(store, 0, rows);
    }
    state.counters["bytes/row"] =
        static_cast<double>(std::filesystem::file_size(folder.path() / "results.db")) /
        static_cast<double>(rows);
  }
}
BENCHMARK(store_insert)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();

void store_merge(benchmark::State& state) {
  const auto rows = static_cast<std::uint64_t>(state.range(0));
  constexpr std::uint64_t kShards = 10;
  const ScratchFolder shards;
  for (std::uint64_t shard = 0; shard < kShards; ++shard) {
    ResultStore store = opened(shards.path() / fmt::format("{}.db", shard));
    fill(store, shard * rows / kShards, rows / kShards);
  }
  for (auto _ : state) {
    const ScratchFolder folder;
    ResultStore store = opened(folder.path() / "all.db");
    for (std::uint64_t shard = 0; shard < kShards; ++shard) {
      store.merge(shards.path() / fmt::format("{}.db", shard));
    }
    benchmark::DoNotOptimize(store.rows());
  }
}
BENCHMARK(store_merge)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace boardless::bench
