// What it costs a command to give up its rights (base/confinement.h), measured in a process of its
// own each time, because they do not come back.
#include <benchmark/benchmark.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

#include "base/confinement.h"

namespace boardless::bench {
namespace {

void confine_a_command(benchmark::State& state) {
  using Seconds = std::chrono::duration<double>;
  void* const shared =
      mmap(nullptr, sizeof(Seconds), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return state.SkipWithError("no shared memory");
  auto* const spent = new (shared) Seconds(0);
  for (auto _ : state) {
    const pid_t child = fork();
    if (child == 0) {
      const auto begin = std::chrono::steady_clock::now();
      benchmark::DoNotOptimize(confine({.writes = {"out/index.html", "result.json"}, .reads = {}}));
      *spent = std::chrono::steady_clock::now() - begin;
      _exit(0);
    }
    waitpid(child, nullptr, 0);
    state.SetIterationTime(spent->count());
  }
  munmap(shared, sizeof(Seconds));
}
BENCHMARK(confine_a_command)->UseManualTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace boardless::bench
