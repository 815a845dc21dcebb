// What an expression over a design point can be: a number, of which only bounds may be known, a
// text, a truth value, or something that the point does not have.
#pragma once

#include <string>
#include <utility>

namespace boardless::exploration {

enum class ValueType { kNumber, kText, kTruth };

struct Value {
  ValueType type = ValueType::kTruth;
  bool missing = false;  // the point has no such thing; `text` says which
  // A number: it is one of [low, high].
  double low = 0, high = 0;
  std::string text;
  // A truth value: what it may turn out to be.
  bool may_be_true = false, may_be_false = false;

  static Value number(double value) { return between(value, value); }
  static Value between(double low, double high) {
    Value result;
    result.type = ValueType::kNumber;
    result.low = low;
    result.high = high;
    return result;
  }
  static Value of_text(std::string text) {
    Value result;
    result.type = ValueType::kText;
    result.text = std::move(text);
    return result;
  }
  static Value truth(bool may_be_true, bool may_be_false) {
    Value result;
    result.may_be_true = may_be_true;
    result.may_be_false = may_be_false;
    return result;
  }
  static Value truth(bool value) { return truth(value, !value); }
  static Value unknown_truth() { return truth(true, true); }
  static Value absent(ValueType type, std::string what) {
    Value result;
    result.type = type;
    result.missing = true;
    result.text = std::move(what);
    return result;
  }

  bool is_certain() const { return type != ValueType::kNumber || low == high; }
  bool surely_false() const { return !missing && !may_be_true; }
  bool surely_true() const { return !missing && !may_be_false; }
};

}  // namespace boardless::exploration
