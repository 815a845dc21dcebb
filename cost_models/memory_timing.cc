// Line fills, stores and configuration: the slower prices of loads, stores and fetches.
#include "cost_models/memory_timing.h"

#include "base/error.h"

namespace boardless::cost_models {

MemoryTiming::MemoryTiming(const MemorySystemModel& model, const PipelineClock& clock)
    : clock_(clock),
      memories_(model.memories.size()),
      ports_(model.memories.size()),
      fills_(model.caches.size()),
      model_(model) {
  check(model.write_buffer_entries <= stores_.size(), "a write buffer is that small");
  refresh();
}

// What the accesses look at, from what is described and configured.
void MemoryTiming::refresh() {
  for (std::size_t i = 0; i < memories_.size(); ++i) {
    const MemoryModel& model = model_.memories[i];
    memories_[i] = {model.read_wait(), model.write_wait(), model.port};
  }
}

void MemoryTiming::set_wait_states(std::size_t memory, std::uint32_t wait_states) {
  model_.memories[memory].wait_states = wait_states;
  refresh();
}

void MemoryTiming::set_clock(const MemorySystemModel& at_clock) {
  check(at_clock.memories.size() == memories_.size(), "a clock changes no memory map");
  for (std::size_t i = 0; i < memories_.size(); ++i) {
    model_.memories[i].wait_states = at_clock.memories[i].wait_states;
    model_.memories[i].write_wait_states = at_clock.memories[i].write_wait_states;
    model_.memories[i].clock_divider = at_clock.memories[i].clock_divider;
  }
  refresh();
}

StallCounts MemoryTiming::take_stalls() {
  const StallCounts stalls = stalls_;
  stalls_ = {};
  return stalls;
}

// A line fill that may start at `start`; returns when the word at `address` is there. The port is
// busy until the line is complete and the line it replaces, if changed, is written.
std::uint64_t MemoryTiming::start_fill(std::uint32_t memory, std::uint32_t cache,
                                       std::uint32_t address, std::uint64_t start) {
  const CacheModel& model = model_.caches[cache];
  const MemoryModel& behind = model_.memories[memory];
  const std::uint32_t line_bytes = model.geometry.line_bytes;
  const std::uint32_t beats = line_bytes / model.beat_bytes;
  // The array delivers a row every wait_states + 1 cycles, the bus a beat every beat_cycles.
  const std::uint32_t rows = std::max(1U, line_bytes / behind.row_bytes);
  const std::uint32_t behind_first =
      std::max((beats - 1) * behind.beat_cycles, (rows - 1) * (behind.wait_states + 1)) *
      behind.clock_divider;
  Fill& fill = fills_[cache];
  fill.beat_cycles = beats > 1 ? (behind_first + beats - 2) / (beats - 1) : 0;
  fill.first_at = start + memories_[memory].read_wait;
  fill.filled_at = fill.first_at + behind_first;
  port(memory).free_at = fill.filled_at + 1;
  if (model.critical_word_first) return fill.first_at;
  const std::uint32_t beat = (address & (line_bytes - 1)) / model.beat_bytes;
  return fill.first_at + std::uint64_t{beat} * fill.beat_cycles;
}

void MemoryTiming::evict(std::uint32_t memory) {
  const std::uint32_t cache = *model_.memories[memory].data_cache;
  port(memory).free_at += fills_[cache].filled_at - fills_[cache].first_at + 1;
}

void MemoryTiming::fetch_line(std::uint32_t memory, std::uint32_t address, std::uint32_t beats,
                              std::uint32_t cycles, std::uint64_t time) {
  const std::uint32_t cache = *model_.memories[memory].fetch_cache;
  const std::uint64_t start = std::max(time, port(memory).free_at);
  if (start > time) wait_for_fetch(StallCause::kBusConflict, start - time);
  wait_for_fetch(StallCause::kCacheFetch, start_fill(memory, cache, address, start) - start);
  // What the core executes of the line comes in behind its first word, beat by beat.
  const std::uint64_t last_there = std::uint64_t{beats} * fills_[cache].beat_cycles + 1;
  if (last_there > cycles) wait_for_fetch(StallCause::kCacheFetch, last_there - cycles);
}

// A load goes before the next fetch, but waits for one under way. Where in a block a load is, is
// not known to a cycle: it waits as long as one at a random time would on average, for half of what
// is left of a row read while one is under way.
std::uint64_t MemoryTiming::rest_of_fetch(std::uint32_t memory, std::uint64_t fetched_rows) {
  const std::uint64_t row_cycles = memories_[memory].read_wait + 1;
  const std::uint64_t busy = std::min(fetched_rows * row_cycles, fetched_cycles_);
  conflict_rest_ += busy * (row_cycles - 1) * 128 / fetched_cycles_;
  const std::uint64_t whole = conflict_rest_ / 256;
  conflict_rest_ %= 256;
  return whole;
}

// Each load takes a cycle and waits, the array a cycle longer than that wait: where the block's
// cycles do not suffice, so that loads come together, each waits for that cycle of the one before.
void MemoryTiming::read_rows(const LoadBurst& burst) {
  Port& port = this->port(burst.memory);
  const std::uint32_t read_wait = memories_[burst.memory].read_wait;
  const auto offset = [&](std::uint32_t access) { return std::min(access, burst.block_cycles); };
  std::uint32_t access = burst.first;
  // The first, and what comes before the block's fetch is complete.
  std::uint64_t conflicts = 0;
  for (;; ++access) {
    const std::uint64_t own = burst.begin + waited_ + offset(access);
    const std::uint64_t time = std::max(own, fetched_at_);
    const std::uint64_t start = std::max(time, port.free_at);
    conflicts += start - time;
    port.free_at = start + read_wait + 1;
    waited_ += start - time + read_wait;
    if (access == burst.last() || own >= fetched_at_) break;
  }
  if (access != burst.last()) {
    const std::uint32_t left = burst.last() - access;
    const std::uint32_t together =
        burst.last() - std::min(burst.last(), std::max(access, burst.block_cycles));
    conflicts += together;
    waited_ += together + std::uint64_t{left} * read_wait;
    port.free_at = burst.begin + waited_ + offset(burst.last()) + 1;
  }
  stalls_[static_cast<std::size_t>(StallCause::kBusConflict)] += conflicts;
  stalls_[static_cast<std::size_t>(StallCause::kFlashData)] +=
      std::uint64_t{burst.count} * read_wait;
}

void MemoryTiming::read_line(std::uint32_t memory, std::uint32_t address, std::uint32_t access,
                             std::uint64_t fetched_rows) {
  const std::uint32_t cache = *model_.memories[memory].data_cache;
  const std::uint64_t start = start_read(memory, access, fetched_rows);
  wait(StallCause::kCacheData, start_fill(memory, cache, address, start) - start);
}

// Words arrive from the first one on, around the line.
bool MemoryTiming::read_filling(std::uint32_t cache, std::uint32_t beat, std::uint32_t access) {
  const Fill& fill = fills_[cache];
  const std::uint64_t time = access_time(access);
  if (time >= fill.filled_at) return false;
  const std::uint64_t there = fill.first_at + std::uint64_t{beat} * fill.beat_cycles;
  if (there > time) wait(StallCause::kCacheData, there - time);
  return true;
}

// A store leaves the core when the write buffer has an entry for it; without one it is waited for.
void MemoryTiming::leave_store(std::uint64_t time, std::uint64_t done) {
  if (model_.write_buffer_entries == 0) {
    if (done > time + 1) wait(StallCause::kWriteBuffer, done - time - 1);
    return;
  }
  std::uint64_t& entry = stores_[next_store_];
  next_store_ = (next_store_ + 1) % model_.write_buffer_entries;
  if (entry > time) wait(StallCause::kWriteBuffer, entry - time);
  entry = done;
}

void MemoryTiming::write_row(std::uint32_t memory, std::uint32_t access) {
  const std::uint64_t time = access_time(access);
  const std::uint64_t done =
      std::max(time, port(memory).free_at) + memories_[memory].write_wait + 1;
  port(memory).free_at = done;
  leave_store(time, done);
}

void MemoryTiming::write_line(std::uint32_t memory, std::uint32_t address, std::uint32_t access) {
  const std::uint32_t cache = *model_.memories[memory].data_cache;
  const std::uint64_t time = access_time(access);
  start_fill(memory, cache, address, std::max(time, port(memory).free_at));
  leave_store(time, fills_[cache].filled_at + 1);
}

}  // namespace boardless::cost_models
