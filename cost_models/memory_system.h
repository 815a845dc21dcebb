// Prices the accesses of one run to the memories of targets that hold the same at every moment:
// wait states behind caches and without, prefetch, line fills, write buffers, and the conflicts
// between them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "cost_models/block_uses.h"
#include "cost_models/memory_model.h"
#include "cost_models/memory_timing.h"
#include "cost_models/row_cache.h"
#include "cost_models/stall_cause.h"
#include "isa/code_block.h"

namespace boardless::cost_models {

// What caches and row buffers hold, and which row was requested ahead, depends on the accesses'
// order alone: memories that differ in nothing but times (holds_as()) share it. Only what misses
// goes on to each one's MemoryTiming.
//
// A fetch is looked at only when some of the block's lines may have been replaced since; true
// recency comes from the blocks' own stamps. A hit costs nothing and changes nothing but its stamp.
class MemorySystem {
 public:
  // The system marks in `uses` the blocks that lose a line; whoever calls fetch_block() clears the
  // mark before. `index`, below kBits, tells the systems of these uses apart. The model is that of
  // the first timing, 0.
  static constexpr std::size_t kBits = 64;
  MemorySystem(const MemorySystemModel& model, const isa::BlockTable& blocks, BlockUses& uses,
               std::size_t index, const PipelineClock& clock);

  const MemorySystemModel& model() const { return timings_.front().model(); }
  const PipelineClock& clock() const { return clock_; }
  // In BlockUse::to_fetch.
  std::uint64_t bit() const { return bit_; }

  // The timing of a target whose model holds as this one's does, before anything has run: that of
  // an equal model, or a new one. Returns its index.
  std::size_t add_timing(const MemorySystemModel& model);
  std::size_t timings() const { return timings_.size(); }

  // The block is fetched; `now` is its stamp. True: the next fetch must be heard of too, whatever
  // is resident.
  bool fetch_block(std::uint32_t block, std::uint64_t now);
  // A load or store of the block with the stamp `now`, which was fetched last; of a memory, by its
  // index in the model, or of whichever lies there.
  void read(std::uint32_t memory, std::uint32_t address, std::uint64_t now);
  void write(std::uint32_t memory, std::uint32_t address, std::uint64_t now);
  void read(std::uint32_t address, std::uint64_t now);
  void write(std::uint32_t address, std::uint64_t now);

  // Cycles that a timing waited in the whole run.
  Cycles waited(std::size_t timing = 0) { return priced()[timing].waited(); }
  // By cause, since take_stalls() was last called.
  const StallCounts& stalls(std::size_t timing = 0) { return priced()[timing].stalls(); }
  StallCounts take_stalls(std::size_t timing = 0) { return priced()[timing].take_stalls(); }
  // What happened so far.
  MemorySystemUse use() const;

  // What firmware can change while it runs, of a system with one timing. A memory or cache by its
  // name; check()s that it is there.
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
    bool fills_lines = false, critical_word_first = false;
    std::uint32_t beat_bytes = 0;
    bool on = true;
    // Of the line fill under way, or the last one.
    std::uint32_t filling = kNone;   // its line's address
    std::uint32_t first_offset = 0;  // of the word that came first
  };
  struct Memory {
    std::uint32_t index = 0;
    std::uint32_t row_buffer = kNone;                       // in row_buffers_
    std::uint32_t fetch_cache = kNone, data_cache = kNone;  // caches that are on
    std::uint32_t port = 0;
    bool reads_wait = false, writes_wait = false;
    bool writes_back = false;  // its data cache does
    bool prefetch = false;
    bool fetch_shares_bus = false, fetched_in_pipeline = false;
    // What happened; whoever changes nothing else of a memory may still say so.
    mutable MemorySystemUse::Memory use = {};
  };
  struct Fetch;

  const Region* region_of(std::uint32_t address) const;
  // Counts an access to a memory that may wait. What others report besides must not matter.
  void count_access(std::uint64_t now) {
    accesses_ = now == accesses_of_ ? accesses_ + 1 : 0;
    accesses_of_ = now;
  }
  // Row reads for the fetch of the block with this stamp.
  std::uint64_t fetched_rows(std::uint64_t now) const {
    return fetched_of_ == now ? fetched_rows_ : 0;
  }
  // The timings, after what was put off is priced.
  std::vector<MemoryTiming>& priced() {
    if (burst_.count != 0) price_burst();
    return timings_;
  }
  void price_burst();
  void refresh();
  MemoryTiming& only_timing();
  void hear_all();

  bool read_code_cache(CacheState& cache, std::uint32_t address, std::uint64_t now);
  void fetch_row(Fetch& fetch, std::uint32_t row, std::uint64_t now);
  void begin_fill(CacheState& cache, std::uint32_t address);
  bool share_bus(const Memory& memory, const isa::CodeBlock& code);
  void read_uncached(const Memory& memory, std::uint64_t now);
  void begin_burst(const Memory& memory, std::uint64_t now);
  void read_waiting(const Memory& memory, std::uint32_t address, std::uint64_t now);
  void read_filling(const Memory& memory, std::uint32_t address);
  void write_waiting(const Memory& memory, std::uint32_t address, std::uint64_t now);

  const isa::BlockTable& blocks_;
  BlockUses& uses_;
  std::uint64_t bit_;
  const PipelineClock& clock_;
  std::vector<MemoryTiming> timings_;  // never empty
  LoadBurst burst_;                    // that has yet to be priced
  std::vector<Region> regions_;
  std::vector<CacheState> caches_;
  std::vector<RowCache> row_buffers_;
  std::vector<Memory> memories_;
  std::vector<std::uint32_t> prefetched_;         // by port: address of the row requested ahead
  std::array<std::uint8_t, 256> first_region_{};  // that ends at or above the address's first byte
  std::vector<std::uint32_t> bus_demand_;         // by block; 0: not yet counted
  bool buffered_ = false;                         // a store has used the write buffer
  std::uint64_t fetched_of_ = 0;                  // stamp of the block that was fetched last,
  std::uint64_t fetched_rows_ = 0;                // and the rows that the array read for it
  std::uint64_t accesses_of_ = 0;                 // stamp of the block whose accesses are counted
  std::uint32_t accesses_ = 0;                    // those before the one at hand
};

inline const Region* MemorySystem::region_of(std::uint32_t address) const {
  for (std::size_t i = first_region_[address >> 24]; i < regions_.size(); ++i) {
    const Region& region = regions_[i];
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
  if (memory.data_cache == kNone) {
    read_uncached(memory, now);
    return;
  }
  CacheState& cache = caches_[memory.data_cache];
  if (address - cache.filling >= cache.rows.geometry().line_bytes &&
      cache.rows.hits_at_once(address, now, false)) {
    return;
  }
  read_waiting(memory, address, now);
}

// Most follow another one of the same block.
inline void MemorySystem::read_uncached(const Memory& memory, std::uint64_t now) {
  if (burst_.count != 0 && burst_.memory == memory.index &&
      burst_.first + burst_.count == accesses_ &&
      burst_.begin == clock_.cycles - clock_.block_cycles) [[likely]] {
    ++burst_.count;
  } else {
    begin_burst(memory, now);
  }
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
