// Is core data protected: do the golden rows hold, and has every core some?
#include <gtest/gtest.h>

#include "targets/yaml_reader.h"
#include "tests/cost_models/golden_rows.h"
#include "tests/parameter_name.h"

namespace boardless::cost_models {
namespace {

class IsCoreDataProtected : public testing::TestWithParam<std::string> {};

TEST_P(IsCoreDataProtected, EveryGoldenRowHolds) {
  const std::vector<GoldenRow> rows = read_golden_rows(GetParam());
  ASSERT_GT(rows.size(), 20U);
  const CoreModel core = load_core_model(core_file(GetParam()));
  for (const GoldenRow& row : rows) {
    EXPECT_EQ(row.measure(core), row.expected)
        << golden_folder().string() << "/cores/" << GetParam() << ".yaml:" << row.line << ": "
        << row.what;
  }
}

INSTANTIATE_TEST_SUITE_P(Core, IsCoreDataProtected, testing::ValuesIn(golden_cores()),
                         [](const testing::TestParamInfo<std::string>& core) {
                           return parameter_name(core.param);
                         });

TEST(IsAllCoreDataProtected, EveryCoreHasGoldenRows) {
  EXPECT_EQ(golden_cores(), targets::yaml_names(core_file("any").parent_path()));
}

}  // namespace
}  // namespace boardless::cost_models
