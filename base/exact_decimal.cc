// Multiplies digit by digit, as on paper: what comes out is whole if nothing stands behind its
// point.
#include "base/exact_decimal.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

namespace boardless {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_exponent(char c) { return c == 'e' || c == 'E'; }

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// digits * 10^exponent; no digits: 0.
struct Scaled {
  std::string digits;
  std::int64_t exponent = 0;
};

std::int64_t exponent_of(std::string_view text) {
  constexpr std::int64_t kFar = std::int64_t{1} << 40U;  // no text has so many digits
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t exponent = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (read.ec != std::errc{}) exponent = text.starts_with('-') ? -kFar : kFar;
  return std::clamp(exponent, -kFar, kFar);
}

Scaled scaled(std::string_view decimal) {
  Scaled number;
  bool in_fraction = false;
  for (std::size_t at = 0; at < decimal.size(); ++at) {
    const char c = decimal[at];
    if (is_exponent(c)) {
      number.exponent += exponent_of(decimal.substr(at + 1));
      break;
    }
    if (c == '.') {
      in_fraction = true;
      continue;
    }
    if (in_fraction) --number.exponent;
    if (c != '0' || !number.digits.empty()) number.digits += c;
  }
  return number;
}

std::string product(const std::string& digits, std::uint64_t factor) {
  std::string result;
  std::uint64_t carry = 0;
  for (auto digit = digits.rbegin(); digit != digits.rend() || carry != 0;) {
    if (digit != digits.rend()) carry += static_cast<std::uint64_t>(*digit++ - '0') * factor;
    result += static_cast<char>('0' + carry % 10);
    carry /= 10;
  }
  std::ranges::reverse(result);
  return result;
}

}  // namespace

std::size_t decimal_length(std::string_view text) {
  const std::size_t whole = digits_from(text, 0);
  std::size_t end = whole;
  if (end < text.size() && text[end] == '.') {
    const std::size_t fraction = digits_from(text, end + 1);
    if (whole + fraction == 0) return 0;
    end += 1 + fraction;
  }
  if (end == 0 || end == text.size() || !is_exponent(text[end])) return end;
  std::size_t power = end + 1;
  if (power < text.size() && (text[power] == '+' || text[power] == '-')) ++power;
  const std::size_t digits = digits_from(text, power);
  return digits == 0 ? end : power + digits;
}

bool is_above_zero(std::string_view decimal) { return !scaled(decimal).digits.empty(); }

Exactness exact_whole(std::string_view decimal, std::uint64_t factor, std::uint64_t& value) {
  Scaled number = scaled(decimal);
  if (number.digits.empty()) {
    value = 0;
    return Exactness::kWhole;
  }
  number.digits = product(number.digits, factor);
  for (; number.exponent < 0 && number.digits.ends_with('0'); ++number.exponent) {
    number.digits.pop_back();
  }
  if (number.exponent < 0) return Exactness::kFraction;
  constexpr std::int64_t kMostDigits = 20;  // of 2^64 - 1
  const std::int64_t digits = static_cast<std::int64_t>(number.digits.size()) + number.exponent;
  if (digits > kMostDigits) return Exactness::kTooLarge;
  number.digits.append(static_cast<std::size_t>(number.exponent), '0');
  const char* const end = number.digits.data() + number.digits.size();
  const bool fits = std::from_chars(number.digits.data(), end, value).ec == std::errc{};
  return fits ? Exactness::kWhole : Exactness::kTooLarge;
}

}  // namespace boardless
