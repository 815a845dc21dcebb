// Evaluates constraints and objectives.
#include "exploration/judgement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/visible_text.h"
#include "prediction/fit_bound.h"
#include "reports/figures.h"

namespace boardless::exploration {
namespace {

[[noreturn]] void refuse_missing(const Grid& grid, const Point& point, const std::string& place,
                                 const std::string& what, const std::string& missing) {
  throw InputError(fmt::format(
      "{}: '{}': {} has no {}; 'known({}) and …' asks only those that have one, a condition in "
      "'when' leaves the others out",
      place, visible(what), grid.name_of(point), missing, missing));
}

std::string side_text(const Value& value, bool is_bound) {
  const double number = is_bound && value.low != value.high ? value.low : value.high;
  return reports::four_digits(number);
}

// "latency_ms <= 50: at least 75.2" of the first comparison that cannot hold.
std::string told(const Expression& constraint, const FieldValues& fields, bool on_figures) {
  for (const Expression::Comparison& comparison : constraint.comparisons(fields)) {
    if (comparison.holds) continue;
    const bool certain = comparison.left.is_certain() && comparison.right.is_certain();
    return fmt::format(
        "{}: {}{} against {}", comparison.text, on_figures || certain ? "" : "at least ",
        side_text(comparison.left, !on_figures), side_text(comparison.right, !on_figures));
  }
  return constraint.text();
}

}  // namespace

void require_known(const Grid& grid, const Point& point) {
  const FieldValues fields = grid.values(point, nullptr);
  for (const Expression& constraint : grid.constraints) {
    const Value value = constraint.evaluate(fields);
    if (value.missing) {
      refuse_missing(grid, point, constraint.place(), constraint.text(), value.text);
    }
  }
  for (const Goal& goal : grid.goals) {
    const Value value = fields(goal.field);
    if (!value.missing) continue;
    refuse_missing(grid, point, fmt::format("{}: key 'objectives'", grid.file), goal.name,
                   value.text);
  }
}

std::optional<std::string> misfit(const Grid& grid, const Point& point) {
  const targets::Target* target = grid.devices[point.device].asked.mcu();
  if (target == nullptr || !grid.models[point.model].refused.empty()) return std::nullopt;
  return prediction::cannot_fit(grid.fit_bound(point), *target);
}

std::optional<std::string> violation(const Grid& grid, const Point& point, const Figures* figures) {
  const FieldValues fields = grid.values(point, figures);
  for (const Expression& constraint : grid.constraints) {
    const Value value = constraint.evaluate(fields);
    // What only some answers lack, such as a comparison with the reference, is no yes.
    const bool fails = figures != nullptr ? !value.surely_true() : value.surely_false();
    if (fails) return told(constraint, fields, figures != nullptr);
  }
  return std::nullopt;
}

Costs costs_of(const Grid& grid, const Point& point, const Figures* figures) {
  const FieldValues fields = grid.values(point, figures);
  Costs costs;
  for (const Goal& goal : grid.goals) {
    const Value value = fields(goal.field);
    costs.push_back(goal.maximize ? -value.high : value.low);
  }
  return costs;
}

void judge(const Grid& grid, const Point& point, Outcome& outcome) {
  if (outcome.state != Outcome::State::kAnswered) return;
  std::optional<std::string> why = violation(grid, point, outcome.figures.get());
  outcome.meets = outcome.figures->fits && !why;
  outcome.reason = why ? std::move(*why) : "";
}

void mark_front(const Grid& grid, SweepResult& result) {
  Front front;
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const Outcome& outcome = result.outcomes[i];
    if (outcome.meets) front.add(costs_of(grid, result.points[i], outcome.figures.get()));
  }
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    Outcome& outcome = result.outcomes[i];
    if (!outcome.meets) continue;
    outcome.on_front = !front.is_dominated(costs_of(grid, result.points[i], outcome.figures.get()));
  }
}

}  // namespace boardless::exploration
