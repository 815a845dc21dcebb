// Does every kernel give the same answer when its output lies over its input as its record says?
// Random operators, each alone in an arena in which they overlap, on every image.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "prediction/arena_overlaps.h"
#include "prediction/kernel_overlap.h"
#include "prediction/model_run.h"
#include "prediction/predict.h"
#include "prediction/window_overlap.h"
#include "tests/parameter_name.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/random_operator.h"
#include "tests/prediction/real_models.h"

namespace boardless::prediction {
namespace {

// Whether two blocks that live at the same time lie over each other.
bool overlaps(const ArenaLayout& arena) {
  for (std::size_t a = 0; a < arena.requests.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const auto &first = arena.requests[a], &second = arena.requests[b];
      const bool meet = first.first_op <= second.last_op && second.first_op <= first.last_op;
      if (meet && arena.plan.offsets[a] < arena.plan.offsets[b] + second.bytes &&
          arena.plan.offsets[b] < arena.plan.offsets[a] + first.bytes) {
        return true;
      }
    }
  }
  return false;
}

// Runs `count` operators of a kind on all libraries; counts by function how many overlapped.
std::map<std::string, int> run_overlapped(const RandomKind& kind, int count) {
  std::map<std::string, int> overlapped;
  for (int seed = 0; seed < count; ++seed) {
    // Seeds of their own.
    const RandomModel model = random_model(kind, 300'000 + static_cast<std::uint64_t>(seed), 1);
    const Workload workload = make_workload(model.graph, "", model.inputs, model.invocations);
    for (const KernelLibrary& library : all_libraries()) {
      const ModelRun run = run_model(workload, *library.variant, *library.image, library.preference,
                                     {}, {}, cost_models::Planner::kOverlapped);
      for (const OperatorRun& op : run.operators) {
        EXPECT_TRUE(op.is_as_reference())
            << library.name() << ": " << op.kernel.function << ": " << model.texts[0];
        if (overlaps(run.arena)) ++overlapped[op.kernel.function];
      }
    }
  }
  return overlapped;
}

class OverlappedKernels : public testing::TestWithParam<RandomKind> {};

TEST_P(OverlappedKernels, GiveTheSameAnswer) { run_overlapped(GetParam(), drawn(24, 24)); }

INSTANTIATE_TEST_SUITE_P(Operators, OverlappedKernels,
                         testing::ValuesIn(random_kinds().begin(), random_kinds().end()),
                         [](const auto& tested) { return parameter_name(tested.param.name()); });

// The records that matter most are not there in vain.
TEST(Overlaps, AreMet) {
  if (kIsSlowBuild) GTEST_SKIP() << "skipped: the release build draws models enough to meet them";
  const std::pair<workloads::OpKind, std::vector<std::string>> kExpected[] = {
      {workloads::OpKind::kConv2D,
       {"reference_conv_2d_s8", "reference_conv_2d_f32", "dsp_conv_2d_s8", "dsp_conv_2d_f32",
        "mve_conv_2d_s8", "mve_conv_2d_f32"}},
      {workloads::OpKind::kDepthwiseConv2D,
       {"reference_depthwise_conv_2d_s8", "dsp_depthwise_conv_2d_s8", "mve_depthwise_conv_2d_s8"}},
      {workloads::OpKind::kAdd, {"reference_add_s8", "dsp_add_s8", "mve_add_s8"}},
      {workloads::OpKind::kAveragePool2D,
       {"reference_average_pool_2d_s8", "mve_average_pool_2d_s8"}},
      {workloads::OpKind::kPad, {"reference_pad_s8", "dsp_pad_s8", "mve_pad_s8"}},
      {workloads::OpKind::kReshape, {"reference_copy_b8", "dsp_copy_b8", "mve_copy_b8"}},
  };
  for (const auto& [kind, functions] : kExpected) {
    const auto drawn = std::ranges::find(random_kinds(), kind, &RandomKind::kind);
    const std::map<std::string, int> overlapped = run_overlapped(*drawn, 60);
    for (const std::string& function : functions) {
      EXPECT_TRUE(overlapped.contains(function)) << function;
    }
  }
}

// 3x3 over 8x8 with a row of padding: a pixel's window begins a row and a pixel before it, and the
// row of padding lets the first two rows begin in the same place.
TEST(PixelOrder, IsARowAndTwoPixelsBehind) {
  const Windows windows{8, 8, 8, 8, 3, 1, 1, 1, 1};
  EXPECT_EQ(pixel_order_distance(windows, 1, 4, 4), (8U + 2) * 4);
  EXPECT_EQ(pixel_order_distance(windows, 2, 4, 4), (8U + 3) * 4);
  // Kept rows are never read again. Of those that were read one late, one is in the padding.
  EXPECT_EQ(kept_rows_distance(windows, 1, 3, 4, 4), 0U);
  EXPECT_EQ(kept_rows_distance(windows, 1, 1, 4, 4), 8U * 4);
}

TEST(PixelOrder, OfOneTapGrowsWithTheChannels) {
  const Windows windows{5, 5, 5, 5, 1, 1, 1, 0, 0};
  // Fewer channels: the last pixel that is read is the one that is written.
  EXPECT_EQ(pixel_order_distance(windows, 1, 16, 8), 8U);
  // More: the last pixel ends what the output is longer behind where the input begins.
  EXPECT_EQ(pixel_order_distance(windows, 1, 8, 16), 25U * 16 - 24 * 8);
}

TEST(Overlaps, AreNoneOfAUsersLibrary) {
  EXPECT_TRUE(has_overlap_record("reference_conv_2d_s8_s4"));
  EXPECT_TRUE(has_overlap_record("dsp_conv_2d_s8"));
  EXPECT_FALSE(has_overlap_record("cmsis_nn_conv_2d_s8"));
  EXPECT_FALSE(has_overlap_record("dsp_fully_connected_s8"));
}

}  // namespace
}  // namespace boardless::prediction
