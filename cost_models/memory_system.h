// The memories a program's windows lie in, as seen by fetches and loads: what wait states cost
// behind a cache, and without one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "cost_models/block_table.h"
#include "cost_models/block_timer.h"
#include "cost_models/row_cache.h"
#include "targets/target.h"

namespace boardless::cost_models {

// The parts of a linked program that a target places in its memories.
enum class Window : std::uint8_t { kCode, kConstants, kArena, kStack, kCount };
constexpr std::size_t kWindows = static_cast<std::size_t>(Window::kCount);

// One read path to one memory. No geometry: uncached, every read pays the wait states.
struct ReadPathModel {
  std::uint32_t wait_states = 0;
  std::optional<CacheGeometry> cache;
  bool prefetch = false;  // the row after a missed one is requested at once
  bool operator==(const ReadPathModel&) const = default;
};

// Value-comparable, so that targets that differ in nothing here share one simulation.
struct MemorySystemModel {
  std::optional<FetchBuffer> fetch_buffer;   // code without a cache: priced inside the pipeline
  std::optional<ReadPathModel> fetch;        // code behind a cache
  std::array<ReadPathModel, kWindows> data;  // loads, by window; literals are loads from code
  // Windows in one memory share its cache: the lowest window of the same memory.
  std::array<Window, kWindows> shares_cache_with{};
  bool unified = false;  // fetches and loads from the code window share their cache
  bool operator==(const MemorySystemModel&) const = default;

  bool waits(Window window) const {
    return data[static_cast<std::size_t>(window)].wait_states != 0;
  }
};

// From the target's placement of the windows.
MemorySystemModel memory_system_model(const targets::Target& target);

// What the memory systems of a run know of a block.
struct BlockUse {
  std::uint64_t executed = 0;  // when last; 0: never
  // The systems (by bit) whose cache may not hold all of the block: they must hear of its next
  // fetch.
  std::uint64_t to_fetch = ~std::uint64_t{0};
};

// Prices one memory system along a run. A fetch is looked at only when some of the block's lines
// may have been replaced since; true recency comes from the blocks' own stamps.
class MemorySystem {
 public:
  // `uses` is by block; it grows as blocks appear. The system marks in it the blocks that lose a
  // line; whoever calls fetch_block() clears the mark before. `index` tells systems apart.
  MemorySystem(const MemorySystemModel& model, const BlockTable& blocks,
               std::vector<BlockUse>& uses, std::size_t index);

  const MemorySystemModel& model() const { return model_; }
  bool caches_code() const { return model_.fetch.has_value(); }
  // In BlockUse::to_fetch. Beyond 64 systems several share a bit, and look at each other's blocks.
  std::uint64_t bit() const { return bit_; }

  // The block is fetched at `now`; it takes `cycles` without wait states.
  void fetch_block(std::uint32_t block, std::uint32_t cycles, std::uint64_t now);
  // A load from `address`, which lies in `window`.
  void read(Window window, std::uint32_t address, std::uint64_t now);

  struct Totals {
    Cycles fetch = 0;
    Cycles data = 0;
  };
  Totals take_totals();  // stall cycles since the last call

 private:
  struct Path {
    std::uint32_t wait_states = 0;
    std::size_t cache = kUncached;
  };
  static constexpr std::size_t kUncached = ~std::size_t{0};

  Path make_path(const ReadPathModel& path);
  bool read_fetch_cache(std::uint32_t address, std::uint64_t now);

  MemorySystemModel model_;
  const BlockTable& blocks_;
  std::vector<BlockUse>& uses_;
  std::uint64_t bit_;
  std::vector<RowCache> caches_;
  std::size_t fetch_cache_ = kUncached;
  std::array<Path, kWindows> paths_;
  Totals totals_;
};

}  // namespace boardless::cost_models
