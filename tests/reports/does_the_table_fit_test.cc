// Does a table fit its width by dropping columns in the stated order, then by clipping names where
// they are alike; and is it sorted, cut and chosen from as asked?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "reports/text_table.h"

namespace boardless::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TextTable chips() {
  TextTable table({{"target"},
                   {.header = "core@MHz", .key = "core", .drop = 1},
                   {"latency\nms", Align::kRight, "latency_ms"},
                   {"price\nUSD", Align::kRight, "price_usd", 2},
                   {.header = "vendor", .on_request = true}});
  table.add_row({"stm32l4r5zi-single-bank", "cortex-m4@120", "~41.00", "9.50", "ST"});
  table.add_row({"stm32l4r5zi-double-bank", "cortex-m4@120", "~1,045", "-", "ST"});
  table.add_row({"nrf52840", "cortex-m4@64", "~76.49", "~4.20", "Nordic"});
  return table;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t widest(const std::string& text) {
  std::size_t width = 0;
  for (const std::string& line : lines_of(text)) width = std::max(width, display_width(line));
  return width;
}

// First words of the rows between header and the first remark.
std::vector<std::string> first_cells(const std::string& text) {
  std::vector<std::string> cells;
  bool below = false;
  for (const std::string& line : lines_of(text)) {
    const std::string first = line.substr(0, line.find(' '));
    if (first == "left") break;
    if (below && first.find_first_not_of("0123456789") != std::string::npos) {
      cells.push_back(first);
    }
    below = below || line.starts_with("--");
  }
  return cells;
}

TEST(TableWidth, IsUnlimitedByDefault) {
  EXPECT_THAT(chips().render(), HasSubstr("stm32l4r5zi-single-bank  cortex-m4@120"));
  EXPECT_THAT(chips().render(), Not(HasSubstr("vendor")));
  EXPECT_THAT(chips().render(), Not(HasSubstr("left out")));
}

TEST(TableWidth, DropsColumnsInTheStatedOrder) {
  const std::string all = chips().render();
  EXPECT_EQ(chips().render({.width = widest(all)}), all);
  const std::string one = chips().render({.width = widest(all) - 1, .has_options = true});
  EXPECT_THAT(one, HasSubstr("left out for lack of room: price_usd; --columns"));
  EXPECT_THAT(one, HasSubstr("cortex-m4@64"));
  const std::string two = chips().render({.width = 32});
  EXPECT_THAT(two, HasSubstr("stm32l4r5zi-single-bank   ~41.00\n"));
  EXPECT_THAT(two, HasSubstr("left out for lack of room:\nprice_usd, core\n"));
}

TEST(TableWidth, ThenClipsNamesWhereTheyAreAlike) {
  for (std::size_t width = 20; width < 60; ++width) {
    const std::string text = chips().render({.width = width});
    EXPECT_LE(widest(text), width) << text;
    const std::vector<std::string> names = first_cells(text);
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 3U) << text;
  }
}

TEST(TableWidth, IsKeptByRemarksAndIndentation) {
  EXPECT_LE(widest(chips().render({.width = 30, .has_options = true}, 4)), 30U);
}

TEST(ClippedNames, KeepThePartThatDiffers) {
  const std::vector<std::string> models{"mobilenet_v1:width=0.25,resolution=96",
                                        "mobilenet_v1:width=0.50,resolution=96", "kws"};
  EXPECT_THAT(clipped_names(models, 20),
              ElementsAre("mobilene…25…ution=96", "mobilene…50…ution=96", "kws"));
  const std::vector<std::string> banks{"stm32l4r5zi", "stm32l4r5zi-single-bank"};
  EXPECT_THAT(clipped_names(banks, 15), ElementsAre("stm32l4r5zi", "stm32l4…le-bank"));
}

TEST(ClippedNames, NeverMakeTwoNamesOne) {
  std::vector<std::string> names;
  for (const char* middle :
       {"a", "bb", "ccc", "dddddddddddddddddddddddd", "ddddddddddddddddddddddde"}) {
    names.push_back("the_same_beginning_" + std::string(middle) + "_the_same_end_as_well");
  }
  for (std::size_t width = 8; width < 50; ++width) {
    const std::vector<std::string> clipped = clipped_names(names, width);
    EXPECT_EQ(std::set<std::string>(clipped.begin(), clipped.end()).size(), names.size()) << width;
  }
}

TEST(ClippedNames, CountCharactersNotBytes) {
  EXPECT_THAT(clipped_names(std::vector<std::string>{"ééééüüüüéééé"}, 9), ElementsAre("éééé…éééé"));
  EXPECT_EQ(clipped_at_end("ééééüüüü", 5), "éééé…");
}

TEST(TableColumns, AreThoseAskedForInThatOrder) {
  const std::string text = chips().render({.columns = {"vendor", "target"}, .width = 10});
  EXPECT_THAT(text, HasSubstr("vendor  target"));
  EXPECT_THAT(text, Not(HasSubstr("left out")));
  EXPECT_THAT(chips().render({.columns = {"all"}, .width = 10}), HasSubstr("vendor"));
}

TEST(TableColumns, ThatAreNotThereAreRefused) {
  try {
    chips().render({.columns = {"latency"}});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("--columns latency: no such column"));
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'latency_ms'?"));
    EXPECT_THAT(error.what(), HasSubstr("there are target, core, latency_ms, price_usd, vendor"));
  }
  EXPECT_THROW(chips().render({.sort = "-latencyms_"}), InputError);
}

TEST(TableRows, AreSortedByNumberWithoutMarks) {
  EXPECT_THAT(first_cells(chips().render({.sort = "latency_ms"})),
              ElementsAre("stm32l4r5zi-single-bank", "nrf52840", "stm32l4r5zi-double-bank"));
  EXPECT_THAT(first_cells(chips().render({.sort = "-latency_ms"})),
              ElementsAre("stm32l4r5zi-double-bank", "nrf52840", "stm32l4r5zi-single-bank"));
}

TEST(TableRows, WithoutAValueComeLastEitherWay) {
  for (const char* sort : {"price_usd", "-price_usd"}) {
    EXPECT_EQ(first_cells(chips().render({.sort = sort})).back(), "stm32l4r5zi-double-bank");
  }
}

TEST(TableRows, AreCutAboveTheTotals) {
  TextTable table({{"layer"}, {"cycles", Align::kRight}});
  for (int i = 1; i < 6; ++i) table.add_row({"l" + std::to_string(i), std::to_string(i)});
  table.add_rule();
  table.add_row({"total", "15"});
  EXPECT_EQ(table.render({.sort = "-cycles", .top = 2}),
            "layer  cycles\n"
            "-----  ------\n"
            "l5          5\n"
            "l4          4\n"
            "-----  ------\n"
            "total      15\n"
            "2 of 5 rows (--top)\n");
}

TEST(SeveralTables, ShareOneView) {
  const TextTable left = chips();
  TextTable right({{.header = "accelerator", .key = "target"}, {"family"}});
  right.add_row({"coral-usb3", "edge-tpu"});
  const std::vector<const TextTable*> both{&left, &right};
  const std::string text = render_tables(both, {.columns = {"target", "family"}});
  EXPECT_THAT(text, HasSubstr("nrf52840\n\naccelerator  family\n"));
  EXPECT_THAT(render_tables(both, {.columns = {"family"}}), Not(HasSubstr("nrf52840")));
  EXPECT_THROW(render_tables(both, {.columns = {"famili"}}), InputError);
}

}  // namespace
}  // namespace boardless::reports
