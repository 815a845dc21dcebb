// Prices one basic block on an in-order pipeline from a given entry state.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cost_models/core_model.h"
#include "cost_models/pipeline_state.h"
#include "cost_models/stall_cause.h"
#include "isa/instruction.h"

namespace boardless::cost_models {

// A wait-stated memory that code runs from with row buffers and no cache (STM32F1's prefetch
// buffer): a row read takes wait_states + 1 cycles; with `lookahead` the next row is read while the
// current one executes. Two rows are held.
struct FetchBuffer {
  std::uint32_t row_bytes = 8;
  std::uint32_t wait_states = 0;
  bool lookahead = false;
  bool operator==(const FetchBuffer&) const = default;
};

struct BlockCost {
  Cycles cycles = 0;
  StallCounts stalls{};  // sums to cycles
  PipelineState exit;
};

// One instruction's part of a block's cost.
struct InstructionTiming {
  std::uint32_t address = 0;
  Cycles issue = 0;      // cycle of the block in which it issues
  StallCounts stalls{};  // cycles charged to it: waits before it, its own; none when paired
  bool paired = false;   // issues together with the instruction before

  Cycles cycles() const;
};

class BlockTimer {
 public:
  // `core` must outlive the timer. Without a fetch buffer instruction fetch is free (zero wait
  // states, or a cache that is priced elsewhere).
  BlockTimer(const CoreModel& core, std::optional<FetchBuffer> fetch);

  // Throws NotModelled naming the instruction class when the core has no timing for it.
  BlockCost time(std::span<const isa::Instruction> block, const PipelineState& entry,
                 Arrival arrival) const;

  // The same price, told instruction by instruction; the rows' stalls sum to the block's. The
  // second cycle of a load that nothing hid is charged to the instruction behind it.
  std::vector<InstructionTiming> explain(std::span<const isa::Instruction> block,
                                         const PipelineState& entry, Arrival arrival) const;

 private:
  const CoreModel& core_;
  std::optional<FetchBuffer> fetch_;
};

}  // namespace boardless::cost_models
