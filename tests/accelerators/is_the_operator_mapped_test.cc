// Is each operator mapped or not for the right reason, and what crosses the link?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cost_models/accelerators/accelerator_price.h"
#include "tests/accelerators/accelerator_graphs.h"

namespace boardless::cost_models {
namespace {

using test::ChainBuilder;
using testing::HasSubstr;
using workloads::OpKind;

GraphMapping mapping_of(const workloads::Graph& graph, const char* accelerator) {
  return map_operators(graph, layer_shapes(graph), load_accelerator(accelerator));
}

TEST(Mapping, AWholeChainMaps) {
  const workloads::Graph graph = ChainBuilder(32, 32, 8).conv(16, 3).depthwise(3).build();
  const GraphMapping mapping = mapping_of(graph, "coral-usb3");
  EXPECT_EQ(mapping.first_unmapped, -1);
  ASSERT_EQ(mapping.segments.size(), 1U);
  ASSERT_EQ(mapping.crossings.size(), 2U);
  EXPECT_EQ(mapping.crossings[0].name, "input");
  EXPECT_EQ(mapping.crossings[0].bytes, 32U * 32 * 8);
  EXPECT_TRUE(mapping.crossings[0].to_accelerator);
  EXPECT_FALSE(mapping.crossings[1].to_accelerator);
  EXPECT_EQ(mapping.crossings[1].bytes, 32U * 32 * 16);
}

TEST(Mapping, UnequalDilationIsRefusedByItsRule) {
  const workloads::Graph graph = ChainBuilder(32, 32, 8).conv(16, 3).conv(16, 3, 1, 2).build();
  const GraphMapping mapping = mapping_of(graph, "coral-usb3");
  EXPECT_TRUE(mapping.operators[0].mapped);
  EXPECT_FALSE(mapping.operators[1].mapped);
  EXPECT_THAT(mapping.operators[1].rule, HasSubstr("dilation 1x2"));
  EXPECT_THAT(mapping.operators[1].rule, HasSubstr("equal_dilation"));
}

TEST(Mapping, BehindTheFirstCutNothingIsMapped) {
  const workloads::Graph graph =
      ChainBuilder(16, 16, 8).conv(8, 3).plain(OpKind::kHardSwish).conv(8, 3).build();
  const GraphMapping cut = mapping_of(graph, "coral-usb3");
  EXPECT_TRUE(cut.operators[0].mapped);
  EXPECT_THAT(cut.operators[1].rule, HasSubstr("HARD_SWISH is not among the supported operators"));
  EXPECT_FALSE(cut.operators[2].mapped);
  EXPECT_THAT(cut.operators[2].rule, HasSubstr("behind operator 1"));
  EXPECT_EQ(cut.segments.size(), 2U);
  // The KPU has no such rule: host and accelerator take turns.
  const GraphMapping turns = mapping_of(graph, "kendryte-k210");
  EXPECT_TRUE(turns.operators[2].mapped);
  EXPECT_EQ(turns.segments.size(), 3U);
  EXPECT_EQ(turns.crossings.size(), 4U);
}

TEST(Mapping, AnOperatorBeforeAnythingMappedIsNoCut) {
  const workloads::Graph graph =
      ChainBuilder(16, 16, 8).plain(OpKind::kHardSwish).conv(8, 3).build();
  const GraphMapping mapping = mapping_of(graph, "coral-usb3");
  EXPECT_FALSE(mapping.operators[0].mapped);
  EXPECT_TRUE(mapping.operators[1].mapped);
}

TEST(Mapping, TheHostsPartIsPriced) {
  const workloads::Graph graph =
      ChainBuilder(16, 16, 8).conv(8, 3).plain(OpKind::kHardSwish).conv(8, 3).build();
  const AcceleratorModel model = load_accelerator("coral-usb3");
  const AcceleratorPrice price = price_graph(graph, model, {});
  EXPECT_TRUE(price.fits);
  EXPECT_EQ(price.layers[0].host_ms, 0.0);
  const double elements = 2.0 * 16 * 16 * 8;
  EXPECT_NEAR(price.layers[1].host_ms, elements * model.host->ns_per_element.value() * 1e-6, 1e-12);
  EXPECT_NEAR(price.layers[2].host_ms,
              (16.0 * 16 * 8 * 8 * 9 * model.host->ns_per_mac.value() +
               elements * model.host->ns_per_element.value()) *
                  1e-6,
              1e-12);
}

TEST(Mapping, ASimulatedHostsTimesAreTaken) {
  const workloads::Graph graph =
      ChainBuilder(16, 16, 8).conv(8, 3).plain(OpKind::kL2Normalization).build();
  const std::vector<double> host_ms{7.0, 3.0};
  const AcceleratorPrice price = price_graph(graph, load_accelerator("ethos-u55-64"), {}, host_ms);
  EXPECT_EQ(price.layers[0].host_ms, 0.0);
  EXPECT_EQ(price.layers[1].host_ms, 3.0);
}

}  // namespace
}  // namespace boardless::cost_models
