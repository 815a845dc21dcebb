// Loads a microcontroller from YAML and checks that what it says fits together.
#include "targets/target.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"
#include "base/visible_text.h"
#include "targets/memory_reader.h"
#include "targets/number_text.h"
#include "targets/yaml_reader.h"

namespace boardless::targets {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExtension = ".yaml";

Placement read_placement(YamlMap map, const std::vector<Memory>& memories) {
  std::vector<std::string> names;
  std::transform(memories.begin(), memories.end(), std::back_inserter(names),
                 [](const Memory& memory) { return memory.name; });
  const auto place = [&](const std::string& window) { return names[map.choice(window, names)]; };
  Placement placement{place("code"), place("constants"), place("arena"), place("stack")};
  for (const Memory& memory : memories) {
    if (memory.is_writable()) continue;
    if (memory.name == placement.arena) map.fail("arena", "must be a memory of kind ram or tcm");
    if (memory.name == placement.stack) map.fail("stack", "must be a memory of kind ram or tcm");
  }
  map.finish();
  return placement;
}

double positive(YamlMap& map, const std::string& key, Sourced<double>& into) {
  into = map.real(key);
  if (into.value() <= 0) map.fail(key, fmt::format("is {}; it must be above 0", into.value()));
  return into.value();
}

Power read_power(YamlMap map) {
  Power power;
  positive(map, "run_ua_per_mhz", power.run_ua_per_mhz);
  positive(map, "supply_v", power.supply_v);
  map.finish();
  return power;
}

void check_core(YamlMap& root, const std::string& core) {
  const std::vector<std::string> cores = yaml_names(data_directory() / "targets" / "cores");
  if (std::find(cores.begin(), cores.end(), core) != cores.end()) return;
  const std::string near = nearest_word(core, cores);
  root.fail("core", fmt::format("no file targets/cores/{}{}; known cores are {}{}", core,
                                kExtension, fmt::join(cores, ", "),
                                near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

void check_peripherals(YamlMap& root, const std::string& peripherals) {
  const std::vector<std::string> known = yaml_names(data_directory() / "targets" / "peripherals");
  if (std::find(known.begin(), known.end(), peripherals) != known.end()) return;
  const std::string near = nearest_word(peripherals, known);
  root.fail("peripherals",
            fmt::format("no file targets/peripherals/{}{}; known are {}{}", peripherals, kExtension,
                        fmt::join(known, ", "),
                        near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

// The names a mistyped one may have meant: those it is the beginning of, else the most similar one.
std::vector<std::string> similar_names(const std::string& word,
                                       const std::vector<std::string>& names) {
  std::vector<std::string> similar;
  std::copy_if(names.begin(), names.end(), std::back_inserter(similar),
               [&](const std::string& name) { return !word.empty() && name.starts_with(word); });
  const std::string near = nearest_word(word, names);
  if (similar.empty() && !near.empty()) similar.push_back(near);
  return similar;
}

fs::path target_path(const std::string& name_or_path) {
  if (is_target_file(name_or_path)) return name_or_path;
  const std::vector<std::string> names = target_names();
  if (std::find(names.begin(), names.end(), name_or_path) == names.end()) {
    const std::vector<std::string> similar = similar_names(name_or_path, names);
    throw InputError(fmt::format(
        "unknown target '{}'{}; accepted are {} or the path of a .yaml file", name_or_path,
        similar.empty() ? "" : fmt::format(", did you mean {}?", fmt::join(similar, " or ")),
        fmt::join(names, ", ")));
  }
  return data_directory() / "targets" / "mcus" / (name_or_path + kExtension);
}

}  // namespace

const Memory& Target::memory(const std::string& memory_name) const {
  const auto found = std::find_if(memories.begin(), memories.end(),
                                  [&](const Memory& memory) { return memory.name == memory_name; });
  check(found != memories.end(), "a memory was asked for that the target does not have");
  return *found;
}

const Cache& Target::cache(const std::string& cache_name) const {
  const auto found = std::ranges::find(caches, cache_name, &Cache::name);
  check(found != caches.end(), "a cache was asked for that the target does not have");
  return *found;
}

bool is_target_file(const std::string& word) {
  return word.find('/') != std::string::npos || word.ends_with(kExtension);
}

std::vector<std::string> target_names() {
  return yaml_names(data_directory() / "targets" / "mcus");
}

Target load_target(const std::string& name_or_path) {
  const fs::path path = target_path(name_or_path);
  YamlMap root = YamlMap::load(path, data_directory() / "targets" / "mcus");
  Target target;
  target.name = visible_stem(path);
  target.description = root.text("description");
  target.vendor = root.text("vendor");
  target.availability = read_availability(root);
  target.core = root.text("core");
  check_core(root, target.core);
  target.fpu = root.flag("fpu", false);
  target.clock_hz = root.u32("clock_hz");
  if (target.clock_hz.value() == 0) root.fail("clock_hz", "is 0; the core must run");
  target.fixed_clock = root.flag("fixed_clock", false);
  read_voltage_ranges(root, target);
  if (root.has("write_buffer_entries")) {
    target.write_buffer_entries = root.u32("write_buffer_entries");
    if (target.write_buffer_entries->value() > kMaxWriteBufferEntries) {
      root.fail("write_buffer_entries", fmt::format("at most {} fit here", kMaxWriteBufferEntries));
    }
  }
  read_memories(root, target);
  target.placement = read_placement(root.map("placement"), target.memories);
  target.peripherals = root.text("peripherals", "");
  if (!target.peripherals.empty()) check_peripherals(root, target.peripherals);
  target.power = read_power(root.map("power"));
  if (root.has("price_usd")) positive(root, "price_usd", target.price_usd.emplace());
  target.notes = root.strings("notes");
  root.finish();
  target.numbers = root.ledger();
  target.sha256 = root.digest();
  return target;
}

Target with_clock(Target target, std::uint32_t clock_hz) {
  if (clock_hz == target.clock_hz.value()) return target;
  if (target.fixed_clock) {
    throw InputError(fmt::format("target '{}': its clock is fixed at {} Hz; {} Hz was asked for",
                                 target.name, target.clock_hz.value(), clock_hz));
  }
  if (clock_hz == 0 || clock_hz > target.clock_hz.value()) {
    throw InputError(fmt::format("target '{}': cannot run at {} Hz; accepted is 1 to {} Hz",
                                 target.name, clock_hz, target.clock_hz.value()));
  }
  Sourced<double>& current = target.power.run_ua_per_mhz;
  const std::string source =
      fmt::format("estimate (the value for {} Hz taken at {} Hz; it was: {})",
                  target.clock_hz.value(), clock_hz, current.source());
  current = {current,
             target.numbers.change("power.run_ua_per_mhz",
                                   number_text("run_ua_per_mhz", current.value()), source)};
  target.clock_hz = {
      clock_hz, target.numbers.change("clock_hz", clock_text(clock_hz), "asked for by the user")};
  for (Memory& memory : target.memories) {
    if (set_clock(memory, clock_hz, target.voltage_range)) continue;
    throw InputError(
        fmt::format("target '{}': memory '{}' has no wait states for {} Hz in voltage "
                    "range '{}'",
                    target.name, memory.name, clock_hz, target.voltage_range));
  }
  return target;
}

Target with_voltage_range(Target target, const std::string& range) {
  if (std::ranges::find(target.voltage_ranges, range) == target.voltage_ranges.end()) {
    throw InputError(fmt::format("target '{}': no voltage range '{}'; accepted are {}", target.name,
                                 range, fmt::join(target.voltage_ranges, ", ")));
  }
  for (Memory& memory : target.memories) {
    if (set_clock(memory, target.clock_hz, range)) continue;
    throw InputError(
        fmt::format("target '{}': memory '{}' cannot run at {} Hz in voltage range '{}'",
                    target.name, memory.name, target.clock_hz.value(), range));
  }
  target.voltage_range = range;
  return target;
}

}  // namespace boardless::targets
