// Tables, JSON and CSV of a sweep; the latter two write what the fields are.
#include "exploration/views.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/version.h"
#include "base/visible_text.h"
#include "exploration/advice.h"
#include "exploration/field_text.h"
#include "exploration/fields.h"
#include "exploration/judgement.h"
#include "exploration/point_key.h"
#include "reports/csv_text.h"
#include "reports/figures.h"
#include "reports/json_text.h"
#include "reports/text_table.h"

namespace boardless::exploration {
namespace {

using Json = nlohmann::ordered_json;
using reports::Align;
using reports::TextTable;
using State = Outcome::State;

constexpr char kSchema[] = "boardless.sweep/1";

// --- counts ---

struct Counts {
  std::array<std::size_t, 4> states{}, bounds{};
  std::size_t meets = 0, front = 0, does_not_fit = 0;
  std::map<std::pair<prediction::Unanswered::Kind, std::string>, std::size_t> refusals;
};

Counts counts_of(const SweepResult& result) {
  Counts counts;
  for (const Outcome& outcome : result.outcomes) {
    ++counts.states[static_cast<std::size_t>(outcome.state)];
    ++counts.bounds[static_cast<std::size_t>(outcome.bound)];
    counts.meets += outcome.meets ? 1 : 0;
    counts.front += outcome.on_front ? 1 : 0;
    counts.does_not_fit += outcome.figures && !outcome.figures->fits ? 1 : 0;
    if (outcome.state == State::kRefused) ++counts.refusals[{outcome.kind, outcome.reason}];
  }
  return counts;
}

std::size_t count(const Counts& counts, State state) {
  return counts.states[static_cast<std::size_t>(state)];
}
std::size_t count(const Counts& counts, Outcome::Bound bound) {
  return counts.bounds[static_cast<std::size_t>(bound)];
}

// --- table ---

bool names_options(const Grid& grid) { return grid.options.size() > 1; }

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

std::string configuration_text(const Grid& grid, const Point& point) {
  const Device& device = grid.devices[point.device];
  std::vector<std::string> texts;
  if (device.is_accelerator) {
    if (device.name.size() > device.target.size()) {
      texts.push_back(device.name.substr(device.target.size() + 1));
    }
  } else {
    const targets::Target* target = device.asked.mcu();
    if (target != nullptr && target->voltage_ranges.size() > 1) {
      texts.push_back(device.voltage_range);
    }
    const std::string options = options_text(grid.options[point.options]);
    if (names_options(grid) && !options.empty()) texts.push_back(options);
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string answer_text(const Outcome& outcome) {
  switch (outcome.state) {
    case State::kPending:
      return "not reached";
    case State::kPruned:
      return fmt::format("pruned ({}): {}", bound_name(outcome.bound), outcome.reason);
    case State::kRefused:
      return fmt::format("{}: {}", reports::kind_text(outcome.kind), outcome.reason);
    case State::kAnswered:
      break;
  }
  if (!outcome.figures->fits) return "does not fit";
  return outcome.meets ? "yes" : outcome.reason;
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
      visible(grid.models[point.model].argument),
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
  const Counts counts = counts_of(result);
  std::vector<std::string> parts{counted(count(counts, State::kAnswered), "answered"),
                                 counted(counts.meets, "meet everything"),
                                 counted(counts.front, "on the front")};
  const std::pair<Outcome::Bound, const char*> bounds[] = {
      {Outcome::Bound::kFit, "cannot fit"},
      {Outcome::Bound::kConstraint, "cannot meet a constraint"},
      {Outcome::Bound::kFront, "cannot reach the front"}};
  for (const auto& [bound, what] : bounds) {
    if (count(counts, bound) > 0) parts.push_back(counted(count(counts, bound), what));
  }
  if (counts.does_not_fit > 0) parts.push_back(counted(counts.does_not_fit, "do not fit"));
  if (count(counts, State::kRefused) > 0) {
    parts.push_back(counted(count(counts, State::kRefused), "without an answer"));
  }
  if (count(counts, State::kPending) > 0) {
    parts.push_back(counted(count(counts, State::kPending), "not reached"));
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

// --- fields ---

Json json_of(const Value& value) {
  switch (value.type) {
    case ValueType::kText:
      return visible(value.text);
    case ValueType::kTruth:
      return value.may_be_true;
    case ValueType::kNumber:
      break;
  }
  // Whole numbers stay whole.
  const auto whole = static_cast<std::int64_t>(value.low);
  if (static_cast<double>(whole) == value.low) return whole;
  return value.low;
}

// Calls visit(name, value) for each field that the point has.
template <class Visit>
void visit_known(const Grid& grid, const SweepResult& result, std::size_t i, const Visit& visit) {
  const Figures* figures = result.outcomes[i].figures.get();
  const FieldValues fields = grid.values(result.points[i], figures);
  for (std::size_t k = 0; k < grid.vocabulary.size(); ++k) {
    const Field& field = grid.vocabulary[k];
    if (figures == nullptr && field.is_result) continue;
    const Value value = fields(k);
    // A capacity that is known only with the answer.
    if (!value.missing && value.is_certain()) visit(k, value);
  }
}

Json point_json(const Grid& grid, const SweepResult& result, std::size_t i) {
  const Outcome& outcome = result.outcomes[i];
  Json json = {{"point", i}, {"state", state_name(outcome.state)}};
  if (outcome.state == State::kPruned) json["bound"] = bound_name(outcome.bound);
  if (outcome.state == State::kRefused) json["kind"] = prediction::kind_name(outcome.kind);
  if (!outcome.reason.empty()) json["reason"] = outcome.reason;
  json["meets"] = outcome.meets;
  json["front"] = outcome.on_front;
  if (outcome.figures) {
    json["kernels_run"] = outcome.figures->kernels;
    json["model_sha256"] = outcome.figures->model_sha256;
    json["reasons"] = outcome.figures->reasons;
    json["estimates"] = outcome.figures->estimates;
  }
  Json fields = Json::object();
  visit_known(grid, result, i, [&](std::size_t field, const Value& value) {
    fields[grid.vocabulary[field].name] = json_of(value);
  });
  json["fields"] = std::move(fields);
  return json;
}

std::string cell_of(const Value& value) {
  switch (value.type) {
    case ValueType::kText:
      return visible(value.text);
    case ValueType::kTruth:
      return value.may_be_true ? "true" : "false";
    case ValueType::kNumber:
      break;
  }
  return fmt::format("{}", value.low);
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

std::string to_json(const Grid& grid, const SweepResult& result) {
  const Counts counts = counts_of(result);
  Json goals = Json::array(), constraints = Json::array(), points = Json::array();
  for (const Goal& goal : grid.goals) {
    goals.push_back({{"field", goal.name}, {"maximize", goal.maximize}});
  }
  for (const Expression& constraint : grid.constraints) constraints.push_back(constraint.text());
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    points.push_back(point_json(grid, result, i));
  }
  const Json pruned = {{"fit", count(counts, Outcome::Bound::kFit)},
                       {"constraint", count(counts, Outcome::Bound::kConstraint)},
                       {"front", count(counts, Outcome::Bound::kFront)}};
  const Json document = {{"schema", kSchema},
                         {"version", version()},
                         {"space", grid.file},
                         {"objectives", std::move(goals)},
                         {"constraints", std::move(constraints)},
                         {"counts",
                          {{"points", result.points.size()},
                           {"answered", count(counts, State::kAnswered)},
                           {"meets", counts.meets},
                           {"front", counts.front},
                           {"pruned", pruned},
                           {"refused", count(counts, State::kRefused)},
                           {"pending", count(counts, State::kPending)}}},
                         {"recommendation", recommendation(grid, result)},
                         {"points", std::move(points)}};
  return reports::json_text(document, 2) + '\n';
}

std::string to_csv(const Grid& grid, const SweepResult& result) {
  std::vector<std::string> header{"point",  "state", "bound", "kind",
                                  "reason", "meets", "front", "kernels_run"};
  for (const Field& field : grid.vocabulary) header.push_back(field.name);
  std::string text = reports::csv_line(header);
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const Outcome& outcome = result.outcomes[i];
    const bool is_pruned = outcome.state == State::kPruned;
    const bool is_refused = outcome.state == State::kRefused;
    std::vector<std::string> cells{
        fmt::format("{}", i),
        state_name(outcome.state),
        is_pruned ? bound_name(outcome.bound) : "",
        is_refused ? std::string(prediction::kind_name(outcome.kind)) : "",
        outcome.reason,
        outcome.meets ? "true" : "false",
        outcome.on_front ? "true" : "false",
        outcome.figures ? outcome.figures->kernels : ""};
    const std::size_t before = cells.size();
    cells.resize(header.size());
    visit_known(grid, result, i, [&](std::size_t field, const Value& value) {
      cells[before + field] = cell_of(value);
    });
    text += reports::csv_line(cells);
  }
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
