// Do the axes of a space become the points that they mean?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/exploration/space_file.h"
#include "workloads/tflite/tflite.h"
#include "workloads/zoo/zoo.h"

namespace boardless::exploration {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> names(const Grid& grid, const std::vector<Point>& points) {
  std::vector<std::string> result;
  for (const Point& point : points) result.push_back(grid.name_of(point));
  return result;
}

std::vector<std::string> names(const SpaceFile& file) { return names(file.grid(), file.points()); }

TEST(Space, IsTheProductOfItsAxes) {
  const SpaceFile file(
      "models: [kws, 'mobilenet_v1:width=0.25,resolution=96']\n"
      "targets: [rp2040, nrf52840]\n"
      "kernels: [auto, reference]\n");
  EXPECT_THAT(names(file),
              ElementsAre("kws on rp2040@133, auto", "kws on nrf52840@64, auto",
                          "kws on rp2040@133, reference", "kws on nrf52840@64, reference",
                          "mobilenet_v1:width=0.25,resolution=96 on rp2040@133, auto",
                          "mobilenet_v1:width=0.25,resolution=96 on nrf52840@64, auto",
                          "mobilenet_v1:width=0.25,resolution=96 on rp2040@133, reference",
                          "mobilenet_v1:width=0.25,resolution=96 on nrf52840@64, reference"));
}

TEST(Space, VariesTheParametersOfNetworks) {
  const SpaceFile file(
      "networks:\n"
      "  - network: mobilenet_v1\n"
      "    parameters: {width: {from: 0.25, to: 0.75, step: 0.25}, resolution: [64, 96]}\n"
      "targets: rp2040\n");
  std::vector<std::string> models;
  for (const ModelChoice& model : file.grid().models) models.push_back(model.argument);
  EXPECT_THAT(
      models,
      ElementsAre("mobilenet_v1:width=0.25,resolution=64", "mobilenet_v1:width=0.25,resolution=96",
                  "mobilenet_v1:width=0.5,resolution=64", "mobilenet_v1:width=0.5,resolution=96",
                  "mobilenet_v1:width=0.75,resolution=64",
                  "mobilenet_v1:width=0.75,resolution=96"));
}

TEST(Space, CountsRangesWithBothEnds) {
  for (const char* range : {"{from: 0.1, to: 0.3, step: 0.1}", "{from: 0.1, to: 0.3, count: 3}"}) {
    const SpaceFile file(std::string("networks: [{network: mobilenet_v1, parameters: {width: ") +
                         range + "}}]\ntargets: rp2040\n");
    std::vector<std::string> values;
    const Space space = file.space();
    for (const auto& [name, axis] : space.networks.front().parameters) {
      for (const AxisValue& value : axis) values.push_back(value.text);
    }
    EXPECT_THAT(values, ElementsAre("0.1", "0.2", "0.3"));
  }
}

TEST(Space, TakesClocksAndOperatingPoints) {
  EXPECT_THAT(
      names(SpaceFile("models: kws\ntargets: [stm32l4r5zi, fe310-g002]\n"
                      "clock: {from: 40MHz, to: 120MHz, step: 40}\n")),
      ElementsAre("kws on stm32l4r5zi@40", "kws on stm32l4r5zi@80", "kws on stm32l4r5zi@120",
                  "kws on fe310-g002@40", "kws on fe310-g002@80", "kws on fe310-g002@120"));
  EXPECT_THAT(names(SpaceFile("models: kws\ntargets: stm32g0b1re\n"
                              "clock: all operating points\n")),
              ElementsAre("kws on stm32g0b1re@64 range-1", "kws on stm32g0b1re@48 range-1",
                          "kws on stm32g0b1re@24 range-1", "kws on stm32g0b1re@16 range-2",
                          "kws on stm32g0b1re@8 range-2"));
}

TEST(Space, SetsChipsUpInEachWay) {
  const SpaceFile file(
      "models: kws\n"
      "targets: [stm32f446re, stm32f746ng, coral-usb3]\n"
      "place: [usual, 'constants=dtcm']\n"
      "without: [nothing, 'cache, prefetch']\n");
  EXPECT_THAT(
      names(file),
      ElementsAre(
          "kws on stm32f446re@180", "kws on stm32f446re@180 without cache, prefetch",
          "kws on stm32f446re@180 constants=dtcm",
          "kws on stm32f446re@180 constants=dtcm without cache, prefetch", "kws on stm32f746ng@216",
          "kws on stm32f746ng@216 without cache, prefetch", "kws on stm32f746ng@216 constants=dtcm",
          "kws on stm32f746ng@216 constants=dtcm without cache, prefetch", "kws on coral-usb3"));
  const Grid grid = file.grid();
  EXPECT_THAT(grid.devices[2].asked.refused.value_or(""), testing::HasSubstr("no memory 'dtcm'"));
  EXPECT_FALSE(grid.devices[6].asked.refused);
  EXPECT_LT(grid.devices[6].flash_capacity, grid.devices[4].flash_capacity);
}

TEST(Space, GivesAcceleratorsTheAxesThatTheyHaveAChoiceFor) {
  const SpaceFile file(
      "models: kws\n"
      "targets: [coral-usb3, imx500, rp2040]\n"
      "kernels: [auto, reference]\n"
      "accelerators: {link: [usb3, usb2]}\n");
  EXPECT_THAT(names(file),
              ElementsAre("kws on coral-usb3 usb3", "kws on coral-usb3 usb2", "kws on imx500",
                          "kws on rp2040@133, auto", "kws on rp2040@133, reference"));
}

TEST(Space, HasThePointsThatItsConditionsAllow) {
  const SpaceFile file(
      "models: kws\n"
      "targets: [rp2040, nrf52840, coral-usb3]\n"
      "kernels: [auto, reference]\n"
      "when:\n"
      "  - accelerator or kernels == 'auto' or core == 'cortex-m4'\n"
      "  - target != 'coral*'\n");
  EXPECT_THAT(names(file), ElementsAre("kws on rp2040@133, auto", "kws on nrf52840@64, auto",
                                       "kws on nrf52840@64, reference"));
}

TEST(Space, FindsModelsByPatternsBesideIt) {
  const SpaceFile file("models: ['nets/*.tflite']\ntargets: rp2040\n");
  const auto bytes = workloads::write_tflite(workloads::make_zoo_model("mnist_mlp"));
  const std::string text(bytes.begin(), bytes.end());
  file.folder().write("nets/b.tflite", text);
  file.folder().write("nets/a.tflite", text);
  file.folder().write("nets/broken.tflite", "no model");
  const Grid grid = file.grid();
  ASSERT_THAT(grid.models, SizeIs(3));
  EXPECT_EQ(grid.models[0].network, "a");
  EXPECT_EQ(grid.models[1].network, "b");
  EXPECT_THAT(grid.models[0].refused, IsEmpty());
  EXPECT_EQ(grid.models[0].digest, grid.models[1].digest);
  EXPECT_THAT(grid.models[2].refused, testing::Not(IsEmpty()));
}

TEST(Space, TakesScoresFromACsvFile) {
  const SpaceFile file(
      "networks: [{network: mobilenet_v1, parameters: {width: [0.25, 0.5], resolution: 96}}]\n"
      "targets: rp2040\n"
      "scores: {accuracy: scores.csv}\n"
      "objectives: [{maximize: accuracy}]\n"
      "when: known(accuracy)\n");
  file.folder().write("scores.csv",
                      "model,loss,accuracy\r\n"
                      "\"mobilenet_v1:width=0.5,resolution=96\",1,0.71\r\n");
  EXPECT_THAT(names(file), ElementsAre("mobilenet_v1:width=0.5,resolution=96 on rp2040@133"));
  const Grid grid = file.grid();
  const FieldValues values = grid.values(file.points().front(), nullptr);
  EXPECT_EQ(values(grid.goals.front().field).low, 0.71);
}

TEST(Space, IsSampledByWhatItAsksFor) {
  for (const char* method : {"sobol", "latin-hypercube"}) {
    const SpaceFile file(std::string("networks:\n"
                                     "  - network: mobilenet_v1\n"
                                     "    parameters: {width: {from: 0.1, to: 1, step: 0.1}, "
                                     "resolution: {from: 32, to: 224, step: 16}}\n"
                                     "targets: all\n"
                                     "when: width < 0.85\n"
                                     "search: {method: ") +
                         method + ", points: 40, seed: 3}\n");
    const Grid grid = file.grid();
    const std::vector<Point> points = file.points();
    EXPECT_EQ(points, file.points());
    EXPECT_LE(points.size(), 40U);
    EXPECT_GE(points.size(), std::string(method) == "sobol" ? 40U : 25U) << method;
    std::set<double> widths, resolutions;
    std::set<std::uint32_t> devices;
    for (const Point& point : points) {
      const ModelChoice& model = grid.models[point.model];
      widths.insert(model.parameters.at("width"));
      resolutions.insert(model.parameters.at("resolution"));
      devices.insert(point.device);
    }
    EXPECT_THAT(widths, SizeIs(8));
    EXPECT_GE(resolutions.size(), 10U);
    EXPECT_GE(devices.size(), 20U);
    EXPECT_TRUE(std::ranges::is_sorted(points, {}, &Point::model));
  }
}

// A sample that asks for more than there is has all there is.
TEST(Space, IsNoLargerThanItself) {
  const SpaceFile file(
      "models: kws\ntargets: [rp2040, nrf52840]\nsearch: {method: sobol, points: 1000}\n");
  EXPECT_THAT(file.points(), SizeIs(2));
}

TEST(Space, KnowsHowManyPointsItHas) {
  const SpaceFile file(
      "models: [kws, ic]\ntargets: [rp2040, nrf52840, coral-usb3]\n"
      "kernels: [auto, reference]\nruntime: [ahead-of-time, interpreter]\ninvocations: [1, 2, "
      "3]\n");
  EXPECT_EQ(file.grid().size(), 2U * (2 * 12 + 1));
  EXPECT_EQ(file.points().size(), file.grid().size());
}

}  // namespace
}  // namespace boardless::exploration
