// Evaluates the zoo's numeric expressions.
#include "workloads/zoo_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "workloads/zoo_yaml.h"

namespace boardless::workloads {
namespace {

std::vector<std::string> dollar_names(const ZooScope& scope) {
  std::vector<std::string> names;
  for (const auto& [name, value] : scope.numbers) names.push_back("$" + name);
  return names;
}

double variable(const YAML::Node& node, const ZooScope& scope) {
  const std::string& word = node.Scalar();
  const auto found = scope.numbers.find(word.substr(1));
  if (found == scope.numbers.end()) {
    fail_at(
        scope.file, node,
        fmt::format("nothing is called '{}' here{}", word, suggestion(word, dollar_names(scope))));
  }
  return found->second;
}

double scaled(ZooMap& map, const ZooScope& scope, std::int64_t input_channels) {
  const auto number = [&](const std::string& key, double fallback) {
    const YAML::Node node = map.optional(key);
    return node.IsDefined() ? evaluate_number(node, scope, input_channels) : fallback;
  };
  const auto width = scope.numbers.find("width");
  if (width == scope.numbers.end()) map.fail("'scale' needs a parameter called 'width'");
  const double wanted = number("scale", 0) * width->second;
  const double divisor = number("divisor", 8);
  const double lower_bound = number("at_least", 0);
  if (wanted <= 0 || divisor < 1) map.fail("'scale' and 'divisor': expected positive numbers");
  double rounded = std::max(divisor, std::floor(wanted / divisor + 0.5) * divisor);
  if (rounded < 0.9 * wanted) rounded += divisor;
  return std::max(rounded, lower_bound);
}

}  // namespace

double evaluate_number(const YAML::Node& node, const ZooScope& scope, std::int64_t input_channels) {
  if (node.IsScalar()) {
    if (node.Scalar().starts_with('$')) return variable(node, scope);
    double value = 0;
    if (YAML::convert<double>::decode(node, value) && std::isfinite(value)) return value;
    fail_at(scope.file, node, fmt::format("expected a number, not '{}'", node.Scalar()));
  }
  if (!node.IsMap()) {
    fail_at(scope.file, node, "expected a number, $name, {scale: …} or {times_input: …}");
  }
  ZooMap map(node, scope.file, "a number");
  double value = 0;
  if (const YAML::Node factor = map.optional("times_input"); factor.IsDefined()) {
    value = evaluate_number(factor, scope, input_channels) * static_cast<double>(input_channels);
  } else if (map.optional("scale").IsDefined()) {
    value = scaled(map, scope, input_channels);
  }
  map.finish();
  if (value == 0) map.fail("expected {scale: …} or {times_input: …} with a positive number");
  return value;
}

std::int32_t evaluate_count(const YAML::Node& node, const ZooScope& scope,
                            std::int64_t input_channels, std::int32_t minimum) {
  constexpr double kLargest = 1 << 24;
  const double value = evaluate_number(node, scope, input_channels);
  if (value != std::floor(value) || value < minimum || value > kLargest) {
    fail_at(scope.file, node,
            fmt::format("expected a whole number from {} to {}, not {}", minimum, kLargest, value));
  }
  return static_cast<std::int32_t>(value);
}

}  // namespace boardless::workloads
