// Do conditions and constraints mean what they say, on figures and on bounds, and does a wrong one
// get a line that helps?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <string>

#include "base/error.h"
#include "exploration/expression.h"

namespace boardless::exploration {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

const Vocabulary kVocabulary{{"latency_ms", ValueType::kNumber, true},
                             {"sram_bytes", ValueType::kNumber, true},
                             {"sram_capacity", ValueType::kNumber, false},
                             {"price_usd", ValueType::kNumber, false},
                             {"target", ValueType::kText, false},
                             {"fpu", ValueType::kTruth, false},
                             {"fits", ValueType::kTruth, true}};

using Values = std::map<std::string, Value>;

FieldValues fields(const Values& values) {
  return [values](std::size_t field) {
    const Field& asked = kVocabulary[field];
    const auto found = values.find(asked.name);
    return found == values.end() ? Value::absent(asked.type, asked.name) : found->second;
  };
}

const Values kPoint{{"latency_ms", Value::number(40)},
                    {"sram_bytes", Value::number(65536)},
                    {"sram_capacity", Value::number(131072)},
                    {"target", Value::of_text("stm32f446re")},
                    {"fpu", Value::truth(true)},
                    {"fits", Value::unknown_truth()}};

Expression parsed(const std::string& text) {
  return Expression::parse(text, "f:1: key 'k'", kVocabulary);
}

// "true", "false", "maybe", or what is missing.
std::string meaning(const std::string& text, const Values& values = kPoint) {
  const Value value = parsed(text).evaluate(fields(values));
  if (value.missing) return value.text;
  if (value.may_be_true && value.may_be_false) return "maybe";
  return value.may_be_true ? "true" : "false";
}

TEST(Expression, ComparesNumbers) {
  for (const char* text : {"latency_ms <= 40",         "latency_ms >= 40",
                           "latency_ms == 40",         "latency_ms < 40.1",
                           "latency_ms > 3.9e1",       "latency_ms != 41",
                           "40 <= latency_ms",         "-latency_ms < -39",
                           "2 * latency_ms + 1 == 81", "latency_ms - 1 - 1 == 38",
                           "latency_ms / 4 / 2 == 5",  "1 + 2 * 3 == 7",
                           "(1 + 2) * 3 == 9",         "sram_bytes <= 0.8 * sram_capacity",
                           "sram_bytes == 64KiB",      "sram_bytes == 0.5 * 128KiB",
                           "80MHz == 80000000",        "min(latency_ms, 3) == 3",
                           "max(latency_ms, 3) == 40", "--latency_ms == 40"}) {
    EXPECT_EQ(meaning(text), "true") << text;
    EXPECT_EQ(meaning(std::string("not ") + text), "false") << text;
  }
}

TEST(Expression, ComparesTextsByPatternsAndLists) {
  for (const char* text :
       {"target == \"stm32f446re\"", "target == 'stm32*'", "target == \"STM32F4?6RE\"",
        "target != \"rp*\"", "target in [\"rp2040\", \"stm32*\"]", "not target in ['rp2040']"}) {
    EXPECT_EQ(meaning(text), "true") << text;
  }
  EXPECT_EQ(meaning("target in ['rp2040', 'nrf*']"), "false");
}

TEST(Expression, JoinsByWordsAndSigns) {
  const std::string yes = "latency_ms < 50", no = "latency_ms > 50";
  EXPECT_EQ(meaning(yes + " and " + yes), "true");
  EXPECT_EQ(meaning(yes + " && " + no), "false");
  EXPECT_EQ(meaning(no + " or " + yes), "true");
  EXPECT_EQ(meaning(no + " || " + no), "false");
  // `and` binds closer than `or`, `not` closer than both.
  EXPECT_EQ(meaning(yes + " or " + no + " and " + no), "true");
  EXPECT_EQ(meaning("not " + no + " and " + yes), "true");
  EXPECT_EQ(meaning("!(" + yes + " and " + no + ")"), "true");
  EXPECT_EQ(meaning("fpu"), "true");
  EXPECT_EQ(meaning("fpu == false or true"), "true");
}

TEST(Expression, SaysMaybeWhereBoundsDoNotDecide) {
  Values values = kPoint;
  values["latency_ms"] = Value::between(40, std::numeric_limits<double>::infinity());
  EXPECT_EQ(meaning("latency_ms <= 50", values), "maybe");
  EXPECT_EQ(meaning("latency_ms <= 39.9", values), "false");
  EXPECT_EQ(meaning("latency_ms <= 40", values), "maybe");
  EXPECT_EQ(meaning("latency_ms < 40", values), "false");
  EXPECT_EQ(meaning("latency_ms >= 40", values), "true");
  EXPECT_EQ(meaning("50 > latency_ms", values), "maybe");
  EXPECT_EQ(meaning("latency_ms != 39", values), "true");
  EXPECT_EQ(meaning("latency_ms == 40", values), "maybe");
  EXPECT_EQ(meaning("1000 / latency_ms >= 26", values), "false");
  EXPECT_EQ(meaning("1000 / latency_ms >= 25", values), "maybe");
  EXPECT_EQ(meaning("0 - latency_ms > -39", values), "false");
  EXPECT_EQ(meaning("0 * latency_ms == 0", values), "true");
  EXPECT_EQ(meaning("min(latency_ms, 30) == 30", values), "true");
  EXPECT_EQ(meaning("max(latency_ms, 30) < 39", values), "false");
  EXPECT_EQ(meaning("fits", values), "maybe");
  EXPECT_EQ(meaning("fits and latency_ms < 30", values), "false");
  EXPECT_EQ(meaning("fits or latency_ms >= 40", values), "true");
  EXPECT_EQ(meaning("not fits", values), "maybe");
}

// What is false on bounds is false on every figure within them: tried on many.
TEST(Expression, NeverDecidesOnBoundsWhatAFigureWouldRefute) {
  const char* texts[] = {"latency_ms * sram_bytes < 100",
                         "latency_ms - 3 * sram_bytes >= latency_ms / 2",
                         "not (latency_ms < 7 or sram_bytes / latency_ms > 2)",
                         "min(latency_ms, sram_bytes) * -1 < max(-4, 3 - latency_ms)",
                         "latency_ms == sram_bytes or latency_ms != 5"};
  for (const char* text : texts) {
    for (int low = -6; low <= 6; low += 2) {
      for (int high = low; high <= 8; high += 3) {
        Values bounds;
        bounds["latency_ms"] = Value::between(low, high);
        bounds["sram_bytes"] = Value::between(low - 1, high + 2);
        const Value on_bounds = parsed(text).evaluate(fields(bounds));
        for (double a = low; a <= high; a += 0.5) {
          for (double b = low - 1; b <= high + 2; b += 0.5) {
            const Value on_figures = parsed(text).evaluate(
                fields({{"latency_ms", Value::number(a)}, {"sram_bytes", Value::number(b)}}));
            if (on_figures.missing || on_bounds.missing) continue;
            if (on_bounds.surely_true()) {
              EXPECT_TRUE(on_figures.may_be_true) << text << a << ' ' << b;
            }
            if (on_bounds.surely_false()) {
              EXPECT_FALSE(on_figures.may_be_true) << text << a << ' ' << b;
            }
          }
        }
      }
    }
  }
}

TEST(Expression, NamesWhatIsMissingOnlyWhereTheAnswerHangsOnIt) {
  EXPECT_EQ(meaning("price_usd < 5"), "price_usd");
  EXPECT_EQ(meaning("price_usd < 5 and latency_ms < 50"), "price_usd");
  EXPECT_EQ(meaning("price_usd < 5 and latency_ms > 50"), "false");
  EXPECT_EQ(meaning("latency_ms < 50 or price_usd < 5"), "true");
  EXPECT_EQ(meaning("known(price_usd) and price_usd < 5"), "false");
  EXPECT_EQ(meaning("not known(price_usd) or price_usd < 5"), "true");
  EXPECT_EQ(meaning("known(latency_ms)"), "true");
  EXPECT_EQ(meaning("latency_ms / 0 > 1"), "a division by zero");
}

TEST(Expression, TellsComparisonsThatMustHold) {
  const Expression expression = parsed("latency_ms <= 30 and (sram_bytes < 1 or fpu) and 5 >= 3");
  const auto comparisons = expression.comparisons(fields(kPoint));
  ASSERT_EQ(comparisons.size(), 2U);
  EXPECT_EQ(comparisons[0].text, "latency_ms <= 30");
  EXPECT_FALSE(comparisons[0].holds);
  EXPECT_TRUE(comparisons[0].wants_less);
  EXPECT_EQ(comparisons[0].left.low, 40);
  EXPECT_EQ(comparisons[1].text, "5 >= 3");
  EXPECT_TRUE(comparisons[1].holds);
  EXPECT_FALSE(comparisons[1].wants_less);
}

std::string refusal(const std::string& text) {
  try {
    parsed(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Expression, ThatIsWrongGetsALineThatSaysWhatIsMeant) {
  EXPECT_THAT(refusal("latency_m <= 50"),
              AllOf(StartsWith("f:1: key 'k': 'latency_m <= 50': "), HasSubstr("latency_m"),
                    HasSubstr("did you mean 'latency_ms'?")));
  EXPECT_THAT(refusal("zzz > 1"), AllOf(HasSubstr("not a known name"), HasSubstr("latency_ms")));
  EXPECT_THAT(refusal("latency_ms = 50"), HasSubstr("did you mean '=='?"));
  EXPECT_THAT(refusal("latency_ms"), HasSubstr("is a number where true or false is needed"));
  EXPECT_THAT(refusal("latency_ms < 'a'"), HasSubstr("cannot be compared"));
  EXPECT_THAT(refusal("target < 'a'"), HasSubstr("of which none is larger"));
  EXPECT_THAT(refusal("target + 1 < 2"), HasSubstr("a text where a number is needed"));
  EXPECT_THAT(refusal("fpu and 1"), HasSubstr("true or false is needed"));
  EXPECT_THAT(refusal("1 < latency_ms < 5"), HasSubstr("compares twice"));
  EXPECT_THAT(refusal("latency_ms <"), HasSubstr("a value is needed where the end stands"));
  EXPECT_THAT(refusal("(latency_ms < 1"), HasSubstr("')' is needed"));
  EXPECT_THAT(refusal("latency_ms < 1)"), HasSubstr("')' is not expected"));
  EXPECT_THAT(refusal("latency_ms < 5parsecs"), HasSubstr("is no number"));
  EXPECT_THAT(refusal("target == 'x"), HasSubstr("second quote"));
  EXPECT_THAT(refusal("known(3)"), HasSubstr("known() takes a name"));
  EXPECT_THAT(refusal("min(1) < 2"), HasSubstr("',' is needed"));
  EXPECT_THAT(refusal("target in 'x'"), HasSubstr("'[' is needed"));
  EXPECT_THAT(refusal(""), HasSubstr("a value is needed"));
  EXPECT_THAT(refusal("latency_ms < 1 \x1b[31m"), HasSubstr("\\x1b"));
}

TEST(Expression, ThatNeverEndsIsRefused) {
  EXPECT_THAT(refusal(std::string(3000, '(')), HasSubstr("nested too deeply"));
  EXPECT_THAT(refusal(std::string(3000, '-') + "1 < 2"), HasSubstr("nested too deeply"));
  EXPECT_THAT(refusal(std::string(3000, '!') + "fpu"), HasSubstr("nested too deeply"));
  EXPECT_THAT(refusal(std::string(5000, ' ')), HasSubstr("longer than"));
  std::string deep = "min(1, ";
  for (int i = 0; i < 8; ++i) deep += deep;
  EXPECT_THAT(refusal(deep), HasSubstr("nested too deeply"));
}

}  // namespace
}  // namespace boardless::exploration
