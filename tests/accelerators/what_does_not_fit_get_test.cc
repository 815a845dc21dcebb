// What does a model get that does not fit: bytes needed and available, and the first at fault?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cost_models/accelerators/accelerator_price.h"
#include "tests/accelerators/accelerator_graphs.h"
#include "workloads/zoo/zoo.h"

namespace boardless::cost_models {
namespace {

using test::ChainBuilder;
using testing::Contains;
using testing::HasSubstr;

AcceleratorPrice price_of(const workloads::Graph& graph, const char* accelerator,
                          const AcceleratorConfiguration& configuration = {}) {
  return price_graph(graph, load_accelerator(accelerator), configuration);
}

TEST(DoesNotFit, AFloatModelOnIntegersOnly) {
  const workloads::Graph graph =
      ChainBuilder(32, 32, 8, workloads::DataType::kFloat32).conv(8, 3).build();
  for (const char* name : {"coral-usb3", "ethos-u55-128", "kendryte-k210", "imx500", "max78000"}) {
    const AcceleratorPrice price = price_of(graph, name);
    EXPECT_FALSE(price.fits) << name;
    EXPECT_THAT(price.reasons, Contains(HasSubstr("operator 0 (CONV_2D)"))) << name;
    EXPECT_THAT(price.reasons, Contains(HasSubstr("float32"))) << name;
  }
  EXPECT_TRUE(price_of(graph, "myriad-x").fits);
}

TEST(DoesNotFit, AnInputOutsideTheSensorsRange) {
  // 480 rows are within the product brief's range, 640 are not; the camera module takes both.
  const workloads::Graph square = ChainBuilder(640, 640, 3).conv(8, 3, 2).build();
  EXPECT_TRUE(price_of(square, "imx500").fits);
  AcceleratorConfiguration brief;
  brief.input_range = "brief";
  const AcceleratorPrice outside = price_of(square, "imx500", brief);
  EXPECT_FALSE(outside.fits);
  EXPECT_THAT(outside.reasons, Contains(HasSubstr("640x640")));
  EXPECT_THAT(outside.reasons, Contains(HasSubstr("64x48 to 640x480")));
  EXPECT_THAT(outside.reasons, Contains(HasSubstr("1228800 bytes")));
  const workloads::Graph low = ChainBuilder(48, 64, 3).conv(8, 3).build();
  EXPECT_TRUE(price_of(low, "imx500", brief).fits);
  EXPECT_FALSE(price_of(low, "imx500").fits);
}

TEST(DoesNotFit, WeightsOverTheSensorsMemoryNameTheirOperator) {
  const AcceleratorPrice price = price_of(workloads::make_zoo_shapes("resnet50_v1"), "imx500");
  EXPECT_FALSE(price.fits);
  EXPECT_THAT(price.reasons, Contains(HasSubstr("and has 8388480")));
  EXPECT_THAT(price.reasons, Contains(HasSubstr("first at operator")));
}

TEST(DoesNotFit, ActivationsOverTheSensorsMemoryNameTheFirstOperator) {
  // 640x640x32 of output: 13 MB.
  const workloads::Graph graph = ChainBuilder(640, 640, 3).conv(4, 3).conv(32, 3).build();
  const AcceleratorPrice price = price_of(graph, "imx500");
  EXPECT_FALSE(price.fits);
  EXPECT_THAT(price.reasons, Contains(HasSubstr("first at operator 1 (CONV_2D, output 'out1'")));
}

TEST(DoesNotFit, WithoutAHostOneUnmappedOperatorIsEnough) {
  const workloads::Graph graph =
      ChainBuilder(64, 64, 3).conv(8, 3).plain(workloads::OpKind::kL2Normalization).build();
  const AcceleratorPrice price = price_of(graph, "imx500");
  EXPECT_FALSE(price.fits);
  EXPECT_THAT(price.reasons, Contains(HasSubstr("operator 1 (L2_NORMALIZATION)")));
  EXPECT_THAT(price.reasons, Contains(HasSubstr("the whole network must map")));
}

TEST(DoesNotFit, NothingMappedIsNotAFallback) {
  const workloads::Graph graph =
      ChainBuilder(32, 32, 8, workloads::DataType::kInt16).conv(8, 3).build();
  const AcceleratorPrice price = price_of(graph, "coral-usb3");
  EXPECT_FALSE(price.fits);
  EXPECT_THAT(price.reasons, Contains(HasSubstr("no operator with weights maps")));
}

TEST(DoesNotFit, TheEdgeTpuTilesWhatIsTooLargeInstead) {
  const AcceleratorPrice price =
      price_of(workloads::make_zoo_shapes("posenet_721x1281"), "coral-usb3");
  EXPECT_TRUE(price.fits);
  EXPECT_GT(price.activations.passes, 1);
  // Two neighbouring passes share 43 rows of input: seven windows of 3 at steps up to 16.
  EXPECT_EQ(price.activations.halo_rows, 43);
  EXPECT_GT(price.input_bytes, 721U * 1281 * 3);
}

}  // namespace
}  // namespace boardless::cost_models
