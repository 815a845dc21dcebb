// Writes the result document as JSON.
#include "reports/json_writer.h"

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/error.h"
#include "reports/document_fields.h"
#include "reports/json_text.h"
#include "reports/views.h"

namespace boardless::reports {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json value_json(const T& value);

template <class T>
Json value_json(const std::vector<T>& values) {
  Json array = Json::array();
  for (const T& value : values) array.push_back(value_json(value));
  return array;
}

template <class T>
Json value_json(const std::map<std::string, T>& values) {
  Json object = Json::object();
  for (const auto& [key, value] : values) object[key] = value_json(value);
  return object;
}

template <class T>
Json value_json(const std::optional<T>& value) {
  return value ? value_json(*value) : Json(nullptr);
}

template <class T>
Json value_json(const T& value) {
  if constexpr (std::is_same_v<T, prediction::Unanswered::Kind>) {
    return Json(prediction::kind_name(value));
  } else if constexpr (std::is_constructible_v<Json, const T&>) {
    if constexpr (std::is_floating_point_v<T>) {
      check(std::isfinite(value), "every number of a result document is finite");
    }
    return Json(value);
  } else {
    Json object = Json::object();
    visit_fields(value, [&](const char* name, const auto& field) {
      if constexpr (kIsOmittable<std::remove_cvref_t<decltype(field)>>) {
        if (field) object[name] = value_json(*field);
      } else {
        object[name] = value_json(field);
      }
    });
    return object;
  }
}

}  // namespace

Json document_json(const prediction::Document& document) {
  Json result = {{"schema", kSchema}};
  result.update(value_json(document));
  return result;
}

std::string to_json(const prediction::Document& document) {
  return json_text(document_json(document), 2) + '\n';
}

}  // namespace boardless::reports
