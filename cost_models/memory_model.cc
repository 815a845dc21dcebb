// From a target's description to prices.
#include "cost_models/memory_model.h"

#include <algorithm>

#include "base/error.h"
#include "kernels/memory_map.h"

namespace boardless::cost_models {
namespace {

using targets::Cache;
using targets::Memory;
using targets::ReadPath;
using targets::Target;

CacheModel cache_model(const Cache& cache, const std::string& name, const Memory& memory) {
  CacheModel model;
  model.name = name;
  model.fills_lines = cache.fill == Cache::Fill::kLine;
  const std::uint32_t row = model.fills_lines
                                ? cache.line_bytes.value()
                                : std::min(memory.row_bytes.value(), cache.line_bytes.value());
  model.geometry = CacheGeometry{cache.lines, cache.line_bytes, row, cache.ways};
  model.critical_word_first = cache.critical_word_first;
  model.writes_back = cache.write == Cache::Write::kWriteBack;
  model.beat_bytes = model.fills_lines ? cache.beat_bytes.value() : row;
  return model;
}

class Builder {
 public:
  explicit Builder(const Target& target) : target_(target) {
    model_.write_buffer_numbers = targets::numbers_behind([&] {
      if (target.write_buffer_entries) model_.write_buffer_entries = *target.write_buffer_entries;
    });
  }

  // Adds the memory unless it is there; returns its number.
  std::uint32_t memory(const Memory& memory) {
    const auto there = std::ranges::find(model_.memories, memory.name, &MemoryModel::name);
    if (there != model_.memories.end()) {
      return static_cast<std::uint32_t>(there - model_.memories.begin());
    }
    MemoryModel model;
    model.name = memory.name;
    model.is_flash = !memory.is_writable();
    model.numbers.waits = targets::numbers_behind([&] {
      model.wait_states = memory.wait_states;
      if (memory.bus_cycles) model.bus_cycles = *memory.bus_cycles;
      model.clock_divider = memory.clock_divider;
      // The clock chose the row of the table, and the bus's own.
      if (!memory.wait_states_by_clock.empty() || memory.bus_max_hz) target_.clock_hz.value();
    });
    model.numbers.write_waits = targets::numbers_behind([&] {
      if (memory.write_wait_states) model.write_wait_states = *memory.write_wait_states;
      if (model.write_wait_states != 0) memory.clock_divider.value();
    });
    const auto on_the_way = [&] {
      if (memory.beat_cycles) model.beat_cycles = *memory.beat_cycles;
      model.row_bytes = memory.row_bytes;
    };
    model.fetch_shares_bus = memory.fetch_shares_bus;
    model.prefetch = memory.fetch.sequential_prefetch;
    // Without waits nothing is looked up: such memories differ in nothing.
    const bool waits = model.read_wait() != 0;
    model.numbers.fetch = targets::numbers_behind([&] {
      on_the_way();
      if (memory.fetch.kind == ReadPath::Kind::kPrefetch) model.row_buffers = memory.fetch.buffers;
      if (waits) model.fetch_cache = cache(memory.fetch, memory, ".fetch");
    });
    model.numbers.loads = targets::numbers_behind([&] {
      on_the_way();
      if (waits && !memory.unified) model.data_cache = cache(memory.data, memory, ".data");
    });
    if (memory.unified) {
      model.data_cache = model.fetch_cache;
      model.numbers.loads = model.numbers.fetch;
    }
    const auto number = static_cast<std::uint32_t>(model_.memories.size());
    const auto viewed = std::ranges::find(model_.memories, memory.view_of, &MemoryModel::name);
    model.port = viewed == model_.memories.end()
                     ? number
                     : static_cast<std::uint32_t>(viewed - model_.memories.begin());
    model_.memories.push_back(model);
    return number;
  }

  void region(std::uint32_t begin, std::uint64_t bytes, std::uint32_t memory) {
    model_.regions.push_back({begin, static_cast<std::uint32_t>(begin + bytes - 1), memory});
  }

  MemorySystemModel take() {
    std::ranges::sort(model_.regions, {}, &Region::begin);
    return std::move(model_);
  }
  MemorySystemModel& model() { return model_; }

 private:
  std::optional<std::uint32_t> cache(const ReadPath& path, const Memory& memory,
                                     const char* suffix) {
    if (path.kind == ReadPath::Kind::kCache) {
      model_.caches.push_back(cache_model(path.cache, memory.name + suffix, memory));
      return static_cast<std::uint32_t>(model_.caches.size() - 1);
    }
    if (path.kind != ReadPath::Kind::kSharedCache) return std::nullopt;
    const auto there = std::ranges::find(model_.caches, path.shared, &CacheModel::name);
    // Made again where it is there already: whoever stands behind it rests on its numbers too.
    CacheModel shared = cache_model(target_.cache(path.shared), path.shared, memory);
    if (there != model_.caches.end()) {
      return static_cast<std::uint32_t>(there - model_.caches.begin());
    }
    model_.caches.push_back(std::move(shared));
    return static_cast<std::uint32_t>(model_.caches.size() - 1);
  }

  const Target& target_;
  MemorySystemModel model_;
};

}  // namespace

bool MemoryModel::operator==(const MemoryModel& other) const {
  return is_flash == other.is_flash && wait_states == other.wait_states &&
         write_wait_states == other.write_wait_states && bus_cycles == other.bus_cycles &&
         beat_cycles == other.beat_cycles && clock_divider == other.clock_divider &&
         row_bytes == other.row_bytes && row_buffers == other.row_buffers &&
         fetch_cache == other.fetch_cache && data_cache == other.data_cache &&
         prefetch == other.prefetch && fetch_shares_bus == other.fetch_shares_bus &&
         fetched_in_pipeline == other.fetched_in_pipeline && port == other.port;
}

bool MemorySystemModel::operator==(const MemorySystemModel& other) const {
  return caches == other.caches && memories == other.memories && regions == other.regions &&
         write_buffer_entries == other.write_buffer_entries && fetch_buffer == other.fetch_buffer;
}

bool MemorySystemModel::holds_as(const MemorySystemModel& other) const {
  const auto without_times = [](MemorySystemModel model) {
    for (MemoryModel& memory : model.memories) {
      memory.wait_states = memory.read_wait() != 0 ? 1 : 0;
      memory.write_wait_states = memory.write_wait() != 0 ? 1 : 0;
      memory.bus_cycles = 0;
      memory.beat_cycles = memory.clock_divider = 1;
    }
    return model;
  };
  return without_times(*this) == without_times(other);
}

targets::UsedNumbers used_numbers(const MemorySystemModel& model, const MemorySystemUse& use) {
  targets::UsedNumbers used;
  for (std::size_t i = 0; i < model.memories.size(); ++i) {
    const MemoryModel& memory = model.memories[i];
    const MemorySystemUse::Memory& happened = use.memories[i];
    if (memory.read_wait() == 0 || happened.fetched || happened.read || happened.written) {
      used.add(memory.numbers.waits);
    }
    if (!memory.is_flash && (memory.write_wait() == 0 || happened.written)) {
      used.add(memory.numbers.write_waits);
    }
    if (happened.fetched) used.add(memory.numbers.fetch);
    if (happened.read || happened.written) used.add(memory.numbers.loads);
  }
  if (use.buffered) used.add(model.write_buffer_numbers);
  return used;
}

bool MemorySystemModel::writes_wait(std::uint32_t memory) const {
  const MemoryModel& model = memories[memory];
  if (model.is_flash) return false;  // programming flash goes through registers
  return model.write_wait() != 0 || (model.data_cache && caches[*model.data_cache].writes_back);
}

MemorySystemModel kernel_memory_system(const Target& target) {
  const targets::Placement& place = target.placement;
  Builder builder(target);
  const std::uint32_t code = builder.memory(target.memory(place.code));
  builder.region(kernels::kCodeBase, kernels::kCodeBytes, code);
  builder.region(kernels::kConstantsBase, kernels::kConstantsBytes,
                 builder.memory(target.memory(place.constants)));
  builder.region(kernels::kArenaBase, kernels::kArenaBytes,
                 builder.memory(target.memory(place.arena)));
  builder.region(kernels::kStackBase, kernels::kStackBytes,
                 builder.memory(target.memory(place.stack)));
  MemoryModel& memory = builder.model().memories[code];
  // Nobody fetches from the others: chips that differ in that alone are equal.
  for (MemoryModel& other : builder.model().memories) {
    if (&other != &memory) other.fetch_shares_bus = false;
  }
  if (memory.read_wait() != 0 && !memory.fetch_cache) {
    // All code of a kernel program lies in one memory, so the pipeline can price its fetches
    // exactly.
    const bool lookahead = target.memory(place.code).fetch.kind == ReadPath::Kind::kPrefetch;
    builder.model().fetch_buffer = FetchBuffer{memory.row_bytes, memory.read_wait(), lookahead};
    memory.fetched_in_pipeline = true;
  }
  return builder.take();
}

MemorySystemModel firmware_memory_system(const Target& target) {
  Builder builder(target);
  for (const Memory& memory : target.memories) {
    const std::uint32_t number = builder.memory(memory);
    builder.region(memory.base, memory.size_bytes, number);
    for (const std::uint32_t alias : memory.alias_bases) {
      builder.region(alias, memory.size_bytes, number);
    }
  }
  return builder.take();
}

}  // namespace boardless::cost_models
