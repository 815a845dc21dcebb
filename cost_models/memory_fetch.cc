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
  std::uint64_t start = 0;  // when the block would begin without waits of its own
  std::uint32_t cycles = 0;
  Cycles waited = 0;
  std::uint64_t rows_read = 0;  // by the array, those requested ahead included

  // When the core, without waits, comes to the code at `address`.
  std::uint64_t time_of(std::uint32_t address) const {
    const std::uint32_t before = std::max(address, code.address) - code.address;
    return start + std::uint64_t{cycles} * before / (code.end - code.address);
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
  if (!memory.model.fetch_shares_bus) return false;
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
    wait(StallCause::kBusConflict, demand - clock_.block_cycles);
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
  Port& port = ports_[memory.model.port];
  const std::uint32_t wanted = std::max(row, fetch.code.address);
  const bool hit = fetch.cache != nullptr ? read_code_cache(*fetch.cache, wanted, now)
                                          : fetch.rows.read(row, now);
  const std::uint32_t behind = row + fetch.rows.geometry().row_bytes;
  const bool reads_ahead =
      memory.model.prefetch && port.prefetched != behind && !fetch.rows.holds(behind);
  if (hit && !reads_ahead) return;
  const std::uint64_t time = fetch.time_of(wanted) + fetch.waited;
  if (!hit) fetch_missed(fetch, row, time);
  if (!reads_ahead) return;
  const std::uint64_t start = std::max({time, port.free_at, port.fetch_free_at});
  port.prefetched = behind;
  port.prefetched_at = start + memory.read_wait;
  port.fetch_free_at = port.prefetched_at + 1;
  ++fetch.rows_read;
}

// The row is not there when the core comes to it, at `time`.
void MemorySystem::fetch_missed(Fetch& fetch, std::uint32_t row, std::uint64_t time) {
  Port& port = ports_[fetch.memory.model.port];
  const bool fills_lines =
      fetch.cache != nullptr && model_.caches[fetch.memory.fetch_cache].fills_lines;
  const auto wait_here = [&](StallCause cause, std::uint64_t cycles) {
    wait(cause, cycles);
    fetch.waited += cycles;
  };
  if (port.prefetched == row) {
    if (port.prefetched_at > time) {
      wait_here(fills_lines ? StallCause::kCacheFetch : StallCause::kFlashFetch,
                port.prefetched_at - time);
    }
    return;
  }
  const std::uint64_t free_at =
      fills_lines ? port.free_at : std::max(port.free_at, port.fetch_free_at);
  const std::uint64_t start = std::max(time, free_at);
  if (start > time) wait_here(StallCause::kBusConflict, start - time);
  if (!fills_lines) {
    wait_here(StallCause::kFlashFetch, fetch.memory.read_wait);
    port.fetch_free_at = start + fetch.memory.read_wait + 1;
    ++fetch.rows_read;
    return;
  }
  const std::uint32_t wanted = std::max(row, fetch.code.address);
  wait_here(StallCause::kCacheFetch, start_fill(*fetch.cache, fetch.memory, wanted, start) - start);
  // What the core executes of the line comes in behind its first word, beat by beat.
  const std::uint32_t end = std::min(row + fetch.rows.geometry().row_bytes, fetch.code.end);
  const CacheModel& cache = model_.caches[fetch.memory.fetch_cache];
  const std::uint32_t beats = (end - 1) / cache.beat_bytes - wanted / cache.beat_bytes;
  const std::uint64_t last_there =
      fetch.time_of(wanted) + fetch.waited + std::uint64_t{beats} * fetch.cache->beat_cycles;
  const std::uint64_t last_wanted = fetch.time_of(end) + fetch.waited;
  if (last_there + 1 > last_wanted) {
    wait_here(StallCause::kCacheFetch, last_there + 1 - last_wanted);
  }
}

bool MemorySystem::fetch_block(std::uint32_t block, std::uint64_t now) {
  const isa::CodeBlock& code = blocks_[block];
  const Region* const region = region_of(code.address);
  if (region == nullptr) return false;
  const Memory& memory = memories_[region->memory];
  const bool again = share_bus(memory, code);
  if (memory.read_wait == 0) return again;
  memory.use.fetched = true;
  if (memory.model.fetched_in_pipeline) return again;
  const bool cached = memory.fetch_cache != kNone;
  CacheState* const cache = cached ? &caches_[memory.fetch_cache] : nullptr;
  Fetch fetch{.memory = memory,
              .code = code,
              .cache = cache,
              .rows = cached ? cache->rows : row_buffers_[memory.row_buffer],
              .start = clock_.cycles - clock_.block_cycles + waited_,
              .cycles = clock_.block_cycles};
  const std::uint32_t row_bytes = fetch.rows.geometry().row_bytes;
  for (std::uint32_t row = code.address & ~(row_bytes - 1); row < code.end; row += row_bytes) {
    fetch_row(fetch, row, now);
  }
  fetched_of_ = now;
  fetched_rows_ = fetch.rows_read;
  fetched_cycles_ = std::max<std::uint64_t>(fetch.cycles + fetch.waited, 1);
  if (fetch.waited != 0) fetched_at_ = fetch.start + fetch.cycles + fetch.waited;
  return again || !cached;
}

}  // namespace boardless::cost_models
