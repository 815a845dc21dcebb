// A checked budget for a merge request, or a step's summary.
#include <fmt/format.h>

#include <algorithm>

#include "gate/check_views.h"
#include "gate/comparison_views.h"
#include "gate/explanation.h"
#include "gate/markdown.h"
#include "gate/verdict_markdown.h"

namespace boardless::gate {

std::string to_markdown(const CheckResult& result) {
  constexpr std::size_t kParts = 5;
  const std::vector<Verdict> verdicts = all_verdicts(result);
  std::string text = fmt::format("### {}: {}\n\n{}", markdown_text(result.budget),
                                 all_hold(verdicts) ? "within budget" : "over budget",
                                 verdicts_markdown(verdicts));
  const Comparison comparison = comparison_of(result);
  if (comparison.subjects.empty()) return text;
  const std::string changes = changes_markdown(comparison, kParts);
  if (changes.empty()) return text + "\nNothing changed since the baseline.\n";
  return text + "\nSince the baseline:\n\n" + changes;
}

}  // namespace boardless::gate
