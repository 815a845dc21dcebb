// Takes a text apart into sign, digits and unit, and words what is wrong with it.
#include "base/number.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/exact_decimal.h"
#include "base/suggest.h"
#include "base/visible_text.h"

namespace boardless {
namespace {

constexpr char kTooLarge[] = "does not fit 64 bits";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// What the text consists of, once it is known to be a decimal number with a unit of its kind.
struct Decimal {
  bool negative = false;
  std::string_view literal;  // without sign and unit
  std::uint64_t factor = 1;
};

// Why a text is no number: "is not whole". What is accepted follows it, and then the hint.
struct Problem {
  std::string what;
  std::string hint = {};
};

bool is_not_finite(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('.')) text.remove_prefix(1);  // YAML's own words for them
  const std::string word = lower_case(text);
  return word == "nan" || word == "inf" || word == "infinity";
}

Problem unknown_unit(std::string_view unit, NumberKind kind) {
  std::vector<std::string> known;
  for (const NumberUnit& each : units_of(kind)) {
    if (!each.name.empty()) known.emplace_back(each.name);
  }
  if (known.empty()) return {fmt::format("has the unit '{}', and takes none", visible(unit))};
  if (unit.empty()) return {fmt::format("has no unit, which is one of {}", fmt::join(known, ", "))};
  const std::string word = lower_case(unit);
  const auto same = std::ranges::find_if(
      known, [&](const std::string& each) { return lower_case(each) == word; });
  std::string hint;
  if (same != known.end()) {
    hint = fmt::format("; did you mean '{}'?", *same);
  } else if (unit.size() > 1) {  // of a single letter all are near
    hint = did_you_mean(unit, known);
  }
  return {
      fmt::format("has the unit '{}', which is none of {}", visible(unit), fmt::join(known, ", ")),
      hint};
}

// Of what stands behind the digits: a word, or what makes the whole no number.
bool is_word(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return is_digit(c) || (c >= 0 && c < ' ') ||
           std::string_view("_.,:;+-*/='\"()[]{} ").find(c) != std::string::npos;
  });
}

std::optional<Problem> split(std::string_view text, NumberKind kind, Decimal& decimal) {
  if (text.empty()) return Problem{"is empty"};
  if (is_not_finite(text)) return Problem{"is not finite"};
  decimal.negative = text.starts_with('-');
  if (decimal.negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t length = decimal_length(text);
  if (length == 0) return Problem{"is not a number"};
  decimal.literal = text.substr(0, length);
  const std::string_view name = trimmed(text.substr(length));
  for (const NumberUnit& unit : units_of(kind)) {
    if (unit.name != name) continue;
    decimal.factor = unit.factor;
    return std::nullopt;
  }
  return is_word(name) ? unknown_unit(name, kind) : Problem{"is not a number"};
}

// Of a whole number with a fraction: what it is not.
std::string_view whole_of(NumberKind kind) {
  if (kind == NumberKind::kBytes) return "a whole number of bytes";
  const bool hertz = kind == NumberKind::kHertz || kind == NumberKind::kMegahertz;
  return hertz ? "a whole number of hertz" : "whole";
}

bool is_hexadecimal(std::string_view text) {
  return text.starts_with("0x") || text.starts_with("0X");
}

std::optional<Problem> hexadecimal_value(std::string_view text, std::uint64_t& value) {
  std::string digits;
  for (std::size_t at = 2; at < text.size(); ++at) {
    const bool between = at > 2 && at + 1 < text.size() && text[at - 1] != '_';
    if (text[at] == '_' && between) continue;
    if (!is_hex_digit(text[at])) return Problem{"is not a hexadecimal number"};
    digits += text[at];
  }
  if (digits.empty()) return Problem{"is not a hexadecimal number"};
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (read.ec == std::errc{}) return std::nullopt;
  return Problem{kTooLarge};
}

template <class Form>
Problem below(const Form& form) {
  return {"is below " + bound_text(form.kind, form.least)};
}

template <class Form, class T>
std::optional<Problem> out_of_range(T value, const Form& form) {
  if (value < form.least) return below(form);
  if (value > form.most) return Problem{"is above " + bound_text(form.kind, form.most)};
  return std::nullopt;
}

std::optional<Problem> read_whole(std::string_view text, const WholeForm& form,
                                  std::uint64_t& value) {
  if (is_hexadecimal(text)) {
    if (auto problem = hexadecimal_value(text, value)) return problem;
    return out_of_range(value, form);
  }
  Decimal decimal;
  if (auto problem = split(text, form.kind, decimal)) return problem;
  if (decimal.negative && is_above_zero(decimal.literal)) return below(form);
  switch (exact_whole(decimal.literal, decimal.factor, value)) {
    case Exactness::kWhole:
      break;
    case Exactness::kFraction:
      return Problem{fmt::format("is not {}", whole_of(form.kind))};
    case Exactness::kTooLarge:
      return Problem{kTooLarge};
  }
  return out_of_range(value, form);
}

std::optional<Problem> read_real(std::string_view text, const RealForm& form, double& value) {
  if (is_hexadecimal(text)) return Problem{"is hexadecimal"};
  Decimal decimal;
  if (auto problem = split(text, form.kind, decimal)) return problem;
  const char* const end = decimal.literal.data() + decimal.literal.size();
  if (std::from_chars(decimal.literal.data(), end, value).ec != std::errc{}) {
    return Problem{"does not fit a 64-bit float"};
  }
  value *= static_cast<double>(decimal.factor);
  if (!std::isfinite(value)) return Problem{"does not fit a 64-bit float"};
  if (decimal.negative) value = -value;
  return out_of_range(value, form);
}

template <class Form>
std::string refusal(std::string_view text, const Problem& problem, const Form& form) {
  constexpr std::size_t kShown = 80;
  return fmt::format("'{}' {}; {}{}", visible(text, {}, kShown), problem.what, needed_text(form),
                     problem.hint);
}

}  // namespace

ReadNumber<std::uint64_t> read_number(std::string_view text, const WholeForm& form) {
  std::uint64_t value = 0;
  if (const auto problem = read_whole(trimmed(text), form, value)) {
    return ReadNumber<std::uint64_t>::refused(refusal(text, *problem, form));
  }
  return ReadNumber<std::uint64_t>::of(value);
}

ReadNumber<double> read_number(std::string_view text, const RealForm& form) {
  double value = 0;
  if (const auto problem = read_real(trimmed(text), form, value)) {
    return ReadNumber<double>::refused(refusal(text, *problem, form));
  }
  return ReadNumber<double>::of(value);
}

}  // namespace boardless
