// Reads clocks off wait state tables.
#include "exploration/operating_points.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/error.h"

namespace boardless::exploration {
namespace {

using targets::Memory;
using targets::Target;

// The fastest core clock of each row of the table: the bus runs at whole fractions of it.
void add_clocks(const Memory& memory, const std::string& range, std::uint64_t most,
                std::set<std::uint64_t, std::greater<>>& clocks) {
  for (const targets::WaitStateStep& step : memory.wait_states_by_clock) {
    if (!step.voltage_range.empty() && step.voltage_range != range) continue;
    const std::uint64_t up_to = step.up_to_hz.value();
    if (up_to == 0) continue;
    const std::uint64_t dividers =
        memory.bus_max_hz ? (most + memory.bus_max_hz->value() - 1) / memory.bus_max_hz->value()
                          : 1;
    for (std::uint64_t divider = 1; divider <= dividers && up_to * divider <= most; ++divider) {
      const std::uint64_t clock = up_to * divider;
      const bool is_its_divider =
          !memory.bus_max_hz ||
          (clock + memory.bus_max_hz->value() - 1) / memory.bus_max_hz->value() == divider;
      if (is_its_divider) clocks.insert(clock);
    }
  }
}

std::optional<Target> at(const Target& target, std::uint64_t clock, const std::string& range) {
  try {
    Target result = targets::with_clock(target, static_cast<std::uint32_t>(clock));
    return range == target.voltage_range ? result
                                         : targets::with_voltage_range(std::move(result), range);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace

std::vector<Target> operating_points(const Target& target) {
  std::vector<Target> points{target};
  if (target.fixed_clock) return points;
  std::vector<std::string> ranges = target.voltage_ranges;
  if (ranges.empty()) ranges.emplace_back();
  for (const std::string& range : ranges) {
    std::set<std::uint64_t, std::greater<>> clocks{target.clock_hz.value()};
    for (const Memory& memory : target.memories) {
      add_clocks(memory, range, target.clock_hz.value(), clocks);
    }
    for (const std::uint64_t clock : clocks) {
      const bool is_itself = clock == target.clock_hz.value() && range == target.voltage_range;
      if (is_itself) continue;
      if (std::optional<Target> point = at(target, clock, range)) points.push_back(*point);
    }
  }
  return points;
}

}  // namespace boardless::exploration
