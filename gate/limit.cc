// Takes the sign off, leaves the number to base/number.h, and compares.
#include "gate/limit.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/visible_text.h"

namespace boardless::gate {
namespace {

using Kind = Limit::Kind;

struct Sign {
  std::string_view text;
  Kind kind;
};
// Two characters before the one that they begin with.
constexpr Sign kSigns[] = {{"<=", Kind::kAtMost}, {">=", Kind::kAtLeast}, {"==", Kind::kEqual},
                           {"<", Kind::kBelow},   {">", Kind::kAbove},    {"+", Kind::kTolerance}};

[[noreturn]] void fail(const Limit& limit, const std::string& why) {
  throw InputError(fmt::format(
      "{}: '{}': {}; a limit is a bound such as <= {}, or a tolerance on "
      "the baseline such as +2 %",
      limit.place.text(), visible(limit.text, {}, 80), why, figure_text(*limit.figure, 100)));
}

// Counts are whole as sizes are.
double read_bound(const Limit& limit, const std::string& number) {
  const NumberKind kind = limit.figure->kind;
  if (kind == NumberKind::kTime || kind == NumberKind::kEnergy) {
    const auto value = read_number(number, RealForm{.kind = kind, .least = 0});
    if (!value) fail(limit, value.refusal());
    return *value / limit.figure->scale;
  }
  const auto value = read_number(number, WholeForm{.kind = kind});
  if (!value) fail(limit, value.refusal());
  return static_cast<double>(*value);
}

}  // namespace

std::string Place::text() const {
  return file.empty() ? key : fmt::format("{}:{}: key '{}'", file, line, key);
}

Limit read_limit(const FigureRecord& figure, const std::string& text, const Place& place) {
  Limit limit{&figure, Kind::kAtMost, 0, text, place};
  std::string_view number = text;
  for (const Sign& sign : kSigns) {
    if (!number.starts_with(sign.text)) continue;
    number.remove_prefix(sign.text.size());
    limit.kind = sign.kind;
    break;
  }
  if (limit.kind != Kind::kTolerance) {
    limit.bound = read_bound(limit, std::string(number));
    return limit;
  }
  if (!number.ends_with('%')) fail(limit, "a tolerance is in percent");
  const auto percent = read_number(number, RealForm{.kind = NumberKind::kPercent, .least = 0});
  if (!percent) fail(limit, percent.refusal());
  limit.bound = *percent;
  return limit;
}

double bound_of(const Limit& limit, std::optional<double> baseline) {
  if (!needs_baseline(limit)) return limit.bound;
  check(baseline.has_value(), "a tolerance is judged with its baseline");
  return *baseline * (1 + limit.bound / 100);
}

bool holds(const Limit& limit, double value, std::optional<double> baseline) {
  const double bound = bound_of(limit, baseline);
  switch (limit.kind) {
    case Kind::kBelow:
      return value < bound;
    case Kind::kAtLeast:
      return value >= bound;
    case Kind::kAbove:
      return value > bound;
    case Kind::kEqual:
      return value == bound;
    case Kind::kAtMost:
    case Kind::kTolerance:
      break;
  }
  return value <= bound;
}

}  // namespace boardless::gate
