// A record as JSON, and back: what docs/validation.json holds.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/visible_text.h"
#include "reports/json_number.h"
#include "reports/json_text.h"
#include "validation/record.h"

namespace boardless::validation {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "boardless.validation/1";
constexpr std::array kBases{Basis::kSameBinary, Basis::kSameSource, Basis::kOtherBuild};
constexpr std::array kStatuses{Row::Status::kDone, Row::Status::kSkipped, Row::Status::kFault,
                               Row::Status::kNotModelled, Row::Status::kWrong};

// To hundredths: what a reader compares, without the noise of the last bits.
double rounded(double percent) { return std::round(percent * 100) / 100; }

Json summary_json(const std::optional<ErrorSummary>& summary) {
  if (!summary) return nullptr;
  return {{"rows", summary->rows},
          {"median_absolute_error_percent", rounded(summary->median_percent)},
          {"worst_absolute_error_percent", rounded(summary->worst_percent)},
          {"worst_program", summary->worst_program}};
}

Json row_json(const Row& row) {
  Json json{{"program", row.program},
            {"target", row.target},
            {"clock_hz", row.clock_hz},
            {"basis", basis_text(row.basis)},
            {"unit", row.unit},
            {"published",
             {{"value", row.published.value},
              {"measurement", row.published.measurement},
              {"source", row.published.source},
              {"compiler", row.published.compiler},
              {"stack", row.published.stack}}},
            {"note", row.note},
            {"status", status_text(row.status)}};
  if (row.status != Row::Status::kDone) {
    json["reason"] = row.reason;
    return json;
  }
  json["predicted"] = {{"value", row.predicted},   {"error_percent", rounded(row.error_percent())},
                       {"compiler", row.compiler}, {"flags", row.flags},
                       {"cycles", row.cycles},     {"instructions", row.instructions},
                       {"stalls", row.stalls}};
  Json& functions = json["predicted"]["functions"] = Json::array();
  for (const FunctionCost& function : row.functions) {
    functions.push_back({{"name", function.name},
                         {"cycles", function.cycles},
                         {"instructions", function.instructions}});
  }
  return json;
}

// The value whose text is the field's.
template <class Values, class Text>
auto chosen(const Json& field, const Values& values, Text text_of) {
  const std::string word = field.get<std::string>();
  for (const auto& value : values) {
    if (word == text_of(value)) return value;
  }
  throw InputError(fmt::format("'{}' is not a value known here", visible(word)));
}

// A record may be a stranger's, and its texts go to a terminal.
std::string text(const Json& json, const char* key) {
  return visible(json.at(key).get<std::string>());
}

template <class T>
T number(const Json& map, const std::string& key) {
  T value{};
  const std::string problem = reports::read_json_number(map.at(key), value);
  if (!problem.empty()) throw InputError(fmt::format("'{}': {}", key, problem));
  return value;
}

Row read_row(const Json& json) {
  Row row;
  row.program = text(json, "program");
  row.target = text(json, "target");
  row.clock_hz = number<std::uint32_t>(json, "clock_hz");
  row.basis = chosen(json.at("basis"), kBases, basis_text);
  row.unit = text(json, "unit");
  const Json& published = json.at("published");
  row.published = {text(published, "measurement"), number<double>(published, "value"),
                   text(published, "source"), text(published, "compiler"),
                   text(published, "stack")};
  row.note = text(json, "note");
  row.status = chosen(json.at("status"), kStatuses, status_text);
  if (row.status != Row::Status::kDone) {
    row.reason = text(json, "reason");
    return row;
  }
  const Json& predicted = json.at("predicted");
  row.predicted = number<double>(predicted, "value");
  row.compiler = text(predicted, "compiler");
  row.flags = text(predicted, "flags");
  row.cycles = number<Cycles>(predicted, "cycles");
  row.instructions = number<std::uint64_t>(predicted, "instructions");
  const Json& stalls = predicted.at("stalls");
  for (const auto& [cause, cycles] : stalls.items()) {
    row.stalls[visible(cause)] = number<Cycles>(stalls, cause);
  }
  for (const Json& function : predicted.at("functions")) {
    row.functions.push_back({text(function, "name"), number<Cycles>(function, "cycles"),
                             number<std::uint64_t>(function, "instructions")});
  }
  return row;
}

}  // namespace

std::string to_json(const Record& record) {
  Json json{{"schema", kSchema}, {"version", record.version}};
  if (record.interrupted) json["interrupted"] = true;
  json["summary"] = {{"judged", summary_json(judged_errors(record))},
                     {"bounds", summary_json(bound_errors(record))}};
  Json& rows = json["rows"] = Json::array();
  for (const Row& row : record.rows) rows.push_back(row_json(row));
  return reports::json_text(json, 1) + '\n';
}

Record read_record(std::string_view bytes, const std::string& source) {
  try {
    const Json json = Json::parse(bytes);
    if (text(json, "schema") != kSchema) {
      throw InputError(
          fmt::format("its schema is '{}'; '{}' is needed", text(json, "schema"), kSchema));
    }
    Record record;
    record.version = text(json, "version");
    record.interrupted = json.value("interrupted", false);
    for (const Json& row : json.at("rows")) {
      try {
        record.rows.push_back(read_row(row));
      } catch (const InputError& error) {
        throw InputError(fmt::format("rows[{}]: {}", record.rows.size(), error.what()));
      }
    }
    return record;
  } catch (const nlohmann::json::exception& error) {
    throw InputError(
        fmt::format("{}: no record of a validation: {}", source, visible(error.what())));
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: no record of a validation: {}", source, error.what()));
  }
}

}  // namespace boardless::validation
