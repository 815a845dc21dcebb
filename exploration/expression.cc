// Evaluates expressions on intervals: an operation's bounds follow from those of its operands.
#include "exploration/expression.h"

#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace boardless::exploration {
namespace {

using Op = Expression::Op;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// 0 times something without a bound is 0: no factor is infinite itself.
double product(double a, double b) { return a == 0 || b == 0 ? 0 : a * b; }

Value multiplied(const Value& a, const Value& b) {
  const double products[] = {product(a.low, b.low), product(a.low, b.high), product(a.high, b.low),
                             product(a.high, b.high)};
  return Value::between(*std::ranges::min_element(products), *std::ranges::max_element(products));
}

Value divided(const Value& a, const Value& b) {
  if (b.low == 0 && b.high == 0) return Value::absent(ValueType::kNumber, "a division by zero");
  if (b.low <= 0 && b.high >= 0) return Value::between(-kInfinity, kInfinity);
  return multiplied(a, Value::between(1 / b.high, 1 / b.low));
}

Value arithmetic(Op op, const Value& a, const Value& b) {
  switch (op) {
    case Op::kAdd:
      return Value::between(a.low + b.low, a.high + b.high);
    case Op::kSubtract:
      return Value::between(a.low - b.high, a.high - b.low);
    case Op::kMultiply:
      return multiplied(a, b);
    case Op::kDivide:
      return divided(a, b);
    case Op::kMin:
      return Value::between(std::min(a.low, b.low), std::min(a.high, b.high));
    default:
      return Value::between(std::max(a.low, b.low), std::max(a.high, b.high));
  }
}

Value inverted(const Value& value) { return Value::truth(value.may_be_false, value.may_be_true); }

Value less(const Value& a, const Value& b) { return Value::truth(a.low < b.high, a.high >= b.low); }

// Either text may be the pattern.
bool same_text(const std::string& a, const std::string& b) {
  return a == b || ::fnmatch(b.c_str(), a.c_str(), FNM_CASEFOLD) == 0 ||
         ::fnmatch(a.c_str(), b.c_str(), FNM_CASEFOLD) == 0;
}

Value equal(const Value& a, const Value& b) {
  if (a.type == ValueType::kText) return Value::truth(same_text(a.text, b.text));
  if (a.type == ValueType::kTruth) {
    const bool both = (a.may_be_true && b.may_be_true) || (a.may_be_false && b.may_be_false);
    const bool differ = (a.may_be_true && b.may_be_false) || (a.may_be_false && b.may_be_true);
    return Value::truth(both, differ);
  }
  const bool certain = a.is_certain() && b.is_certain();
  return Value::truth(a.low <= b.high && b.low <= a.high, !certain || a.low != b.low);
}

Value compared(Op op, const Value& a, const Value& b) {
  switch (op) {
    case Op::kEqual:
      return equal(a, b);
    case Op::kUnequal:
      return inverted(equal(a, b));
    case Op::kLess:
      return less(a, b);
    case Op::kGreaterEqual:
      return inverted(less(a, b));
    case Op::kGreater:
      return less(b, a);
    default:
      return inverted(less(b, a));
  }
}

bool is_ordering(Op op) { return op >= Op::kLess && op <= Op::kGreaterEqual; }

}  // namespace

// A side that decides alone does so whatever the other one lacks.
Value Expression::junction(const Node& node, const FieldValues& fields) const {
  const bool is_and = node.op == Op::kAnd;
  const Value left = value_of(node.left, fields);
  const auto decides = [&](const Value& side) {
    return is_and ? side.surely_false() : side.surely_true();
  };
  if (decides(left)) return left;
  const Value right = value_of(node.right, fields);
  if (decides(right)) return right;
  if (left.missing) return left;
  if (right.missing) return right;
  return is_and ? Value::truth(left.may_be_true && right.may_be_true,
                               left.may_be_false || right.may_be_false)
                : Value::truth(left.may_be_true || right.may_be_true,
                               left.may_be_false && right.may_be_false);
}

Value Expression::value_of(std::size_t index, const FieldValues& fields) const {
  const Node& node = nodes_[index];
  switch (node.op) {
    case Op::kNumber:
      return Value::number(node.number);
    case Op::kText:
      return Value::of_text(node.text);
    case Op::kField:
      return fields(node.field);
    case Op::kKnown:
      return Value::truth(!fields(node.field).missing);
    case Op::kAnd:
    case Op::kOr:
      return junction(node, fields);
    default:
      break;
  }
  const Value left = value_of(node.left, fields);
  if (left.missing) return left;
  if (node.op == Op::kNot) return inverted(left);
  if (node.op == Op::kNegate) return Value::between(-left.high, -left.low);
  const Value right = value_of(node.right, fields);
  if (right.missing) return right;
  return node.type == ValueType::kNumber ? arithmetic(node.op, left, right)
                                         : compared(node.op, left, right);
}

Value Expression::evaluate(const FieldValues& fields) const {
  return value_of(nodes_.size() - 1, fields);
}

void Expression::collect(std::size_t index, const FieldValues& fields,
                         std::vector<Comparison>& into) const {
  const Node& node = nodes_[index];
  if (node.op == Op::kAnd) {
    collect(node.left, fields, into);
    collect(node.right, fields, into);
    return;
  }
  if (!is_ordering(node.op)) return;
  const Value left = value_of(node.left, fields), right = value_of(node.right, fields);
  if (left.missing || right.missing) return;
  const bool wants_less = node.op == Op::kLess || node.op == Op::kLessEqual;
  into.push_back({text_.substr(node.begin, node.end - node.begin), left, right, wants_less,
                  compared(node.op, left, right).may_be_true});
}

std::vector<Expression::Comparison> Expression::comparisons(const FieldValues& fields) const {
  std::vector<Comparison> result;
  collect(nodes_.size() - 1, fields, result);
  return result;
}

std::vector<std::size_t> Expression::fields() const {
  std::vector<std::size_t> named;
  for (const Node& node : nodes_) {
    if (node.op == Op::kField || node.op == Op::kKnown) named.push_back(node.field);
  }
  std::ranges::sort(named);
  named.erase(std::ranges::unique(named).begin(), named.end());
  return named;
}

}  // namespace boardless::exploration
