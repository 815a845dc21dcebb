// Why a cycle passed without an instruction issuing. Every cycle of a run has exactly one cause.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/units.h"

namespace boardless::cost_models {

enum class StallCause : std::uint8_t {
  kIssue,           // no stall: an instruction issued
  kMultiCycle,      // further cycles of an instruction that occupies the core for several
  kLoad,            // second cycle of a load that nothing could overlap
  kStore,           // a load waits for the store before it, or a store for its offset register
  kAddress,         // an address register was produced too late
  kOperand,         // another operand was produced too late
  kBranchRefill,    // the pipeline refills after a taken branch
  kFetchAlignment,  // a 32-bit instruction across a fetch boundary at a branch target
  kFlashFetch,      // instruction fetch waits for flash
  kFlashData,       // a load waits for flash
  kCount,
};

constexpr std::size_t kStallCauses = static_cast<std::size_t>(StallCause::kCount);
using StallCounts = std::array<Cycles, kStallCauses>;

constexpr std::string_view stall_cause_name(StallCause cause) {
  constexpr std::array<std::string_view, kStallCauses> names{
      "issue",         "multi_cycle",     "load",        "store",     "address", "operand",
      "branch_refill", "fetch_alignment", "flash_fetch", "flash_data"};
  return names[static_cast<std::size_t>(cause)];
}

}  // namespace boardless::cost_models
