// Three views of a record; each shows every row, done or not.
#include "validation/views.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/csv_text.h"
#include "reports/figures.h"
#include "reports/text_table.h"

namespace boardless::validation {
namespace {

using reports::Align;
using reports::TextTable;

std::string figure(const Row& row, double value) {
  if (row.unit == "cycles")
    return reports::with_commas(static_cast<std::uint64_t>(std::llround(value)));
  return reports::four_digits(value);
}

std::string error_text(const Row& row) { return fmt::format("{:+.1f}", row.error_percent()); }

std::string clock_text(const Row& row) {
  return row.clock_hz == 0
             ? row.target
             : fmt::format("{}@{:g}", row.target, static_cast<double>(row.clock_hz) / 1e6);
}

std::string here_text(const Row& row) {
  return row.compiler.empty() ? "the same image" : row.compiler;
}

std::string there_text(const Row& row) {
  return fmt::format("{}, {}", row.published.compiler, row.published.stack);
}

std::string summary_line(std::string_view what, const std::optional<ErrorSummary>& summary) {
  if (!summary) return fmt::format("{}: no row is done\n", what);
  return fmt::format("{}: {} row{}, median error {:.1f} %, worst {:.1f} % ({})\n", what,
                     summary->rows, summary->rows == 1 ? "" : "s", summary->median_percent,
                     summary->worst_percent, summary->worst_program);
}

constexpr std::string_view kJudged = "Same binary or same source";
constexpr std::string_view kBounds = "Other builds, which are bounds";

bool is_done(const Row& row) { return row.status == Row::Status::kDone; }

// A cell of a Markdown table holds no bar and no line break.
std::string markdown_cell(std::string_view text) {
  std::string result;
  for (const char c : reports::one_line(text)) {
    if (c == '|') result += '\\';
    result += c;
  }
  return result;
}

// Each note once, behind the programs it is about.
std::string notes_list(const Record& record) {
  std::vector<std::pair<std::string, std::string>> notes;  // note, programs
  for (const Row& row : record.rows) {
    if (row.note.empty()) continue;
    const auto known =
        std::ranges::find(notes, row.note, &std::pair<std::string, std::string>::first);
    if (known == notes.end()) {
      notes.emplace_back(row.note, row.program);
    } else {
      known->second += ", " + row.program;
    }
  }
  std::string text = notes.empty() ? "" : "\n";
  for (const auto& [note, programs] : notes) {
    text += fmt::format("- {}: {}.\n", programs, reports::one_line(note));
  }
  return text;
}

}  // namespace

std::string to_table(const Record& record, const reports::TableView& view) {
  TextTable table({{"program"},
                   {.header = "target@MHz", .key = "target"},
                   {.header = "unit", .drop = 1},
                   {"predicted", Align::kRight},
                   {"published", Align::kRight},
                   {"error\n%", Align::kRight, "error_percent"},
                   {.header = "basis", .drop = 2},
                   {.header = "built here with", .drop = 3, .prose = true},
                   {.header = "published with", .drop = 4, .prose = true}});
  bool some = false;
  for (const Row& row : record.rows) {
    if (!is_done(row)) continue;
    some = true;
    table.add_row({row.program, clock_text(row), row.unit, figure(row, row.predicted),
                   figure(row, row.published.value), error_text(row), basis_text(row.basis),
                   here_text(row), there_text(row)});
  }
  std::string text = some ? table.render(view) + '\n' : "";
  if (record.interrupted) text += "Interrupted: what comes behind was not run.\n";
  text += summary_line(kJudged, judged_errors(record));
  text += summary_line(kBounds, bound_errors(record));
  bool heading = false;
  for (const Row& row : record.rows) {
    if (is_done(row)) continue;
    if (!heading) text += "\nWithout a figure:\n";
    heading = true;
    text += fmt::format("  {}: {}: {}\n", row.program, status_text(row.status),
                        reports::one_line(row.reason));
  }
  return text;
}

std::string to_csv(const Record& record) {
  std::string text =
      "program,target,clock_hz,basis,unit,predicted,published,error_percent,measurement,status,"
      "cycles,instructions,compiler,flags,published_compiler,published_stack,published_source,note,"
      "reason\r\n";
  for (const Row& row : record.rows) {
    const bool done = is_done(row);
    const std::vector<std::string> cells{row.program,
                                         row.target,
                                         fmt::format("{}", row.clock_hz),
                                         basis_text(row.basis),
                                         row.unit,
                                         done ? fmt::format("{}", row.predicted) : "",
                                         fmt::format("{}", row.published.value),
                                         done ? fmt::format("{:.2f}", row.error_percent()) : "",
                                         row.published.measurement,
                                         status_text(row.status),
                                         done ? fmt::format("{}", row.cycles) : "",
                                         done ? fmt::format("{}", row.instructions) : "",
                                         row.compiler,
                                         row.flags,
                                         row.published.compiler,
                                         row.published.stack,
                                         row.published.source,
                                         row.note,
                                         row.reason};
    text += reports::csv_line(cells);
  }
  return text;
}

std::string to_markdown(const Record& record) {
  std::string text =
      "| program | target | unit | predicted | published | error | basis | built here with | "
      "published "
      "with |\n|---|---|---|---:|---:|---:|---|---|---|\n";
  for (const Row& row : record.rows) {
    const bool done = is_done(row);
    text +=
        fmt::format("| {} | {} MHz | {} | {} | {} | {} | {} | {} | {} |\n",
                    markdown_cell(row.program), markdown_cell(clock_text(row)), row.unit,
                    done ? figure(row, row.predicted) : "-", figure(row, row.published.value),
                    done ? error_text(row) + " %" : status_text(row.status), basis_text(row.basis),
                    done ? markdown_cell(here_text(row)) : "-", markdown_cell(there_text(row)));
  }
  text += notes_list(record);
  text += fmt::format("\n{}\n{}", summary_line(kJudged, judged_errors(record)),
                      summary_line(kBounds, bound_errors(record)));
  return text;
}

}  // namespace boardless::validation
