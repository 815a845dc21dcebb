// Reads a result document back from JSON.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "reports/document_fields.h"
#include "reports/field_reader.h"
#include "reports/views.h"

namespace boardless::reports {

using Json = nlohmann::ordered_json;

nlohmann::ordered_json parse_json(const std::string& text, const std::string& source_name) {
  std::vector<std::set<std::string>> keys;
  const auto refuse_repeated = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto name = parsed.get<std::string>();
      if (!keys.back().insert(name).second) {
        throw InputError(
            fmt::format("{}: field '{}' appears twice in one object", source_name, name));
      }
    }
    return true;
  };
  try {
    return Json::parse(text, refuse_repeated);
  } catch (const nlohmann::json::exception& error) {
    throw InputError(fmt::format("{}: not JSON: {}", source_name, error.what()));
  }
}

prediction::Document from_json(const std::string& text, const std::string& source_name) {
  const Json json = parse_json(text, source_name);
  const JsonNode root{json, source_name, {}};
  if (!json.is_object())
    root.expected("an object with \"schema\", \"version\" and \"predictions\"");
  require_schema(root, kSchema);
  prediction::Document document;
  read_struct(root, document, {"schema"});
  return document;
}

}  // namespace boardless::reports
