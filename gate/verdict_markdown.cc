// A sentence and a table.
#include "gate/verdict_markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "gate/markdown.h"
#include "gate/verdict_table.h"

namespace boardless::gate {

std::string verdicts_markdown(const std::vector<Verdict>& verdicts) {
  const auto broken = std::ranges::count(verdicts, false, &Verdict::holds);
  if (broken == 0) return fmt::format("All {} limits hold.\n", verdicts.size());
  std::string text = fmt::format("**{} of {} limits {} broken.**\n\n", broken, verdicts.size(),
                                 broken == 1 ? "is" : "are");
  std::vector<std::vector<std::string>> rows{{"what", "figure", "is", "limit", "change", "cause"}};
  for (const Verdict& verdict : verdicts) {
    if (verdict.holds) continue;
    std::string limit = verdict.limit;
    if (!verdict.bound.empty()) limit += " = " + verdict.bound;
    rows.push_back({markdown_text(verdict_subject(verdict)), verdict.what,
                    markdown_text(verdict.value), markdown_text(limit), verdict.change,
                    markdown_text(verdict.cause)});
  }
  return text + markdown_table(rows, {false, false, true, true, true, false});
}

}  // namespace boardless::gate
