// Is the CSV what RFC 4180 asks for, and does it hold every layer and total?
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reports/csv_text.h"
#include "reports/views.h"
#include "tests/reports/fixture.h"

namespace boardless::reports {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// A strict reader: records end with CR LF, a quote opens only at the start of a field, "" inside
// quotes is one quote.
Rows parse(const std::string& text) {
  Rows rows(1);
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (quoted) {
      if (c == '"' && next == '"') {
        field += text[++i];
      } else if (c == '"') {
        quoted = false;
        EXPECT_TRUE(next == ',' || next == '\r') << "a quote closes within a field at " << i;
      } else {
        field += c;
      }
    } else if (c == '"') {
      EXPECT_EQ(field, "") << "a quote opens within a field at " << i;
      quoted = true;
    } else if (c == ',' || c == '\r') {
      rows.back().push_back(field);
      field.clear();
      if (c == '\r') {
        EXPECT_EQ(next, '\n') << "a bare CR at " << i;
        ++i;
        rows.emplace_back();
      }
    } else {
      EXPECT_NE(c, '\n') << "a bare LF at " << i;
      field += c;
    }
  }
  EXPECT_FALSE(quoted);
  EXPECT_TRUE(rows.back().empty()) << "the last record has no line end";
  rows.pop_back();
  return rows;
}

std::string cell(const Rows& rows, std::size_t row, const std::string& column) {
  const auto& header = rows.front();
  const auto found = std::find(header.begin(), header.end(), column);
  if (found == header.end()) {
    ADD_FAILURE() << "no column " << column;
    return {};
  }
  return rows.at(row).at(static_cast<std::size_t>(found - header.begin()));
}

TEST(Csv, HasARowPerLayerAndATotal) {
  const auto document = reports_test::typical_document();
  const Rows rows = parse(to_csv(document));
  std::size_t expected = 1;
  for (const auto& p : document.predictions) expected += p.layers.size() + 1;
  ASSERT_EQ(rows.size(), expected);
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows.front().size());

  const auto& p = document.predictions.front();
  EXPECT_EQ(cell(rows, 1, "layer"), "0");
  EXPECT_EQ(cell(rows, 1, "op"), "CONV_2D");
  EXPECT_EQ(cell(rows, 1, "cycles"), std::to_string(p.layers[0].cycles));
  EXPECT_EQ(cell(rows, 1, "sram_total_bytes"), "");
  EXPECT_EQ(std::stod(cell(rows, 1, "latency_ms")), p.layers[0].latency_ms);
  EXPECT_EQ(cell(rows, 1, "cycles_load"), std::to_string(p.layers[0].stalls.at("load")));

  const std::size_t total = p.layers.size() + 1;
  EXPECT_EQ(cell(rows, total, "layer"), "");
  EXPECT_EQ(cell(rows, total, "target"), "nrf52840");
  EXPECT_EQ(cell(rows, total, "cycles"), std::to_string(p.cycles));
  EXPECT_EQ(cell(rows, total, "macs"), std::to_string(p.macs));
  EXPECT_EQ(cell(rows, total, "flash_capacity_bytes"), "1048576");
  EXPECT_EQ(cell(rows, total, "price_usd"), "4.2");
  EXPECT_EQ(cell(rows, total, "fits"), "true");
  EXPECT_EQ(std::stod(cell(rows, total, "energy_uj")), p.energy_uj);
}

TEST(Csv, QuotesWhatWouldBreakARecord) {
  const auto document = reports_test::hostile_document();
  const Rows rows = parse(to_csv(document));
  const std::size_t total = document.predictions[0].layers.size() + 1;
  EXPECT_EQ(cell(rows, total, "target"), "a,b \"c\"");
  EXPECT_EQ(cell(rows, total, "model"), document.predictions[0].model);
  EXPECT_EQ(cell(rows, total, "price_usd"), "");
  EXPECT_EQ(cell(rows, total, "reasons"),
            "line one\nline two\r\nline three; \xE2\x80\xA8 separators \xE2\x80\xA9");
  EXPECT_EQ(cell(rows, 3, "cycles_load"), "0");
  EXPECT_EQ(cell(rows, total, "cycles_other"), "17");  // of a cause named </script>
}

TEST(Csv, HasTheSameColumnsWhateverTheDocumentHolds) {
  const auto header = [](const prediction::Document& document) {
    return parse(to_csv(document)).front();
  };
  const auto columns = header({"0.1.0", {}, {}});
  EXPECT_EQ(header(reports_test::typical_document()), columns);
  EXPECT_EQ(header(reports_test::hostile_document()), columns);
  EXPECT_EQ(header(reports_test::partly_answered_document()), columns);
}

TEST(Csv, HasARowForWhatIsNotAnswered) {
  const auto document = reports_test::partly_answered_document();
  const Rows rows = parse(to_csv(document));
  for (const auto& row : rows) ASSERT_EQ(row.size(), rows.front().size());
  // Behind the layers and totals of the three predictions before it.
  std::size_t at = 1;
  for (std::size_t i = 0; i < 3; ++i) at += document.predictions[i].layers.size() + 1;
  EXPECT_EQ(cell(rows, at - 1, "answer"), "answered");
  EXPECT_EQ(cell(rows, at, "target"), "apollo3");
  EXPECT_EQ(cell(rows, at, "answer"), "not_possible");
  EXPECT_EQ(cell(rows, at, "reasons"), document.unanswered[0].reason);
  for (const char* column : {"cycles", "latency_ms", "fits", "bit_exact", "sram_total_bytes"}) {
    EXPECT_EQ(cell(rows, at, column), "") << column;
  }
  EXPECT_EQ(cell(rows, rows.size() - 1, "answer"), "interrupted");
}

TEST(Csv, LeavesOpenWhetherAnOutputThatWasNotComputedIsExact) {
  auto document = reports_test::single_document();
  document.predictions[0].bit_exact.reset();
  const Rows rows = parse(to_csv(document));
  EXPECT_EQ(cell(rows, rows.size() - 1, "bit_exact"), "");
  EXPECT_EQ(cell(rows, rows.size() - 1, "fits"), "true");
}

TEST(Csv, SaysHowNearFloatsAre) {
  Rows rows = parse(to_csv(reports_test::single_document()));
  EXPECT_EQ(cell(rows, rows.size() - 1, "ulp"), "");
  rows = parse(to_csv(reports_test::float_document()));
  for (const auto& row : rows) ASSERT_EQ(row.size(), rows.front().size());
  EXPECT_EQ(cell(rows, rows.size() - 1, "bit_exact"), "false");
  EXPECT_EQ(cell(rows, rows.size() - 1, "ulp"), "2");
  EXPECT_EQ(cell(rows, rows.size() - 1, "bound_ulp"), "8");
}

TEST(Csv, OfNothingIsAHeader) {
  const Rows rows = parse(to_csv({"0.1.0", {}, {}}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0][0], "model");
}

TEST(Csv, HoldsNoFormulas) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("-2+3"), "'-2+3");
  EXPECT_EQ(csv_cell("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
  EXPECT_EQ(csv_cell("=A1,\"B\""), "\"'=A1,\"\"B\"\"\"");
  for (const char* number : {"-3.5", "+2", "-1e-3", "0"}) EXPECT_EQ(csv_cell(number), number);
}

TEST(Csv, HasARowForModelsTogetherOnATarget) {
  const auto document = reports_test::together_document();
  const Rows rows = parse(to_csv(document));
  const std::size_t first = rows.size() - 3;
  EXPECT_EQ(cell(rows, first, "model"), "kws_ref_model + mobile");
  EXPECT_EQ(cell(rows, first, "answer"), "together");
  EXPECT_EQ(cell(rows, first, "layer"), "");
  EXPECT_EQ(cell(rows, first, "sram_total_bytes"),
            std::to_string(document.predictions.front().sram.total_bytes));
  EXPECT_EQ(cell(rows, first, "fits"), "true");
  EXPECT_EQ(cell(rows, first + 1, "answer"), "together_not_answered");
  EXPECT_EQ(cell(rows, first + 1, "sram_total_bytes"), "");
  EXPECT_EQ(cell(rows, first + 1, "reasons"), "mobile is not answered: operators SVDF (1)");
  EXPECT_EQ(cell(rows, first + 2, "fits"), "false");
}

}  // namespace
}  // namespace boardless::reports
