// The order in which the operators of a prepared model run: all of them one after the other, or
// what IF, WHILE and CALL_ONCE make of it. Subgraphs are written out where they are run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"

namespace boardless::workloads {

struct Step {
  enum class Kind {
    kRun,         // operator `index` of the prepared model
    kJump,        // to step `target`
    kJumpUnless,  // the same, unless the boolean tensor `index` is true
    kJumpIfDone,  // the same, when this or another step of the same `index` was passed before
    kEndUnless,   // the end of the invocation, but for every `target`-th time of the same `index`
  };
  Kind kind = Kind::kRun;
  int index = -1;
  int target = -1;
  int operator_index = -1;  // the graph's operator that it belongs to
};

// Whether every invocation runs every step once.
bool is_straight(std::span<const Step> schedule);

// Goes through a schedule, over one invocation after another.
class ScheduleWalk {
 public:
  // Steps of one invocation: a WHILE may be without end.
  static constexpr int kMostSteps = 100'000;

  // `name` is that of the model, in messages. `schedule` must outlive it.
  ScheduleWalk(std::span<const Step> schedule, std::string name)
      : schedule_(schedule), name_(std::move(name)), at_(schedule.size()) {}

  void begin() { at_ = 0, steps_ = 0; }

  // The next prepared operator to run, or none at the end of the invocation. `is_true(tensor)`
  // reads a condition. Throws NotModelled after kMostSteps.
  template <class Reads>
  std::optional<std::size_t> next(const Reads& is_true) {
    while (at_ < schedule_.size()) {
      const Step& step = schedule_[at_++];
      if (++steps_ > kMostSteps) fail_endless(step);
      switch (step.kind) {
        case Step::Kind::kRun:
          return static_cast<std::size_t>(step.index);
        case Step::Kind::kJump:
          go_to(step.target);
          break;
        case Step::Kind::kJumpUnless:
          if (!is_true(step.index)) go_to(step.target);
          break;
        case Step::Kind::kJumpIfDone:
          if (times_before(step.index) > 0) go_to(step.target);
          break;
        case Step::Kind::kEndUnless:
          if ((times_before(step.index) + 1) % step.target != 0) at_ = schedule_.size();
          break;
      }
    }
    return std::nullopt;
  }

 private:
  void go_to(int target) { at_ = static_cast<std::size_t>(target); }
  // How often steps of `index` were passed, this time not counted.
  std::int64_t times_before(int index);
  [[noreturn]] void fail_endless(const Step& step) const;

  std::span<const Step> schedule_;
  std::string name_;
  std::size_t at_;
  int steps_ = 0;
  std::vector<std::int64_t> times_;
};

}  // namespace boardless::workloads
