// One limit on one thing, judged.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/comparison.h"
#include "gate/limit.h"

namespace boardless::gate {

struct Verdict {
  std::string model, target, options;
  std::string scope;   // "layer 3 conv_1", "operator CONV_2D", "function f"; empty: the whole
  std::string what;    // a figure's name, "fits", "output", "answer"
  std::string limit;   // as it was written
  Place place;         // where
  std::string value;   // with its unit
  std::string bound;   // which the limit comes to; empty where it is the limit itself
  std::string change;  // against the baseline; empty: there is none
  std::optional<double> measured, baseline;  // of a figure, in the unit of documents
  bool holds = true;
  bool checked = true;  // false: there was nothing to check, and it does not hold
  std::string cause;    // why it does not hold; may be empty
};

// Judges a figure against its limit. `cause` is kept where the limit is broken.
Verdict judge(const Limit& limit, double value, std::optional<double> baseline,
              const std::string& cause);

// Of a figure that is not there.
Verdict not_checked(const Limit& limit, const std::string& why);

// A limit on every pair of a comparison: its bound, or a tolerance on the first document. A pair
// that is gone, or lacks the figure, breaks it.
std::vector<Verdict> judge(const Limit& limit, const Comparison& comparison);

bool all_hold(const std::vector<Verdict>& verdicts);

}  // namespace boardless::gate
