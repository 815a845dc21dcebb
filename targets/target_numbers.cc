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

  void add_read_path(const std::string& key, const ReadPath& path) {
    if (path.kind == ReadPath::Kind::kNone) return;
    const bool cache = path.kind == ReadPath::Kind::kCache;
    add_count(key + ".lines", path.lines, cache ? "lines" : "rows");
    if (!cache) return;
    add_count(key + ".line_bytes", path.line_bytes, "bytes");
    if (path.ways.value == 0) {
      add(key + ".ways", path.ways, "fully associative");
    } else {
      add_count(key + ".ways", path.ways, "ways");
    }
  }

  void add_memory(const Memory& memory) {
    const std::string key = "memories." + memory.name;
    add(key + ".base", memory.base, fmt::format("0x{:08x}", memory.base.value));
    add(key + ".size_bytes", memory.size_bytes, size_text(memory.size_bytes));
    add_count(key + ".wait_states", memory.wait_states, "cycles");
    for (const WaitStateStep& step : memory.wait_states_by_clock) {
      add(key + ".wait_states_by_clock", step.wait_states,
          fmt::format("{} cycles to {}", step.wait_states.value, clock_text(step.up_to_hz)));
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
