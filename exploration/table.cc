// A sweep's result as a terminal table.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/visible_text.h"
#include "exploration/advice.h"
#include "exploration/field_text.h"
#include "exploration/fields.h"
#include "exploration/judgement.h"
#include "exploration/outcome_counts.h"
#include "exploration/point_text.h"
#include "exploration/views.h"
#include "reports/figures.h"
#include "reports/text_table.h"

namespace boardless::exploration {
namespace {

using reports::Align;
using reports::TextTable;
using State = Outcome::State;

// Columns that every space has.
std::vector<reports::TextColumn> common_columns() {
  return {{.header = "", .key = "front"},
          {.header = "point", .align = Align::kRight, .drop = 6},
          {.header = "model"},
          {.header = "target"},
          {.header = "MHz", .align = Align::kRight, .key = "clock_mhz"},
          {.header = "configuration", .drop = 5},
          {.header = "latency\nms", .align = Align::kRight, .key = "latency_ms"},
          {.header = "energy\nuJ", .align = Align::kRight, .key = "energy_uj"},
          {.header = "SRAM KiB\nused/has", .align = Align::kRight, .key = "sram_kib", .drop = 2},
          {.header = "flash KiB\nused/has", .align = Align::kRight, .key = "flash_kib", .drop = 1},
          {.header = "price\nUSD", .align = Align::kRight, .key = "price_usd"},
          {.header = "core", .on_request = true},
          {.header = "cycles", .align = Align::kRight, .on_request = true}};
}

bool is_goal(const Grid& grid, std::size_t field) {
  return std::ranges::find(grid.goals, field, &Goal::field) != grid.goals.end();
}

// Fields with a column of their own: objectives that have none yet, parameters and scores.
std::vector<std::size_t> own_columns(const Grid& grid) {
  const std::vector<reports::TextColumn> common = common_columns();
  std::vector<std::size_t> fields;
  for (std::size_t i = 0; i < grid.vocabulary.size(); ++i) {
    const std::string& name = grid.vocabulary[i].name;
    const bool is_there =
        std::ranges::find(common, name, &reports::TextColumn::key) != common.end() ||
        std::ranges::find(common, name, &reports::TextColumn::header) != common.end();
    const bool is_energy = name == "energy_mj";  // stands there in microjoules
    const bool is_own = i >= built_in_fields().size() || is_goal(grid, i);
    if (is_own && !is_there && !is_energy) fields.push_back(i);
  }
  return fields;
}

TextTable empty_table(const Grid& grid, const std::vector<std::size_t>& own) {
  std::vector<reports::TextColumn> columns = common_columns();
  for (const std::size_t field : own) {
    columns.push_back({.header = grid.vocabulary[field].name,
                       .align = Align::kRight,
                       .key = grid.vocabulary[field].name,
                       .on_request = !is_goal(grid, field)});
  }
  columns.push_back({.header = "answer", .drop = 4, .prose = true});
  return TextTable(std::move(columns));
}

void add_row(const Grid& grid, const std::vector<std::size_t>& own, const SweepResult& result,
             std::size_t i, TextTable& table) {
  const Point& point = result.points[i];
  const Outcome& outcome = result.outcomes[i];
  const Device& device = grid.devices[point.device];
  const Figures* figures = outcome.figures.get();
  const auto marked = [&](const char* field, const std::string& text) {
    const bool is_estimate = figures != nullptr && std::ranges::find(figures->estimates, field) !=
                                                       figures->estimates.end();
    return is_estimate ? '~' + text : text;
  };
  const auto of = [&](const char* field, auto text) {
    return figures == nullptr ? std::string("-") : marked(field, text(*figures));
  };
  const auto used = [](Bytes bytes, Bytes capacity) {
    return reports::kibibytes(bytes) + '/' + reports::kibibytes(capacity);
  };
  std::vector<std::string> cells{
      outcome.on_front ? "*" : "",
      fmt::format("{}", i),
      visible(grid.models[point.model].title),
      device.target,
      fmt::format("{:g}", device.clock_hz / 1e6),
      configuration_text(grid, point),
      of("latency_ms", [](const Figures& f) { return reports::four_digits(f.latency_ms); }),
      of("energy_uj", [](const Figures& f) { return reports::four_digits(f.energy_uj); }),
      of("sram_bytes", [&](const Figures& f) { return used(f.sram_bytes, f.sram_capacity); }),
      of("flash_bytes", [&](const Figures& f) { return used(f.flash_bytes, f.flash_capacity); }),
      device.price_usd
          ? fmt::format("{}{:.2f}", device.price_is_estimate ? "~" : "", *device.price_usd)
          : "-",
      device.core,
      of("cycles", [](const Figures& f) { return reports::with_commas(f.cycles); })};
  const FieldValues fields = grid.values(point, figures);
  for (const std::size_t field : own) {
    cells.push_back(field_text(grid.vocabulary[field].name, fields(field)));
  }
  cells.push_back(answer_text(outcome));
  table.add_row(std::move(cells));
}

// Indices of the rows to show: front, what meets, what is answered, the others.
std::vector<std::size_t> chosen_rows(const Grid& grid, const SweepResult& result, Rows rows) {
  const auto rank = [&](std::size_t i) {
    const Outcome& outcome = result.outcomes[i];
    return outcome.on_front ? 0 : outcome.meets ? 1 : outcome.figures ? 2 : 3;
  };
  std::vector<std::size_t> chosen;
  std::vector<Costs> costs(result.points.size());
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const int most = rows == Rows::kFront ? 0 : rows == Rows::kMeets ? 1 : 3;
    if (rank(i) > most) continue;
    chosen.push_back(i);
    if (rank(i) < 2) {
      costs[i] = costs_of(grid, result.points[i], result.outcomes[i].figures.get());
    }
  }
  std::ranges::stable_sort(chosen, [&](std::size_t a, std::size_t b) {
    return std::pair(rank(a), costs[a]) < std::pair(rank(b), costs[b]);
  });
  return chosen;
}

std::string counted(std::size_t number, const char* what) {
  return fmt::format("{} {}", reports::with_commas(number), what);
}

std::string counts_text(const SweepResult& result) {
  const OutcomeCounts counts = counts_of(result);
  std::vector<std::string> parts{counted(counts.of(State::kAnswered), "answered"),
                                 counted(counts.meets, "meet everything"),
                                 counted(counts.front, "on the front")};
  const std::pair<Outcome::Bound, const char*> bounds[] = {
      {Outcome::Bound::kFit, "cannot fit"},
      {Outcome::Bound::kConstraint, "cannot meet a constraint"},
      {Outcome::Bound::kFront, "cannot reach the front"}};
  for (const auto& [bound, what] : bounds) {
    if (counts.of(bound) > 0) parts.push_back(counted(counts.of(bound), what));
  }
  if (counts.does_not_fit > 0) parts.push_back(counted(counts.does_not_fit, "do not fit"));
  if (counts.of(State::kRefused) > 0) {
    parts.push_back(counted(counts.of(State::kRefused), "without an answer"));
  }
  if (counts.of(State::kPending) > 0) {
    parts.push_back(counted(counts.of(State::kPending), "not reached"));
  }
  std::string text = fmt::format("\n{} points: {}\n", reports::with_commas(result.points.size()),
                                 fmt::join(parts, ", "));
  constexpr std::size_t kTold = 10;
  std::size_t told = 0;
  for (const auto& [refusal, points] : counts.refusals) {
    if (told++ == kTold) {
      text += fmt::format("  … and {} more reasons; --rows all shows each point\n",
                          counts.refusals.size() - kTold);
      break;
    }
    text += fmt::format("  {}: {} ({} point{})\n", reports::kind_text(refusal.first),
                        visible(refusal.second), points, points == 1 ? "" : "s");
  }
  return text;
}

}  // namespace

void require_columns(const Grid& grid, const reports::TableView& view) {
  empty_table(grid, own_columns(grid)).require_columns(view);
}

std::string to_table(const Grid& grid, const SweepResult& result, Rows rows,
                     const reports::TableView& view) {
  const std::vector<std::size_t> own = own_columns(grid);
  TextTable table = empty_table(grid, own);
  const std::vector<std::size_t> chosen = chosen_rows(grid, result, rows);
  for (const std::size_t i : chosen) add_row(grid, own, result, i, table);
  std::string text = chosen.empty() ? "" : table.render(view);
  text += counts_text(result);
  text += '\n';
  for (const std::string& line : recommendation(grid, result)) text += line + '\n';
  if (!chosen.empty()) text += "\n* on the front; ~ rests on an estimate\n";
  return text;
}

std::string fields_table(const reports::TableView& view) {
  TextTable table({{.header = "name"}, {.header = "known"}, {.header = "meaning", .prose = true}});
  for (const FieldMeaning& field : field_meanings()) {
    table.add_row({field.name, field.is_result ? "answered" : "before", field.meaning});
  }
  return table.render(view);
}

}  // namespace boardless::exploration
