// How long one price takes once the model is loaded, and a thousand configurations of one
// accelerator.
#include <benchmark/benchmark.h>

#include "cost_models/accelerators/accelerator_price.h"
#include "workloads/zoo/zoo.h"

namespace boardless::bench {
namespace {

using cost_models::AcceleratorConfiguration;
using cost_models::AcceleratorModel;

void price_mobilenet_v2(benchmark::State& state, const char* accelerator) {
  const workloads::Graph graph = workloads::make_zoo_shapes("mobilenet_v2");
  const AcceleratorModel model = cost_models::load_accelerator(accelerator);
  for (auto _ : state) benchmark::DoNotOptimize(cost_models::price_graph(graph, model, {}));
}
BENCHMARK_CAPTURE(price_mobilenet_v2, coral_usb3, "coral-usb3")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(price_mobilenet_v2, imx500, "imx500")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(price_mobilenet_v2, ethos_u55_32, "ethos-u55-32")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(price_mobilenet_v2, ethos_u55_256, "ethos-u55-256")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(price_mobilenet_v2, ethos_u65_512, "ethos-u65-512")
    ->Unit(benchmark::kMillisecond);

// Clocks, links, numbers of devices and their use.
void price_a_thousand_configurations(benchmark::State& state) {
  const workloads::Graph graph = workloads::make_zoo_shapes("mobilenet_v2");
  const AcceleratorModel model = cost_models::load_accelerator("coral-usb3");
  constexpr std::uint32_t kClocks[] = {63'000'000, 125'000'000, 250'000'000, 500'000'000};
  for (auto _ : state) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
      AcceleratorConfiguration configuration;
      configuration.clock_hz = kClocks[i % 4];
      configuration.link = model.links[static_cast<std::size_t>(i / 4) % model.links.size()].name;
      configuration.devices = 1 + i / 16 % 8;
      configuration.device_use =
          i % 2 == 0 ? cost_models::DeviceUse::kPipelined : cost_models::DeviceUse::kDataParallel;
      sum += cost_models::price_graph(graph, model, configuration).latency_ms;
    }
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(price_a_thousand_configurations)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace boardless::bench
