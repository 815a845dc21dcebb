// What of a memory system depends on time, for one target: how long its arrays, buses and write
// buffer are busy, and what the target waited for them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "cost_models/memory_model.h"
#include "cost_models/stall_cause.h"

namespace boardless::cost_models {

// A pipeline's cycles, without waits for memory.
struct PipelineClock {
  Cycles cycles = 0;               // the block that executes is in it
  std::uint32_t block_cycles = 0;  // of that block
};

// Loads of one block, one after the other, that all go to one memory.
struct LoadBurst {
  std::uint32_t memory = 0;
  std::uint32_t first = 0, count = 0;  // of the block's accesses
  std::uint64_t begin = 0;             // of the block, without waits for memory
  std::uint32_t block_cycles = 0;

  std::uint32_t last() const { return first + count - 1; }
};

// Times are core cycles of the pipeline plus all waits so far. Within a block they are spread
// evenly over its bytes (fetches) or its cycles (data): the pipeline's memo knows no more.
//
// What is hit or missed is decided by the MemorySystem, which says it to the timings of all its
// targets. Memories and caches are indices into the model.
class MemoryTiming {
 public:
  MemoryTiming(const MemorySystemModel& model, const PipelineClock& clock);

  const MemorySystemModel& model() const { return model_; }
  // Cycles waited in the whole run.
  Cycles waited() const { return waited_; }
  // By cause, since take_stalls() was last called.
  const StallCounts& stalls() const { return stalls_; }
  StallCounts take_stalls();

  void wait(StallCause cause, std::uint64_t cycles) {
    stalls_[static_cast<std::size_t>(cause)] += cycles;
    waited_ += cycles;
  }

  // When the block began, what it waited for so far included.
  std::uint64_t block_start() const { return clock_.cycles - clock_.block_cycles + waited_; }

  // The core comes to a row of code at `time`. It is there, or on its way, because it was requested
  // ahead:
  void fetch_ahead_row(std::uint32_t memory, StallCause cause, std::uint64_t time) {
    const std::uint64_t there = port(memory).prefetched_at;
    if (there > time) wait_for_fetch(cause, there - time);
  }
  // It has to be read:
  void fetch_row(std::uint32_t memory, std::uint64_t time);
  // … or its whole line, of which the core executes `beats` beyond the first, from the code at
  // `address` on, in `cycles`.
  void fetch_line(std::uint32_t memory, std::uint32_t address, std::uint32_t beats,
                  std::uint32_t cycles, std::uint64_t time);
  // The row behind is requested by the same core.
  void read_ahead(std::uint32_t memory, std::uint64_t time) {
    Port& port = this->port(memory);
    const std::uint64_t start = std::max({time, port.free_at, port.fetch_free_at});
    port.prefetched_at = start + memories_[memory].read_wait;
    port.fetch_free_at = port.prefetched_at + 1;
  }
  // The last row of the block was fetched.
  void end_fetch() {
    const std::uint32_t cycles = clock_.block_cycles;
    fetched_cycles_ = std::max<std::uint64_t>(cycles + fetch_waited_, 1);
    if (fetch_waited_ != 0) fetched_at_ = block_start() + cycles;
    fetch_waited_ = 0;
  }

  // A load or store is the block's `access`th, from 0. `fetched_rows` were read by the array for
  // the block's fetch. It goes to the array, or fills a line there:
  void read_row(std::uint32_t memory, std::uint32_t access, std::uint64_t fetched_rows);
  void read_line(std::uint32_t memory, std::uint32_t address, std::uint32_t access,
                 std::uint64_t fetched_rows);
  // As so many read_row(), of a block for whose fetch the array read nothing.
  void read_rows(const LoadBurst& burst);
  void write_row(std::uint32_t memory, std::uint32_t access);
  void write_line(std::uint32_t memory, std::uint32_t address, std::uint32_t access);
  // The line that made room is written back.
  void evict(std::uint32_t memory);
  // A load from the line that was filled last: its beat `beat`, counted from the first to come.
  // False: the line is there.
  bool read_filling(std::uint32_t cache, std::uint32_t beat, std::uint32_t access);

  // Of what can be configured, what these times depend on (see MemorySystem).
  void set_wait_states(std::size_t memory, std::uint32_t wait_states);
  void set_clock(const MemorySystemModel& at_clock);
  void forget_fill(std::size_t cache) { fills_[cache] = {}; }

 private:
  struct Memory {
    std::uint32_t read_wait = 0, write_wait = 0;
    std::uint32_t port = 0;
  };
  struct Port {                       // one array or bus, one access at a time
    std::uint64_t free_at = 0;        // from loads and line fills
    std::uint64_t fetch_free_at = 0;  // from rows that are fetched, or requested ahead
    std::uint64_t prefetched_at = 0;  // when the row that was requested ahead is there
  };
  struct Fill {  // the line fill under way, or the last one
    std::uint64_t first_at = 0, filled_at = 0;
    std::uint32_t beat_cycles = 1;
  };

  void refresh();
  Port& port(std::uint32_t memory) { return ports_[memories_[memory].port]; }
  std::uint64_t access_time(std::uint32_t access) const {
    return std::max(block_start() + std::min(access, clock_.block_cycles), fetched_at_);
  }
  void wait_for_fetch(StallCause cause, std::uint64_t cycles) {
    wait(cause, cycles);
    fetch_waited_ += cycles;
  }
  std::uint64_t start_read(std::uint32_t memory, std::uint32_t access, std::uint64_t fetched_rows);
  std::uint64_t rest_of_fetch(std::uint32_t memory, std::uint64_t fetched_rows);
  std::uint64_t start_fill(std::uint32_t memory, std::uint32_t cache, std::uint32_t address,
                           std::uint64_t start);
  void leave_store(std::uint64_t time, std::uint64_t done);

  const PipelineClock& clock_;
  Cycles waited_ = 0;
  std::uint64_t fetched_at_ = 0;      // the end of the last block that waited for its fetch
  std::uint64_t fetch_waited_ = 0;    // of the block that is fetched
  std::uint64_t fetched_cycles_ = 1;  // of the block fetched last, with its waits
  std::uint64_t conflict_rest_ = 0;   // in 1/256 cycles
  std::vector<Memory> memories_;
  std::vector<Port> ports_;  // by memory
  std::vector<Fill> fills_;  // by cache
  StallCounts stalls_{};
  std::array<std::uint64_t, targets::kMaxWriteBufferEntries> stores_{};  // when each is done
  std::uint32_t next_store_ = 0;
  MemorySystemModel model_;
};

inline void MemoryTiming::fetch_row(std::uint32_t memory, std::uint64_t time) {
  Port& port = this->port(memory);
  const std::uint32_t read_wait = memories_[memory].read_wait;
  const std::uint64_t start = std::max({time, port.free_at, port.fetch_free_at});
  if (start > time) wait_for_fetch(StallCause::kBusConflict, start - time);
  wait_for_fetch(StallCause::kFlashFetch, read_wait);
  port.fetch_free_at = start + read_wait + 1;
}

// When the array can begin.
inline std::uint64_t MemoryTiming::start_read(std::uint32_t memory, std::uint32_t access,
                                              std::uint64_t fetched_rows) {
  const std::uint64_t time = access_time(access);
  std::uint64_t start = std::max(time, port(memory).free_at);
  if (fetched_rows != 0) start += rest_of_fetch(memory, fetched_rows);
  if (start > time) wait(StallCause::kBusConflict, start - time);
  return start;
}

inline void MemoryTiming::read_row(std::uint32_t memory, std::uint32_t access,
                                   std::uint64_t fetched_rows) {
  const std::uint32_t read_wait = memories_[memory].read_wait;
  const std::uint64_t start = start_read(memory, access, fetched_rows);
  wait(StallCause::kFlashData, read_wait);
  port(memory).free_at = start + read_wait + 1;
}

}  // namespace boardless::cost_models
