// Do the parts of a price sum to the whole, on every accelerator?
#include <gtest/gtest.h>

#include "cost_models/accelerators/accelerator_price.h"
#include "workloads/zoo/zoo.h"

namespace boardless::cost_models {
namespace {

class EveryAccelerator : public testing::TestWithParam<std::string> {};

TEST_P(EveryAccelerator, LayersSumToTheNetwork) {
  const AcceleratorModel model = load_accelerator(GetParam());
  for (const char* network : {"mobilenet_v2", "inception_v1", "yolov8n", "ad"}) {
    const workloads::Graph graph = workloads::make_zoo_shapes(network);
    const AcceleratorPrice price = price_graph(graph, model, {});
    ASSERT_EQ(price.layers.size(), graph.operators.size());
    double latency = 0, energy = 0;
    Bytes streamed = 0, link = 0, weights = 0;
    for (const LayerPrice& layer : price.layers) {
      for (const double part :
           {layer.compute_ms, layer.onchip_ms, layer.stream_ms, layer.link_ms, layer.host_ms}) {
        EXPECT_GE(part, 0.0) << network;
      }
      EXPECT_LE(layer.utilization, 1.0) << network;
      EXPECT_LE(layer.streamed_bytes, layer.weight_bytes * 2) << network;
      latency += layer.latency_ms();
      energy += layer.energy_uj;
      streamed += layer.streamed_bytes;
      weights += layer.weight_bytes;
      link += layer.link_bytes;
    }
    EXPECT_NEAR(latency, price.latency_ms, 1e-9 * price.latency_ms) << network;
    EXPECT_GE(price.energy_uj, energy * (1 - 1e-9)) << network;
    EXPECT_EQ(streamed, price.streamed_bytes) << network;
    EXPECT_EQ(weights, price.weight_bytes) << network;
    if (!model.links.empty() && model.weight_sources.empty()) {
      EXPECT_EQ(price.cached_bytes + price.streamed_bytes, price.weight_bytes) << network;
      EXPECT_EQ(link + streamed, price.offchip_out_bytes + price.offchip_in_bytes) << network;
    }
    // Every operator is in just one segment.
    int next = 0;
    for (const Segment& segment : price.mapping.segments) {
      EXPECT_EQ(segment.first_op, next);
      next = segment.last_op + 1;
    }
    EXPECT_EQ(next, static_cast<int>(graph.operators.size()));
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryAccelerator, testing::ValuesIn(accelerator_names()),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace boardless::cost_models
