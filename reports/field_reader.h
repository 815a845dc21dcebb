// Reads any struct whose fields visit_fields() names from JSON, strictly: every field present, of
// its type, none unknown. Messages name the document and the place in it.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/error.h"
#include "base/suggest.h"
#include "reports/field_names.h"
#include "reports/json_number.h"

namespace boardless::reports {

// The text as JSON. Throws InputError naming `source_name` for what is none, and for a key that an
// object has twice: readers differ in which one counts.
nlohmann::ordered_json parse_json(const std::string& text, const std::string& source_name);

// A value together with its place in the document, for messages.
struct JsonNode {
  const nlohmann::ordered_json& json;
  const std::string& source;
  std::string path;  // "predictions[0].layers[2]"; empty at the top

  [[noreturn]] void fail(const std::string& message) const {
    throw InputError(path.empty() ? fmt::format("{}: {}", source, message)
                                  : fmt::format("{}: '{}': {}", source, path, message));
  }
  [[noreturn]] void expected(const char* what) const {
    fail(fmt::format("expected {}, found {}", what, json.type_name()));
  }
  JsonNode key(const std::string& name) const {
    return {json.at(name), source, path.empty() ? name : path + '.' + name};
  }
  JsonNode item(std::size_t i) const {
    return {json.at(i), source, fmt::format("{}[{}]", path, i)};
  }
};

template <class T>
void read_field(const JsonNode& node, T& into);

inline void read_field(const JsonNode& node, std::string& into) {
  if (!node.json.is_string()) node.expected("a string");
  into = node.json.get<std::string>();
}

inline void read_field(const JsonNode& node, bool& into) {
  if (!node.json.is_boolean()) node.expected("true or false");
  into = node.json.get<bool>();
}

template <class T>
  requires std::is_arithmetic_v<T>
void read_field(const JsonNode& node, T& into) {
  const std::string problem = read_json_number(node.json, into);
  if (!problem.empty()) node.fail(problem);
}

inline void read_field(const JsonNode& node, prediction::Unanswered::Kind& into) {
  std::string name;
  read_field(node, name);
  const auto& names = prediction::kUnansweredKinds;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    node.fail(fmt::format("unknown kind '{}'; known are {}", name, fmt::join(names, ", ")));
  }
  into = static_cast<prediction::Unanswered::Kind>(found - names.begin());
}

template <class T>
void read_field(const JsonNode& node, std::optional<T>& into) {
  if (node.json.is_null()) {
    into.reset();
  } else {
    read_field(node, into.emplace());
  }
}

template <class T>
void read_field(const JsonNode& node, prediction::Omittable<T>& into) {
  read_field(node, into.emplace());
}

template <class T>
void read_field(const JsonNode& node, std::vector<T>& into) {
  if (!node.json.is_array()) node.expected("an array");
  into.resize(node.json.size());
  for (std::size_t i = 0; i < into.size(); ++i) read_field(node.item(i), into[i]);
}

template <class T>
void read_field(const JsonNode& node, std::map<std::string, T>& into) {
  if (!node.json.is_object()) node.expected("an object");
  for (const auto& [name, value] : node.json.items()) read_field(node.key(name), into[name]);
}

inline void refuse_unknown(const JsonNode& node, const std::vector<std::string>& known) {
  for (const auto& [name, value] : node.json.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string nearest = nearest_word(name, known);
    node.fail(fmt::format("unknown field '{}'{}", name,
                          nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest)));
  }
}

template <class Struct>
void read_struct(const JsonNode& node, Struct& into, std::vector<std::string> known) {
  if (!node.json.is_object()) node.expected("an object");
  visit_fields(into, [&](const char* name, auto&) { known.emplace_back(name); });
  refuse_unknown(node, known);
  visit_fields(into, [&](const char* name, auto& field) {
    if (kIsOmittable<std::remove_cvref_t<decltype(field)>> && !node.json.contains(name)) return;
    if (!node.json.contains(name)) node.fail(fmt::format("field '{}' is missing", name));
    read_field(node.key(name), field);
  });
}

template <class T>
void read_field(const JsonNode& node, T& into) {
  read_struct(node, into, {});
}

// The name of a format, at the top of every document.
inline void require_schema(const JsonNode& root, const std::string& schema) {
  const nlohmann::ordered_json& json = root.json;
  if (json.contains("schema") && json.at("schema") == schema) return;
  root.fail(fmt::format("\"schema\" is {}, this version reads \"{}\"",
                        json.contains("schema") ? json.at("schema").dump() : "missing", schema));
}

}  // namespace boardless::reports
