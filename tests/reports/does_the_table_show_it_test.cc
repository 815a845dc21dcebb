// Does the terminal show the result: figures, marks, reasons, layers, at a width that fits?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "reports/figures.h"
#include "reports/text_table.h"
#include "reports/views.h"
#include "tests/reports/fixture.h"

namespace boardless::reports {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string line_with(const std::string& text, const std::string& first,
                      const std::string& second) {
  for (const std::string& line : lines_of(text)) {
    if (line.find(first) != std::string::npos && line.find(second) != std::string::npos)
      return line;
  }
  return {};
}

TEST(TextTable, AlignsColumnsAndHeaders) {
  TextTable table({{"name"}, {"used\nKiB", Align::kRight}, {"note"}});
  table.add_row({"a", "1.5", "first"});
  table.add_row({"longer", "12"});
  table.add_rule();
  table.add_row({"µ", "13.5", "π r²"});
  EXPECT_EQ(table.render(2),
            "          used\n"
            "  name     KiB  note\n"
            "  ------  ----  -----\n"
            "  a        1.5  first\n"
            "  longer    12\n"
            "  ------  ----  -----\n"
            "  µ       13.5  π r²\n");
}

TEST(TextTable, KeepsTextOnOneLineAndWithinItsWidth) {
  EXPECT_EQ(one_line("a\r\nb\x1B[31m\tc"), "a b [31m c");
  EXPECT_EQ(clipped("mobilenet", 9), "mobilenet");
  EXPECT_EQ(clipped("mobilenet_v1", 9), "mobi…t_v1");
  EXPECT_EQ(clipped("ééééüüüü", 5), "éé…üü");
}

TEST(TextTable, RefusesMoreCellsThanColumns) {
  TextTable table({{"one"}});
  EXPECT_THROW(table.add_row({"a", "b"}), Bug);
}

TEST(Figures, AreWrittenForReaders) {
  EXPECT_EQ(with_commas(0), "0");
  EXPECT_EQ(with_commas(999), "999");
  EXPECT_EQ(with_commas(1000), "1,000");
  EXPECT_EQ(with_commas(1234567), "1,234,567");
  EXPECT_EQ(four_digits(0), "0");
  EXPECT_EQ(four_digits(0.0123456), "0.01235");
  EXPECT_EQ(four_digits(12.3456), "12.35");
  EXPECT_EQ(four_digits(1234.56), "1,235");
  EXPECT_EQ(four_digits(12345.6), "12,346");
  EXPECT_EQ(kibibytes(55500), "54.2");
  EXPECT_EQ(kibibytes(524288), "512");
  EXPECT_EQ(percent(1, 4), "25 %");
  EXPECT_EQ(percent(1, 4000), "<1 %");
  EXPECT_EQ(percent(0, 4), "0 %");
  EXPECT_EQ(percent(1, 0), "-");
  EXPECT_EQ(cycles_per_mac(300, 100), "3.000");
  EXPECT_EQ(cycles_per_mac(300, 0), "-");
}

TEST(Figures, FollowEstimatesDownstream) {
  prediction::Prediction p;
  EXPECT_FALSE(rests_on_estimate(p, Figure::kEnergy));
  p.estimates = {{"cycles", "core model"}, {"sram.stack_bytes", "call depth"}};
  EXPECT_TRUE(rests_on_estimate(p, Figure::kCycles));
  EXPECT_TRUE(rests_on_estimate(p, Figure::kLatency));
  EXPECT_TRUE(rests_on_estimate(p, Figure::kEnergy));
  EXPECT_TRUE(rests_on_estimate(p, Figure::kSram));
  EXPECT_FALSE(rests_on_estimate(p, Figure::kFlash));
  p.estimates = {{"energy_uj", "current"}};
  EXPECT_TRUE(rests_on_estimate(p, Figure::kEnergy));
  EXPECT_FALSE(rests_on_estimate(p, Figure::kLatency));
}

TEST(Table, HasARowPerPrediction) {
  const auto document = reports_test::typical_document();
  const std::string text = to_table(document, false);
  const std::string row = line_with(text, "kws_ref_model", "nrf52840");
  EXPECT_THAT(row, HasSubstr("cortex-m4@64"));
  EXPECT_THAT(row, HasSubstr(with_commas(document.predictions[0].cycles)));
  EXPECT_THAT(row, HasSubstr("  142.9  "));
  EXPECT_THAT(row, HasSubstr("  ~1,573  "));
  EXPECT_THAT(row, HasSubstr("18.3/256"));
  EXPECT_THAT(row, ContainsRegex("yes +yes$"));
  EXPECT_THAT(line_with(text, "kws_ref_model", "stm32l053r8"), ContainsRegex("NO +yes$"));
  for (const std::string& line : lines_of(text)) EXPECT_LE(line.size(), 140U) << line;
}

TEST(Table, SaysWhyAndOnWhatItRests) {
  const std::string text = to_table(reports_test::typical_document(), false);
  EXPECT_THAT(text, HasSubstr("\nDoes not fit:\n  kws_ref_model on stm32l053r8: SRAM: needs "));
  EXPECT_THAT(text, HasSubstr("\n~ rests on an estimate:\n  energy_uj (nrf52840, stm32f446re, "
                              "stm32f746ng): run_ua_per_mhz: estimate"));
  auto document = reports_test::single_document();
  document.predictions[0].estimates.clear();
  const std::string plain = to_table(document, true);
  EXPECT_THAT(plain, Not(HasSubstr("~")));
  EXPECT_THAT(plain, Not(HasSubstr("Does not fit")));
}

TEST(Table, HasARowForWhatIsNotAnswered) {
  const std::string text = to_table(reports_test::partly_answered_document(), false);
  const std::vector<std::string> lines = lines_of(text);
  const auto row_of = [&](const std::string& model, const std::string& target) {
    const auto found = std::find(lines.begin(), lines.end(), line_with(text, model, target));
    return found - lines.begin();
  };
  // In the order asked.
  EXPECT_EQ(row_of("kws_ref_model", "apollo3"), row_of("kws_ref_model", "stm32f446re") + 1);
  EXPECT_EQ(row_of("kws_ref_model", "stm32f746ng"), row_of("kws_ref_model", "apollo3") + 1);
  EXPECT_THAT(line_with(text, "kws_ref_model", "apollo3"), ContainsRegex("not possible +-$"));
  EXPECT_THAT(line_with(text, "yolo", "rp2040"), ContainsRegex(" - +not modelled +-$"));
  EXPECT_THAT(text, HasSubstr("\nNot answered:\n  kws_ref_model on apollo3: not possible: target"));
  // Once for all targets that share it.
  EXPECT_THAT(text, HasSubstr("  yolo on nrf52840, rp2040: not modelled: yolo: operators SVDF"));
  EXPECT_THAT(text, HasSubstr("  late on nrf52840: interrupted: interrupted"));
}

TEST(Table, LeavesOpenWhetherAnOutputThatWasNotComputedIsExact) {
  auto document = reports_test::single_document();
  document.predictions[0].bit_exact.reset();
  EXPECT_THAT(line_with(to_table(document, false), "kws_ref_model", "stm32f446re"),
              ContainsRegex("yes +-$"));
  document.predictions[0].bit_exact = false;
  EXPECT_THAT(line_with(to_table(document, false), "kws_ref_model", "stm32f446re"),
              ContainsRegex("yes +NO$"));
}

TEST(Table, SaysHowNearFloatsAre) {
  auto document = reports_test::float_document();
  prediction::Prediction& p = document.predictions[0];
  p.bit_exact = true;
  // The same bits are the same bits.
  EXPECT_THAT(line_with(to_table(document, false), "kws_ref_model", "stm32f446re"),
              ContainsRegex("yes +yes$"));
  EXPECT_THAT(to_table(document, false), Not(HasSubstr("ULP")));
  p.bit_exact = false;
  const std::string near = to_table(document, false);
  EXPECT_THAT(line_with(near, "kws_ref_model", "stm32f446re"), ContainsRegex("yes +2 ULP$"));
  EXPECT_THAT(near, HasSubstr("kws_ref_model on stm32f446re: equal within 2 ULP of the reference "
                              "(bound 8), float32 LOGISTIC, TANH\n"));
  p.float_agreement->within_bound = false;
  p.float_agreement->nearest_bound = {300, 8};
  const std::string wrong = to_table(document, false);
  EXPECT_THAT(line_with(wrong, "kws_ref_model", "stm32f446re"), ContainsRegex("yes +NO$"));
  EXPECT_THAT(wrong, HasSubstr("differs: 300 ULP of the reference (bound 8)"));
}

TEST(Table, KeepsTheLegendShort) {
  auto document = reports_test::single_document();
  auto& estimates = document.predictions[0].estimates;
  estimates.clear();
  for (int i = 0; i < 40; ++i) estimates.push_back({"cycles", "reason " + std::to_string(i)});
  const std::string text = to_table(document, false);
  EXPECT_THAT(text, HasSubstr("reason 7\n  and 32 more; "));
  EXPECT_THAT(text, Not(HasSubstr("reason 8")));
}

TEST(Table, ShowsLayersOnRequest) {
  const auto document = reports_test::single_document();
  EXPECT_THAT(to_table(document, false), Not(HasSubstr("DEPTHWISE_CONV_2D")));
  const std::string text = to_table(document, true);
  EXPECT_THAT(text, HasSubstr("kws_ref_model on stm32f446re (cortex-m4, 180 MHz), dsp kernels"));
  const std::string layer = line_with(text, "DEPTHWISE_CONV_2D", "1x25x5x64");
  EXPECT_THAT(layer, HasSubstr("72,000"));
  EXPECT_THAT(layer, HasSubstr("  load 9 %, flash_fetch 9 %"));
  EXPECT_THAT(line_with(text, "SOFTMAX", ""), HasSubstr("  -  "));
  EXPECT_THAT(line_with(text, " total ", "2,656,768"), HasSubstr("100 %"));
  EXPECT_THAT(text, HasSubstr("layer 0: 3x3 filter"));
  for (const std::string& line : lines_of(text)) EXPECT_LE(line.size(), 140U) << line;
}

TEST(Table, SurvivesWhatBreaksTables) {
  const std::string text = to_table(reports_test::hostile_document(), true);
  EXPECT_THAT(text, HasSubstr(": line one line two line three\n"));
  EXPECT_EQ(to_table({"0.1.0", {}, {}}, true), "No predictions.\n");
}

TEST(Table, ShowsWhatModelsTakeTogether) {
  const std::string text = to_table(reports_test::together_document(), false);
  EXPECT_THAT(text, HasSubstr("kws_ref_model + mobile, in turns in one device:"));
  const std::string together = text.substr(text.find("in turns in one device"));
  EXPECT_THAT(line_with(together, "nrf52840", "/"), ContainsRegex("~[0-9.,]+/[0-9.,]+ +yes$"));
  EXPECT_THAT(line_with(together, "rp2040", "-"), HasSubstr("not answered"));
  EXPECT_THAT(together, HasSubstr("on rp2040: mobile is not answered: operators SVDF (1)"));
  EXPECT_THAT(together, HasSubstr("on stm32f103c8: sram needs 61920 bytes"));
  EXPECT_THAT(to_table(reports_test::typical_document(), false), Not(HasSubstr("in turns")));
}

}  // namespace
}  // namespace boardless::reports
