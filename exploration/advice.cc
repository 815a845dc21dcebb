// Picks points off the front and writes what tells them apart.
#include "exploration/advice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/visible_text.h"
#include "exploration/differences.h"
#include "exploration/field_text.h"
#include "exploration/judgement.h"

namespace boardless::exploration {
namespace {

using State = Outcome::State;

const Figures* figures_at(const SweepResult& result, std::size_t i) {
  return result.outcomes[i].figures.get();
}

Costs costs_at(const Grid& grid, const SweepResult& result, std::size_t i) {
  return costs_of(grid, result.points[i], figures_at(result, i));
}

// "4.50 USD, 27.30 ms, 3,243 uJ": the objectives.
std::string goals_text(const Grid& grid, const SweepResult& result, std::size_t i) {
  const FieldValues fields = grid.values(result.points[i], figures_at(result, i));
  std::vector<std::string> texts;
  for (const Goal& goal : grid.goals) {
    const std::string text = field_text(goal.name, fields(goal.field));
    const bool has_unit = text.find(' ') != std::string::npos;
    texts.push_back(has_unit ? text : fmt::format("{} {}", goal.name, text));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string superlative(const Goal& goal) {
  static const std::map<std::string_view, const char*> words{
      {"price_usd", "Cheapest"},        {"latency_ms", "Fastest"},
      {"energy_uj", "Lowest energy"},   {"energy_mj", "Lowest energy"},
      {"sram_bytes", "Least SRAM"},     {"flash_bytes", "Least flash"},
      {"arena_bytes", "Smallest arena"}};
  const auto word = words.find(goal.name);
  if (!goal.maximize && word != words.end()) return word->second;
  return fmt::format("{} {}", goal.maximize ? "Highest" : "Lowest", goal.name);
}

std::string constraints_text(const Grid& grid) {
  if (grid.constraints.empty()) return " that fits";
  std::vector<std::string> texts;
  for (const Expression& constraint : grid.constraints) texts.push_back(visible(constraint.text()));
  return fmt::format(" that fits and meets {}", fmt::join(texts, " and "));
}

// Of the front, what is better in objective `goal` at the least loss in the first one.
std::optional<std::size_t> trade(const Grid& grid, const SweepResult& result, std::size_t from,
                                 std::size_t goal) {
  constexpr double kWorthwhile = 0.02;  // of the value
  const Costs own = costs_at(grid, result, from);
  std::optional<std::size_t> chosen;
  const auto order = [&](const Costs& costs) { return std::pair(costs[0], costs[goal]); };
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    if (!result.outcomes[i].on_front) continue;
    const Costs costs = costs_at(grid, result, i);
    if (own[goal] - costs[goal] <= kWorthwhile * std::abs(own[goal])) continue;
    if (!chosen || order(costs) < order(costs_at(grid, result, *chosen))) chosen = i;
  }
  return chosen;
}

std::string trade_text(const Grid& grid, const SweepResult& result, std::size_t from,
                       std::size_t to, std::size_t goal) {
  const FieldValues before = grid.values(result.points[from], figures_at(result, from));
  const FieldValues after = grid.values(result.points[to], figures_at(result, to));
  const Goal& gained = grid.goals[goal];
  const Goal& paid = grid.goals.front();
  const double a = after(gained.field).low, b = before(gained.field).low;
  const double c = after(paid.field).low, d = before(paid.field).low;
  const std::string price = c == d
                                ? fmt::format("for the same {}", paid.name)
                                : fmt::format("for {} {} in {}", difference_text(paid.name, c, d),
                                              c > d ? "more" : "less", paid.name);
  return fmt::format("{} {} {}: {} ({})", gained.name, ratio_text(a, b), price,
                     grid.name_of(result.points[to]), goals_text(grid, result, to));
}

// By how much a comparison fails, as a share of what is asked.
double excess(const Expression::Comparison& comparison) {
  if (comparison.holds) return 0;
  const double left = comparison.left.low, right = comparison.right.high;
  const double scale = std::max(std::abs(left), std::abs(right));
  return scale > 0 ? std::abs(left - right) / scale : 1;
}

// The answered point whose worst miss is the smallest.
std::optional<std::size_t> nearest_miss(const Grid& grid, const SweepResult& result) {
  std::optional<std::size_t> chosen;
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const Figures* figures = figures_at(result, i);
    if (figures == nullptr || !figures->fits) continue;
    double worst = 0;
    const FieldValues fields = grid.values(result.points[i], figures);
    for (const Expression& constraint : grid.constraints) {
      if (constraint.evaluate(fields).surely_true()) continue;
      double one = 0;
      for (const auto& comparison : constraint.comparisons(fields)) {
        one = std::max(one, excess(comparison));
      }
      worst = std::max(worst, one > 0 ? one : 1);
    }
    if (worst < smallest) {
      smallest = worst;
      chosen = i;
    }
  }
  return chosen;
}

// --- why ---

// "latency_ms <= 50 is missed: 76.49 against 50, 53 % higher".
std::vector<std::string> misses(const Grid& grid, const Point& point, const Figures& figures) {
  std::vector<std::string> lines;
  const FieldValues fields = grid.values(point, &figures);
  for (const Expression& constraint : grid.constraints) {
    if (constraint.evaluate(fields).surely_true()) continue;
    bool told = false;
    for (const Expression::Comparison& comparison : constraint.comparisons(fields)) {
      if (comparison.holds) continue;
      told = true;
      lines.push_back(fmt::format("{} is missed: {:.6g} against {:.6g}, {}", comparison.text,
                                  comparison.left.low, comparison.right.low,
                                  ratio_text(comparison.left.low, comparison.right.low)));
      const Device& device = grid.devices[point.device];
      const bool is_time = comparison.text.starts_with("latency_ms") && comparison.wants_less;
      if (!is_time || device.is_accelerator || comparison.right.low <= 0) continue;
      const double needed = static_cast<double>(figures.cycles) * 1e-3 / comparison.right.low;
      lines.push_back(fmt::format(
          "  {} cycles in that time take {:.4g} MHz without more wait states; it runs at {:.4g}",
          figures.cycles, needed, device.clock_hz / 1e6));
    }
    if (!told) lines.push_back(fmt::format("{} does not hold", visible(constraint.text())));
  }
  return lines;
}

struct Neighbour {
  std::size_t point = 0;
  std::vector<std::string> changes;
};

// Points that meet everything, those with the fewest differences first.
std::vector<Neighbour> neighbours(const Grid& grid, const SweepResult& result, std::size_t point) {
  std::vector<Neighbour> all;
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    if (!result.outcomes[i].meets || i == point) continue;
    all.push_back({i, differences(grid, result.points[point], result.points[i])});
  }
  std::ranges::stable_sort(all, [&](const Neighbour& a, const Neighbour& b) {
    return std::pair(a.changes.size(), costs_at(grid, result, a.point)) <
           std::pair(b.changes.size(), costs_at(grid, result, b.point));
  });
  return all;
}

std::string opening(const Grid& grid, const SweepResult& result, std::size_t i) {
  const Outcome& outcome = result.outcomes[i];
  const std::string name = fmt::format("Point {}: {}", i, grid.name_of(result.points[i]));
  switch (outcome.state) {
    case State::kPending:
      return name + " was not reached";
    case State::kRefused:
      return fmt::format("{} has no answer ({}): {}", name, prediction::kind_name(outcome.kind),
                         outcome.reason);
    case State::kPruned:
      return fmt::format("{} was not run, by the bound of {}: {}", name,
                         outcome.bound == Outcome::Bound::kFit          ? "its memories"
                         : outcome.bound == Outcome::Bound::kConstraint ? "a constraint"
                                                                        : "the front",
                         outcome.reason);
    case State::kAnswered:
      break;
  }
  const char* verdict = outcome.on_front ? " is on the front"
                        : outcome.meets  ? " meets everything, others are better"
                                         : "";
  return fmt::format("{}{}: {}", name, verdict, goals_text(grid, result, i));
}

}  // namespace

std::optional<std::size_t> recommended(const Grid& grid, const SweepResult& result) {
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    if (!result.outcomes[i].on_front) continue;
    if (!chosen || costs_at(grid, result, i) < costs_at(grid, result, *chosen)) chosen = i;
  }
  return chosen;
}

std::vector<std::string> recommendation(const Grid& grid, const SweepResult& result) {
  std::vector<std::string> sentences;
  const std::optional<std::size_t> first = recommended(grid, result);
  if (!first) {
    const std::optional<std::size_t> near = nearest_miss(grid, result);
    if (!near) return {"No point is answered and fits."};
    sentences.push_back(fmt::format("No point meets everything; nearest is {} ({})",
                                    grid.name_of(result.points[*near]),
                                    goals_text(grid, result, *near)));
    for (std::string& line : misses(grid, result.points[*near], *figures_at(result, *near))) {
      sentences.push_back(std::move(line));
    }
    return sentences;
  }
  sentences.push_back(fmt::format("{}{}: {} ({})", superlative(grid.goals.front()),
                                  constraints_text(grid), grid.name_of(result.points[*first]),
                                  goals_text(grid, result, *first)));
  std::vector<std::size_t> told{*first};
  for (std::size_t goal = 1; goal < grid.goals.size(); ++goal) {
    const std::optional<std::size_t> other = trade(grid, result, *first, goal);
    if (!other || std::ranges::find(told, *other) != told.end()) continue;
    told.push_back(*other);
    sentences.push_back(trade_text(grid, result, *first, *other, goal));
  }
  return sentences;
}

std::vector<std::string> why(const Grid& grid, const SweepResult& result, std::size_t point) {
  check(point < result.points.size(), "a point that is asked about is one of the sweep's");
  const Outcome& outcome = result.outcomes[point];
  std::vector<std::string> lines{opening(grid, result, point)};
  if (outcome.figures) {
    for (std::string& line : misses(grid, result.points[point], *outcome.figures)) {
      lines.push_back(std::move(line));
    }
    for (const std::string& reason : outcome.figures->reasons) {
      lines.push_back((outcome.figures->fits ? "" : "does not fit: ") + reason);
    }
  }
  if (outcome.on_front) return lines;
  constexpr std::size_t kTold = 3;
  const std::vector<Neighbour> near = neighbours(grid, result, point);
  lines.emplace_back(near.empty() ? "No point of the sweep meets everything."
                                  : "Nearest points that meet everything:");
  for (std::size_t i = 0; i < std::min(kTold, near.size()); ++i) {
    lines.push_back(fmt::format("  {}: point {} ({})", fmt::join(near[i].changes, ", "),
                                near[i].point, goals_text(grid, result, near[i].point)));
  }
  return lines;
}

}  // namespace boardless::exploration
