// Does utilisation follow from tiling and channel padding, layer by layer?
#include <gtest/gtest.h>

#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/block_engine.h"
#include "cost_models/accelerators/lane_array.h"
#include "cost_models/accelerators/memory_plan.h"
#include "tests/accelerators/accelerator_graphs.h"

namespace boardless::cost_models {
namespace {

using test::ChainBuilder;

LaneArray edge_tpu() { return std::get<LaneArray>(load_accelerator("coral-usb3").compute); }

LayerShape first_layer(ChainBuilder chain) { return layer_shape(chain.build(), 0); }

double multiply(const ChainBuilder& chain) {
  return lane_cycles(first_layer(chain), 0, edge_tpu()).multiply;
}

TEST(EdgeTpuTiles, AFullArrayReachesItsPeak) {
  const LayerShape layer = first_layer(ChainBuilder(56, 56, 128).conv(128, 3));
  const double cycles = lane_cycles(layer, 0, edge_tpu()).multiply;
  EXPECT_DOUBLE_EQ(cycles, static_cast<double>(layer.macs) / 4096);
}

TEST(EdgeTpuTiles, RowsAreRoundedUpToTheTiles) {
  // 14 rows over 4 tiles are 4 rows for the busiest, as 16 are.
  EXPECT_DOUBLE_EQ(multiply(ChainBuilder(14, 14, 64).conv(64, 1)),
                   multiply(ChainBuilder(16, 16, 64).conv(64, 1)));
  EXPECT_LT(multiply(ChainBuilder(12, 12, 64).conv(64, 1)),
            multiply(ChainBuilder(14, 14, 64).conv(64, 1)));
}

TEST(EdgeTpuTiles, OutputChannelsAreRoundedUpTo64AndInputsTo4) {
  EXPECT_DOUBLE_EQ(multiply(ChainBuilder(16, 16, 64).conv(24, 1)),
                   multiply(ChainBuilder(16, 16, 64).conv(64, 1)));
  EXPECT_DOUBLE_EQ(multiply(ChainBuilder(16, 16, 3).conv(64, 3)),
                   multiply(ChainBuilder(16, 16, 4).conv(64, 3)));
  EXPECT_DOUBLE_EQ(multiply(ChainBuilder(16, 16, 64).conv(65, 1)),
                   2 * multiply(ChainBuilder(16, 16, 64).conv(64, 1)));
}

TEST(EdgeTpuTiles, DepthwiseUsesAQuarterOfTheMultipliers) {
  const LayerShape layer = first_layer(ChainBuilder(16, 16, 64).depthwise(3));
  EXPECT_DOUBLE_EQ(lane_cycles(layer, 0, edge_tpu()).multiply,
                   static_cast<double>(layer.macs) / 1024);
}

TEST(KpuLanes, PixelsComeIn64s) {
  const auto array = std::get<LaneArray>(load_accelerator("kendryte-k210").compute);
  const auto cycles = [&](int h, int w) {
    return lane_cycles(first_layer(ChainBuilder(h, w, 128).conv(128, 3)), 0, array).multiply;
  };
  EXPECT_DOUBLE_EQ(cycles(4, 4), cycles(8, 8));
  EXPECT_DOUBLE_EQ(cycles(16, 16), 4 * cycles(8, 8));
  EXPECT_DOUBLE_EQ(cycles(8, 8), 128.0 * 128);
}

TEST(StoredWeights, ArePaddedAsTheAcceleratorStoresThem) {
  const WeightLayout edge = load_accelerator("coral-usb3").weights;
  EXPECT_EQ(stored_weight_bytes(first_layer(ChainBuilder(8, 8, 65).conv(65, 1)), edge, 8),
            128U * 128 + 12 * 128);
  EXPECT_EQ(stored_weight_bytes(first_layer(ChainBuilder(8, 8, 32).depthwise(3)), edge, 8),
            32U * (12 + 12));
  const WeightLayout sensor = load_accelerator("imx500").weights;
  const LayerShape layer = first_layer(ChainBuilder(8, 8, 16).conv(16, 1));
  EXPECT_EQ(stored_weight_bytes(layer, sensor, 8), 32U * 16 + 8 * 32);
  EXPECT_EQ(stored_weight_bytes(layer, sensor, 4), 64U * 16 / 2 + 8 * 64);
  EXPECT_EQ(stored_weight_bytes(layer, sensor, 2), 128U * 16 / 4 + 8 * 128);
}

TEST(EthosBlocks, FitTheSharedBufferAndCoverMicroBlocks) {
  for (const char* name : {"ethos-u55-32", "ethos-u55-64", "ethos-u55-128", "ethos-u55-256"}) {
    const auto engine = std::get<BlockEngine>(load_accelerator(name).compute);
    for (const int channels : {3, 20, 64, 200}) {
      const LayerShape layer = first_layer(ChainBuilder(30, 40, channels).conv(channels, 3));
      const BlockChoice block = choose_block(layer, engine);
      EXPECT_EQ(block.output.h % engine.ublock_h, 0) << name;
      EXPECT_EQ(block.output.w % engine.ublock_w, 0) << name;
      EXPECT_EQ(block.output.c % engine.ublock_d, 0) << name;
      const std::int64_t bytes = 2 * (block.input.elements() + 4 * block.output.elements());
      EXPECT_LE(bytes, std::int64_t{1024} * engine.shram_banks) << name;
      // No faster than its multipliers.
      const double peak = 8.0 * engine.ublock_w * engine.ublock_h * engine.ublock_d;
      EXPECT_GE(block_cycles(layer, block, channels, true, engine).total(),
                static_cast<double>(layer.macs) / peak)
          << name;
    }
  }
}

TEST(EthosBlocks, TakesTheBlocksThatVelaTakes) {
  // From the published estimate's network: 20 channels to 20 on 32x32, and 48 to 96 on 4x4.
  const auto engine = std::get<BlockEngine>(load_accelerator("ethos-u55-64").compute);
  const BlockChoice wide = choose_block(first_layer(ChainBuilder(32, 32, 20).conv(20, 3)), engine);
  EXPECT_EQ(wide.output.h, 8);
  EXPECT_EQ(wide.output.w, 8);
  EXPECT_EQ(wide.output.c, 16);
  EXPECT_FALSE(wide.part_kernel_first);
  const BlockChoice deep = choose_block(first_layer(ChainBuilder(4, 4, 48).conv(96, 3)), engine);
  EXPECT_EQ(deep.output.c, 64);
}

}  // namespace
}  // namespace boardless::cost_models
