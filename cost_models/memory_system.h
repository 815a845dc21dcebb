// Prices the accesses of one run to one target's memories: wait states behind caches and without,
// prefetch, line fills, write buffers, and the conflicts between them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "cost_models/block_uses.h"
#include "cost_models/memory_model.h"
#include "cost_models/row_cache.h"
#include "cost_models/stall_cause.h"
#include "isa/code_block.h"

namespace boardless::cost_models {

// A pipeline's cycles, without waits for memory.
struct PipelineClock {
  Cycles cycles = 0;               // the block that executes is in it
  std::uint32_t block_cycles = 0;  // of that block
};

// A fetch is looked at only when some of the block's lines may have been replaced since; true
// recency comes from the blocks' own stamps. A hit costs nothing and changes nothing but its stamp.
//
// Times are core cycles of the pipeline plus all waits so far. Within a block they are spread
// evenly over its bytes (fetches) or its cycles (data): the pipeline's memo knows no more.
class MemorySystem {
 public:
  // The system marks in `uses` the blocks that lose a line; whoever calls fetch_block() clears the
  // mark before. `index` tells systems apart.
  MemorySystem(const MemorySystemModel& model, const isa::BlockTable& blocks, BlockUses& uses,
               std::size_t index, const PipelineClock& clock);

  const MemorySystemModel& model() const { return model_; }
  const PipelineClock& clock() const { return clock_; }
  // In BlockUse::to_fetch. Beyond 64 systems several share a bit, and look at each other's blocks.
  std::uint64_t bit() const { return bit_; }

  // The block is fetched; `now` is its stamp. True: the next fetch must be heard of too, whatever
  // is resident.
  bool fetch_block(std::uint32_t block, std::uint64_t now);
  // A load or store of the block with the stamp `now`, which was fetched last; of a memory, by its
  // index in the model, or of whichever lies there.
  void read(std::uint32_t memory, std::uint32_t address, std::uint64_t now);
  void write(std::uint32_t memory, std::uint32_t address, std::uint64_t now);
  void read(std::uint32_t address, std::uint64_t now);
  void write(std::uint32_t address, std::uint64_t now);

  // Cycles waited in the whole run.
  Cycles waited() const { return waited_; }
  // By cause, since take_stalls() was last called.
  const StallCounts& stalls() const { return stalls_; }
  StallCounts take_stalls();
  // What happened so far.
  MemorySystemUse use() const;

  // What firmware can change while it runs. A memory or cache by its name; check()s that it is
  // there.
  std::size_t memory_index(std::string_view name) const;
  std::size_t cache_index(std::string_view name) const;
  void set_wait_states(std::size_t memory, std::uint32_t wait_states);
  void set_prefetch(std::size_t memory, bool on);
  // Off, every read goes to the memories behind it. On, it begins empty. `ways` 0: as described.
  void set_cache(std::size_t cache, bool on, std::uint32_t ways = 0);
  void invalidate_cache(std::size_t cache);
  // Takes over wait states and dividers of the same target at another clock or voltage.
  void set_clock(const MemorySystemModel& at_clock);

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  struct CacheState {
    RowCache rows;
    const LineBlocks* blocks = nullptr;  // that lie in each line
    bool on = true;
    // Of the line fill under way, or the last one.
    std::uint32_t filling = kNone;   // its line's address
    std::uint32_t first_offset = 0;  // of the word that came first
    std::uint64_t first_at = 0, filled_at = 0;
    std::uint32_t beat_cycles = 1;
  };
  struct Memory {
    MemoryModel model;
    std::uint32_t read_wait = 0;
    bool writes_back = false;                               // its data cache does
    std::uint32_t fetch_cache = kNone, data_cache = kNone;  // caches that are on
    std::uint32_t row_buffer = kNone;                       // in row_buffers_
    bool reads_wait = false, writes_wait = false;
    // What happened; whoever changes nothing else of a memory may still say so.
    mutable MemorySystemUse::Memory use = {};
  };
  struct Port {                        // one array or bus, one access at a time
    std::uint64_t free_at = 0;         // from loads and line fills
    std::uint64_t fetch_free_at = 0;   // from rows that are fetched, or requested ahead
    std::uint32_t prefetched = kNone;  // address of the row that was requested ahead
    std::uint64_t prefetched_at = 0;   // when it is there
  };
  struct Fetch;

  const Region* region_of(std::uint32_t address) const;
  std::uint64_t access_time() const;
  // Counts an access to a memory that may wait. What others report besides must not matter.
  void count_access(std::uint64_t now) {
    accesses_ = now == accesses_of_ ? accesses_ + 1 : 0;
    accesses_of_ = now;
  }
  void wait(StallCause cause, std::uint64_t cycles);
  void refresh();
  void hear_all();

  bool read_code_cache(CacheState& cache, std::uint32_t address, std::uint64_t now);
  void fetch_row(Fetch& fetch, std::uint32_t row, std::uint64_t now);
  void fetch_missed(Fetch& fetch, std::uint32_t row, std::uint64_t time);
  std::uint64_t start_fill(CacheState& cache, const Memory& memory, std::uint32_t address,
                           std::uint64_t start);
  bool share_bus(const Memory& memory, const isa::CodeBlock& code);
  void read_waiting(const Memory& memory, std::uint32_t address, std::uint64_t now);
  void read_missed(CacheState* cache, const Memory& memory, std::uint32_t address,
                   std::uint64_t time, std::uint64_t now);
  void write_waiting(const Memory& memory, std::uint32_t address, std::uint64_t now);
  std::uint64_t wait_for_fetch(const Memory& memory, std::uint64_t now);
  void leave_store(std::uint64_t time, std::uint64_t done);

  MemorySystemModel model_;
  const isa::BlockTable& blocks_;
  BlockUses& uses_;
  std::uint64_t bit_;
  const PipelineClock& clock_;
  std::vector<CacheState> caches_;
  std::vector<RowCache> row_buffers_;
  std::vector<Memory> memories_;
  std::vector<Port> ports_;                       // by memory
  std::array<std::uint8_t, 256> first_region_{};  // that ends at or above the address's first byte
  std::vector<std::uint32_t> bus_demand_;         // by block; 0: not yet counted
  std::array<std::uint64_t, targets::kMaxWriteBufferEntries> stores_{};  // when each is done
  std::uint32_t next_store_ = 0;
  bool buffered_ = false;         // a store has used the write buffer
  std::uint64_t fetched_at_ = 0;  // the end of the last block that waited for its fetch
  // Row reads for the block with the stamp `fetched_of_`, and the cycles it takes with its waits.
  std::uint64_t fetched_of_ = 0;
  std::uint64_t fetched_rows_ = 0, fetched_cycles_ = 0;
  std::uint64_t conflict_rest_ = 0;  // in 1/256 cycles
  std::uint64_t accesses_of_ = 0;    // stamp of the block whose accesses are counted
  std::uint32_t accesses_ = 0;       // those before the one at hand
  Cycles waited_ = 0;
  StallCounts stalls_{};
};

inline const Region* MemorySystem::region_of(std::uint32_t address) const {
  for (std::size_t i = first_region_[address >> 24]; i < model_.regions.size(); ++i) {
    const Region& region = model_.regions[i];
    if (address <= region.last) return address >= region.begin ? &region : nullptr;
  }
  return nullptr;
}

inline void MemorySystem::read(std::uint32_t address, std::uint64_t now) {
  const Region* const region = region_of(address);
  if (region != nullptr) read(region->memory, address, now);
}

inline void MemorySystem::write(std::uint32_t address, std::uint64_t now) {
  const Region* const region = region_of(address);
  if (region != nullptr) write(region->memory, address, now);
}

inline void MemorySystem::read(std::uint32_t index, std::uint32_t address, std::uint64_t now) {
  const Memory& memory = memories_[index];
  if (!memory.reads_wait) return;
  count_access(now);
  if (memory.data_cache != kNone) {
    CacheState& cache = caches_[memory.data_cache];
    if (address - cache.filling >= cache.rows.geometry().line_bytes &&
        cache.rows.hits_at_once(address, now, false)) {
      return;
    }
  }
  read_waiting(memory, address, now);
}

inline void MemorySystem::write(std::uint32_t index, std::uint32_t address, std::uint64_t now) {
  const Memory& memory = memories_[index];
  if (!memory.writes_wait) return;
  count_access(now);
  if (memory.writes_back && caches_[memory.data_cache].rows.hits_at_once(address, now, true)) {
    return;
  }
  write_waiting(memory, address, now);
}

}  // namespace boardless::cost_models
