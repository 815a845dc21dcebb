// Memories, their read paths, and wait states against clock and voltage.
#include "targets/memory_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "targets/number_text.h"

namespace boardless::targets {
namespace {

constexpr std::uint32_t kMostLines = 32768, kMostBytes = 4096, kMostCycles = 10000;

bool is_power_of_two(std::uint32_t value) { return value != 0 && (value & (value - 1)) == 0; }

Cache read_cache(YamlMap& map) {
  Cache cache;
  cache.lines = map.u32("lines", kMostLines);
  if (cache.lines.value() == 0) map.fail("lines", "is 0; at least 1 is needed");
  cache.line_bytes = map.u32("line_bytes", kMostBytes);
  cache.ways = map.u32("ways", kMostLines);
  if (!is_power_of_two(cache.line_bytes)) map.fail("line_bytes", "must be a power of two");
  const std::uint32_t ways = cache.ways.value() == 0 ? cache.lines.value() : cache.ways.value();
  if (cache.lines.value() % ways != 0 || !is_power_of_two(cache.lines.value() / ways)) {
    map.fail("ways", fmt::format("{} lines in {} ways make no power of two of sets (0 ways means "
                                 "fully associative)",
                                 cache.lines.value(), ways));
  }
  if (map.has("fill")) cache.fill = static_cast<Cache::Fill>(map.choice("fill", {"row", "line"}));
  if (cache.fill == Cache::Fill::kLine) {
    cache.beat_bytes = map.u32("beat_bytes");
    if (!is_power_of_two(cache.beat_bytes) || cache.beat_bytes.value() > cache.line_bytes.value()) {
      map.fail("beat_bytes", fmt::format("must be a power of two, at most the line's {} bytes",
                                         cache.line_bytes.value()));
    }
    cache.critical_word_first = map.flag("critical_word_first", true);
  }
  if (map.has("write")) {
    cache.write = static_cast<Cache::Write>(map.choice("write", {"read_only", "write_back"}));
    if (cache.write == Cache::Write::kWriteBack && cache.fill != Cache::Fill::kLine) {
      map.fail("write", "write_back needs 'fill: line'");
    }
  }
  return cache;
}

ReadPath read_path(YamlMap map, const std::vector<Cache>& shared) {
  ReadPath path;
  path.kind = static_cast<ReadPath::Kind>(
      map.choice("kind", {"none", "prefetch", "cache", "shared_cache"}));
  switch (path.kind) {
    case ReadPath::Kind::kNone:
      break;
    case ReadPath::Kind::kPrefetch:
      path.buffers = map.u32("lines", kMostLines);
      if (path.buffers.value() == 0) map.fail("lines", "is 0; at least 1 is needed");
      path.sequential_prefetch = true;
      break;
    case ReadPath::Kind::kCache:
      path.cache = read_cache(map);
      path.sequential_prefetch = map.flag("sequential_prefetch", false);
      break;
    case ReadPath::Kind::kSharedCache: {
      std::vector<std::string> names;
      std::ranges::transform(shared, std::back_inserter(names), &Cache::name);
      if (names.empty()) map.fail("kind", "is shared_cache, and the target has no 'caches:'");
      path.shared = names[static_cast<std::size_t>(map.choice("cache", names))];
      path.sequential_prefetch = map.flag("sequential_prefetch", false);
      break;
    }
  }
  map.finish();
  return path;
}

std::vector<WaitStateStep> wait_state_table(YamlMap& memory, const Target& target) {
  std::vector<WaitStateStep> table;
  for (YamlMap& row : memory.list_of_maps("wait_states_by_clock")) {
    WaitStateStep step{row.unentered_u32("up_to_hz"), row.unentered_u32("wait_states", kMostCycles),
                       ""};
    if (row.has("voltage_range")) {
      if (target.voltage_ranges.empty()) {
        row.fail("voltage_range", "the target has no 'voltage_ranges:'");
      }
      step.voltage_range = target.voltage_ranges[static_cast<std::size_t>(
          row.choice("voltage_range", target.voltage_ranges))];
    }
    row.finish();
    row.enter_as_one(
        fmt::format("{} cycles to {}{}{}", step.wait_states.value(), clock_text(step.up_to_hz),
                    step.voltage_range.empty() ? "" : " in ", step.voltage_range),
        step.up_to_hz, step.wait_states);
    const bool rises = table.empty() || table.back().voltage_range != step.voltage_range ||
                       table.back().up_to_hz.value() < step.up_to_hz.value();
    if (!rises) row.fail("up_to_hz", "must be above the row before");
    table.push_back(step);
  }
  if (table.empty()) memory.fail("wait_states_by_clock", "is empty; at least one row is needed");
  return table;
}

void read_addresses(YamlMap& map, Memory& memory) {
  memory.base = map.u32("base");
  memory.size_bytes = map.u64("size_bytes");
  if (memory.size_bytes.value() == 0) map.fail("size_bytes", "is 0; a memory holds something");
  memory.alias_bases = map.u32_list("alias_bases");
  constexpr std::uint64_t kAddressSpace = std::uint64_t{1} << 32;
  const auto check_end = [&](const char* key, std::uint32_t base) {
    if (memory.size_bytes.value() <= kAddressSpace - base) return;
    map.fail(key, fmt::format("{} bytes from 0x{:08x} pass the end of the 32-bit address space",
                              memory.size_bytes.value(), base));
  };
  check_end("size_bytes", memory.base);
  for (const auto& alias : memory.alias_bases) check_end("alias_bases", alias);
}

void read_timing(YamlMap& map, const Target& target, Memory& memory) {
  if (map.has("write_wait_states"))
    memory.write_wait_states = map.u32("write_wait_states", kMostCycles);
  if (map.has("bus_cycles")) memory.bus_cycles = map.u32("bus_cycles", kMostCycles);
  if (map.has("beat_cycles")) {
    memory.beat_cycles = map.u32("beat_cycles", kMostCycles);
    if (memory.beat_cycles->value() == 0) map.fail("beat_cycles", "is 0; a beat takes a cycle");
  }
  if (map.has("bus_max_hz")) {
    memory.bus_max_hz = map.u32("bus_max_hz");
    if (memory.bus_max_hz->value() == 0) map.fail("bus_max_hz", "is 0; the bus must run");
  }
  if (map.has("wait_states_by_clock")) {
    if (map.has("wait_states")) {
      map.fail("wait_states", "follows from 'wait_states_by_clock'; give only one of the two");
    }
    memory.wait_states_by_clock = wait_state_table(map, target);
  } else {
    memory.wait_states = map.u32("wait_states", kMostCycles);
  }
  if (!set_clock(memory, target.clock_hz, target.voltage_range)) {
    map.fail("wait_states_by_clock",
             fmt::format("has no row for clock_hz {}{}", target.clock_hz.value(),
                         target.voltage_range.empty()
                             ? ""
                             : fmt::format(" in voltage range '{}'", target.voltage_range)));
  }
}

// The line size of a path's cache; 0 without one.
std::uint32_t line_bytes(const Target& target, const ReadPath& path) {
  if (path.kind == ReadPath::Kind::kCache) return path.cache.line_bytes;
  if (path.kind == ReadPath::Kind::kSharedCache) return target.cache(path.shared).line_bytes;
  return 0;
}

bool fills_lines(const Target& target, const ReadPath& path) {
  const Cache& cache =
      path.kind == ReadPath::Kind::kSharedCache ? target.cache(path.shared) : path.cache;
  return cache.fill == Cache::Fill::kLine;
}

Memory read_memory(YamlMap& map, const Target& target) {
  Memory memory;
  memory.name = map.text("name");
  memory.kind =
      static_cast<Memory::Kind>(map.choice("kind", {"flash", "ram", "external_flash", "tcm"}));
  read_addresses(map, memory);
  memory.view_of = map.text("view_of", "");
  memory.row_bytes = map.u32("row_bytes", kMostBytes);
  if (!is_power_of_two(memory.row_bytes)) map.fail("row_bytes", "must be a power of two");
  read_timing(map, target, memory);
  memory.fetch_shares_bus = map.flag("fetch_shares_bus", false);
  memory.unified = map.flag("unified", false);
  if (map.has("fetch")) memory.fetch = read_path(map.map("fetch"), target.caches);
  if (map.has("data")) {
    if (memory.unified) map.fail("data", "not used when 'unified' is true: 'fetch' serves both");
    memory.data = read_path(map.map("data"), target.caches);
    if (memory.data.kind == ReadPath::Kind::kPrefetch) {
      map.fail("data", "is prefetch, which only 'fetch' can have");
    }
  }
  for (const ReadPath* path : {&memory.fetch, &memory.data}) {
    const std::uint32_t line = line_bytes(target, *path);
    if (line != 0 && line < memory.row_bytes.value() && !fills_lines(target, *path)) {
      map.fail("row_bytes", fmt::format("a row of {} bytes does not fit a cache line of {}",
                                        memory.row_bytes.value(), line));
    }
    if (line > 32 * memory.row_bytes.value() && !fills_lines(target, *path)) {
      map.fail("row_bytes", fmt::format("more than 32 rows of {} bytes make a cache line of {}",
                                        memory.row_bytes.value(), line));
    }
  }
  map.finish();
  return memory;
}

std::vector<std::uint64_t> bases(const Memory& memory) {
  std::vector<std::uint64_t> all{memory.base.value()};
  for (const auto& alias : memory.alias_bases) all.push_back(alias.value());
  return all;
}

void check_apart(YamlMap& map, const Memory& memory, const Memory& other) {
  for (const std::uint64_t base : bases(memory)) {
    for (const std::uint64_t other_base : bases(other)) {
      if (base < other_base + other.size_bytes.value() &&
          other_base < base + memory.size_bytes.value()) {
        map.fail(base == memory.base.value() ? "base" : "alias_bases",
                 fmt::format("'{}' overlaps memory '{}'", memory.name, other.name));
      }
    }
  }
}

}  // namespace

bool set_clock(Memory& memory, std::uint32_t clock_hz, const std::string& voltage_range) {
  const std::uint32_t divider =
      memory.bus_max_hz ? (clock_hz + memory.bus_max_hz->value() - 1) / memory.bus_max_hz->value()
                        : 1;
  if (!memory.wait_states_by_clock.empty()) {
    const auto step = std::ranges::find_if(memory.wait_states_by_clock, [&](const auto& row) {
      const bool in_range = row.voltage_range.empty() || row.voltage_range == voltage_range;
      return in_range && std::uint64_t{clock_hz} <= std::uint64_t{row.up_to_hz.value()} * divider;
    });
    if (step == memory.wait_states_by_clock.end()) return false;
    memory.wait_states = step->wait_states;
  }
  memory.clock_divider = {divider, memory.bus_max_hz ? memory.bus_max_hz->entry() : nullptr};
  return true;
}

void read_voltage_ranges(YamlMap& root, Target& target) {
  target.voltage_ranges = root.strings("voltage_ranges");
  if (!target.voltage_ranges.empty()) target.voltage_range = target.voltage_ranges.front();
}

void read_memories(YamlMap& root, Target& target) {
  if (root.has("caches")) {
    for (YamlMap& map : root.list_of_maps("caches")) {
      const std::string name = map.text("name");
      if (std::ranges::find(target.caches, name, &Cache::name) != target.caches.end()) {
        map.fail("name", fmt::format("'{}' names two caches", name));
      }
      target.caches.push_back(read_cache(map));
      target.caches.back().name = name;
      map.finish();
    }
  }
  for (YamlMap& map : root.list_of_maps("memories")) {
    const Memory memory = read_memory(map, target);
    bool viewed = memory.view_of.empty();
    for (const Memory& other : target.memories) {
      if (other.name == memory.name) {
        map.fail("name", fmt::format("'{}' names two memories", memory.name));
      }
      if (other.name == memory.view_of) {
        viewed = true;
        if (other.size_bytes.value() < memory.size_bytes.value()) {
          map.fail("size_bytes",
                   fmt::format("is more than '{}' has, of which this is a view", other.name));
        }
      }
      check_apart(map, memory, other);
    }
    if (!viewed) map.fail("view_of", fmt::format("'{}' is no memory above", memory.view_of));
    target.memories.push_back(memory);
  }
  std::size_t ranges = 0;
  for (const Memory& memory : target.memories) ranges += 1 + memory.alias_bases.size();
  constexpr std::size_t kMostRanges = 200;  // that a memory system tells apart
  if (ranges > kMostRanges) {
    root.fail("memories", fmt::format("have {} ranges; at most {} fit here", ranges, kMostRanges));
  }
  if (target.memories.empty()) {
    root.fail("memories", "is empty; a target needs code and data memory");
  }
}

}  // namespace boardless::targets
