// What a walk remembers from one invocation to the next, and where it gives up.
#include "workloads/operators/schedule.h"

#include <fmt/format.h>

#include <algorithm>

namespace boardless::workloads {

bool is_straight(std::span<const Step> schedule) {
  return std::ranges::all_of(schedule,
                             [](const Step& step) { return step.kind == Step::Kind::kRun; });
}

bool ScheduleWalk::is_done(int index) {
  const auto at = static_cast<std::size_t>(index);
  if (done_.size() <= at) done_.resize(at + 1);
  const bool before = done_[at];
  done_[at] = true;
  return before;
}

void ScheduleWalk::fail_endless(const Step& step) const {
  throw NotModelled(
      fmt::format("{}: operator {} is still running after {} steps of one invocation: a WHILE that "
                  "may never end",
                  name_, step.operator_index, kMostSteps));
}

}  // namespace boardless::workloads
