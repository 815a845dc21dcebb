// Loads a microcontroller from YAML and checks that what it says fits together.
#include "targets/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"
#include "targets/yaml_reader.h"

namespace boardless::targets {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExtension = ".yaml";

bool is_power_of_two(std::uint32_t value) { return value != 0 && (value & (value - 1)) == 0; }

ReadPath read_path(YamlMap map) {
  ReadPath path;
  path.kind = static_cast<ReadPath::Kind>(map.choice("kind", {"none", "prefetch", "cache"}));
  if (path.kind != ReadPath::Kind::kNone) {
    path.lines = map.u32("lines");
    if (path.lines.value == 0) map.fail("lines", "is 0; at least 1 is needed");
  }
  if (path.kind == ReadPath::Kind::kCache) {
    path.line_bytes = map.u32("line_bytes");
    path.ways = map.u32("ways");
    path.sequential_prefetch = map.flag("sequential_prefetch", false);
    if (!is_power_of_two(path.line_bytes)) map.fail("line_bytes", "must be a power of two");
    const std::uint32_t ways = path.ways.value == 0 ? path.lines.value : path.ways.value;
    if (path.lines.value % ways != 0 || !is_power_of_two(path.lines.value / ways)) {
      map.fail("ways", fmt::format("{} lines in {} ways make no power of two of sets (0 ways means "
                                   "fully associative)",
                                   path.lines.value, ways));
    }
  }
  map.finish();
  return path;
}

std::vector<WaitStateStep> wait_state_table(YamlMap& memory) {
  std::vector<WaitStateStep> table;
  for (YamlMap& row : memory.list_of_maps("wait_states_by_clock")) {
    table.push_back({row.u32("up_to_hz"), row.u32("wait_states")});
    row.finish();
    if (table.size() > 1 && table.back().up_to_hz.value <= table[table.size() - 2].up_to_hz.value) {
      row.fail("up_to_hz", "must be above the row before");
    }
  }
  if (table.empty()) memory.fail("wait_states_by_clock", "is empty; at least one row is needed");
  return table;
}

// The table's row for a clock, or null above its last.
const WaitStateStep* step_at(const std::vector<WaitStateStep>& table, std::uint32_t clock_hz) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const WaitStateStep& step) {
    return clock_hz <= step.up_to_hz.value;
  });
  return row == table.end() ? nullptr : &*row;
}

Memory read_memory(YamlMap& map, std::uint32_t clock_hz) {
  Memory memory;
  memory.name = map.text("name");
  memory.kind = static_cast<Memory::Kind>(map.choice("kind", {"flash", "ram", "external_flash"}));
  memory.base = map.u32("base");
  memory.size_bytes = map.u64("size_bytes");
  constexpr std::uint64_t kAddressSpace = std::uint64_t{1} << 32;
  if (memory.size_bytes.value == 0) map.fail("size_bytes", "is 0; a memory holds something");
  if (memory.size_bytes.value > kAddressSpace - memory.base.value) {
    map.fail("size_bytes", fmt::format("{} bytes from 0x{:08x} pass the end of the 32-bit address "
                                       "space",
                                       memory.size_bytes.value, memory.base.value));
  }
  memory.row_bytes = map.u32("row_bytes");
  if (!is_power_of_two(memory.row_bytes)) map.fail("row_bytes", "must be a power of two");
  if (map.has("wait_states_by_clock")) {
    if (map.has("wait_states")) {
      map.fail("wait_states", "follows from 'wait_states_by_clock'; give only one of the two");
    }
    memory.wait_states_by_clock = wait_state_table(map);
    const WaitStateStep* step = step_at(memory.wait_states_by_clock, clock_hz);
    if (step == nullptr) {
      map.fail("wait_states_by_clock", fmt::format("has no row for clock_hz {}", clock_hz));
    }
    memory.wait_states = step->wait_states;
  } else {
    memory.wait_states = map.u32("wait_states");
  }
  memory.unified = map.flag("unified", false);
  if (map.has("fetch")) memory.fetch = read_path(map.map("fetch"));
  if (map.has("data")) {
    if (memory.unified) map.fail("data", "not used when 'unified' is true: 'fetch' serves both");
    memory.data = read_path(map.map("data"));
  }
  for (const ReadPath* path : {&memory.fetch, &memory.data}) {
    if (path->kind == ReadPath::Kind::kCache && path->line_bytes.value < memory.row_bytes.value) {
      map.fail("row_bytes", fmt::format("a row of {} bytes does not fit a cache line of {}",
                                        memory.row_bytes.value, path->line_bytes.value));
    }
  }
  map.finish();
  return memory;
}

std::vector<Memory> read_memories(YamlMap& root, std::uint32_t clock_hz) {
  std::vector<Memory> memories;
  for (YamlMap& map : root.list_of_maps("memories")) {
    const Memory memory = read_memory(map, clock_hz);
    for (const Memory& other : memories) {
      if (other.name == memory.name) {
        map.fail("name", fmt::format("'{}' names two memories", memory.name));
      }
      const std::uint64_t end = memory.base.value + memory.size_bytes.value;
      const std::uint64_t other_end = other.base.value + other.size_bytes.value;
      if (memory.base.value < other_end && other.base.value < end) {
        map.fail("base", fmt::format("'{}' overlaps memory '{}'", memory.name, other.name));
      }
    }
    memories.push_back(memory);
  }
  if (memories.empty()) root.fail("memories", "is empty; a target needs code and data memory");
  return memories;
}

Placement read_placement(YamlMap map, const std::vector<Memory>& memories) {
  std::vector<std::string> names;
  std::transform(memories.begin(), memories.end(), std::back_inserter(names),
                 [](const Memory& memory) { return memory.name; });
  const auto place = [&](const std::string& window) { return names[map.choice(window, names)]; };
  Placement placement{place("code"), place("constants"), place("arena"), place("stack")};
  for (const Memory& memory : memories) {
    if (memory.kind == Memory::Kind::kRam) continue;
    if (memory.name == placement.arena) map.fail("arena", "must be a memory of kind ram");
    if (memory.name == placement.stack) map.fail("stack", "must be a memory of kind ram");
  }
  map.finish();
  return placement;
}

double positive(YamlMap& map, const std::string& key, Sourced<double>& into) {
  into = map.real(key);
  if (into.value <= 0) map.fail(key, fmt::format("is {}; it must be above 0", into.value));
  return into.value;
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
  if (name_or_path.find('/') != std::string::npos || name_or_path.ends_with(kExtension)) {
    return name_or_path;
  }
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

std::vector<std::string> target_names() {
  return yaml_names(data_directory() / "targets" / "mcus");
}

Target load_target(const std::string& name_or_path) {
  const fs::path path = target_path(name_or_path);
  YamlMap root = YamlMap::load(path);
  Target target;
  target.name = path.stem().string();
  target.description = root.text("description");
  target.vendor = root.text("vendor");
  target.core = root.text("core");
  check_core(root, target.core);
  target.fpu = root.flag("fpu", false);
  target.clock_hz = root.u32("clock_hz");
  if (target.clock_hz.value == 0) root.fail("clock_hz", "is 0; the core must run");
  target.fixed_clock = root.flag("fixed_clock", false);
  target.memories = read_memories(root, target.clock_hz);
  target.placement = read_placement(root.map("placement"), target.memories);
  target.power = read_power(root.map("power"));
  if (root.has("price_usd")) positive(root, "price_usd", target.price_usd.emplace());
  target.notes = root.strings("notes");
  root.finish();
  return target;
}

Target with_clock(Target target, std::uint32_t clock_hz) {
  if (clock_hz == target.clock_hz.value) return target;
  if (target.fixed_clock) {
    throw InputError(fmt::format("target '{}': its clock is fixed at {} Hz; {} Hz was asked for",
                                 target.name, target.clock_hz.value, clock_hz));
  }
  if (clock_hz == 0 || clock_hz > target.clock_hz.value) {
    throw InputError(fmt::format("target '{}': cannot run at {} Hz; accepted is 1 to {} Hz",
                                 target.name, clock_hz, target.clock_hz.value));
  }
  for (Memory& memory : target.memories) {
    if (memory.wait_states_by_clock.empty()) continue;
    const WaitStateStep* step = step_at(memory.wait_states_by_clock, clock_hz);
    check(step != nullptr, "a wait state table that covers a clock covers every lower one");
    memory.wait_states = step->wait_states;
  }
  Sourced<double>& current = target.power.run_ua_per_mhz;
  current.source = fmt::format("estimate (the value for {} Hz taken at {} Hz; it was: {})",
                               target.clock_hz.value, clock_hz, current.source);
  target.clock_hz = {clock_hz, "asked for by the user"};
  return target;
}

}  // namespace boardless::targets
