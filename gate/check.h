// Judges the answers to a budget.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/answers.h"
#include "gate/baseline.h"
#include "gate/verdict.h"

namespace boardless::gate {

struct CheckedPair {
  AnsweredPair answer;
  std::optional<SubjectComparison> comparison;  // with the baseline's row
  std::vector<Verdict> verdicts;                // one at least
};

struct CheckResult {
  std::string budget;    // the file
  std::string baseline;  // the file, and the version that wrote it; empty: none
  std::string baseline_version;
  std::vector<CheckedPair> pairs;
};

// Every limit of every entry on each of its pairs; and whether the pair is answered, fits and is
// right. Throws InputError naming the place: a layer, operator or function that is not there, with
// the nearest; a baseline without the row of a pair that needs one, or with a row that no pair has.
CheckResult judge(const Budget& budget, std::vector<AnsweredPair> answers,
                  const Baseline* baseline);

// Of pairs that are all answered.
Baseline baseline_of(const std::vector<AnsweredPair>& answers);

std::vector<Verdict> all_verdicts(const CheckResult& result);
// The comparisons with the baseline.
Comparison comparison_of(const CheckResult& result);

}  // namespace boardless::gate
