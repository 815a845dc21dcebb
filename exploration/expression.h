// Conditions and constraints as users write them, over the fields of a design point:
//
//   latency_ms <= 50                         numbers: + - * / ( ) min(a, b) max(a, b), units as in
//   sram_bytes <= 0.8 * sram_capacity        64KiB and 80MHz
//   target == "stm32*" and kernels != "reference"     texts, with patterns: * and ?
//   core in ["cortex-m4", "cortex-m7"] or not fpu
//   known(price_usd) and price_usd < 5       what some points lack
//
// Evaluated on bounds as well as on figures: an answer that the bounds already decide is decided.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "exploration/value.h"

namespace boardless::exploration {

// A name that expressions may use.
struct Field {
  std::string name;
  ValueType type = ValueType::kNumber;
  bool is_result = false;  // known only when the point is answered
};

using Vocabulary = std::vector<Field>;
// What a point has for a field of the vocabulary.
using FieldValues = std::function<Value(std::size_t field)>;

class Expression {
 public:
  // `place` is "FILE:LINE: key 'KEY'". Throws InputError that begins with it and names the word
  // that is wrong and what was probably meant: an unknown name, a number compared with a text, what
  // is no truth value.
  static Expression parse(const std::string& text, const std::string& place,
                          const Vocabulary& vocabulary);

  // A truth value. Missing when the answer hangs on something that the point does not have.
  Value evaluate(const FieldValues& fields) const;

  // One comparison of numbers that must hold, and its sides on a point.
  struct Comparison {
    std::string text;  // "latency_ms <= 50"
    Value left, right;
    bool wants_less = true;  // the left side is to be the smaller one
    bool holds = true;
  };
  // Those that are joined by `and` at the top.
  std::vector<Comparison> comparisons(const FieldValues& fields) const;

  const std::string& text() const { return text_; }
  const std::string& place() const { return place_; }
  // Numbers of the fields that it names, each once, rising.
  std::vector<std::size_t> fields() const;

  enum class Op : std::uint8_t {
    kNumber,
    kText,
    kField,
    kKnown,
    kNegate,
    kAdd,
    kSubtract,
    kMultiply,
    kDivide,
    kMin,
    kMax,
    kEqual,
    kUnequal,
    kLess,
    kLessEqual,
    kGreater,
    kGreaterEqual,
    kNot,
    kAnd,
    kOr,
  };
  struct Node {
    Op op = Op::kNumber;
    ValueType type = ValueType::kNumber;
    double number = 0;
    std::string text;
    std::size_t field = 0;
    std::size_t left = 0, right = 0;  // into nodes
    std::size_t begin = 0, end = 0;   // of the text it was written as
  };

 private:
  Value value_of(std::size_t node, const FieldValues& fields) const;
  Value junction(const Node& node, const FieldValues& fields) const;
  void collect(std::size_t node, const FieldValues& fields, std::vector<Comparison>& into) const;

  std::string text_, place_;
  std::vector<Node> nodes_;  // the last one is the whole
};

}  // namespace boardless::exploration
