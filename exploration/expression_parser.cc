// Reads an expression by recursive descent: or, and, not, comparisons, sums, products.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/suggest.h"
#include "base/visible_text.h"
#include "exploration/expression.h"

namespace boardless::exploration {
namespace {

using Node = Expression::Node;
using Op = Expression::Op;

constexpr std::size_t kMostText = 4096;
constexpr int kDeepest = 100;

struct Token {
  enum class Kind { kEnd, kNumber, kText, kWord, kSign };
  Kind kind = Kind::kEnd;
  std::string text;  // of a text without its quotes
  std::size_t begin = 0, end = 0;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

const char* noun(ValueType type) {
  switch (type) {
    case ValueType::kNumber:
      return "a number";
    case ValueType::kText:
      return "a text";
    case ValueType::kTruth:
      break;
  }
  return "true or false";
}

class Parser {
 public:
  Parser(const std::string& text, const std::string& place, const Vocabulary& vocabulary)
      : text_(text), place_(place), vocabulary_(vocabulary) {
    if (text.size() > kMostText) fail("is longer than 4096 characters");
    advance();
  }

  std::vector<Node> whole() {
    const std::size_t node = disjunction();
    if (token_.kind != Token::Kind::kEnd) {
      fail(fmt::format("'{}' is not expected here", token_.text));
    }
    require(node, ValueType::kTruth);
    return std::move(nodes_);
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    constexpr std::size_t kShown = 200;
    throw InputError(
        fmt::format("{}: '{}': {}", place_, visible(text_, {}, kShown), visible(message)));
  }

  // --- words ---

  void advance() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) {
      ++at_;
    }
    last_end_ = token_.end;
    token_ = {Token::Kind::kEnd, "the end", at_, at_};
    if (at_ == text_.size()) return;
    const char c = text_[at_];
    if (c == '"' || c == '\'') return read_text(c);
    const bool is_number =
        is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]));
    if (is_number) return read_number_token();
    if (is_letter(c)) {
      take(Token::Kind::kWord, [&](char each) { return is_letter(each) || is_digit(each); });
      return;
    }
    const std::string_view rest = std::string_view(text_).substr(at_);
    for (const std::string_view sign : {"==", "!=", "<=", ">=", "&&", "||"}) {
      if (rest.starts_with(sign)) return take_sign(sign.size());
    }
    take_sign(1);
  }

  template <class Belongs>
  void take(Token::Kind kind, const Belongs& belongs) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && belongs(text_[at_])) ++at_;
    token_ = {kind, text_.substr(begin, at_ - begin), begin, at_};
  }
  void take_sign(std::size_t length) {
    token_ = {Token::Kind::kSign, text_.substr(at_, length), at_, at_ + length};
    at_ += length;
  }
  void read_text(char quote) {
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string::npos) fail("a text has no end: its second quote is missing");
    token_ = {Token::Kind::kText, text_.substr(at_ + 1, end - at_ - 1), at_, end + 1};
    at_ = end + 1;
  }
  // Digits, a unit, and an exponent with its sign.
  void read_number_token() {
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const char before = at_ > begin ? text_[at_ - 1] : ' ';
      const bool is_exponent_sign = (c == '-' || c == '+') && (before == 'e' || before == 'E');
      if (!is_letter(c) && !is_digit(c) && c != '.' && !is_exponent_sign) break;
      ++at_;
    }
    token_ = {Token::Kind::kNumber, text_.substr(begin, at_ - begin), begin, at_};
  }

  bool is_sign(std::string_view sign) const {
    return token_.kind == Token::Kind::kSign && token_.text == sign;
  }
  bool is_word(std::string_view word) const {
    return token_.kind == Token::Kind::kWord && token_.text == word;
  }
  void expect(std::string_view sign) {
    if (!is_sign(sign)) fail(fmt::format("'{}' is needed where {} stands", sign, shown_token()));
    advance();
  }
  std::string shown_token() const {
    return token_.kind == Token::Kind::kEnd ? "the end" : fmt::format("'{}'", token_.text);
  }

  // --- nodes ---

  std::size_t add(Node node) {
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
  }
  std::size_t join(Op op, ValueType type, std::size_t left, std::size_t right) {
    return add({.op = op,
                .type = type,
                .text = {},
                .left = left,
                .right = right,
                .begin = nodes_[left].begin,
                .end = last_end_});
  }
  std::string written(std::size_t node) const {
    return text_.substr(nodes_[node].begin, nodes_[node].end - nodes_[node].begin);
  }
  void require(std::size_t node, ValueType type) const {
    if (nodes_[node].type == type) return;
    fail(fmt::format("'{}' is {} where {} is needed{}", written(node), noun(nodes_[node].type),
                     noun(type), type == ValueType::kTruth ? ", such as latency_ms <= 50" : ""));
  }

  struct Depth {
    explicit Depth(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > kDeepest) parser_.fail("is nested too deeply");
    }
    ~Depth() { --parser_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    Parser& parser_;
  };

  std::size_t disjunction() {
    const Depth depth(*this);
    std::size_t left = conjunction();
    while (is_word("or") || is_sign("||")) {
      advance();
      require(left, ValueType::kTruth);
      const std::size_t right = conjunction();
      require(right, ValueType::kTruth);
      left = join(Op::kOr, ValueType::kTruth, left, right);
    }
    return left;
  }

  std::size_t conjunction() {
    std::size_t left = negation();
    while (is_word("and") || is_sign("&&")) {
      advance();
      require(left, ValueType::kTruth);
      const std::size_t right = negation();
      require(right, ValueType::kTruth);
      left = join(Op::kAnd, ValueType::kTruth, left, right);
    }
    return left;
  }

  std::size_t negation() {
    if (!is_word("not") && !is_sign("!")) return comparison();
    const Depth depth(*this);
    const std::size_t begin = token_.begin;
    advance();
    const std::size_t inner = negation();
    require(inner, ValueType::kTruth);
    return add({.op = Op::kNot,
                .type = ValueType::kTruth,
                .text = {},
                .left = inner,
                .begin = begin,
                .end = last_end_});
  }

  std::size_t comparison() {
    constexpr std::pair<std::string_view, Op> kSigns[] = {
        {"==", Op::kEqual},     {"!=", Op::kUnequal}, {"<", Op::kLess},
        {"<=", Op::kLessEqual}, {">", Op::kGreater},  {">=", Op::kGreaterEqual}};
    const std::size_t left = sum();
    if (is_word("in")) return membership(left);
    if (is_sign("=")) fail("'=' is no comparison; did you mean '=='?");
    for (const auto& [sign, op] : kSigns) {
      if (!is_sign(sign)) continue;
      advance();
      const std::size_t right = sum();
      for (const auto& [again, ignored] : kSigns) {
        if (is_sign(again)) fail("compares twice; write it as two comparisons with 'and'");
      }
      return compared(op, left, right);
    }
    return left;
  }

  std::size_t compared(Op op, std::size_t left, std::size_t right) {
    const ValueType a = nodes_[left].type, b = nodes_[right].type;
    if (a != b) {
      fail(fmt::format("'{}' is {} and '{}' is {}: they cannot be compared", written(left), noun(a),
                       written(right), noun(b)));
    }
    const bool is_ordering = op != Op::kEqual && op != Op::kUnequal;
    if (is_ordering && a != ValueType::kNumber) {
      fail(fmt::format("'{}' is {}, of which none is larger", written(left), noun(a)));
    }
    return join(op, ValueType::kTruth, left, right);
  }

  std::size_t membership(std::size_t left) {
    advance();
    expect("[");
    std::size_t result = compared(Op::kEqual, left, sum());
    while (is_sign(",")) {
      advance();
      const std::size_t one = compared(Op::kEqual, left, sum());
      result = join(Op::kOr, ValueType::kTruth, result, one);
    }
    expect("]");
    nodes_[result].end = last_end_;
    return result;
  }

  std::size_t sum() {
    std::size_t left = product();
    while (is_sign("+") || is_sign("-")) {
      left = arithmetic(is_sign("+") ? Op::kAdd : Op::kSubtract, left, &Parser::product);
    }
    return left;
  }

  std::size_t product() {
    std::size_t left = unary();
    while (is_sign("*") || is_sign("/")) {
      left = arithmetic(is_sign("*") ? Op::kMultiply : Op::kDivide, left, &Parser::unary);
    }
    return left;
  }

  std::size_t arithmetic(Op op, std::size_t left, std::size_t (Parser::*next)()) {
    advance();
    require(left, ValueType::kNumber);
    const std::size_t right = (this->*next)();
    require(right, ValueType::kNumber);
    return join(op, ValueType::kNumber, left, right);
  }

  std::size_t unary() {
    if (!is_sign("-")) return primary();
    const Depth depth(*this);
    const std::size_t begin = token_.begin;
    advance();
    const std::size_t inner = unary();
    require(inner, ValueType::kNumber);
    return add({.op = Op::kNegate, .text = {}, .left = inner, .begin = begin, .end = last_end_});
  }

  std::size_t primary() {
    if (is_sign("(")) {
      const std::size_t begin = token_.begin;
      advance();
      const std::size_t inner = disjunction();
      expect(")");
      nodes_[inner].begin = begin;
      nodes_[inner].end = last_end_;
      return inner;
    }
    Node node{.text = {}, .begin = token_.begin, .end = token_.end};
    switch (token_.kind) {
      case Token::Kind::kNumber:
        node.number = number();
        break;
      case Token::Kind::kText:
        node.op = Op::kText;
        node.type = ValueType::kText;
        node.text = token_.text;
        break;
      case Token::Kind::kWord:
        if (is_word("known") || is_word("min") || is_word("max")) return function();
        if (is_word("true") || is_word("false")) return truth(is_word("true"));
        node.op = Op::kField;
        node.field = field();
        node.type = vocabulary_[node.field].type;
        break;
      default:
        fail(fmt::format("a value is needed where {} stands", shown_token()));
    }
    advance();
    return add(std::move(node));
  }

  // 1 == 1, or not.
  std::size_t truth(bool value) {
    const std::size_t begin = token_.begin;
    advance();
    const std::size_t one = add({.number = 1, .text = {}, .begin = begin, .end = last_end_});
    return join(value ? Op::kEqual : Op::kUnequal, ValueType::kTruth, one, one);
  }

  std::size_t function() {
    const Depth depth(*this);
    const std::string name = token_.text;
    const std::size_t begin = token_.begin;
    advance();
    expect("(");
    Node node{.text = {}, .begin = begin};
    if (name == "known") {
      if (token_.kind != Token::Kind::kWord) fail("known() takes a name, such as known(price_usd)");
      node.op = Op::kKnown;
      node.type = ValueType::kTruth;
      node.field = field();
      advance();
    } else {
      node.op = name == "min" ? Op::kMin : Op::kMax;
      node.left = sum();
      require(node.left, ValueType::kNumber);
      expect(",");
      node.right = sum();
      require(node.right, ValueType::kNumber);
    }
    expect(")");
    node.end = last_end_;
    return add(std::move(node));
  }

  double number() const {
    if (const auto real = read_number(token_.text, RealForm{})) return *real;
    for (const NumberKind kind : {NumberKind::kBytes, NumberKind::kHertz, NumberKind::kCount}) {
      if (const auto whole = read_number(token_.text, WholeForm{.kind = kind})) {
        return static_cast<double>(*whole);
      }
    }
    fail(fmt::format("'{}' is no number, nor one with a unit such as 64KiB or 80MHz", token_.text));
  }

  std::size_t field() const {
    const auto found = std::ranges::find(vocabulary_, token_.text, &Field::name);
    if (found != vocabulary_.end()) return static_cast<std::size_t>(found - vocabulary_.begin());
    std::vector<std::string> names;
    for (const Field& each : vocabulary_) names.push_back(each.name);
    const std::string near = did_you_mean(token_.text, names);
    fail(fmt::format(
        "'{}' is not a known name{}", token_.text,
        near.empty() ? fmt::format("; there are {} (texts stand in quotes)", fmt::join(names, ", "))
                     : near));
  }

  const std::string& text_;
  const std::string& place_;
  const Vocabulary& vocabulary_;
  std::vector<Node> nodes_;
  Token token_;
  std::size_t at_ = 0, last_end_ = 0;
  int depth_ = 0;
};

}  // namespace

Expression Expression::parse(const std::string& text, const std::string& place,
                             const Vocabulary& vocabulary) {
  Expression result;
  result.text_ = text;
  result.place_ = place;
  result.nodes_ = Parser(text, place, vocabulary).whole();
  return result;
}

}  // namespace boardless::exploration
