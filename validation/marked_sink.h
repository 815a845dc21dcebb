// Prices a run and keeps account by function: what an engine reports to while a program is
// validated.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"
#include "cost_models/stall_cause.h"
#include "cost_models/timing_run.h"
#include "sim/run_end.h"
#include "validation/runner.h"

namespace boardless::validation {

// The part of the run that counts begins when `from` is about to execute first, and ends when `to`
// is next. Functions begin a block, so blocks' addresses tell. Without markers the whole run
// counts.
class MarkedSink {
 public:
  struct Markers {
    std::uint32_t from = 0, to = 0;
  };
  MarkedSink(cost_models::TimingRun& timing, std::optional<Markers> markers)
      : timing_(timing), markers_(markers), state_(markers ? State::kBefore : State::kInside) {}

  void on_block(const isa::CodeBlock& block) {
    const std::uint64_t now = timing_.now();
    if (state_ == State::kInside) {
      // What passed since the last block began was its own, and of the pauses behind it.
      uses_[last_].cycles += now - last_now_;
      ++uses_[last_].executions;
    }
    if (block.id >= uses_.size()) [[unlikely]]
      uses_.resize(block.id + 1);
    last_ = block.id;
    last_now_ = now;
    if (markers_) [[likely]]
      pass_marker(block.address);
    timing_.on_block(block);
  }
  void on_read(std::uint32_t address, std::uint32_t bytes) { timing_.on_read(address, bytes); }
  void on_write(std::uint32_t address, std::uint32_t bytes) { timing_.on_write(address, bytes); }
  void on_operands(isa::OperandTimed operation, std::uint32_t first, std::uint32_t second) {
    timing_.on_operands(operation, first, second);
  }
  std::uint64_t now() const { return timing_.now(); }
  void advance(std::uint64_t cycles, sim::Pause pause) {
    timing_.advance(cycles, pause == sim::Pause::kAsleep ? cost_models::StallCause::kAsleep
                                                         : cost_models::StallCause::kException);
  }

  struct BlockUse {
    Cycles cycles = 0;
    std::uint64_t executions = 0;
  };
  // By block id. Throws InputError when the run did not come from `from` to `to`.
  const std::vector<BlockUse>& uses() const { return uses_; }
  cost_models::TimingRun::Cost cost() {
    if (state_ == State::kInside && !markers_) finish();
    if (state_ != State::kAfter) {
      throw InputError(state_ == State::kBefore ? "the program never came to its first marker"
                                                : "the program never came to its second marker");
    }
    return cost_;
  }

 private:
  enum class State : std::uint8_t { kBefore, kInside, kAfter };

  void pass_marker(std::uint32_t address) {
    if (state_ == State::kBefore && address == markers_->from) {
      timing_.take_costs();
      state_ = State::kInside;
    } else if (state_ == State::kInside && address == markers_->to) {
      finish();
    }
  }
  void finish() {
    cost_ = timing_.take_costs().front();
    state_ = State::kAfter;
  }

  cost_models::TimingRun& timing_;
  std::optional<Markers> markers_;
  State state_;
  std::vector<BlockUse> uses_{BlockUse{}};
  std::uint32_t last_ = 0;
  std::uint64_t last_now_ = 0;
  cost_models::TimingRun::Cost cost_;
};

}  // namespace boardless::validation
