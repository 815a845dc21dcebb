// A space of design points: its axes, and its expressions over a point of it.
#include "exploration/space.h"

#include "base/error.h"
#include "exploration/fields.h"
#include "exploration/grid.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_space(Bytes bytes) {
  const exploration::Space space = exploration::read_space(input_file("fuzz.yaml", bytes));
  const exploration::Vocabulary vocabulary = exploration::vocabulary_of({"width"}, {"accuracy"});
  const auto nothing = [&](std::size_t field) {
    return exploration::Value::absent(vocabulary[field].type, vocabulary[field].name);
  };
  const auto anything = [&](std::size_t field) {
    switch (vocabulary[field].type) {
      case exploration::ValueType::kNumber:
        return exploration::Value::between(-1, 1e300);
      case exploration::ValueType::kText:
        return exploration::Value::of_text("kws");
      case exploration::ValueType::kTruth:
        break;
    }
    return exploration::Value::unknown_truth();
  };
  for (const auto* statements : {&space.when, &space.constraints}) {
    for (const exploration::Statement& statement : *statements) {
      const auto read = exploration::Expression::parse(statement.text, statement.place, vocabulary);
      (void)read.evaluate(nothing);
      const exploration::Value value = read.evaluate(anything);
      check(value.missing || value.may_be_true || value.may_be_false,
            "an expression that is decided is true or false");
      (void)read.comparisons(anything);
    }
  }
}

}  // namespace boardless::fuzz
