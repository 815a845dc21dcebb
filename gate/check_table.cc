// A checked budget for a terminal.
#include <fmt/format.h>

#include <algorithm>

#include "base/visible_text.h"
#include "gate/check_views.h"
#include "gate/comparison_views.h"
#include "gate/verdict_table.h"

namespace boardless::gate {

std::string summary(const CheckResult& result) {
  const std::vector<Verdict> verdicts = all_verdicts(result);
  const auto broken = std::ranges::count(verdicts, false, &Verdict::holds);
  const auto plural = [](auto count) { return count == 1 ? "" : "s"; };
  const std::string all =
      fmt::format("{} limit{} on {} pair{}", verdicts.size(), plural(verdicts.size()),
                  result.pairs.size(), plural(result.pairs.size()));
  if (broken == 0) return fmt::format("{} hold", all);
  return fmt::format("{} of {} {} broken", broken, all, broken == 1 ? "is" : "are");
}

std::string to_table(const CheckResult& result, const reports::TableView& view) {
  std::string text = fmt::format("{}: {}\n", visible(result.budget), summary(result));
  if (!result.baseline.empty() && !result.baseline_version.empty()) {
    text += fmt::format("baseline {} ({})\n", visible(result.baseline),
                        visible(result.baseline_version));
    for (const std::string& line : common_basis(comparison_of(result))) {
      text += fmt::format("  {}\n", line);
    }
  }
  return text + '\n' + verdict_table(all_verdicts(result), view);
}

}  // namespace boardless::gate
