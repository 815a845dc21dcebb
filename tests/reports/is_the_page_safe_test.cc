// Is the HTML page self-contained, and can nothing in the document escape from its data?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cost_models/stall_meaning.h"
#include "reports/views.h"
#include "tests/reports/embedded_document.h"
#include "tests/reports/fixture.h"

namespace boardless::reports {
namespace {

using reports_test::packed_json_of;
using reports_test::script_of;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

std::string embedded(const std::string& page) { return packed_json_of(page, "document"); }

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

TEST(Page, CarriesTheWholeDocument) {
  for (const auto& document : {reports_test::typical_document(), reports_test::hostile_document(),
                               prediction::Document{"0.1.0", {}, {}}}) {
    EXPECT_EQ(to_json(from_json(embedded(to_html(document)), "page")), to_json(document));
  }
}

TEST(Page, LetsNothingOutOfTheData) {
  const auto hostile = reports_test::hostile_document();
  const std::string page =
      to_html(hostile, {.command = "boardless '</template><b>", .baseline = &hostile});
  for (const std::string id : {"document", "baseline"}) {
    const std::string data = script_of(page, id);
    EXPECT_THAT(data, MatchesRegex("[A-Za-z0-9+/]+=*")) << id;
  }
  EXPECT_THAT(page, HasSubstr("boardless '&lt;/template&gt;&lt;b&gt;"));
  // The same elements as with a harmless document.
  const std::string harmless = to_html(reports_test::single_document());
  for (const std::string tag : {"<script", "</script", "<!--", "<img", "<b>"}) {
    EXPECT_EQ(count(page, tag), count(harmless, tag)) << tag;
  }
}

TEST(Page, TakesNoMarkFromTheDocument) {
  auto document = reports_test::single_document();
  document.predictions[0].model =
      "@boardless-document@ @boardless-causes@ @boardless-text@ @boardless-command@";
  const std::string page = to_html(document);
  EXPECT_EQ(to_json(from_json(embedded(page), "page")), to_json(document));
}

// docs/reading_the_report.md explains them at length.
TEST(Page, SaysWhatEachStallCauseMeans) {
  const std::string page = to_html(reports_test::single_document());
  for (std::size_t i = 0; i < cost_models::kStallCauses; ++i) {
    const auto cause = static_cast<cost_models::StallCause>(i);
    EXPECT_THAT(page, HasSubstr("\"" + std::string(stall_cause_name(cause)) + "\":\"" +
                                std::string(stall_cause_meaning(cause)) + "\""));
  }
}

TEST(Page, LoadsNothing) {
  const std::string page = to_html(reports_test::typical_document());
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const std::string part : {" src=\"http", " href=\"http", "@import", "url(http", "url(//"}) {
    EXPECT_EQ(count(page, part), 0U) << part;
  }
  EXPECT_LT(page.size(), 2000000U);
}

TEST(Page, CarriesTheBaselineAsItIs) {
  const auto before = reports_test::single_document(), now = reports_test::typical_document();
  const std::string page = to_html(now, {.command = {}, .baseline = &before});
  EXPECT_EQ(to_json(from_json(packed_json_of(page, "baseline"), "page")), to_json(before));
  EXPECT_EQ(script_of(to_html(now), "baseline"), "");
}

// 4 models on 57 targets are what people compare.
TEST(Page, StaysSmallWithManyTargets) {
  EXPECT_LT(to_html(reports_test::wide_document(228, 40)).size(), 2000000U);
}

TEST(Page, HoldsTheTableForReadersWithoutScript) {
  const std::string page = to_html(reports_test::single_document());
  const std::size_t from = page.find("<noscript>");
  ASSERT_NE(from, std::string::npos);
  const std::string text = page.substr(from, page.find("</noscript>") - from);
  EXPECT_THAT(text, HasSubstr("kws_ref_model on stm32f446re"));
  EXPECT_THAT(text, HasSubstr("DEPTHWISE_CONV_2D"));
  EXPECT_THAT(to_html(reports_test::hostile_document()), HasSubstr("&lt;i&gt;CUSTOM&lt;/i&gt;"));
}

}  // namespace
}  // namespace boardless::reports
