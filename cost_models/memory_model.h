// The memories a program sees and what stands in front of them, as numbers that price accesses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cost_models/block_timer.h"
#include "cost_models/row_cache.h"
#include "targets/target.h"

namespace boardless::cost_models {

// Where numbers lie plain, because hot loops read them, the entries behind them lie beside them.
// They are not compared: memories that differ in nothing else share one simulation.
struct MemoryNumbers {
  targets::UsedNumbers waits;         // of every read
  targets::UsedNumbers write_waits;   // of every store
  targets::UsedNumbers fetch, loads;  // of fetches, and of loads and stores, once these wait
};

struct CacheModel {
  std::string name = {};  // "l1i", "flash.fetch"; for whoever configures it, not compared
  CacheGeometry geometry = {};
  bool fills_lines = false;  // a miss reads the whole line; else the one row asked for
  bool critical_word_first = true;
  bool writes_back = false;      // stores allocate; else they pass the cache by
  std::uint32_t beat_bytes = 0;  // of a line fill

  bool operator==(const CacheModel& other) const {
    return geometry == other.geometry && fills_lines == other.fills_lines &&
           critical_word_first == other.critical_word_first && writes_back == other.writes_back &&
           beat_bytes == other.beat_bytes;
  }
};

// One memory along one path. Wait states and beats are in cycles of its bus: `clock_divider` core
// cycles each.
struct MemoryModel {
  std::string name = {};  // not compared
  bool is_flash = false;
  std::uint32_t wait_states = 0;
  std::uint32_t write_wait_states = 0;
  std::uint32_t bus_cycles = 0;  // core cycles on the way, apart from the wait states
  std::uint32_t beat_cycles = 1;
  std::uint32_t clock_divider = 1;
  std::uint32_t row_bytes = 4;
  std::uint32_t row_buffers = 1;  // rows that fetches hold when no cache does
  std::optional<std::uint32_t> fetch_cache = std::nullopt;
  std::optional<std::uint32_t> data_cache = std::nullopt;
  bool prefetch = false;
  bool fetch_shares_bus = false;
  bool fetched_in_pipeline = false;  // by the pipeline's FetchBuffer
  // Paths to one array contend: the number of the first of them.
  std::uint32_t port = 0;
  MemoryNumbers numbers = {};

  // Core cycles that a read waits beyond the one that it always takes.
  std::uint32_t read_wait() const { return bus_cycles + wait_states * clock_divider; }
  std::uint32_t write_wait() const { return write_wait_states * clock_divider; }
  bool operator==(const MemoryModel& other) const;
};

// Addresses [begin, last] lie in `memory`. The addresses that no region holds cost nothing.
struct Region {
  std::uint32_t begin = 0;
  std::uint32_t last = 0;
  std::uint32_t memory = 0;
  bool operator==(const Region&) const = default;
};

// Value-comparable, so that targets that differ in nothing here share one simulation.
struct MemorySystemModel {
  std::vector<CacheModel> caches;
  std::vector<MemoryModel> memories;
  std::vector<Region> regions;  // rising, apart
  std::uint32_t write_buffer_entries = 0;
  std::optional<FetchBuffer> fetch_buffer;    // prices fetches inside the pipeline
  targets::UsedNumbers write_buffer_numbers;  // not compared
  bool operator==(const MemorySystemModel& other) const;
  // Whether caches and buffers hold the same at every moment of the same run: the models differ in
  // nothing but how long accesses take that take time in both.
  bool holds_as(const MemorySystemModel& other) const;

  // Whether loads from, or stores to, the memory may ever wait.
  bool reads_wait(std::uint32_t memory) const { return memories[memory].read_wait() != 0; }
  bool writes_wait(std::uint32_t memory) const;
};

// What happened at a memory system: by memory, which accesses waited or were looked at because they
// might have; and whether a store used the write buffer.
struct MemorySystemUse {
  struct Memory {
    bool fetched = false, read = false, written = false;
  };
  std::vector<Memory> memories;
  bool buffered = false;
};

// The numbers of `model` that took part. Of accesses that cannot wait nothing is heard, so that the
// numbers that say so count wherever a program could reach the memory.
targets::UsedNumbers used_numbers(const MemorySystemModel& model, const MemorySystemUse& use);

// For kernel programs: the windows of kernels/memory_map.h, each in the memory that the target's
// placement names.
MemorySystemModel kernel_memory_system(const targets::Target& target);

// For firmware: the target's memories at their own addresses, views and aliases.
MemorySystemModel firmware_memory_system(const targets::Target& target);

}  // namespace boardless::cost_models
