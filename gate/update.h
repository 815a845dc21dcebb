// The baseline of a budget: read, or written anew from what is measured now.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "gate/check.h"

namespace boardless::gate {

// Absent where the budget names none. Throws InputError as read_baseline() does; of one that is not
// there it says how it is made.
std::optional<Baseline> baseline_for(const Budget& budget);

struct Update {
  CheckResult result;  // judged by the new baseline; where there is none, of what has no answer
  bool is_written = false;
  std::size_t rows = 0, changed = 0;  // of them, rows that are new, gone or other than before
};

// Writes the budget's baseline, unless a pair has no answer: without some of its pairs it would be
// one that some day nothing is checked against. Throws InputError: the budget names none, or it
// cannot be written.
Update update_baseline(const Budget& budget, std::vector<AnsweredPair> answers);

}  // namespace boardless::gate
