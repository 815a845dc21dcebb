// Is no answered point better than its bounds, and are the bounds near enough to be of use?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "exploration/judgement.h"
#include "exploration/sweep.h"
#include "isa/variant.h"
#include "prediction/core_models.h"
#include "prediction/model_source.h"
#include "tests/exploration/space_file.h"
#include "workloads/graph/graph.h"

namespace boardless::exploration {
namespace {

SweepResult answered(const Grid& grid, const std::vector<Point>& points) {
  SweepOptions options;
  options.jobs = 2;
  options.pruning = {false, false, false};
  return run_sweep(grid, points, options, {});
}

void expect_no_answer_below_its_bounds(const SpaceFile& file, std::size_t least) {
  const Grid grid = file.grid();
  const SweepResult result = answered(grid, file.points());
  std::size_t count = 0;
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const Figures* figures = result.outcomes[i].figures.get();
    if (figures == nullptr) continue;
    ++count;
    const Bounds bounds = grid.bounds(result.points[i]);
    const std::string name = grid.name_of(result.points[i]);
    EXPECT_GE(static_cast<double>(figures->cycles), bounds.cycles) << name;
    EXPECT_GE(figures->latency_ms, bounds.latency_ms) << name;
    EXPECT_GE(figures->energy_uj, bounds.energy_uj) << name;
    EXPECT_GE(static_cast<double>(figures->arena_bytes), bounds.sram_bytes) << name;
    EXPECT_GE(static_cast<double>(figures->sram_bytes), bounds.sram_bytes) << name;
    EXPECT_GE(static_cast<double>(figures->flash_bytes), bounds.flash_bytes) << name;
    if (grid.devices[result.points[i].device].is_accelerator) continue;
    EXPECT_GT(bounds.latency_ms, 0) << name;
    // Whoever cannot fit does not.
    if (misfit(grid, result.points[i])) {
      EXPECT_FALSE(figures->fits) << name;
    }
  }
  EXPECT_GE(count, least);
}

TEST(Bounds, AreBelowEveryAnswerOnEveryTarget) {
  expect_no_answer_below_its_bounds(
      SpaceFile(
          "models: ['kws:width=0.4', mnist_mlp, 'mobilenet_v1:width=0.1,resolution=32,classes=2']\n"
          "targets: [all, coral-usb3, ethos-u55-128]\n"
          "kernels: [auto, reference]\n"),
      3 * 42 * 2);
}

// Small pictures, where most taps of a filter lie in the padding.
TEST(Bounds, AreBelowEveryAnswerWherePaddingIsMostOfThePicture) {
  expect_no_answer_below_its_bounds(
      SpaceFile(
          "networks: [{network: mobilenet_v1, parameters: {width: [0.1, 0.2], resolution: 32, "
          "classes: 2}}]\n"
          "targets: [ideal-*]\n"
          "runtime: [ahead-of-time, interpreter]\n"
          "planner: [auto, overlapped]\n"),
      2 * 11 * 2);
}

double peak(const char* core, const char* variant, std::size_t width) {
  prediction::CoreModels cores;
  return most_macs_per_cycle(cores.get(core), isa::find_variant(variant))[width];
}

// What the cores' documents say their multipliers do.
TEST(Bounds, TakeTheMultipliersThatCoresHave) {
  EXPECT_EQ(peak("cortex-m0plus", "v6-m", 0), 2);
  EXPECT_EQ(peak("cortex-m0plus", "v6-m", 1), 1);
  EXPECT_EQ(peak("cortex-m3", "v7-m", 0), 2);
  EXPECT_EQ(peak("cortex-m4", "v7e-m-fp", 0), 2);
  EXPECT_EQ(peak("cortex-m7", "v7e-m-fp", 0), 2);
  EXPECT_EQ(peak("cortex-m33", "v8-m.main", 0), 2);
  // Sixteen bytes in two beats, and a dual product beside them.
  EXPECT_EQ(peak("cortex-m55", "v8.1-m.main", 0), 8 + 2);
  EXPECT_EQ(peak("cortex-m55", "v8.1-m.main", 1), 4 + 2);
  // A floating-point unit may multiply beside the integer one.
  EXPECT_EQ(peak("cortex-m4", "v7e-m-fp", 2), 2);
}

// Without padding each multiply-accumulate of the graph counts; with it, those in the picture.
TEST(Bounds, CountTapsThatLieInThePicture) {
  const auto graph = prediction::load_model_shapes("kws").graph;
  const auto counted = least_macs(graph);
  const auto all = static_cast<double>(workloads::macs(graph));
  EXPECT_LT(counted[0], all);
  EXPECT_GT(counted[0], 0.8 * all);
  EXPECT_EQ(counted[1] + counted[2], 0);
  const auto dense = prediction::load_model_shapes("mnist_mlp").graph;
  EXPECT_EQ(least_macs(dense)[0] + least_macs(dense)[2],
            static_cast<double>(workloads::macs(dense)));
}

}  // namespace
}  // namespace boardless::exploration
