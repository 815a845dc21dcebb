// Set-up and configuration of a memory system, and the prices of loads and stores.
#include "cost_models/memory_system.h"

#include <algorithm>

#include "base/error.h"

namespace boardless::cost_models {

MemorySystem::MemorySystem(const MemorySystemModel& model, const isa::BlockTable& blocks,
                           BlockUses& uses, std::size_t index, const PipelineClock& clock)
    : model_(model),
      blocks_(blocks),
      uses_(uses),
      bit_(std::uint64_t{1} << index % 64),
      clock_(clock),
      ports_(model.memories.size()) {
  check(model.write_buffer_entries <= stores_.size(), "a write buffer is that small");
  for (const CacheModel& cache : model.caches) {
    caches_.push_back(
        {.rows = RowCache(cache.geometry), .blocks = &uses_.by_line(cache.geometry.line_bytes)});
  }
  for (const MemoryModel& memory : model.memories) {
    memories_.push_back({.model = memory});
    memories_.back().row_buffer = static_cast<std::uint32_t>(row_buffers_.size());
    row_buffers_.emplace_back(
        CacheGeometry{memory.row_buffers, memory.row_bytes, memory.row_bytes, 0});
  }
  for (std::uint32_t byte = 0, region = 0; byte < first_region_.size(); ++byte) {
    while (region < model.regions.size() && model.regions[region].last < byte << 24) ++region;
    first_region_[byte] = static_cast<std::uint8_t>(region);
  }
  check(model.regions.size() < 256, "a memory map has few regions");
  refresh();
}

// What the accesses look at, from what is described and configured.
void MemorySystem::refresh() {
  for (std::uint32_t i = 0; i < memories_.size(); ++i) {
    Memory& memory = memories_[i];
    memory.read_wait = memory.model.read_wait();
    const auto path = [&](const std::optional<std::uint32_t>& cache) {
      return memory.read_wait != 0 && cache && caches_[*cache].on ? *cache : kNone;
    };
    memory.fetch_cache = path(memory.model.fetch_cache);
    memory.data_cache = path(memory.model.data_cache);
    memory.reads_wait = memory.read_wait != 0;
    memory.writes_back = !memory.model.is_flash && memory.data_cache != kNone &&
                         model_.caches[memory.data_cache].writes_back;
    memory.writes_wait =
        memory.writes_back || (!memory.model.is_flash && memory.model.write_wait() != 0);
  }
}

void MemorySystem::hear_all() { uses_.hear_all(bit_); }

std::size_t MemorySystem::memory_index(std::string_view name) const {
  const auto found = std::ranges::find(model_.memories, name, &MemoryModel::name);
  check(found != model_.memories.end(), "a memory is configured that the system has");
  return static_cast<std::size_t>(found - model_.memories.begin());
}

std::size_t MemorySystem::cache_index(std::string_view name) const {
  const auto found = std::ranges::find(model_.caches, name, &CacheModel::name);
  check(found != model_.caches.end(), "a cache is configured that the system has");
  return static_cast<std::size_t>(found - model_.caches.begin());
}

void MemorySystem::set_wait_states(std::size_t memory, std::uint32_t wait_states) {
  if (memories_[memory].model.wait_states == wait_states) return;
  memories_[memory].model.wait_states = wait_states;
  refresh();
  hear_all();
}

void MemorySystem::set_prefetch(std::size_t memory, bool on) {
  memories_[memory].model.prefetch = on;
  ports_[memories_[memory].model.port].prefetched = kNone;
}

void MemorySystem::set_cache(std::size_t cache, bool on, std::uint32_t ways) {
  CacheGeometry geometry = model_.caches[cache].geometry;
  if (ways != 0) geometry.ways = ways;
  CacheState& state = caches_[cache];
  if (state.on == on && state.rows.geometry() == geometry) return;
  state = {.rows = RowCache(geometry), .blocks = state.blocks, .on = on};
  refresh();
  hear_all();
}

void MemorySystem::invalidate_cache(std::size_t cache) {
  caches_[cache].rows.invalidate();
  caches_[cache].filling = kNone;
  hear_all();
}

void MemorySystem::set_clock(const MemorySystemModel& at_clock) {
  check(at_clock.memories.size() == memories_.size(), "a clock changes no memory map");
  for (std::size_t i = 0; i < memories_.size(); ++i) {
    memories_[i].model.wait_states = at_clock.memories[i].wait_states;
    memories_[i].model.write_wait_states = at_clock.memories[i].write_wait_states;
    memories_[i].model.clock_divider = at_clock.memories[i].clock_divider;
  }
  refresh();
  hear_all();
}

MemorySystemUse MemorySystem::use() const {
  MemorySystemUse use;
  for (const Memory& memory : memories_) use.memories.push_back(memory.use);
  use.buffered = buffered_;
  return use;
}

StallCounts MemorySystem::take_stalls() {
  const StallCounts stalls = stalls_;
  stalls_ = {};
  return stalls;
}

void MemorySystem::wait(StallCause cause, std::uint64_t cycles) {
  stalls_[static_cast<std::size_t>(cause)] += cycles;
  waited_ += cycles;
}

// The accesses of a block are taken a cycle apart from its beginning, but after what its fetch
// waited for.
std::uint64_t MemorySystem::access_time() const {
  const std::uint64_t start = clock_.cycles - clock_.block_cycles + waited_;
  return std::max(start + std::min(accesses_, clock_.block_cycles), fetched_at_);
}

// A line fill that may start at `start`; returns when the word at `address` is there. The port is
// busy until the line is complete and the line it replaces, if changed, is written.
std::uint64_t MemorySystem::start_fill(CacheState& cache, const Memory& memory,
                                       std::uint32_t address, std::uint64_t start) {
  const CacheModel& model = model_.caches[static_cast<std::size_t>(&cache - caches_.data())];
  const MemoryModel& behind = memory.model;
  const std::uint32_t line_bytes = model.geometry.line_bytes;
  const std::uint32_t beats = line_bytes / model.beat_bytes;
  // The array delivers a row every wait_states + 1 cycles, the bus a beat every beat_cycles.
  const std::uint32_t rows = std::max(1U, line_bytes / behind.row_bytes);
  const std::uint32_t behind_first =
      std::max((beats - 1) * behind.beat_cycles, (rows - 1) * (behind.wait_states + 1)) *
      behind.clock_divider;
  cache.filling = address & ~(line_bytes - 1);
  cache.beat_cycles = beats > 1 ? (behind_first + beats - 2) / (beats - 1) : 0;
  cache.first_at = start + memory.read_wait;
  cache.filled_at = cache.first_at + behind_first;
  ports_[behind.port].free_at = cache.filled_at + 1;
  if (!model.critical_word_first) {
    cache.first_offset = 0;
    const std::uint32_t beat = (address - cache.filling) / model.beat_bytes;
    return cache.first_at + std::uint64_t{beat} * cache.beat_cycles;
  }
  cache.first_offset = (address - cache.filling) & ~(model.beat_bytes - 1);
  return cache.first_at;
}

void MemorySystem::read_waiting(const Memory& memory, std::uint32_t address, std::uint64_t now) {
  memory.use.read = true;
  if (memory.data_cache == kNone) {
    read_missed(nullptr, memory, address, access_time(), now);
    return;
  }
  CacheState& cache = caches_[memory.data_cache];
  const bool holds_code = memory.data_cache == memory.fetch_cache;
  const std::uint64_t replaced = cache.rows.replacements();
  const bool hit =
      holds_code ? read_code_cache(cache, address, now) : cache.rows.read(address, now);
  if (!hit) {
    const std::uint64_t time = access_time();
    const bool evicts = cache.rows.replacements() != replaced && cache.rows.replaced_was_dirty();
    read_missed(&cache, memory, address, time, now);
    if (evicts) ports_[memory.model.port].free_at += cache.filled_at - cache.first_at + 1;
    return;
  }
  const std::uint32_t line_bytes = cache.rows.geometry().line_bytes;
  if ((address & ~(line_bytes - 1)) != cache.filling) [[likely]]
    return;
  // The line is still on its way: words arrive from the first one on, around the line.
  const std::uint64_t time = access_time();
  if (time >= cache.filled_at) {
    cache.filling = kNone;
    return;
  }
  const std::uint32_t beat_bytes = model_.caches[memory.data_cache].beat_bytes;
  const std::uint32_t behind =
      ((address & (line_bytes - 1)) - cache.first_offset) % line_bytes / beat_bytes;
  const std::uint64_t there = cache.first_at + std::uint64_t{behind} * cache.beat_cycles;
  if (there > time) wait(StallCause::kCacheData, there - time);
}

// A load goes before the next fetch, but waits for one under way. Where in a block a load is, is
// not known to a cycle: it waits as long as one at a random time would on average, for half of what
// is left of a row read while one is under way.
std::uint64_t MemorySystem::wait_for_fetch(const Memory& memory, std::uint64_t now) {
  if (fetched_of_ != now || fetched_rows_ == 0) return 0;
  const std::uint64_t row_cycles = memory.read_wait + 1;
  const std::uint64_t busy = std::min(fetched_rows_ * row_cycles, fetched_cycles_);
  conflict_rest_ += busy * (row_cycles - 1) * 128 / fetched_cycles_;
  const std::uint64_t whole = conflict_rest_ / 256;
  conflict_rest_ %= 256;
  return whole;
}

void MemorySystem::read_missed(CacheState* cache, const Memory& memory, std::uint32_t address,
                               std::uint64_t time, std::uint64_t now) {
  Port& port = ports_[memory.model.port];
  const std::uint64_t start = std::max(time, port.free_at) + wait_for_fetch(memory, now);
  if (start > time) wait(StallCause::kBusConflict, start - time);
  if (cache != nullptr && model_.caches[memory.data_cache].fills_lines) {
    wait(StallCause::kCacheData, start_fill(*cache, memory, address, start) - start);
    return;
  }
  wait(StallCause::kFlashData, memory.read_wait);
  port.free_at = start + memory.read_wait + 1;
}

// A store leaves the core when the write buffer has an entry for it; without one it is waited for.
void MemorySystem::leave_store(std::uint64_t time, std::uint64_t done) {
  buffered_ = true;
  if (model_.write_buffer_entries == 0) {
    if (done > time + 1) wait(StallCause::kWriteBuffer, done - time - 1);
    return;
  }
  std::uint64_t& entry = stores_[next_store_];
  next_store_ = (next_store_ + 1) % model_.write_buffer_entries;
  if (entry > time) wait(StallCause::kWriteBuffer, entry - time);
  entry = done;
}

void MemorySystem::write_waiting(const Memory& memory, std::uint32_t address, std::uint64_t now) {
  memory.use.written = true;
  Port& port = ports_[memory.model.port];
  if (memory.writes_back) {
    CacheState& cache = caches_[memory.data_cache];
    const std::uint64_t replaced = cache.rows.replacements();
    if (cache.rows.write(address, now)) return;
    const std::uint64_t time = access_time();
    start_fill(cache, memory, address, std::max(time, port.free_at));
    if (cache.rows.replacements() != replaced && cache.rows.replaced_was_dirty()) {
      port.free_at += cache.filled_at - cache.first_at + 1;
    }
    leave_store(time, cache.filled_at + 1);
    return;
  }
  const std::uint64_t time = access_time();
  const std::uint64_t done = std::max(time, port.free_at) + memory.model.write_wait() + 1;
  port.free_at = done;
  leave_store(time, done);
}

}  // namespace boardless::cost_models
