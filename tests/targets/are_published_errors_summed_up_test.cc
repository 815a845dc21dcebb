// What an error bar is drawn from: the points of a core, and of the bundled file each a core or an
// accelerator.
#include <gtest/gtest.h>

#include "base/data_files.h"
#include "base/error.h"
#include "targets/published_errors.h"
#include "targets/yaml_reader.h"
#include "tests/scratch_folder.h"

namespace boardless::targets {
namespace {

TEST(PublishedErrors, AreMedianAndWorstOfAbsoluteErrors) {
  const ScratchFolder folder;
  const auto errors = read_published_errors(folder.write("errors.yaml", R"(errors:
  - {of: a, point: one, error_percent: -7.5}
  - {of: b, point: two, error_percent: 3}
  - {of: a, point: three, error_percent: 1}
  - {of: a, point: four, error_percent: 2}
  - {of: b, point: five, error_percent: -4}
)"));
  ASSERT_EQ(errors.size(), 2U);
  const PublishedErrors& a = errors.at("a");
  EXPECT_EQ(a.of, "a");
  EXPECT_EQ(a.points, 3);
  EXPECT_DOUBLE_EQ(a.median_percent, 2);
  EXPECT_DOUBLE_EQ(a.worst_percent, 7.5);
  EXPECT_EQ(a.worst_point, "one");
  EXPECT_DOUBLE_EQ(errors.at("b").median_percent, 3.5);
}

TEST(PublishedErrors, NameTheLineOfWhatIsWrong) {
  const ScratchFolder folder;
  const auto file = folder.write("errors.yaml", "errors:\n  - {of: a, point: one, error: 3}\n");
  try {
    read_published_errors(file);
    FAIL() << "a key that is not known was accepted";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("errors.yaml:2"), std::string::npos) << error.what();
  }
}

TEST(PublishedErrors, AreOfCoresAndAcceleratorsThatAreThere) {
  const std::filesystem::path folder = data_directory() / "targets";
  const auto errors = read_published_errors(folder / "published_errors.yaml");
  ASSERT_TRUE(errors.contains("cortex-m4"));
  for (const auto& [of, its] : errors) {
    const std::string file = of + ".yaml";
    EXPECT_TRUE(exists(folder / "cores" / file) || exists(folder / "accelerators" / file)) << of;
  }
  EXPECT_EQ(published_errors("cortex-m4")->points, errors.at("cortex-m4").points);
  EXPECT_FALSE(published_errors("cortex-m55"));  // no published figure judges it
}

}  // namespace
}  // namespace boardless::targets
