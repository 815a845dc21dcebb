// Reads a result document back from JSON, strictly: every field present, of its type, none unknown.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/suggest.h"
#include "reports/document_fields.h"
#include "reports/json_number.h"
#include "reports/views.h"

namespace boardless::reports {
namespace {

using Json = nlohmann::ordered_json;

// A value together with its place in the document, for messages.
struct Node {
  const Json& json;
  const std::string& source;
  std::string path;  // "predictions[0].layers[2]"; empty at the top

  [[noreturn]] void fail(const std::string& message) const {
    throw InputError(path.empty() ? fmt::format("{}: {}", source, message)
                                  : fmt::format("{}: '{}': {}", source, path, message));
  }
  [[noreturn]] void expected(const char* what) const {
    fail(fmt::format("expected {}, found {}", what, json.type_name()));
  }
  Node key(const std::string& name) const {
    return {json.at(name), source, path.empty() ? name : path + '.' + name};
  }
  Node item(std::size_t i) const { return {json.at(i), source, fmt::format("{}[{}]", path, i)}; }
};

template <class T>
void read(const Node& node, T& into);

void read(const Node& node, std::string& into) {
  if (!node.json.is_string()) node.expected("a string");
  into = node.json.get<std::string>();
}

void read(const Node& node, bool& into) {
  if (!node.json.is_boolean()) node.expected("true or false");
  into = node.json.get<bool>();
}

template <class T>
  requires std::is_arithmetic_v<T>
void read(const Node& node, T& into) {
  const std::string problem = read_json_number(node.json, into);
  if (!problem.empty()) node.fail(problem);
}

void read(const Node& node, prediction::Unanswered::Kind& into) {
  std::string name;
  read(node, name);
  const auto& names = prediction::kUnansweredKinds;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    node.fail(fmt::format("unknown kind '{}'; known are {}", name, fmt::join(names, ", ")));
  }
  into = static_cast<prediction::Unanswered::Kind>(found - names.begin());
}

template <class T>
void read(const Node& node, std::optional<T>& into) {
  if (node.json.is_null()) {
    into.reset();
  } else {
    read(node, into.emplace());
  }
}

template <class T>
void read(const Node& node, prediction::Omittable<T>& into) {
  read(node, into.emplace());
}

template <class T>
void read(const Node& node, std::vector<T>& into) {
  if (!node.json.is_array()) node.expected("an array");
  into.resize(node.json.size());
  for (std::size_t i = 0; i < into.size(); ++i) read(node.item(i), into[i]);
}

template <class T>
void read(const Node& node, std::map<std::string, T>& into) {
  if (!node.json.is_object()) node.expected("an object");
  for (const auto& [name, value] : node.json.items()) read(node.key(name), into[name]);
}

void refuse_unknown(const Node& node, const std::vector<std::string>& known) {
  for (const auto& [name, value] : node.json.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string nearest = nearest_word(name, known);
    node.fail(fmt::format("unknown field '{}'{}", name,
                          nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest)));
  }
}

template <class Struct>
void read_struct(const Node& node, Struct& into, std::vector<std::string> known) {
  if (!node.json.is_object()) node.expected("an object");
  visit_fields(into, [&](const char* name, auto&) { known.emplace_back(name); });
  refuse_unknown(node, known);
  visit_fields(into, [&](const char* name, auto& field) {
    if (kIsOmittable<std::remove_cvref_t<decltype(field)>> && !node.json.contains(name)) return;
    if (!node.json.contains(name)) node.fail(fmt::format("field '{}' is missing", name));
    read(node.key(name), field);
  });
}

template <class T>
void read(const Node& node, T& into) {
  read_struct(node, into, {});
}

// JSON lets a key appear twice and readers differ in which one counts, so that is refused.
Json parse(const std::string& text, const std::string& source_name) {
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

}  // namespace

prediction::Document from_json(const std::string& text, const std::string& source_name) {
  const Json json = parse(text, source_name);
  const Node root{json, source_name, {}};
  if (!json.is_object())
    root.expected("an object with \"schema\", \"version\" and \"predictions\"");
  if (!json.contains("schema") || json.at("schema") != kSchema) {
    root.fail(fmt::format("\"schema\" is {}, this version reads \"{}\"",
                          json.contains("schema") ? json.at("schema").dump() : "missing", kSchema));
  }
  prediction::Document document;
  read_struct(root, document, {"schema"});
  return document;
}

}  // namespace boardless::reports
