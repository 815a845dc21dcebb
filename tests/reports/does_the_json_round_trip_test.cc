// Does a document survive being written as JSON and read back, and is the text always the same?
#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string>

#include "reports/views.h"
#include "tests/reports/fixture.h"

namespace boardless::reports {
namespace {

using prediction::Document;

// Equality by text is enough because every field is written (the schema test asks for each), and
// the checks below compare members that text could hide.
void expect_round_trip(const Document& document) {
  const std::string text = to_json(document);
  EXPECT_EQ(to_json(from_json(text, "test")), text);
}

TEST(Json, RoundTripsEveryFixture) {
  expect_round_trip(reports_test::typical_document());
  expect_round_trip(reports_test::single_document());
  expect_round_trip(reports_test::hostile_document());
  expect_round_trip(reports_test::partly_answered_document());
  expect_round_trip(reports_test::together_document());
  expect_round_trip({"0.1.0", {}, {}});
}

TEST(Json, ReadsBackTheMembers) {
  const Document written = reports_test::hostile_document();
  const Document read = from_json(to_json(written), "test");
  ASSERT_EQ(read.predictions.size(), 1U);
  const auto& expected = written.predictions.front();
  const auto& actual = read.predictions.front();
  EXPECT_EQ(read.version, written.version);
  EXPECT_EQ(actual.model, expected.model);
  EXPECT_EQ(actual.latency_ms, expected.latency_ms);
  EXPECT_EQ(actual.energy_uj, expected.energy_uj);
  EXPECT_EQ(actual.price_usd, expected.price_usd);
  EXPECT_EQ(actual.reasons, expected.reasons);
  EXPECT_EQ(actual.stalls, expected.stalls);
  EXPECT_EQ(actual.sram.stack_bytes, expected.sram.stack_bytes);
  EXPECT_EQ(actual.flash.runtime_bytes, expected.flash.runtime_bytes);
  ASSERT_EQ(actual.layers.size(), expected.layers.size());
  EXPECT_EQ(actual.layers[0].name, expected.layers[0].name);
  EXPECT_EQ(actual.layers[0].note, expected.layers[0].note);
  EXPECT_EQ(actual.layers[3].latency_ms, expected.layers[3].latency_ms);
  ASSERT_EQ(actual.arena.size(), expected.arena.size());
  EXPECT_EQ(actual.arena[1].scratch, expected.arena[1].scratch);
  EXPECT_EQ(actual.arena[1].offset, expected.arena[1].offset);
  EXPECT_EQ(actual.estimates[0].reason, expected.estimates[0].reason);
  EXPECT_EQ(actual.sources, expected.sources);
}

TEST(Json, ReadsBackWhatIsNotAnswered) {
  const Document read = from_json(to_json(reports_test::partly_answered_document()), "test");
  ASSERT_EQ(read.unanswered.size(), 4U);
  EXPECT_EQ(read.unanswered[1].row, 11U);
  EXPECT_EQ(read.unanswered[1].kind, prediction::Unanswered::Kind::kNotModelled);
  EXPECT_EQ(read.unanswered[1].target, "nrf52840");
  EXPECT_EQ(read.unanswered[3].kind, prediction::Unanswered::Kind::kInterrupted);
}

TEST(Json, KeepsWhetherAnOutputWasCompared) {
  for (const std::optional<bool> exact : {std::optional<bool>(), {true}, {false}}) {
    Document document = reports_test::single_document();
    document.predictions[0].bit_exact = exact;
    EXPECT_EQ(from_json(to_json(document), "test").predictions[0].bit_exact, exact);
  }
}

TEST(Json, KeepsHowNearFloatsAre) {
  EXPECT_EQ(to_json(reports_test::single_document()).find("float_agreement"), std::string::npos);
  const Document document = reports_test::float_document();
  const prediction::Prediction read = from_json(to_json(document), "test").predictions.front();
  ASSERT_TRUE(read.float_agreement.has_value());
  EXPECT_TRUE(read.float_agreement->within_bound);
  EXPECT_EQ(read.float_agreement->nearest_bound.ulp, 2);
  EXPECT_EQ(read.float_agreement->nearest_bound.bound_ulp, 8);
  EXPECT_EQ(read.float_agreement->operators, (std::vector<std::string>{"LOGISTIC", "TANH"}));
  ASSERT_TRUE(read.layers.front().difference.has_value());
  EXPECT_EQ(read.layers.front().difference->bound_ulp, 5);
  EXPECT_FALSE(read.layers.back().difference.has_value());
}

TEST(Json, KeepsTheLimitsOfTheTypes) {
  Document document = reports_test::single_document();
  auto& p = document.predictions.front();
  p.cycles = std::numeric_limits<std::uint64_t>::max();
  p.macs = std::numeric_limits<std::int64_t>::max();
  p.clock_hz = std::numeric_limits<std::uint32_t>::max();
  p.latency_ms = 0.1;
  p.energy_uj = std::numeric_limits<double>::min();
  const Document read = from_json(to_json(document), "test");
  EXPECT_EQ(read.predictions[0].cycles, p.cycles);
  EXPECT_EQ(read.predictions[0].macs, p.macs);
  EXPECT_EQ(read.predictions[0].clock_hz, p.clock_hz);
  EXPECT_EQ(read.predictions[0].latency_ms, p.latency_ms);
  EXPECT_EQ(read.predictions[0].energy_uj, p.energy_uj);
  EXPECT_NE(to_json(document).find("\"latency_ms\": 0.1,"), std::string::npos);
}

TEST(Json, HasItsFieldsInOrderAndEndsWithANewline) {
  const std::string text = to_json(reports_test::single_document());
  const std::string opening =
      "{\n  \"schema\": \"boardless.prediction/1\",\n  \"version\": \"0.1.0\",\n"
      "  \"predictions\": [\n    {\n      \"model\": \"kws_ref_model\",\n";
  EXPECT_EQ(text.substr(0, opening.size()), opening);
  EXPECT_EQ(text.substr(text.size() - 3), "\n}\n");
}

TEST(Json, ReplacesNamesThatAreNotUtf8) {
  Document document = reports_test::single_document();
  document.predictions[0].layers[0].name = "bad\xFFname";
  const Document read = from_json(to_json(document), "test");
  EXPECT_EQ(read.predictions[0].layers[0].name, "bad\xEF\xBF\xBDname");
}

TEST(Views, AreTheSameBytesEachTime) {
  for (const auto view : {&to_json, &to_csv}) {
    EXPECT_EQ(view(reports_test::typical_document()), view(reports_test::typical_document()));
  }
  EXPECT_EQ(to_html(reports_test::typical_document()), to_html(reports_test::typical_document()));
  EXPECT_EQ(to_table(reports_test::typical_document(), true),
            to_table(reports_test::typical_document(), true));
}

}  // namespace
}  // namespace boardless::reports
