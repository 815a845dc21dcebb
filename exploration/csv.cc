// A sweep's result as CSV.
#include <fmt/format.h>

#include "base/visible_text.h"
#include "exploration/known_fields.h"
#include "exploration/views.h"
#include "reports/csv_text.h"

namespace boardless::exploration {
namespace {

using State = Outcome::State;

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

}  // namespace boardless::exploration
