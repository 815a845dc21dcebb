// Does a change of a file change the keys of exactly the points that rest on it?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "exploration/file_digest.h"
#include "exploration/point_key.h"
#include "tests/exploration/space_file.h"

namespace boardless::exploration {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

// A copy of the data folder's YAML in which files can be changed; kernels are linked.
class DataFolder {
 public:
  DataFolder() : own_(data_directory()) {
    for (const char* name : {"targets", "zoo"}) folder_.copy(fs::canonical(own_ / name), name);
    fs::create_directory_symlink(fs::canonical(own_ / "kernels"), folder_.path() / "kernels");
    setenv("BOARDLESS_DATA", folder_.path().c_str(), 1);
  }
  ~DataFolder() { unsetenv("BOARDLESS_DATA"); }
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  void replace(const std::string& name, const std::string& from, const std::string& to) const {
    const auto bytes = read_file(folder_.path() / name);
    std::string text(bytes.begin(), bytes.end());
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << name << " has no " << from;
    folder_.write(name, text.replace(at, from.size(), to));
  }

 private:
  fs::path own_;
  ScratchFolder folder_;
};

constexpr char kSpace[] =
    "models: [kws, ic]\n"
    "targets: [stm32l4r5zi, stm32l4r5zi-single-bank, nrf52840, rp2040, coral-usb3]\n"
    "clock: [16, 64]\n"
    "runtime: [ahead-of-time, interpreter]\n"
    "planner: [auto, greedy_by_size]\n"
    "when: target != 'nrf*' or clock_mhz == 64\n";

std::vector<std::string> keys(const SpaceFile& file) {
  const Grid grid = file.grid();
  const PointKeys keys(grid);
  std::vector<std::string> result;
  for (const Point& point : file.points()) result.push_back(keys.key(point));
  return result;
}

// Points whose keys differ, by what `part` calls them.
template <class Part>
std::set<std::string> changed(const SpaceFile& file, const std::vector<std::string>& before,
                              const Part& part) {
  const Grid grid = file.grid();
  const std::vector<std::string> after = keys(file);
  const std::vector<Point> points = file.points();
  std::set<std::string> names, kept;
  for (std::size_t i = 0; i < points.size(); ++i) {
    (after[i] == before[i] ? kept : names).insert(part(grid, points[i]));
  }
  for (const std::string& name : names) EXPECT_FALSE(kept.contains(name)) << name;
  return names;
}

std::string target_of(const Grid& grid, const Point& point) {
  return grid.devices[point.device].target;
}

TEST(PointKeys, AreDifferentForDifferentPointsAndTheSameAgain) {
  const SpaceFile file(kSpace);
  const std::vector<std::string> once = keys(file);
  EXPECT_EQ(std::set<std::string>(once.begin(), once.end()).size(), once.size());
  EXPECT_EQ(keys(file), once);
  for (const std::string& key : once) EXPECT_EQ(key.size(), 64U);
}

TEST(PointKeys, FollowATargetsFileAndThoseThatExtendIt) {
  const DataFolder data;
  const SpaceFile file(kSpace);
  const std::vector<std::string> before = keys(file);
  data.replace("targets/mcus/nrf52840.yaml", "price_usd", "# a comment\nprice_usd");
  EXPECT_THAT(changed(file, before, target_of), IsEmpty());
  data.replace("targets/mcus/nrf52840.yaml", "supply_v: {value: ", "supply_v: {value: 1");
  EXPECT_THAT(changed(file, before, target_of), ElementsAre("nrf52840"));
  data.replace("targets/mcus/stm32l4r5zi.yaml", "190.5", "190.6");
  EXPECT_THAT(changed(file, before, target_of),
              ElementsAre("nrf52840", "stm32l4r5zi", "stm32l4r5zi-single-bank"));
}

TEST(PointKeys, FollowCoresRuntimesAndNetworks) {
  const DataFolder data;
  const SpaceFile file(kSpace);
  const std::vector<std::string> before = keys(file);
  data.replace("targets/cores/cortex-m0plus.yaml", "description: ", "description: another ");
  EXPECT_THAT(changed(file, before, target_of), ElementsAre("rp2040"));
  data.replace("targets/cores/cortex-m0plus.yaml", "description: another ", "description: ");
  data.replace("targets/runtimes/interpreter.yaml", "description: ", "description: another ");
  EXPECT_THAT(changed(file, before,
                      [](const Grid& grid, const Point& point) {
                        return grid.devices[point.device].is_accelerator
                                   ? "accelerator"
                                   : grid.options[point.options].runtime;
                      }),
              ElementsAre("interpreter"));
  data.replace("targets/runtimes/interpreter.yaml", "description: another ", "description: ");
  data.replace("zoo/ic.yaml", "description: ", "description: another ");
  EXPECT_THAT(changed(file, before,
                      [](const Grid& grid, const Point& point) {
                        return grid.models[point.model].argument;
                      }),
              ElementsAre("ic"));
  data.replace("zoo/ic.yaml", "description: another ", "description: ");
  data.replace("targets/accelerators/coral-usb3.yaml", "description: ", "description: another ");
  EXPECT_THAT(changed(file, before, target_of), ElementsAre("coral-usb3"));
}

TEST(PointKeys, FollowTheBytesOfModelsAndInputs) {
  const SpaceFile file("models: m.tflite\ntargets: rp2040\ninput: [a.bin, b.bin]\n");
  file.folder().write("m.tflite", "no model, which is refused");
  file.folder().write("a.bin", "1");
  file.folder().write("b.bin", "2");
  const std::vector<std::string> before = keys(file);
  EXPECT_NE(before[0], before[1]);
  file.folder().write("b.bin", "1");
  const std::vector<std::string> after = keys(file);
  EXPECT_EQ(after[0], before[0]);
  EXPECT_EQ(after[1], after[0]);
}

}  // namespace
}  // namespace boardless::exploration
