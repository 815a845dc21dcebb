// Asks for what a budget limits: one question for each entry.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gate/budget.h"
#include "gate/subject.h"
#include "prediction/session.h"

namespace boardless::gate {

// A model or firmware of an entry on one of its targets.
struct AnsweredPair {
  std::size_t entry = 0;
  std::string model, target, options;
  std::optional<Subject> subject;  // absent: it is not answered
  prediction::Unanswered::Kind kind = prediction::Unanswered::Kind::kNotModelled;
  std::string reason, report;  // why not
  // What is wrong whatever the limits: it does not fit, its output is not the reference's, the
  // firmware did not get where it was to stop.
  std::vector<std::string> misfits, failures;
};

// In the order of the entries. Throws InputError, which begins with the entry's place, for what is
// not there: a model, target, kernels, a symbol.
std::vector<AnsweredPair> answers(const Budget& budget, const prediction::Watcher& watcher);

}  // namespace boardless::gate
