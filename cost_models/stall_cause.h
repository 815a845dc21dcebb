// Why a cycle passed without an instruction issuing. Every cycle of a run has exactly one cause.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/units.h"

namespace boardless::cost_models {

enum class StallCause : std::uint8_t {
  kIssue,           // no stall: one instruction issued, or two
  kMultiCycle,      // further cycles of an instruction that occupies the core for several
  kLoad,            // second cycle of a load that nothing could overlap
  kStore,           // a load waits for the store before it, or a store for its offset register
  kAddress,         // an address register was produced too late
  kOperand,         // another operand was produced too late
  kUnitBusy,        // the unit that the instruction needs is still at work
  kBranchRefill,    // the pipeline refills after a taken branch
  kMispredict,      // the pipeline refills after a wrong branch prediction
  kFetchAlignment,  // a 32-bit instruction across a fetch boundary
  kFlashFetch,      // instruction fetch waits for flash
  kFlashData,       // a load waits for flash
  kCacheFetch,      // instruction fetch waits for a cache line to be filled
  kCacheData,       // a load waits for a cache line to be filled
  kBusConflict,     // a memory or bus is busy with another access
  kWriteBuffer,     // a store waits because the write buffer is full
  kUnaligned,       // an access that is not aligned is done in parts
  kException,       // exception entry and return
  kAsleep,          // the core waits for an interrupt
  kCount,
};

constexpr std::size_t kStallCauses = static_cast<std::size_t>(StallCause::kCount);
using StallCounts = std::array<Cycles, kStallCauses>;

constexpr std::string_view stall_cause_name(StallCause cause) {
  constexpr std::array<std::string_view, kStallCauses> names{
      "issue",        "multi_cycle", "load",          "store",      "address",
      "operand",      "unit_busy",   "branch_refill", "mispredict", "fetch_alignment",
      "flash_fetch",  "flash_data",  "cache_fetch",   "cache_data", "bus_conflict",
      "write_buffer", "unaligned",   "exception",     "asleep"};
  return names[static_cast<std::size_t>(cause)];
}

}  // namespace boardless::cost_models
