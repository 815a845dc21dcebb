// Do clock, link, devices, weight memory and weight width change what they should, and no more?
#include <gtest/gtest.h>

#include "base/error.h"
#include "cost_models/accelerators/accelerator_price.h"
#include "workloads/zoo/zoo.h"

namespace boardless::cost_models {
namespace {

double busy_ms(const AcceleratorPrice& price) {
  double sum = 0;
  for (const LayerPrice& layer : price.layers) sum += layer.compute_ms + layer.onchip_ms;
  return sum;
}

double link_ms(const AcceleratorPrice& price) {
  double sum = 0;
  for (const LayerPrice& layer : price.layers) sum += layer.link_ms;
  return sum;
}

TEST(WhatIfs, HalfTheClockDoublesTheArraysTimeAlone) {
  const workloads::Graph graph = workloads::make_zoo_shapes("mobilenet_v1");
  const AcceleratorModel model = load_accelerator("coral-usb3");
  const AcceleratorPrice fast = price_graph(graph, model, {});
  AcceleratorConfiguration half;
  half.clock_hz = 250'000'000;
  const AcceleratorPrice slow = price_graph(graph, model, half);
  EXPECT_NEAR(busy_ms(slow), 2 * busy_ms(fast), 1e-9);
  EXPECT_NEAR(link_ms(slow), link_ms(fast), 1e-12);
  half.clock_hz = 300'000'000;
  EXPECT_THROW(price_graph(graph, model, half), InputError);
}

TEST(WhatIfs, ASlowerLinkLeavesTheArrayAlone) {
  const workloads::Graph graph = workloads::make_zoo_shapes("mobilenet_v1");
  const AcceleratorModel model = load_accelerator("coral-usb3");
  AcceleratorConfiguration usb2;
  usb2.link = "usb2";
  const AcceleratorPrice slow = price_graph(graph, model, usb2);
  const AcceleratorPrice fast = price_graph(graph, model, {});
  EXPECT_NEAR(busy_ms(slow), busy_ms(fast), 1e-12);
  EXPECT_GT(slow.latency_ms, 3 * fast.latency_ms);
  usb2.link = "usb4";
  EXPECT_THROW(price_graph(graph, model, usb2), InputError);
}

TEST(WhatIfs, APipelineCachesWhatOneDeviceStreams) {
  const workloads::Graph graph = workloads::make_zoo_shapes("resnet50_v1");
  const AcceleratorModel model = load_accelerator("coral-m2");
  const AcceleratorPrice one = price_graph(graph, model, {});
  AcceleratorConfiguration four;
  four.devices = 4;
  four.device_use = DeviceUse::kPipelined;
  const AcceleratorPrice pipelined = price_graph(graph, model, four);
  EXPECT_GT(one.streamed_bytes, 15'000'000U);
  EXPECT_LT(pipelined.streamed_bytes, one.streamed_bytes / 10);
  EXPECT_GT(pipelined.inferences_per_second, 4 * one.inferences_per_second);
  EXPECT_EQ(pipelined.layers.back().device, 3);
  four.device_use = DeviceUse::kDataParallel;
  const AcceleratorPrice parallel = price_graph(graph, model, four);
  EXPECT_NEAR(parallel.latency_ms, one.latency_ms, 1e-9);
  EXPECT_NEAR(parallel.inferences_per_second, 4 * one.inferences_per_second, 1e-6);
  four.devices = 9;
  EXPECT_THROW(price_graph(graph, model, four), InputError);
}

TEST(WhatIfs, WeightsInSramAreNotWaitedFor) {
  const workloads::Graph graph = workloads::make_zoo_shapes("mobilenet_v1");
  const AcceleratorModel model = load_accelerator("ethos-u55-128");
  AcceleratorConfiguration sram;
  sram.weights_in = "sram";
  const AcceleratorPrice from_sram = price_graph(graph, model, sram);
  const AcceleratorPrice from_flash = price_graph(graph, model, {});
  double stream = 0;
  for (const LayerPrice& layer : from_sram.layers) stream += layer.stream_ms;
  EXPECT_EQ(stream, 0.0);
  EXPECT_EQ(from_sram.streamed_bytes, 0U);
  EXPECT_LT(from_sram.latency_ms, from_flash.latency_ms);
}

TEST(WhatIfs, FewerBitsMakeANetworkFit) {
  // About 10.4 M weights: too many at 8 bits for 8,388,480 bytes.
  const workloads::Graph graph =
      workloads::make_zoo_shapes("mobilenet_v1", {{"classes", "7000"}, {"resolution", "192"}});
  const AcceleratorModel model = load_accelerator("imx500");
  const AcceleratorPrice eight = price_graph(graph, model, {});
  EXPECT_FALSE(eight.fits);
  AcceleratorConfiguration four;
  four.weight_bits = 4;
  const AcceleratorPrice halved = price_graph(graph, model, four);
  EXPECT_TRUE(halved.fits) << (halved.reasons.empty() ? "" : halved.reasons.front());
  // Padded to 64 channels instead of 32, so more than half.
  EXPECT_GE(halved.weight_bytes * 2, eight.weight_bytes * 99 / 100);
  four.weight_bits = 3;
  EXPECT_THROW(price_graph(graph, model, four), InputError);
}

TEST(WhatIfs, MoreMacsAreFasterOnTheSameEthos) {
  const workloads::Graph graph = workloads::make_zoo_shapes("ic");
  double before = 1e9;
  for (const char* name : {"ethos-u55-32", "ethos-u55-64", "ethos-u55-128", "ethos-u55-256"}) {
    AcceleratorConfiguration sram;
    sram.weights_in = "sram";
    const double now = price_graph(graph, load_accelerator(name), sram).latency_ms;
    EXPECT_LT(now, before) << name;
    before = now;
  }
}

}  // namespace
}  // namespace boardless::cost_models
