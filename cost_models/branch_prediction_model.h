// A branch predictor as data: the `branch_prediction:` of targets/cores/*.yaml.
#pragma once

#include <cstdint>

#include "targets/sourced.h"

namespace boardless::cost_models {

struct BranchPredictionModel {
  enum class Kind {
    kTargetBuffer,       // remembers taken branches with their targets, and how each went lately
    kLastTakenBackward,  // remembers one branch: the last taken backward conditional one (Hazard3)
  };
  Kind kind = Kind::kTargetBuffer;
  targets::Sourced<std::uint32_t> mispredict_penalty;  // refill after a wrong prediction
  // … when the flags were written at least early_flags_cycles before the branch; 0: no such case.
  targets::Sourced<std::uint32_t> early_flags_cycles;
  targets::Sourced<std::uint32_t> early_flags_penalty;
  // Refill of a taken direct branch that the predictor does not know and decode corrects.
  targets::Sourced<std::uint32_t> unknown_target_penalty;

  // kTargetBuffer. Fully associative, replaced in the order in which branches came.
  targets::Sourced<std::uint32_t> target_entries;
  // Two-bit counters indexed by the branch's halfword address, a power of two; 0: one beside each
  // remembered target.
  targets::Sourced<std::uint32_t> history_entries;
  targets::Sourced<std::uint32_t> return_entries;  // calls remembered for their returns; 0: none
  // The end of a low-overhead loop is foreseen once the loop has ended before: its count is known.
  bool counted_loops = false;
  // RISC-V returns jump to x1; Arm's to R14, or load the PC.
  targets::Sourced<std::uint32_t> link_register;
};

}  // namespace boardless::cost_models
