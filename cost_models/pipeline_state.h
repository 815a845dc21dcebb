// What a pipeline carries from one basic block into the next: the key under which a block's cost is
// remembered (the idea of FastSim's memoization, Schnarr and Larus 1998).
#pragma once

#include <array>
#include <cstdint>

#include "isa/instruction.h"

namespace boardless::cost_models {

// All times are relative to the first cycle of the next instruction. Trivially comparable.
struct PipelineState {
  // Per register, how many cycles before now (-1: one cycle ago) its value became ready, or how
  // many cycles it still takes; clamped below at kLongReady.
  static constexpr std::int8_t kLongReady = -4;
  std::array<std::int8_t, isa::kRegisterCount> ready;
  isa::RegisterMask indexed_base = 0;  // base the load before updated
  std::uint32_t branch_penalty = 0;    // to pay if the next block was reached by a jump
  bool load_pending = false;           // a load's second cycle may still be hidden
  bool store_pending = false;          // the instruction before was a single store
  bool narrow = false;                 // the instruction before was 16 bits wide

  // Row buffers of a prefetching flash interface (FetchBuffer), by address.
  static constexpr std::uint32_t kNoRow = 0xffffffff;
  std::uint32_t row = kNoRow, other_row = kNoRow, coming_row = kNoRow;
  std::int32_t coming_ready = 0;

  PipelineState() { ready.fill(kLongReady); }
  bool operator==(const PipelineState&) const = default;
};

}  // namespace boardless::cost_models
