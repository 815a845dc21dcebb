// Reads a family's peripherals, each list by who knows its entries.
#include "devices/peripherals.h"

#include <fmt/format.h>

#include "base/data_files.h"
#include "devices/device_keys.h"
#include "devices/device_kinds.h"
#include "devices/register_blocks.h"
#include "targets/yaml_reader.h"

namespace boardless::devices {
namespace {

using targets::YamlMap;

void read_core(YamlMap map, Peripherals& all) {
  all.vector_table = map.u32("vector_table");
  all.interrupt_lines = map.u32("interrupt_lines");
  all.priority_bits = map.u32("priority_bits");
  constexpr std::uint32_t kMostLines = 480;
  if (all.interrupt_lines == 0 || all.interrupt_lines > kMostLines) {
    map.fail("interrupt_lines", fmt::format("must be 1 to {}", kMostLines));
  }
  if (all.priority_bits < 2 || all.priority_bits > 8) map.fail("priority_bits", "must be 2 to 8");
  if (map.has("coprocessors")) {
    constexpr std::uint32_t kMost = 0xff;  // 8 and up are the architecture's
    all.coprocessors = map.u32("coprocessors", kMost);
  }
  if (map.has("mpu_regions")) {
    constexpr std::uint32_t kMostRegions = 16;
    all.mpu_regions = map.u32("mpu_regions", kMostRegions);
  }
  if (map.has("tick_reference_divider")) {
    all.tick_reference_divider = map.u32("tick_reference_divider");
    if (all.tick_reference_divider == 0) map.fail("tick_reference_divider", "is 0");
  }
  if (map.has("instruction_cache_bytes")) {
    all.instruction_cache_bytes = map.u32("instruction_cache_bytes");
  }
  if (map.has("data_cache_bytes")) all.data_cache_bytes = map.u32("data_cache_bytes");
  map.finish();
}

constexpr std::uint32_t kMipBits = 32;

// `hart:` instead of `core:`: a RISC-V core, whose interrupt lines are the bits of mip.
void read_hart(YamlMap map, Peripherals& all) {
  all.interrupt_lines = kMipBits;
  if (map.has("reset_vector")) all.reset_vector = map.u32("reset_vector");
  map.finish();
}

// Reads each entry of the optional list `key`.
template <class Read>
void each_of(YamlMap& root, const std::string& key, const Read& read) {
  if (!root.has(key)) return;
  for (YamlMap& map : root.list_of_maps(key)) read(map);
}

}  // namespace

Peripherals load_peripherals(const std::string& name) {
  YamlMap root = YamlMap::load(data_directory() / "targets" / "peripherals" / (name + ".yaml"));
  Peripherals all;
  root.text("source");
  if (root.has("hart")) {
    read_hart(root.map("hart"), all);
  } else {
    read_core(root.map("core"), all);
  }
  each_of(root, "storage", [&](YamlMap& map) {
    all.storage.push_back({map.u32("base"), map.u32("bytes")});
    map.finish();
  });
  each_of(root, "registers",
          [&](YamlMap& map) { all.registers.push_back(read_register_block(map)); });
  each_of(root, "clocks",
          [&](YamlMap& map) { all.clocks.push_back(read_clock(map, all.registers)); });
  DeviceSurroundings surroundings{all.interrupt_lines, {}, {}};
  for (const sim::ClockSpec& clock : all.clocks) surroundings.clocks.push_back(clock.name);
  for (const DeviceKind& kind : kDeviceKinds) {
    each_of(root, std::string(kind.key), [&](YamlMap& map) {
      DeviceKeys keys(map, surroundings);
      all.devices.push_back(kind.read(keys));
      map.finish();
    });
  }
  root.finish();
  return all;
}

}  // namespace boardless::devices
