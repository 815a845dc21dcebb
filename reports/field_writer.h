// Writes any struct whose fields visit_fields() names as JSON, in their order: one list of names
// serves writer and reader (reports/field_reader.h).
#pragma once

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/error.h"
#include "reports/field_names.h"

namespace boardless::reports {

template <class T>
nlohmann::ordered_json value_json(const T& value);

template <class T>
nlohmann::ordered_json value_json(const std::vector<T>& values) {
  auto array = nlohmann::ordered_json::array();
  for (const T& value : values) array.push_back(value_json(value));
  return array;
}

template <class T>
nlohmann::ordered_json value_json(const std::map<std::string, T>& values) {
  auto object = nlohmann::ordered_json::object();
  for (const auto& [key, value] : values) object[key] = value_json(value);
  return object;
}

template <class T>
nlohmann::ordered_json value_json(const std::optional<T>& value) {
  return value ? value_json(*value) : nlohmann::ordered_json(nullptr);
}

template <class T>
nlohmann::ordered_json value_json(const T& value) {
  if constexpr (std::is_same_v<T, prediction::Unanswered::Kind>) {
    return nlohmann::ordered_json(prediction::kind_name(value));
  } else if constexpr (std::is_constructible_v<nlohmann::ordered_json, const T&>) {
    if constexpr (std::is_floating_point_v<T>) {
      check(std::isfinite(value), "every number of a result document is finite");
    }
    return nlohmann::ordered_json(value);
  } else {
    auto object = nlohmann::ordered_json::object();
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

}  // namespace boardless::reports
