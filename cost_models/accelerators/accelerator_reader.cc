// Loads targets/accelerators/*.yaml strictly and keeps every number with its source.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/operator_mapping.h"
#include "targets/yaml_reader.h"

namespace boardless::cost_models {
namespace {

using targets::TargetNumber;
using targets::YamlMap;

std::filesystem::path folder() { return data_directory() / "targets" / "accelerators"; }

// A map of the file that notes each number it gives.
class NotingMap {
 public:
  NotingMap(YamlMap map, std::string path, std::vector<TargetNumber>& numbers)
      : map_(std::move(map)), path_(std::move(path)), numbers_(numbers) {}

  bool has(const std::string& key) { return map_.has(key); }
  std::string text(const std::string& key) { return map_.text(key); }
  std::string text(const std::string& key, const std::string& fallback) {
    return map_.text(key, fallback);
  }
  std::vector<std::string> strings(const std::string& key) { return map_.strings(key); }
  bool flag(const std::string& key) { return map_.flag(key, false); }
  Count count(const std::string& key) { return note(key, map_.u32(key)); }
  Sourced<std::uint64_t> bytes(const std::string& key) { return note(key, map_.u64(key)); }
  // Positive: rates and times divide.
  Real rate(const std::string& key) {
    const Real value = note(key, map_.real(key));
    if (!(value.value > 0)) map_.fail(key, "must be above 0");
    return value;
  }
  Real real(const std::string& key) {
    const Real value = note(key, map_.real(key));
    if (!(value.value >= 0)) map_.fail(key, "must be 0 or more");
    return value;
  }
  Count lanes(const std::string& key) {
    const Count value = count(key);
    if (value.value == 0) map_.fail(key, "must be at least 1");
    return value;
  }
  std::vector<Count> counts(const std::string& key) {
    std::vector<Count> values = map_.u32_list(key);
    for (const Count& value : values) note(key, value);
    return values;
  }
  NotingMap map(const std::string& key) { return {map_.map(key), join(key), numbers_}; }
  std::vector<NotingMap> list(const std::string& key) {
    std::vector<NotingMap> maps;
    for (YamlMap& map : map_.list_of_maps(key)) {
      maps.push_back({map, fmt::format("{}[{}]", join(key), maps.size()), numbers_});
    }
    return maps;
  }
  void finish() const { map_.finish(); }
  [[noreturn]] void fail(const std::string& key, const std::string& message) const {
    map_.fail(key, message);
  }

 private:
  std::string join(const std::string& key) const { return path_.empty() ? key : path_ + '.' + key; }
  template <class T>
  Sourced<T> note(const std::string& key, Sourced<T> number) {
    numbers_.push_back(
        {join(key), fmt::format("{}", number.value), number.source, number.is_estimate()});
    return number;
  }

  YamlMap map_;
  std::string path_;
  std::vector<TargetNumber>& numbers_;
};

LaneArray read_lanes(NotingMap map) {
  LaneArray array;
  array.rows = map.lanes("rows");
  array.columns = map.lanes("columns");
  array.pixels_in_line = map.flag("pixels_in_line");
  array.inputs = map.lanes("inputs");
  array.taps = map.lanes("taps");
  array.taps_share_inputs = map.flag("taps_share_inputs");
  array.outputs = map.lanes("outputs");
  array.depthwise_channels = map.lanes("depthwise_channels");
  array.depthwise_taps = map.lanes("depthwise_taps");
  array.drain_per_cycle = map.rate("drain_per_cycle");
  array.drain_granule = map.lanes("drain_granule");
  array.drain_overlaps = map.flag("drain_overlaps");
  array.table_per_cycle = map.rate("table_per_cycle");
  array.weight_bytes_per_cycle = map.rate("weight_bytes_per_cycle");
  array.operator_cycles = map.count("operator_cycles");
  map.finish();
  return array;
}

PortMemory read_port(NotingMap map) {
  PortMemory port;
  port.bytes_per_cycle = map.rate("bytes_per_cycle");
  port.burst_bytes = map.lanes("burst_bytes");
  port.read_latency = map.count("read_latency");
  port.write_latency = map.count("write_latency");
  map.finish();
  return port;
}

BlockEngine read_blocks(NotingMap map) {
  BlockEngine engine;
  engine.ublock_w = map.lanes("ublock_w");
  engine.ublock_h = map.lanes("ublock_h");
  engine.ublock_d = map.lanes("ublock_d");
  engine.input_ublock_d = map.lanes("input_ublock_d");
  engine.cores = map.lanes("cores");
  engine.shram_banks = map.lanes("shram_banks");
  engine.reserved_banks = map.count("reserved_banks");
  engine.input_granule = map.lanes("input_granule");
  engine.accumulator_granule = map.lanes("accumulator_granule");
  engine.ramp_cycles = map.count("ramp_cycles");
  NotingMap output = map.map("output_cycles");
  engine.output = {output.rate("plain"),   output.rate("multiply"), output.rate("add"),
                   output.rate("maximum"), output.rate("lookup"),   output.rate("clamp")};
  output.finish();
  engine.sram = read_port(map.map("sram"));
  engine.weights_port = read_port(map.map("weights_port"));
  engine.weight_stream_bytes = map.rate("weight_stream_bytes");
  map.finish();
  return engine;
}

OnChipMemory read_memory(NotingMap map) {
  OnChipMemory memory;
  memory.bytes = map.bytes("bytes");
  memory.holds_weights = map.flag("holds_weights");
  memory.fixed_bytes = map.bytes("fixed_bytes");
  memory.tiles_activations = map.flag("tiles_activations");
  if (map.has("cache_bytes")) memory.cache_bytes = map.bytes("cache_bytes");
  if (map.has("staging_bytes")) memory.staging_bytes = map.bytes("staging_bytes");
  memory.alignment = map.lanes("alignment");
  map.finish();
  return memory;
}

WeightLayout read_weights(NotingMap map) {
  WeightLayout layout;
  layout.input_granule = map.lanes("input_granule");
  layout.output_granule = map.lanes("output_granule");
  layout.granule_grows_at_fewer_bits = map.flag("granule_grows_at_fewer_bits");
  layout.bytes_per_channel = map.count("bytes_per_channel");
  layout.depthwise_tap_granule = map.lanes("depthwise_tap_granule");
  layout.depthwise_bytes_per_tap = map.rate("depthwise_bytes_per_tap");
  for (const std::string& bits : map.strings("bits")) layout.bits.push_back(std::stoi(bits));
  if (layout.bits.empty()) map.fail("bits", "needs at least one width, such as [8]");
  map.finish();
  return layout;
}

void read_surroundings(NotingMap& map, AcceleratorModel& model) {
  if (map.has("weight_sources")) {
    for (NotingMap& source : map.list("weight_sources")) {
      model.weight_sources.push_back(
          {source.text("name"), source.rate("bytes_per_second"), source.flag("overlaps")});
      source.finish();
    }
  }
  if (map.has("links")) {
    for (NotingMap& link : map.list("links")) {
      model.links.push_back({link.text("name"), link.rate("out_bytes_per_second"),
                             link.rate("in_bytes_per_second"),
                             link.rate("parameter_bytes_per_second"), link.real("invocation_ms")});
      link.finish();
    }
  }
  if (map.has("instructions")) {
    NotingMap stream = map.map("instructions");
    model.instructions = {stream.count("bytes_per_operator"), stream.count("bytes_per_row"),
                          stream.count("bytes_per_table_element")};
    stream.finish();
  }
  if (map.has("input_ranges")) {
    for (NotingMap& range : map.list("input_ranges")) {
      model.input_ranges.push_back({range.text("name"), range.count("min_width"),
                                    range.count("min_height"), range.count("max_width"),
                                    range.count("max_height")});
      range.finish();
    }
  }
  if (map.has("max_frames_per_second")) {
    model.max_frames_per_second = map.rate("max_frames_per_second");
  }
  NotingMap power = map.map("power");
  model.power.compute_mw = power.real("compute_mw");
  model.power.waiting_mw = power.real("waiting_mw");
  if (power.has("sensor_mw")) model.power.sensor_mw = power.real("sensor_mw");
  power.finish();
  if (map.has("host")) {
    NotingMap host = map.map("host");
    FallbackHost& into = model.host.emplace();
    into.describe = host.text("describe");
    into.mcu = host.text("mcu", "");
    if (into.mcu.empty()) {
      into.ns_per_mac = host.rate("ns_per_mac");
      into.ns_per_element = host.rate("ns_per_element");
    }
    host.finish();
  }
}

void read_rules(NotingMap& map, AcceleratorModel& model) {
  NotingMap rules = map.map("mapping");
  model.rules_source = rules.text("source");
  model.types = rules.strings("types");
  if (model.types.empty()) rules.fail("types", "needs at least one type, such as [int8]");
  model.single_cut = rules.flag("single_cut");
  for (NotingMap& entry : rules.list("operators")) {
    const std::vector<std::string> constraints = entry.strings("constraints");
    for (const std::string& constraint : constraints) {
      if (is_mapping_constraint(constraint)) continue;
      entry.fail("constraints", fmt::format("'{}' is no constraint; known are {}", constraint,
                                            fmt::join(mapping_constraints(), ", ")));
    }
    for (const std::string& op : entry.strings("ops")) model.operators.push_back({op, constraints});
    entry.finish();
  }
  rules.finish();
}

}  // namespace

std::vector<std::string> accelerator_names() { return targets::yaml_names(folder()); }

bool is_accelerator(const std::string& name_or_path) {
  const bool is_path =
      name_or_path.find('/') != std::string::npos || name_or_path.ends_with(".yaml");
  if (!is_path) return std::ranges::count(accelerator_names(), name_or_path) > 0;
  std::error_code error;
  if (!std::filesystem::exists(name_or_path, error)) return false;
  return YamlMap::load(name_or_path).has("mapping");
}

AcceleratorModel load_accelerator(const std::string& name_or_path) {
  std::filesystem::path file = name_or_path;
  if (name_or_path.find('/') == std::string::npos && !name_or_path.ends_with(".yaml")) {
    const std::vector<std::string> names = accelerator_names();
    if (std::ranges::count(names, name_or_path) == 0) {
      const std::string near = nearest_word(name_or_path, names);
      throw InputError(fmt::format("{}: no such accelerator{}; known are {}", name_or_path,
                                   near.empty() ? "" : fmt::format(", did you mean '{}'?", near),
                                   fmt::join(names, ", ")));
    }
    file = folder() / (name_or_path + ".yaml");
  }
  AcceleratorModel model;
  model.name = file.stem().string();
  NotingMap map(YamlMap::load(file), "", model.numbers);
  model.description = map.text("description");
  model.vendor = map.text("vendor");
  model.family = map.text("family");
  model.clock_hz = map.count("clock_hz");
  if (model.clock_hz.value == 0) map.fail("clock_hz", "must be above 0");
  model.clocks_hz = map.counts("clocks_hz");
  if (map.has("blocks")) {
    model.compute = read_blocks(map.map("blocks"));
  } else {
    model.compute = read_lanes(map.map("lanes"));
  }
  model.memory = read_memory(map.map("memory"));
  model.weights = read_weights(map.map("weights"));
  model.max_devices = map.lanes("max_devices");
  read_surroundings(map, model);
  read_rules(map, model);
  if (map.has("price_usd")) model.price_usd = map.real("price_usd");
  model.notes = map.strings("notes");
  map.finish();
  return model;
}

std::int64_t AcceleratorModel::peak_macs_per_cycle() const {
  if (const auto* array = std::get_if<LaneArray>(&compute)) {
    return std::int64_t{1} * array->rows * array->columns * array->inputs * array->taps *
           array->outputs;
  }
  const auto& engine = std::get<BlockEngine>(compute);
  return std::int64_t{8} * engine.ublock_w * engine.ublock_h * engine.ublock_d * engine.cores;
}

}  // namespace boardless::cost_models
