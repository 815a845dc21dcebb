// What a walk remembers from one invocation to the next, and where it gives up.
#include "workloads/operators/schedule.h"

#include <fmt/format.h>

#include <algorithm>

namespace boardless::workloads {

bool is_straight(std::span<const Step> schedule) {
  return std::ranges::all_of(schedule,
                             [](const Step& step) { return step.kind == Step::Kind::kRun; });
}

std::int64_t ScheduleWalk::times_before(int index) {
  const auto at = static_cast<std::size_t>(index);
  if (times_.size() <= at) times_.resize(at + 1);
  return times_[at]++;
}

void ScheduleWalk::fail_endless(const Step& step) const {
  throw NotModelled(
      fmt::format("{}: operator {} is still running after {} steps of one invocation: a WHILE that "
                  "may never end",
                  name_, step.operator_index, kMostSteps));
}

}  // namespace boardless::workloads
