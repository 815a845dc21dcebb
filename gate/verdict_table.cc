// Broken limits before those that hold, and why they are broken.
#include "gate/verdict_table.h"

#include <fmt/format.h>

#include "base/visible_text.h"
#include "reports/text_table.h"

namespace boardless::gate {
namespace {

using reports::Align;

reports::TextTable empty_table() {
  return reports::TextTable({{.header = "", .key = "verdict"},
                             {.header = "model"},
                             {.header = "target"},
                             {.header = "options", .drop = 2, .prose = true},
                             {.header = "of", .key = "scope"},
                             {.header = "figure", .key = "figure"},
                             {.header = "is", .align = Align::kRight, .key = "value"},
                             {.header = "limit", .align = Align::kRight},
                             {.header = "change", .align = Align::kRight, .drop = 1}});
}

// A tolerance with what it comes to.
std::string limit_text(const Verdict& verdict) {
  return verdict.bound.empty() ? visible(verdict.limit)
                               : fmt::format("{} = {}", visible(verdict.limit), verdict.bound);
}

}  // namespace

void require_verdict_columns(const reports::TableView& view) {
  empty_table().require_columns(view);
}

std::string verdict_table(const std::vector<Verdict>& verdicts, const reports::TableView& view) {
  reports::TextTable table = empty_table();
  std::string causes;
  for (const bool held : {false, true}) {
    for (const Verdict& verdict : verdicts) {
      if (verdict.holds != held) continue;
      table.add_row({held              ? "ok"
                     : verdict.checked ? "over"
                                       : "none",
                     visible(verdict.model), visible(verdict.target), visible(verdict.options),
                     verdict.scope, verdict.what, verdict.value, limit_text(verdict),
                     verdict.change});
      if (!held && !verdict.cause.empty()) {
        causes +=
            fmt::format("{}, {}: {}\n", verdict_subject(verdict), verdict.what, verdict.cause);
      }
    }
  }
  return table.render(view) + (causes.empty() ? "" : '\n' + causes);
}

std::string verdict_subject(const Verdict& verdict) {
  std::string text = fmt::format("{} on {}", visible(verdict.model), visible(verdict.target));
  if (!verdict.options.empty()) text += ", " + visible(verdict.options);
  if (!verdict.scope.empty()) text += ", " + verdict.scope;
  return text;
}

std::string verdict_text(const Verdict& verdict) {
  std::string text = fmt::format("{} is {}", verdict.what, verdict.value);
  if (!verdict.change.empty()) text += fmt::format(" ({})", verdict.change);
  text += fmt::format(", limit {}", limit_text(verdict));
  if (!verdict.cause.empty()) text += ": " + verdict.cause;
  return text;
}

}  // namespace boardless::gate
