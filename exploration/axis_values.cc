// Tells scalars, lists and ranges apart.
#include "exploration/axis_values.h"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/visible_text.h"

namespace boardless::exploration {
namespace {

using targets::YamlNode;

std::string place_of(const targets::YamlPlace& place, const std::string& key) {
  return fmt::format("{}: key '{}'", place.text(), key);
}

AxisValue value_of(const YamlNode& node, const targets::YamlPlace& place, const std::string& key,
                   const std::string& what) {
  AxisValue value{node.scalar,
                  place_of(node.kind == YamlNode::Kind::kEmpty ? place : node.place, key)};
  if (node.kind != YamlNode::Kind::kScalar || node.scalar.empty()) {
    throw InputError(fmt::format("{}: holds what is no {}", value.place, what));
  }
  return value;
}

// One end of a range, or its step, with the unit of the axis.
double number_in(targets::YamlMap& range, const std::string& key) {
  const std::string text = range.text(key);
  if (const auto number = read_number(text, RealForm{})) return *number;
  // Frequencies and sizes.
  for (const NumberKind kind : {NumberKind::kMegahertz, NumberKind::kBytes}) {
    if (const auto number = read_number(text, WholeForm{.kind = kind})) {
      const double units = kind == NumberKind::kMegahertz ? 1e6 : 1;
      return static_cast<double>(*number) / units;
    }
  }
  range.fail(key, fmt::format("'{}' is no number", visible(text)));
}

std::vector<AxisValue> values_of_range(targets::YamlMap range, const std::string& place) {
  const double from = number_in(range, "from"), to = number_in(range, "to");
  if (to < from) range.fail("to", "is below 'from'");
  double step = 0, count = 0;
  if (range.has("count")) {
    if (range.has("step")) range.fail("count", "stands beside 'step'; one of them is enough");
    count = number_in(range, "count");
    if (count < 1 || count != std::floor(count)) range.fail("count", "is no whole number from 1");
    step = count > 1 ? (to - from) / (count - 1) : 1;
  } else {
    step = number_in(range, "step");
    if (step <= 0) range.fail("step", "must be above 0");
    // The last one may miss the end by what decimal fractions are off.
    count = std::floor((to - from) / step + 1e-9) + 1;
  }
  range.finish();
  if (!(count <= static_cast<double>(kMostValues))) {
    range.fail("to", fmt::format("makes more than {} values", kMostValues));
  }
  std::vector<AxisValue> values;
  for (double i = 0; i < count; ++i) {
    values.push_back({fmt::format("{:.12g}", from + i * step), place});
  }
  return values;
}

void require_distinct(const std::vector<AxisValue>& values) {
  std::set<std::string> seen;
  for (const AxisValue& value : values) {
    if (seen.insert(value.text).second) continue;
    throw InputError(fmt::format("{}: '{}' stands there twice", value.place, visible(value.text)));
  }
}

}  // namespace

std::vector<AxisValue> read_axis(targets::YamlMap& map, const std::string& key,
                                 const std::string& what) {
  const targets::YamlRef node = map.value(key, fmt::format("{}, a list of them, or a range", what));
  std::vector<AxisValue> values;
  if (node == nullptr) return values;
  switch (node->kind) {
    case YamlNode::Kind::kScalar:
      values.push_back(value_of(*node, node->place, key, what));
      break;
    case YamlNode::Kind::kList:
      for (const targets::YamlRef& item : node->items) {
        values.push_back(value_of(*item, node->place, key, what));
      }
      break;
    case YamlNode::Kind::kMap:
      values = values_of_range(map.map(key), place_of(node->place, key));
      break;
    case YamlNode::Kind::kEmpty:
      break;
  }
  if (values.empty()) map.fail(key, "is an axis without values: leave it out, or give it some");
  require_distinct(values);
  return values;
}

std::vector<std::uint64_t> read_whole_axis(targets::YamlMap& map, const std::string& key,
                                           const WholeForm& form) {
  std::vector<std::uint64_t> numbers;
  for (const AxisValue& value : read_axis(map, key, "number")) {
    const auto number = read_number(value.text, form);
    if (!number) throw InputError(fmt::format("{}: {}", value.place, number.refusal()));
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace boardless::exploration
