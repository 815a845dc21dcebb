// Compared documents for a terminal.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/visible_text.h"
#include "gate/comparison_views.h"
#include "gate/explanation.h"
#include "gate/verdict_table.h"
#include "reports/figures.h"
#include "reports/text_table.h"

namespace boardless::gate {
namespace {

using reports::Align;
using reports::TextTable;

// Figures with a column of their own.
struct Column {
  const char* figure;
  const char* header;
  int drop;
};
constexpr Column kColumns[] = {
    {"latency", "latency", 0}, {"energy", "energy", 2}, {"instructions", "instruc-\ntions", 3},
    {"sram", "SRAM", 0},       {"flash", "flash", 0},   {"code", "code", 1}};

TextTable empty_table() {
  std::vector<reports::TextColumn> columns{
      {.header = "model"},
      {.header = "target"},
      {.header = "MHz", .align = Align::kRight, .drop = 5},
      {.header = "options", .drop = 4, .prose = true},
      {.header = "cycles\nbefore", .align = Align::kRight, .key = "cycles_before"},
      {.header = "cycles\nafter", .align = Align::kRight, .key = "cycles_after"},
      {.header = "change", .align = Align::kRight, .key = "cycles_change"}};
  for (const Column& column : kColumns) {
    columns.push_back({.header = column.header,
                       .align = Align::kRight,
                       .key = fmt::format("{}_change", column.figure),
                       .drop = column.drop});
  }
  return TextTable(std::move(columns));
}

std::string presence_text(Presence presence) {
  return presence == Presence::kAdded ? "new" : presence == Presence::kRemoved ? "gone" : "";
}

std::vector<std::string> row_of(const SubjectComparison& subject) {
  std::vector<std::string> row{visible(subject.model), visible(subject.target),
                               fmt::format("{:g}", subject.clock_hz / 1e6),
                               visible(subject.options)};
  if (subject.presence != Presence::kBoth) {
    row.insert(row.end(), {"", "", presence_text(subject.presence)});
    return row;
  }
  const auto change = [&](const char* figure) {
    const FigureChange* found = change_of(subject.changes, figure);
    return found == nullptr ? "-" : change_text(*found->figure, found->before, found->after);
  };
  if (const FigureChange* cycles = change_of(subject.changes, "cycles")) {
    row.push_back(figure_text(*cycles->figure, cycles->before));
    row.push_back(figure_text(*cycles->figure, cycles->after));
  } else {
    row.insert(row.end(), {"-", "-"});
  }
  row.push_back(change("cycles"));
  for (const Column& column : kColumns) row.push_back(change(column.figure));
  return row;
}

// The figure that parts are shown by.
const FigureChange* shown_change(const PartComparison& part) {
  const FigureChange* cycles = change_of(part.changes, "cycles");
  return cycles != nullptr ? cycles : change_of(part.changes, "latency");
}

std::string parts_table(const SubjectComparison& subject, const ComparisonStyle& style) {
  const std::vector<const PartComparison*> parts = largest_changes(subject);
  const std::size_t shown = std::min(style.parts, parts.size());
  if (shown == 0) return "";
  TextTable table({{.header = "where"},
                   {.header = "before", .align = Align::kRight},
                   {.header = "after", .align = Align::kRight},
                   {.header = "change", .align = Align::kRight},
                   {.header = "cause", .prose = true}});
  for (std::size_t i = 0; i < shown; ++i) {
    const FigureChange* change = shown_change(*parts[i]);
    if (change == nullptr) {
      table.add_row({part_text(*parts[i]), "", "", "", cause_text(*parts[i])});
      continue;
    }
    table.add_row({part_text(*parts[i]), figure_text(*change->figure, change->before),
                   figure_text(*change->figure, change->after),
                   change_text(*change->figure, change->before, change->after),
                   cause_text(*parts[i])});
  }
  std::string text = table.render({.width = style.view.width}, 2);
  if (shown < parts.size()) text += fmt::format("  and {} more\n", parts.size() - shown);
  return text;
}

std::string details(const SubjectComparison& subject, const std::vector<std::string>& said,
                    const ComparisonStyle& style) {
  std::string text = fmt::format("\n{}", subject_text(subject));
  if (const std::string cause = cause_text(subject); !cause.empty()) text += ": " + cause;
  if (const std::string meaning = largest_cause_meaning(subject.causes); !meaning.empty()) {
    text += fmt::format(" ({})", meaning);
  }
  text += '\n';
  if (subject.fits_before != subject.fits_after) {
    text += subject.fits_after ? "  it fits now\n" : "  it does not fit any more\n";
  }
  if (subject.output_changed) text += "  its output is another one\n";
  for (const BasisChange& change : subject.basis) {
    const std::string line = basis_text(change);
    if (std::ranges::find(said, line) == said.end()) text += fmt::format("  {}\n", line);
  }
  return text + parts_table(subject, style);
}

std::string one(const ComparedDocument& document, const ComparisonStyle& style) {
  std::string text = fmt::format("{} ({}) -> {} ({})\n", visible(document.before),
                                 visible(document.version_before), visible(document.after),
                                 visible(document.version_after));
  const std::vector<std::string> said = common_basis(document.comparison);
  for (const std::string& line : said) text += fmt::format("  {}\n", line);
  for (const NotAnswered& each : document.not_answered) {
    text += fmt::format("  {} on {} has no answer now: {}\n", visible(each.model),
                        visible(each.target), visible(each.reason));
  }
  text += '\n';
  TextTable table = empty_table();
  const std::vector<const SubjectComparison*> ordered = by_change(document.comparison);
  for (const SubjectComparison* subject : ordered) table.add_row(row_of(*subject));
  text += table.render(style.view);
  std::size_t same = 0;
  for (const SubjectComparison* subject : ordered) {
    if (subject->presence != Presence::kBoth) continue;
    if (is_changed(*subject)) {
      text += details(*subject, said, style);
    } else {
      ++same;
    }
  }
  if (same > 0) text += fmt::format("\n{} of {} did not change\n", same, ordered.size());
  if (!document.verdicts.empty())
    text += '\n' + verdict_table(document.verdicts, {.width = style.view.width});
  return text;
}

double relative_change(const SubjectComparison& subject) {
  if (subject.presence != Presence::kBoth) return HUGE_VAL;
  double most = 0;
  for (const FigureChange& change : subject.changes) {
    if (change.before == change.after) continue;
    most =
        std::max(most, change.before == 0 ? HUGE_VAL
                                          : std::abs(change.after - change.before) / change.before);
  }
  return most;
}

}  // namespace

std::vector<const SubjectComparison*> by_change(const Comparison& comparison) {
  std::vector<const SubjectComparison*> subjects;
  for (const SubjectComparison& subject : comparison.subjects) subjects.push_back(&subject);
  std::ranges::stable_sort(subjects, std::greater{}, [](const SubjectComparison* subject) {
    return relative_change(*subject);
  });
  return subjects;
}

std::vector<std::string> common_basis(const Comparison& comparison) {
  std::map<std::string, std::size_t> counts;
  std::vector<std::string> lines;
  std::size_t pairs = 0;
  for (const SubjectComparison& subject : comparison.subjects) {
    if (subject.presence != Presence::kBoth) continue;
    ++pairs;
    for (const BasisChange& change : subject.basis) {
      const std::string line = basis_text(change);
      if (++counts[line] == 1) lines.push_back(line);
    }
  }
  std::erase_if(lines, [&](const std::string& line) { return counts[line] < pairs; });
  return lines;
}

void require_comparison_columns(const reports::TableView& view) {
  empty_table().require_columns(view);
}

std::string to_table(const std::vector<ComparedDocument>& documents, const ComparisonStyle& style) {
  std::string text;
  for (const ComparedDocument& document : documents) {
    if (!text.empty()) text += '\n';
    text += one(document, style);
  }
  return text;
}

}  // namespace boardless::gate
