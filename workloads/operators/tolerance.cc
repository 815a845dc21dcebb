// Measures floats against floats in units in the last place.
#include "workloads/operators/tolerance.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/error.h"

namespace boardless::workloads {
namespace {

float float_at(std::span<const std::uint8_t> bytes, std::size_t at) {
  float value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

// Floats as integers in the order of their values, the zeros alike.
std::int64_t place(float value) {
  const auto bits = std::bit_cast<std::int32_t>(value);
  return bits >= 0 ? bits : std::int64_t{std::numeric_limits<std::int32_t>::min()} - bits;
}

std::int64_t distance(float a, float b, float unit) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b) ? 0 : kIncomparable;
  if (std::max(std::fabs(a), std::fabs(b)) >= unit) return std::abs(place(a) - place(b));
  const double ulp = double{std::nextafter(unit, 2 * unit)} - unit;
  return static_cast<std::int64_t>(std::ceil(std::fabs(double{a} - double{b}) / ulp));
}

}  // namespace

std::string Tolerance::text() const {
  if (is_exact()) return {};
  std::string text = terms == nullptr ? fmt::format("{} ULP", ulp) : std::string(formula);
  if (unit > 0) text += fmt::format("; below {} in ULP of {}", unit, unit);
  return text;
}

std::int64_t ulp_distance(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                          float unit) {
  check(a.size() == b.size(), "arrays of one size are compared");
  std::int64_t largest = 0;
  for (std::size_t at = 0; at + sizeof(float) <= a.size(); at += sizeof(float)) {
    largest = std::max(largest, distance(float_at(a, at), float_at(b, at), unit));
  }
  return largest;
}

}  // namespace boardless::workloads
