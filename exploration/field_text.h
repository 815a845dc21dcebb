// Values of fields as people read them.
#pragma once

#include <string>

#include "exploration/value.h"

namespace boardless::exploration {

// With the unit that the field's name says: "27.30 ms", "63.6 KiB", "4.50 USD", "80 MHz"; "-" for
// what is missing.
std::string field_text(const std::string& field, const Value& value);
// A difference of two values, without its sign: "2.00 USD".
std::string difference_text(const std::string& field, double a, double b);
// "12 % lower", "3 times as high": how far `value` is from `than`.
std::string ratio_text(double value, double than);

}  // namespace boardless::exploration
