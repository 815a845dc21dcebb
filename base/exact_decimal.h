// Decimal digits as a whole number, without rounding in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace boardless {

// How many characters of `text` are the decimal number that it begins with: digits, a fraction, an
// exponent, no sign. 0 where it begins with none.
std::size_t decimal_length(std::string_view text);

// The functions below take such a number and nothing else.

bool is_above_zero(std::string_view decimal);

// What `decimal` * `factor` (below 2^32) is: only a whole number is written to `value`.
enum class Exactness { kWhole, kFraction, kTooLarge };
Exactness exact_whole(std::string_view decimal, std::uint64_t factor, std::uint64_t& value);

}  // namespace boardless
