// Units by the ends of names.
#include "exploration/field_text.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "base/visible_text.h"
#include "reports/figures.h"

namespace boardless::exploration {
namespace {

std::string number_text(std::string_view field, double number) {
  const auto ends = [&](std::string_view unit) { return field.ends_with(unit); };
  if (ends("_ms")) return reports::four_digits(number) + " ms";
  if (ends("_uj")) return reports::four_digits(number) + " uJ";
  if (ends("_mj")) return reports::four_digits(number) + " mJ";
  if (ends("_usd")) return fmt::format("{:.2f} USD", number);
  if (ends("_mhz")) return fmt::format("{:g} MHz", number);
  if (ends("_hz")) return fmt::format("{:g} MHz", number / 1e6);
  if (ends("_bytes") || ends("_capacity")) {
    return reports::kibibytes(static_cast<Bytes>(std::llround(number))) + " KiB";
  }
  if (std::abs(number) < 1e6) return fmt::format("{:.6g}", number);
  return number < 0 ? '-' + reports::four_digits(-number) : reports::four_digits(number);
}

}  // namespace

std::string field_text(const std::string& field, const Value& value) {
  if (value.missing) return "-";
  switch (value.type) {
    case ValueType::kText:
      return visible(value.text);
    case ValueType::kTruth:
      return value.may_be_true ? "yes" : "no";
    case ValueType::kNumber:
      break;
  }
  return number_text(field, value.low);
}

std::string difference_text(const std::string& field, double a, double b) {
  return number_text(field, std::abs(a - b));
}

std::string ratio_text(double value, double than) {
  if (than == 0 || value == 0 || (value < 0) != (than < 0)) {
    return value < than ? "lower" : "higher";
  }
  const double ratio = value / than;
  if (ratio >= 2) return fmt::format("{} times as high", reports::four_digits(ratio));
  const double percent = 100 * std::abs(ratio - 1);
  return fmt::format("{:.{}f} % {}", percent, percent < 10 ? 1 : 0, ratio < 1 ? "lower" : "higher");
}

}  // namespace boardless::exploration
