#include "exploration/point_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "exploration/point_key.h"
#include "reports/figures.h"

namespace boardless::exploration {

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
    const std::string set_up = device.set_up_text();
    if (!set_up.empty()) texts.push_back(set_up);
    const std::string options = options_text(grid.options[point.options]);
    const bool is_an_axis = grid.options.size() > 1;
    if (is_an_axis && !options.empty()) texts.push_back(options);
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string answer_text(const Outcome& outcome) {
  switch (outcome.state) {
    case Outcome::State::kPending:
      return "not reached";
    case Outcome::State::kPruned:
      return fmt::format("pruned ({}): {}", bound_name(outcome.bound), outcome.reason);
    case Outcome::State::kRefused:
      return fmt::format("{}: {}", reports::kind_text(outcome.kind), outcome.reason);
    case Outcome::State::kAnswered:
      break;
  }
  if (!outcome.figures->fits) return "does not fit";
  return outcome.meets ? "yes" : outcome.reason;
}

}  // namespace boardless::exploration
