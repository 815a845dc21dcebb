// The one reader of numbers that users write: on the command line, in YAML files, behind the '@' of
// a firmware's name and the ':' of a network's. (JSON has its own grammar: reports/json_number.h.)
//
//   64  007  +5  -2.5      decimal; a zero in front means nothing
//   0x40  0x2000_0000      hexadecimal, where a whole number is asked for: no sign, no unit; '_'
//   may
//                          stand between two digits
//   1.5  .5  5.  1e6       a fraction and an exponent, also of a whole number if the value is whole
//   64KiB  1.5 MB  80MHz   one unit of the number's kind (base/number_kind.h)
//
// Spaces around it are nothing. The locale plays no part. Whole numbers are exact: 1.5KiB is 1536,
// 0.1B is refused, 18446744073709551615 is the largest. Real ones are the nearest double; nan and
// infinity are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/number_kind.h"

namespace boardless {

// A number, or why the text is none: "'5.5' is not whole; a whole number from 0 to 31 is needed".
// To say where it stands (file and line, option) is the caller's part.
template <class T>
class ReadNumber {
 public:
  static ReadNumber of(T value) { return ReadNumber(value, ""); }
  static ReadNumber refused(std::string refusal) {
    return ReadNumber(std::nullopt, std::move(refusal));
  }

  explicit operator bool() const { return value_.has_value(); }
  T operator*() const { return *value_; }
  const std::string& refusal() const { return refusal_; }

 private:
  ReadNumber(std::optional<T> value, std::string refusal)
      : value_(value), refusal_(std::move(refusal)) {}

  std::optional<T> value_;
  std::string refusal_;
};

ReadNumber<std::uint64_t> read_number(std::string_view text, const WholeForm& form);
ReadNumber<double> read_number(std::string_view text, const RealForm& form);

}  // namespace boardless
