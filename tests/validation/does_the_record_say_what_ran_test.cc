// Do a record's JSON, its views, its medians and docs/accuracy.md agree?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/data_files.h"
#include "base/error.h"
#include "validation/record.h"
#include "validation/views.h"

namespace boardless::validation {
namespace {

using testing::HasSubstr;

Row done(const std::string& program, double predicted, double published, Basis basis) {
  Row row;
  row.program = program;
  row.target = "chip";
  row.clock_hz = 16000000;
  row.basis = basis;
  row.unit = "cycles";
  row.published = {"m0001", published, "a page", "GCC 14, -O2", "bare"};
  row.status = Row::Status::kDone;
  row.predicted = predicted;
  row.compiler = "GCC 12";
  row.flags = "-O2";
  row.cycles = 12345678;
  row.instructions = 10000000;
  row.stalls = {{"load", 5}};
  row.functions = {{"main", 4, 3}};
  return row;
}

Record example() {
  Record record{"1.2.3", {}};
  record.rows.push_back(done("s/a", 1100, 1000, Basis::kSameSource));
  record.rows.push_back(done("s/b", 700, 1000, Basis::kSameBinary));
  record.rows.push_back(done("s/c", 1010, 1000, Basis::kSameSource));
  record.rows.push_back(done("s/d", 500, 1000, Basis::kOtherBuild));
  Row skipped = done("s/e", 0, 1000, Basis::kSameSource);
  skipped.status = Row::Status::kSkipped;
  skipped.reason = "missing: folder | x";
  record.rows.push_back(skipped);
  record.rows[0].note = record.rows[2].note = "other library";
  return record;
}

std::string text_of(const std::string& file) {
  const std::vector<std::uint8_t> bytes = read_file(file);
  return {bytes.begin(), bytes.end()};
}

TEST(ErrorSummary, TakesMedianAndWorstOfJudgedRowsOnly) {
  Record record = example();
  const std::optional<ErrorSummary> judged = judged_errors(record);
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->rows, 3U);
  EXPECT_NEAR(judged->median_percent, 10, 1e-9);
  EXPECT_NEAR(judged->worst_percent, 30, 1e-9);
  EXPECT_EQ(judged->worst_program, "s/b");
  EXPECT_NEAR(bound_errors(record)->median_percent, 50, 1e-9);
  record.rows.erase(record.rows.begin() + 2);
  EXPECT_NEAR(judged_errors(record)->median_percent, 20, 1e-9);  // of two: their mean
  EXPECT_FALSE(judged_errors(Record{}));
}

TEST(RecordJson, ComesBackAsItWas) {
  const std::string json = to_json(example());
  const Record back = read_record(json, "file");
  EXPECT_EQ(to_json(back), json);
  ASSERT_EQ(back.rows.size(), 5U);
  EXPECT_EQ(back.version, "1.2.3");
  EXPECT_EQ(back.rows[0].predicted, 1100);
  EXPECT_EQ(back.rows[0].functions, (std::vector<FunctionCost>{{"main", 4, 3}}));
  EXPECT_EQ(back.rows[1].basis, Basis::kSameBinary);
  EXPECT_EQ(back.rows[4].reason, "missing: folder | x");
}

// A record may be another's, and is shown on a terminal.
TEST(RecordJson, HoldsNothingThatATerminalObeys) {
  Record record = example();
  record.rows[0].program = "s/\x1b[31mred";
  record.rows[0].stalls = {{"lo\x07ud", 5}};
  const Record read = read_record(to_json(record), "r.json");
  EXPECT_EQ(read.rows[0].program, "s/\\x1b[31mred");
  EXPECT_EQ(read.rows[0].stalls.begin()->first, "lo\\x07ud");
}

TEST(RecordJson, IsRefusedWhenItIsNone) {
  const auto refusal = [](const std::string& text) {
    try {
      read_record(text, "some.json");
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(refusal("{"), HasSubstr("some.json"));
  EXPECT_THAT(refusal("[]"), HasSubstr("some.json"));
  EXPECT_THAT(refusal(R"({"schema": "boardless.prediction/1"})"),
              HasSubstr("boardless.prediction/1"));
  std::string json = to_json(example());
  json.replace(json.find("same source"), 11, "same sourse");
  EXPECT_THAT(refusal(json), HasSubstr("'same sourse'"));
  json = to_json(example());
  json.replace(json.find("\"cycles\":"), 9, "\"circles\":");
  EXPECT_THAT(refusal(json), HasSubstr("cycles"));
}

TEST(RecordJson, RefusesANumberThatIsNoneByName) {
  const auto refusal = [](const std::string& key, const std::string& value) {
    std::string json = to_json(example());
    const std::size_t at = json.find("\"" + key + "\": ") + key.size() + 4;
    json.replace(at, json.find_first_of(",\n", at) - at, value);
    try {
      read_record(json, "some.json");
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const std::string row = "some.json: no record of a validation: rows[0]: ";
  EXPECT_EQ(refusal("clock_hz", "16000000"), "");
  EXPECT_EQ(refusal("clock_hz", "-1"), row + "'clock_hz': -1 is outside 0 to 4294967295");
  EXPECT_EQ(refusal("clock_hz", "4294967296"),
            row + "'clock_hz': 4294967296 is outside 0 to 4294967295");
  EXPECT_EQ(refusal("clock_hz", "1.5"), row + "'clock_hz': expected a whole number, found 1.5");
  EXPECT_EQ(refusal("clock_hz", "\"16M\""),
            row + "'clock_hz': expected a whole number, found string");
  EXPECT_EQ(refusal("instructions", "18446744073709551616"),
            row + "'instructions': 1.8446744073709552e+19 is outside 0 to 18446744073709551615");
  EXPECT_EQ(refusal("value", "null"), row + "'value': expected a number, found null");
}

TEST(Views, ShowEveryRow) {
  const Record record = example();
  const std::string table = to_table(record);
  EXPECT_THAT(table, HasSubstr("chip@16"));
  EXPECT_THAT(table, HasSubstr("+10.0"));
  EXPECT_THAT(table, HasSubstr("3 rows, median error 10.0 %, worst 30.0 % (s/b)"));
  EXPECT_THAT(table, HasSubstr("s/e: skipped: missing: folder | x"));
  const std::string csv = to_csv(record);
  EXPECT_THAT(csv, HasSubstr("s/a,chip,16000000,same source,cycles,1100,1000,10.00,m0001,done"));
  EXPECT_THAT(csv, HasSubstr("\"GCC 14, -O2\""));
  EXPECT_THAT(csv, HasSubstr("s/e,chip,16000000,same source,cycles,,1000,,m0001,skipped"));
  const std::string markdown = to_markdown(record);
  EXPECT_THAT(markdown, HasSubstr("| s/a | chip@16 MHz | cycles | 1,100 | 1,000 | +10.0 % |"));
  EXPECT_THAT(markdown, HasSubstr("\n- s/a, s/c: other library.\n"));
  EXPECT_THAT(markdown, HasSubstr("| s/e | chip@16 MHz | cycles | - | 1,000 | skipped |"));
}

// scripts/write_docs.py puts it there.
TEST(AccuracyPage, ShowsTheRecordedRun) {
  const std::string page = text_of(BOARDLESS_SOURCE_DIR "/docs/accuracy.md");
  const Record record =
      read_record(text_of(BOARDLESS_SOURCE_DIR "/docs/validation.json"), "docs/validation.json");
  EXPECT_THAT(page, HasSubstr("--format markdown -->\n" + to_markdown(record) + "<!-- end -->\n"));
}

}  // namespace
}  // namespace boardless::validation
