// Is core data protected: do the golden rows hold, and would one of them notice a number that is
// 1 more?
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "targets/yaml_reader.h"
#include "tests/cost_models/core_numbers.h"
#include "tests/parameter_name.h"
#include "tests/slow_build.h"

namespace boardless::cost_models {
namespace {

// Every number; in a slow build, which reads a core's file for each, so many of a core.
constexpr std::size_t kSample = kIsSlowBuild ? 30 : 1000;

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

// A sample is spread evenly over the file.
TEST_P(IsCoreDataProtected, ANumberThatIsOneMoreIsNoticed) {
  RaisedCore core(GetParam());
  const auto listed = listed_unnoticed(GetParam());
  const std::vector<YamlNumber>& numbers = core.file().numbers();
  const std::size_t step = std::max<std::size_t>(numbers.size() / kSample, 1);
  for (std::size_t i = step / 2; i < numbers.size(); i += step) {
    const YamlNumber& number = numbers[i];
    if (listed.contains(number.name)) continue;
    EXPECT_NE(core.raise(number), RaisedCore::Outcome::kUnnoticed)
        << core_file(GetParam()).string() << ":" << number.line << ": no golden row notices "
        << number.name << " raised from " << number.digits
        << "; add a row, or list it in golden/unnoticed.yaml with a reason";
  }
}

TEST_P(IsCoreDataProtected, WhatIsListedAsUnnoticedIs) {
  RaisedCore core(GetParam());
  for (const auto& [name, why] : listed_unnoticed(GetParam())) {
    EXPECT_FALSE(why.empty()) << name;
    const auto number = std::ranges::find(core.file().numbers(), name, &YamlNumber::name);
    ASSERT_NE(number, core.file().numbers().end()) << name << " is listed and does not exist";
    EXPECT_EQ(core.raise(*number), RaisedCore::Outcome::kUnnoticed)
        << name << " is listed in golden/unnoticed.yaml, and a row notices it: remove it there";
  }
}

INSTANTIATE_TEST_SUITE_P(Core, IsCoreDataProtected, testing::ValuesIn(golden_cores()),
                         [](const testing::TestParamInfo<std::string>& core) {
                           return parameter_name(core.param);
                         });

TEST(IsAllCoreDataProtected, EveryCoreHasGoldenRows) {
  EXPECT_EQ(golden_cores(), targets::yaml_names(core_file("any").parent_path()));
}

TEST(IsAllCoreDataProtected, AtLeast95PercentOfItsNumbersAreNoticed) {
  std::size_t numbers = 0;
  for (const std::string& name : golden_cores()) numbers += CoreFile(name).numbers().size();
  EXPECT_LE(listed_unnoticed().size() * 20, numbers);
}

TEST(IsAllCoreDataProtected, TheDocumentationSaysSo) {
  const std::string page =
      text_of(std::filesystem::path(BOARDLESS_SOURCE_DIR) / "docs/core_timing.md");
  EXPECT_NE(page.find(protection_table()), std::string::npos)
      << "scripts/measure_core_protection.sh writes the table";
}

// The measure itself: a number that no row depends on is told from one that some row does.
TEST(IsAllCoreDataProtected, ARaisedNumberIsOneMoreAndNothingElse) {
  const CoreFile file("cortex-m4");
  const auto& numbers = file.numbers();
  std::set<std::string> names;
  for (const YamlNumber& number : numbers) names.insert(number.name);
  EXPECT_EQ(names.size(), numbers.size()) << "names tell numbers apart";
  for (const char* name : {"classes.load.cycles", "rules.blocks[0].cycles", "exceptions.cpuid",
                           "classes.fp_add.result_delay"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
  const auto load = std::ranges::find(numbers, "classes.load.cycles", &YamlNumber::name);
  const auto cpuid = std::ranges::find(numbers, "exceptions.cpuid", &YamlNumber::name);
  EXPECT_NE(raised(file.text(), *load).find("\n  load: {cycles: 3}\n"), std::string::npos);
  EXPECT_NE(raised(file.text(), *cpuid).find("{value: 0x410fc242,"), std::string::npos);
}

}  // namespace
}  // namespace boardless::cost_models
