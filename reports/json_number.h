// Numbers of JSON documents, as strict as those that are written by hand (base/number.h): a
// fraction where a whole number is asked for, and a number that the type does not hold exactly, are
// refused.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace boardless::reports {

// Empty when `into` now is the number, else what is wrong with it: "expected a whole number, found
// string". To say where it stands is the caller's part.
template <std::integral T>
std::string read_json_number(const nlohmann::ordered_json& json, T& into) {
  if (!json.is_number()) return fmt::format("expected a whole number, found {}", json.type_name());
  // What has more than 64 bits arrives as floating point; so does a fraction.
  constexpr double kBeyond64Bits = 18446744073709551616.0;
  const bool too_large = json.is_number_float() && std::abs(json.get<double>()) >= kBeyond64Bits;
  if (json.is_number_float() && !too_large) {
    return fmt::format("expected a whole number, found {}", json.dump());
  }
  const bool in_range =
      !too_large && (json.is_number_unsigned() ? std::in_range<T>(json.get<std::uint64_t>())
                                               : std::in_range<T>(json.get<std::int64_t>()));
  if (!in_range) {
    return fmt::format("{} is outside {} to {}", json.dump(), std::numeric_limits<T>::min(),
                       std::numeric_limits<T>::max());
  }
  into = json.get<T>();
  return "";
}

inline std::string read_json_number(const nlohmann::ordered_json& json, double& into) {
  if (!json.is_number()) return fmt::format("expected a number, found {}", json.type_name());
  into = json.get<double>();
  if (json.is_number_float()) return "";
  constexpr std::int64_t kMostExact = std::int64_t{1} << 53U;
  const bool is_exact = json.is_number_unsigned()
                            ? json.get<std::uint64_t>() <= std::uint64_t{kMostExact}
                            : json.get<std::int64_t>() >= -kMostExact;
  if (!is_exact) {
    return fmt::format("{} is a whole number beyond 2^53, which a 64-bit float does not hold",
                       json.dump());
  }
  return "";
}

}  // namespace boardless::reports
