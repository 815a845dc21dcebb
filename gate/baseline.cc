// Writes and reads baselines.
#include "gate/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/data_files.h"
#include "base/sha256.h"
#include "base/visible_text.h"
#include "gate/document.h"
#include "gate/subject_fields.h"
#include "reports/field_reader.h"
#include "reports/field_writer.h"
#include "reports/json_text.h"

namespace boardless::gate {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kSchema[] = "boardless.baseline/1";

std::string line(const Json& json) { return reports::json_text(json, -1); }

// Of all but itself, however it is laid out.
std::string digest_of(const Json& document) {
  const std::string text = line(document);
  return sha256_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Json document_of(const Baseline& baseline) {
  return {{"schema", kSchema},
          {"version", baseline.version},
          {"rows", reports::value_json(baseline.rows)}};
}

// The fields of a row on a line each, and so its parts.
std::string row_text(const Json& row) {
  std::string text = "    {";
  bool is_first = true;
  for (const auto& [name, value] : row.items()) {
    text += fmt::format("{}\n      {}: ", is_first ? "" : ",", line(Json(name)));
    is_first = false;
    if (!value.is_array() || value.empty()) {
      text += line(value);
      continue;
    }
    text += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      text += fmt::format("{}\n        {}", i == 0 ? "" : ",", line(value[i]));
    }
    text += "\n      ]";
  }
  return text + "\n    }";
}

std::string row_name(const Subject& row) {
  return fmt::format("{} on {}{}{}", visible(row.model), visible(row.target),
                     row.options.empty() ? "" : ", ", visible(row.options));
}

void require_own_digest(const reports::JsonNode& root) {
  Json rest = root.json;
  std::string said;
  if (rest.contains("sha256")) {
    reports::read_field(root.key("sha256"), said);
    rest.erase("sha256");
  }
  if (said == digest_of(rest)) return;
  root.fail(
      "is not what boardless wrote: it was changed, or two versions of it were merged; "
      "'boardless check BUDGET.yaml --update' writes it anew");
}

}  // namespace

const Subject* Baseline::find(const std::string& model, const std::string& target,
                              const std::string& options) const {
  const auto found = std::ranges::find_if(rows, [&](const Subject& row) {
    return row.model == model && row.target == target && row.options == options;
  });
  return found == rows.end() ? nullptr : &*found;
}

std::string baseline_text(const Baseline& baseline) {
  const Json document = document_of(baseline);
  std::string text = fmt::format("{{\n  \"schema\": {},\n  \"version\": {},\n  \"rows\": [",
                                 line(document.at("schema")), line(document.at("version")));
  const Json& rows = document.at("rows");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += (i == 0 ? "\n" : ",\n") + row_text(rows[i]);
  }
  return text + fmt::format("\n  ],\n  \"sha256\": \"{}\"\n}}\n", digest_of(document));
}

Baseline read_baseline(const std::filesystem::path& file) {
  const std::string name = visible(file.string());
  const std::vector<std::uint8_t> bytes = read_file(file);
  const Json json = reports::parse_json({bytes.begin(), bytes.end()}, name);
  const reports::JsonNode root{json, name, {}};
  if (!json.is_object()) root.expected("a baseline, which is an object");
  reports::require_schema(root, kSchema);
  require_own_digest(root);
  Baseline baseline;
  reports::refuse_unknown(root, {"schema", "version", "rows", "sha256"});
  for (const char* field : {"version", "rows"}) {
    if (!json.contains(field)) root.fail(fmt::format("field '{}' is missing", field));
  }
  reports::read_field(root.key("version"), baseline.version);
  reports::read_field(root.key("rows"), baseline.rows);
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (std::size_t i = 0; i < baseline.rows.size(); ++i) {
    Subject& row = baseline.rows[i];
    row.basis.version = baseline.version;
    if (!seen.emplace(row.model, row.target, row.options).second) {
      root.key("rows").item(i).fail(fmt::format("'{}' is there twice", row_name(row)));
    }
  }
  return baseline;
}

}  // namespace boardless::gate
