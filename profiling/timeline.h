// What a run did over time, in a bounded number of steps of one length: where the run goes on
// beyond them, each two become one.
#pragma once

#include <cstddef>
#include <vector>

#include "base/units.h"

namespace boardless::profiling {

// Step has take(const Step& later): it stands for both from then on.
template <class Step>
class Timeline {
 public:
  static constexpr std::size_t kMostSteps = 512;

  // The step that `now` lies in; Step{} when it begins. Steps since the last one, in which nothing
  // was noted, are like `meanwhile`. Time does not go back.
  Step& at(Cycles now, const Step& meanwhile) {
    while ((now >> shift_) >= kMostSteps) halve();
    const auto step = static_cast<std::size_t>(now >> shift_);
    if (step >= steps_.size()) {
      steps_.resize(step, meanwhile);
      steps_.emplace_back();
    }
    return steps_[step];
  }

  // When the last step is over; 0 before the first.
  Cycles end() const { return Cycles{steps_.size()} << shift_; }
  Cycles step_cycles() const { return Cycles{1} << shift_; }
  const std::vector<Step>& steps() const { return steps_; }

 private:
  void halve() {
    for (std::size_t i = 0; i < steps_.size(); i += 2) {
      Step both = steps_[i];
      if (i + 1 < steps_.size()) both.take(steps_[i + 1]);
      steps_[i / 2] = both;
    }
    steps_.resize((steps_.size() + 1) / 2);
    ++shift_;
  }

  std::vector<Step> steps_;
  unsigned shift_ = 6;
};

}  // namespace boardless::profiling
