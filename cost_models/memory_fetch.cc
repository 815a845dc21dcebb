// Prices of instruction fetch: a block's rows, or lines, one after the other, with prefetch.
#include <algorithm>

#include "cost_models/memory_system.h"

namespace boardless::cost_models {

// One block's way through its rows.
struct MemorySystem::Fetch {
  const Memory& memory;
  const isa::CodeBlock& code;
  CacheState* cache = nullptr;  // null: row buffers
  RowCache& rows;
  std::uint32_t cycles = 0;
  std::uint64_t rows_read = 0;  // by the array, those requested ahead included
  bool goes_to_memory = false;

  // How many cycles the core, without waits, takes to come to the code at `address`.
  std::uint32_t offset_of(std::uint32_t address) const {
    const std::uint32_t before = std::max(address, code.address) - code.address;
    return static_cast<std::uint32_t>(std::uint64_t{cycles} * before / (code.end - code.address));
  }
};

bool MemorySystem::read_code_cache(CacheState& cache, std::uint32_t address, std::uint64_t now) {
  RowCache& rows = cache.rows;
  const std::uint64_t before = rows.replacements();
  // Hot blocks are not reported at every execution: when they ran last is in their stamps.
  const bool hit = rows.read(address, now, [&](std::uint32_t line, std::uint64_t stamp) {
    cache.blocks->for_each(
        line, [&](std::uint32_t block) { stamp = std::max(stamp, uses_[block].executed); });
    return stamp;
  });
  if (rows.replacements() != before) {
    cache.blocks->for_each(rows.replaced_line(),
                           [&](std::uint32_t block) { uses_[block].to_fetch |= bit_; });
  }
  return hit;
}

// Code on the bus of loads and stores: a block takes at least as long as that bus needs for its
// words and its transfers (one a cycle), whatever the pipeline can overlap.
bool MemorySystem::share_bus(const Memory& memory, const isa::CodeBlock& code) {
  if (!memory.fetch_shares_bus) return false;
  if (code.id >= bus_demand_.size()) bus_demand_.resize(blocks_.size());
  std::uint32_t& demand = bus_demand_[code.id];
  if (demand == 0) {
    demand = (code.end + 3) / 4 - code.address / 4;
    for (const isa::Instruction& instruction : code.instructions) {
      if (instruction.access_bytes == 0) continue;
      demand += std::max<std::uint32_t>(1, instruction.registers);
    }
  }
  if (demand > clock_.block_cycles) {
    for (MemoryTiming& timing : priced()) {
      timing.wait(StallCause::kBusConflict, demand - clock_.block_cycles);
    }
  }
  return true;
}

// The core asks for a row (or line) that begins at `row`.
//
// The memory reads one row at a time. With prefetch it begins to read the row behind the one that
// is asked for as soon as it is free; a jump elsewhere has to wait for that read to end. (The ART
// accelerator reads ahead sequentially and by one row: RM0090 3.5.2, RM0351 3.3.4.)
void MemorySystem::fetch_row(Fetch& fetch, std::uint32_t row, std::uint64_t now) {
  const Memory& memory = fetch.memory;
  std::uint32_t& prefetched = prefetched_[memory.port];
  const std::uint32_t wanted = std::max(row, fetch.code.address);
  const bool hit = fetch.cache == nullptr ? fetch.rows.read(row, now)
                                          : fetch.rows.hits_at_once(wanted, now, false) ||
                                                read_code_cache(*fetch.cache, wanted, now);
  const std::uint32_t behind = row + fetch.rows.geometry().row_bytes;
  const bool reads_ahead = memory.prefetch && prefetched != behind && !fetch.rows.holds(behind);
  if (hit && !reads_ahead) return;
  fetch.goes_to_memory = true;
  const bool was_ahead = prefetched == row;
  if (reads_ahead) {
    prefetched = behind;
    ++fetch.rows_read;
  }
  const std::uint32_t offset = fetch.offset_of(wanted);
  const auto for_each_timing = [&](const auto& miss) {
    for (MemoryTiming& timing : priced()) {
      const std::uint64_t time = timing.block_start() + offset;
      miss(timing, time);
      if (reads_ahead) timing.read_ahead(memory.index, time);
    }
  };
  const bool fills = fetch.cache != nullptr && fetch.cache->fills_lines;
  if (hit) {
    for_each_timing([](const MemoryTiming&, std::uint64_t) {});
  } else if (was_ahead) {
    const StallCause cause = fills ? StallCause::kCacheFetch : StallCause::kFlashFetch;
    for_each_timing([&](MemoryTiming& timing, std::uint64_t time) {
      timing.fetch_ahead_row(memory.index, cause, time);
    });
  } else if (!fills) {
    ++fetch.rows_read;
    for_each_timing(
        [&](MemoryTiming& timing, std::uint64_t time) { timing.fetch_row(memory.index, time); });
  } else {
    begin_fill(*fetch.cache, wanted);
    const std::uint32_t end = std::min(behind, fetch.code.end);
    const std::uint32_t beat_bytes = fetch.cache->beat_bytes;
    const std::uint32_t beats = (end - 1) / beat_bytes - wanted / beat_bytes;
    const std::uint32_t cycles = fetch.offset_of(end) - offset;
    for_each_timing([&](MemoryTiming& timing, std::uint64_t time) {
      timing.fetch_line(memory.index, wanted, beats, cycles, time);
    });
  }
}

bool MemorySystem::fetch_block(std::uint32_t block, std::uint64_t now) {
  const isa::CodeBlock& code = blocks_[block];
  const Region* const region = region_of(code.address);
  if (region == nullptr) return false;
  const Memory& memory = memories_[region->memory];
  const bool again = share_bus(memory, code);
  if (!memory.reads_wait) return again;
  memory.use.fetched = true;
  if (memory.fetched_in_pipeline) return again;
  const bool cached = memory.fetch_cache != kNone;
  CacheState* const cache = cached ? &caches_[memory.fetch_cache] : nullptr;
  Fetch fetch{.memory = memory,
              .code = code,
              .cache = cache,
              .rows = cached ? cache->rows : row_buffers_[memory.row_buffer],
              .cycles = clock_.block_cycles};
  const std::uint32_t row_bytes = fetch.rows.geometry().row_bytes;
  for (std::uint32_t row = code.address & ~(row_bytes - 1); row < code.end; row += row_bytes) {
    fetch_row(fetch, row, now);
  }
  fetched_of_ = now;
  fetched_rows_ = fetch.rows_read;
  if (fetch.goes_to_memory) {
    for (MemoryTiming& timing : timings_) timing.end_fetch();
  }
  return again || !cached;
}

}  // namespace boardless::cost_models
