// Lists a target's numbers with their units and sources.
#include "targets/target_numbers.h"

#include <fmt/format.h>

namespace boardless::targets {
namespace {

class Lister {
 public:
  template <class T>
  void add(const std::string& key, const Sourced<T>& number, std::string text) {
    numbers_.push_back({key, std::move(text), number.source, number.is_estimate()});
  }

  void add_count(const std::string& key, const Sourced<std::uint32_t>& number, const char* unit) {
    add(key, number, fmt::format("{} {}", number.value, unit));
  }

  void add_cache(const std::string& key, const Cache& cache) {
    add_count(key + ".lines", cache.lines, "lines");
    add_count(key + ".line_bytes", cache.line_bytes, "bytes");
    if (cache.ways.value == 0) {
      add(key + ".ways", cache.ways, "fully associative");
    } else {
      add_count(key + ".ways", cache.ways, "ways");
    }
    if (cache.fill == Cache::Fill::kLine) add_count(key + ".beat_bytes", cache.beat_bytes, "bytes");
  }

  void add_read_path(const std::string& key, const ReadPath& path) {
    if (path.kind == ReadPath::Kind::kPrefetch) add_count(key + ".lines", path.buffers, "rows");
    if (path.kind == ReadPath::Kind::kCache) add_cache(key, path.cache);
  }

  void add_memory(const Memory& memory) {
    const std::string key = "memories." + memory.name;
    add(key + ".base", memory.base, fmt::format("0x{:08x}", memory.base.value));
    for (const auto& alias : memory.alias_bases) {
      add(key + ".alias_bases", alias, fmt::format("0x{:08x}", alias.value));
    }
    add(key + ".size_bytes", memory.size_bytes, size_text(memory.size_bytes));
    const bool slower_bus = memory.clock_divider != 1;
    add_count(key + ".wait_states", memory.wait_states, slower_bus ? "bus cycles" : "cycles");
    for (const WaitStateStep& step : memory.wait_states_by_clock) {
      add(key + ".wait_states_by_clock", step.wait_states,
          fmt::format("{} cycles to {}{}{}", step.wait_states.value, clock_text(step.up_to_hz),
                      step.voltage_range.empty() ? "" : " in ", step.voltage_range));
    }
    if (memory.write_wait_states) {
      add_count(key + ".write_wait_states", *memory.write_wait_states, "cycles");
    }
    if (memory.bus_cycles) add_count(key + ".bus_cycles", *memory.bus_cycles, "cycles");
    if (memory.beat_cycles) add_count(key + ".beat_cycles", *memory.beat_cycles, "cycles");
    if (memory.bus_max_hz) {
      add(key + ".bus_max_hz", *memory.bus_max_hz, clock_text(*memory.bus_max_hz));
    }
    add_count(key + ".row_bytes", memory.row_bytes, "bytes");
    add_read_path(key + ".fetch", memory.fetch);
    if (!memory.unified) add_read_path(key + ".data", memory.data);
  }

  std::vector<TargetNumber> take() { return std::move(numbers_); }

 private:
  std::vector<TargetNumber> numbers_;
};

}  // namespace

std::vector<TargetNumber> target_numbers(const Target& target) {
  Lister lister;
  lister.add("clock_hz", target.clock_hz, clock_text(target.clock_hz));
  if (target.write_buffer_entries) {
    lister.add_count("write_buffer_entries", *target.write_buffer_entries, "stores");
  }
  for (const Cache& cache : target.caches) lister.add_cache("caches." + cache.name, cache);
  for (const Memory& memory : target.memories) lister.add_memory(memory);
  const Power& power = target.power;
  lister.add("power.run_ua_per_mhz", power.run_ua_per_mhz,
             fmt::format("{} uA/MHz", power.run_ua_per_mhz.value));
  lister.add("power.supply_v", power.supply_v, fmt::format("{} V", power.supply_v.value));
  if (target.price_usd) {
    lister.add("price_usd", *target.price_usd, fmt::format("{:.2f} USD", target.price_usd->value));
  }
  return lister.take();
}

std::string size_text(Bytes bytes) {
  return bytes % 1024 == 0 ? fmt::format("{} KiB", bytes / 1024) : fmt::format("{} bytes", bytes);
}

std::string clock_text(std::uint32_t clock_hz) { return fmt::format("{} MHz", clock_hz / 1e6); }

}  // namespace boardless::targets
