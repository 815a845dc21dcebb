// The parts that are shared stand beside those that every model has.
#include "reports/together_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "reports/figures.h"
#include "reports/notes.h"
#include "reports/text_table.h"

namespace boardless::reports {
namespace {

using prediction::Together;

std::string used_of(const Together& row, Figure figure, Bytes used, Bytes capacity) {
  return fmt::format("{}{}/{}", rests_on_estimate(row.estimates, figure) ? "~" : "",
                     kibibytes(used), kibibytes(capacity));
}

TextTable empty_table() {
  return TextTable({{.header = "together on\ntarget"},
                    {.header = "arena\nKiB", .align = Align::kRight, .drop = 3},
                    {.header = "stack\nKiB", .align = Align::kRight, .drop = 4},
                    {.header = "static\nKiB", .align = Align::kRight, .drop = 4},
                    {.header = "persistent\nKiB", .align = Align::kRight, .drop = 4},
                    {.header = "SRAM KiB\nused/has", .align = Align::kRight},
                    {.header = "weights\nKiB", .align = Align::kRight, .drop = 1},
                    {.header = "code\nKiB", .align = Align::kRight, .drop = 2},
                    {.header = "flash KiB\nused/has", .align = Align::kRight},
                    {.header = "fits"}});
}

void add_row(TextTable& table, const Together& row) {
  if (!row.sram || !row.flash) {
    table.add_row({row.target, "-", "-", "-", "-", "-", "-", "-", "-", "not answered"});
    return;
  }
  const prediction::Sram& sram = *row.sram;
  const prediction::Flash& flash = *row.flash;
  table.add_row({row.target, kibibytes(sram.arena_bytes), kibibytes(sram.stack_bytes),
                 kibibytes(sram.static_bytes), kibibytes(sram.persistent_bytes.value_or(0)),
                 used_of(row, Figure::kSram, sram.total_bytes, sram.capacity_bytes),
                 kibibytes(flash.weights_bytes), kibibytes(flash.code_bytes + flash.runtime_bytes),
                 used_of(row, Figure::kFlash, flash.total_bytes, flash.capacity_bytes),
                 row.fits ? "yes" : "NO"});
}

}  // namespace

std::string together_models(const Together& together) {
  return fmt::format("{}", fmt::join(together.models, " + "));
}

std::string together_table(const prediction::Document& document, const TableView& view) {
  if (!document.together || document.together->empty()) return {};
  TextTable table = empty_table();
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;  // each with its targets
  for (const Together& row : *document.together) {
    add_row(table, row);
    for (const std::string& reason : row.reasons) {
      auto same = std::ranges::find(reasons, reason, [](const auto& r) { return r.first; });
      if (same == reasons.end()) same = reasons.insert(same, {reason, {}});
      same->second.push_back(row.target);
    }
  }
  std::vector<std::string> lines;
  for (const auto& [reason, targets] : reasons) {
    lines.push_back(fmt::format("on {}: {}", names_text(targets), reason));
  }
  return fmt::format(
      "\n{}\n{}{}",
      one_line(together_models(document.together->front()) + ", in turns in one device:"),
      table.render({.width = view.width}), notes("Together:", lines));
}

}  // namespace boardless::reports
