// Evaluates the zoo's numeric expressions.
#include "workloads/zoo/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "base/exact_decimal.h"
#include "base/number.h"
#include "workloads/zoo/yaml.h"

namespace boardless::workloads {
namespace {

std::vector<std::string> dollar_names(const ZooScope& scope) {
  std::vector<std::string> names;
  for (const auto& [name, value] : scope.numbers) names.push_back("$" + name);
  return names;
}

// A number, a $name, or arithmetic over them, by recursive descent.
class Arithmetic {
 public:
  Arithmetic(const YAML::Node& node, const ZooScope& scope)
      : node_(node), scope_(scope), text_(node.Scalar()) {}

  double evaluate() {
    const double value = sum();
    skip_spaces();
    if (at_ != text_.size() || !std::isfinite(value)) complain();
    return value;
  }

 private:
  [[noreturn]] void complain() const {
    fail_at(scope_.file, node_, fmt::format("expected a number, not '{}'", text_));
  }
  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char symbol) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != symbol) return false;
    ++at_;
    return true;
  }

  double sum() {
    double value = product();
    for (;;) {
      if (take('+')) {
        value += product();
      } else if (take('-')) {
        value -= product();
      } else {
        return value;
      }
    }
  }
  double product() {
    double value = factor();
    for (;;) {
      if (take('*')) {
        value *= factor();
      } else if (take('/')) {
        value /= factor();
      } else {
        return value;
      }
    }
  }
  double factor() {
    constexpr int kDeepest = 16;  // of parentheses and signs
    if (++depth_ > kDeepest) complain();
    const double value = signed_factor();
    --depth_;
    return value;
  }
  double signed_factor() {
    if (take('-')) return -factor();
    if (take('(')) {
      const double value = sum();
      if (!take(')')) complain();
      return value;
    }
    return take('$') ? variable() : number();
  }
  double variable() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    const std::string name = text_.substr(begin, at_ - begin);
    const auto found = scope_.numbers.find(name);
    if (found != scope_.numbers.end()) return found->second;
    fail_at(scope_.file, node_,
            fmt::format("nothing is called '${}' here{}", name,
                        suggestion("$" + name, dollar_names(scope_))));
  }
  double number() {
    const std::size_t length = decimal_length(std::string_view(text_).substr(at_));
    if (length == 0) complain();
    const auto value = read_number(std::string_view(text_).substr(at_, length), RealForm{});
    if (!value) fail_at(scope_.file, node_, value.refusal());
    at_ += length;
    return *value;
  }
  static bool is_word(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  const YAML::Node& node_;
  const ZooScope& scope_;
  const std::string& text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

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
  if (node.IsScalar()) return Arithmetic(node, scope).evaluate();
  if (!node.IsMap()) {
    fail_at(scope.file, node, "expected a number, $name, {scale: …} or {times_input: …}");
  }
  ZooMap map(node, scope.file, "a number");
  double value = 0;
  if (const YAML::Node factor = map.optional("times_input"); factor.IsDefined()) {
    value = evaluate_number(factor, scope, input_channels) * static_cast<double>(input_channels);
  } else if (const YAML::Node exact = map.optional("round_up"); exact.IsDefined()) {
    // Products such as 1.1 * 10 are not exact; a millionth above a whole number is that number.
    value = std::ceil(evaluate_number(exact, scope, input_channels) - 1e-6);
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

ZooQuantisation read_zoo_quantisation(ZooMap& map, const ZooScope& scope, const std::string& what) {
  const double scale = evaluate_number(map.required("scale"), scope, 0);
  const double zero_point = evaluate_number(map.required("zero_point"), scope, 0);
  using Float = std::numeric_limits<float>;
  if (!(scale >= Float::min() && scale <= Float::max())) {
    map.fail(fmt::format("{}: 'scale': expected a positive number that a float can hold", what));
  }
  if (zero_point != std::floor(zero_point) || zero_point < -128 || zero_point > 127) {
    map.fail(fmt::format("{}: 'zero_point': expected a whole number from -128 to 127", what));
  }
  return {static_cast<float>(scale), static_cast<std::int64_t>(zero_point)};
}

int named_tensor(const YAML::Node& name, const ZooScope& scope, int previous) {
  const std::string word = name.IsScalar() ? name.Scalar() : "";
  if (word == "previous") return previous;
  const auto found = scope.tensors.find(word);
  if (found != scope.tensors.end()) return found->second;
  std::vector<std::string> known{"previous"};
  for (const auto& [called, index] : scope.tensors) known.push_back(called);
  fail_at(scope.file, name,
          fmt::format("no layer is called '{}'{}", word, suggestion(word, known)));
}

}  // namespace boardless::workloads
