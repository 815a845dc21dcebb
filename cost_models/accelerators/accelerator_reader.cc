// Loads targets/accelerators/*.yaml strictly and keeps every number with its source.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"
#include "base/visible_text.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/operator_mapping.h"
#include "targets/target.h"
#include "targets/yaml_bases.h"
#include "targets/yaml_reader.h"
#include "workloads/graph/graph.h"

namespace boardless::cost_models {
namespace {

using targets::YamlMap;

std::filesystem::path folder() { return data_directory() / "targets" / "accelerators"; }

// A map of the file with what its numbers must be.
class CheckedMap {
 public:
  explicit CheckedMap(YamlMap map) : map_(std::move(map)) {}

  bool has(const std::string& key) { return map_.has(key); }
  std::string text(const std::string& key) { return map_.text(key); }
  std::string text(const std::string& key, const std::string& fallback) {
    return map_.text(key, fallback);
  }
  std::vector<std::string> strings(const std::string& key) { return map_.strings(key); }
  // A list of names that are all known; at least one.
  std::vector<std::string> words(const std::string& key, const std::vector<std::string>& known,
                                 const std::string& what) {
    std::vector<std::string> words = map_.words(key, known, what);
    if (words.empty()) map_.fail(key, fmt::format("needs at least one of the {}", what));
    return words;
  }
  bool flag(const std::string& key) { return map_.flag(key, false); }
  std::string digest() const { return map_.digest(); }
  Count count(const std::string& key) { return map_.u32(key); }
  Sourced<std::uint64_t> bytes(const std::string& key) { return map_.u64(key); }
  // Positive: rates and times divide.
  Real rate(const std::string& key) {
    Real value = map_.real(key);
    if (!(value > 0)) map_.fail(key, "must be above 0");
    return value;
  }
  Real real(const std::string& key) {
    Real value = map_.real(key);
    if (!(value >= 0)) map_.fail(key, "must be 0 or more");
    return value;
  }
  Count lanes(const std::string& key) {
    Count value = count(key);
    if (value == 0) map_.fail(key, "must be at least 1");
    return value;
  }
  std::vector<Count> counts(const std::string& key) { return map_.u32_list(key); }
  CheckedMap map(const std::string& key) { return CheckedMap(map_.map(key)); }
  // Empty where the key is absent; entries have different names.
  std::vector<CheckedMap> named_list(const std::string& key) {
    if (!map_.has(key)) return {};
    std::vector<CheckedMap> maps = list(key);
    std::vector<std::string> names;
    for (CheckedMap& map : maps) {
      const std::string name = map.text("name");
      if (std::ranges::count(names, name) > 0) {
        map.fail("name", fmt::format("'{}' is given twice", name));
      }
      names.push_back(name);
    }
    return maps;
  }
  std::vector<CheckedMap> list(const std::string& key) {
    std::vector<CheckedMap> maps;
    for (const YamlMap& map : map_.list_of_maps(key)) maps.emplace_back(map);
    return maps;
  }
  const targets::Ledger& ledger() const { return map_.ledger(); }
  void finish() const { map_.finish(); }
  int choice(const std::string& key, const std::vector<std::string>& known) {
    return map_.choice(key, known);
  }
  [[noreturn]] void fail(const std::string& key, const std::string& message) const {
    map_.fail(key, message);
  }

 private:
  YamlMap map_;
};

// Every operator that the model format names.
const std::vector<std::string>& operator_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> known;
    constexpr int kMostKinds = 256;
    for (int kind = 0; kind < kMostKinds; ++kind) {
      const std::string_view name = workloads::operator_name(static_cast<workloads::OpKind>(kind));
      if (!name.starts_with("OPERATOR_")) known.emplace_back(name);
    }
    return known;
  }();
  return names;
}

const std::vector<std::string>& type_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> known;
    for (int type = 0; type <= static_cast<int>(workloads::DataType::kInt4); ++type) {
      known.emplace_back(workloads::data_type_name(static_cast<workloads::DataType>(type)));
    }
    return known;
  }();
  return names;
}

LaneArray read_lanes(CheckedMap map) {
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

PortMemory read_port(CheckedMap map) {
  PortMemory port;
  port.bytes_per_cycle = map.rate("bytes_per_cycle");
  port.burst_bytes = map.lanes("burst_bytes");
  port.read_latency = map.count("read_latency");
  port.write_latency = map.count("write_latency");
  map.finish();
  return port;
}

BlockEngine read_blocks(CheckedMap map) {
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
  CheckedMap output = map.map("output_cycles");
  engine.output = {output.rate("plain"),   output.rate("multiply"), output.rate("add"),
                   output.rate("maximum"), output.rate("lookup"),   output.rate("clamp")};
  output.finish();
  engine.sram = read_port(map.map("sram"));
  engine.weights_port = read_port(map.map("weights_port"));
  engine.weight_stream_bytes = map.rate("weight_stream_bytes");
  map.finish();
  return engine;
}

OnChipMemory read_memory(CheckedMap map) {
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

WeightLayout read_weights(CheckedMap map) {
  WeightLayout layout;
  layout.input_granule = map.lanes("input_granule");
  layout.output_granule = map.lanes("output_granule");
  layout.granule_grows_at_fewer_bits = map.flag("granule_grows_at_fewer_bits");
  layout.bytes_per_channel = map.count("bytes_per_channel");
  layout.depthwise_tap_granule = map.lanes("depthwise_tap_granule");
  layout.depthwise_bytes_per_tap = map.rate("depthwise_bytes_per_tap");
  layout.bits = map.counts("bits");
  if (layout.bits.empty()) map.fail("bits", "needs at least one width, such as [8]");
  for (const Count& width : layout.bits) {
    const std::vector<std::uint32_t> known{1, 2, 4, 8, 16};
    if (std::ranges::count(known, width.value()) > 0) continue;
    map.fail("bits", fmt::format("is {}; accepted are {}", width.value(), fmt::join(known, ", ")));
  }
  map.finish();
  return layout;
}

void read_surroundings(CheckedMap& map, AcceleratorModel& model) {
  for (CheckedMap& source : map.named_list("weight_sources")) {
    model.weight_sources.push_back(
        {source.text("name"), source.rate("bytes_per_second"), source.flag("overlaps")});
    source.finish();
  }
  for (CheckedMap& link : map.named_list("links")) {
    model.links.push_back({link.text("name"), link.rate("out_bytes_per_second"),
                           link.rate("in_bytes_per_second"),
                           link.rate("parameter_bytes_per_second"), link.real("invocation_ms")});
    link.finish();
  }
  if (map.has("instructions")) {
    CheckedMap stream = map.map("instructions");
    model.instructions = {stream.count("bytes_per_operator"), stream.count("bytes_per_row"),
                          stream.count("bytes_per_table_element")};
    stream.finish();
  }
  for (CheckedMap& range : map.named_list("input_ranges")) {
    model.input_ranges.push_back({range.text("name"), range.count("min_width"),
                                  range.count("min_height"), range.count("max_width"),
                                  range.count("max_height")});
    range.finish();
  }
  if (map.has("max_frames_per_second")) {
    model.max_frames_per_second = map.rate("max_frames_per_second");
  }
  CheckedMap power = map.map("power");
  model.power.compute_mw = power.real("compute_mw");
  model.power.waiting_mw = power.real("waiting_mw");
  if (power.has("sensor_mw")) model.power.sensor_mw = power.real("sensor_mw");
  power.finish();
  if (map.has("host")) {
    CheckedMap host = map.map("host");
    FallbackHost& into = model.host.emplace();
    into.describe = host.text("describe");
    into.mcu = host.text("mcu", "");
    if (!into.mcu.empty()) {
      const bool is_path = into.mcu.find('/') != std::string::npos || into.mcu.ends_with(".yaml");
      if (!is_path) host.choice("mcu", targets::target_names());
    } else {
      into.ns_per_mac = host.rate("ns_per_mac");
      into.ns_per_element = host.rate("ns_per_element");
    }
    host.finish();
  }
}

void read_rules(CheckedMap& map, AcceleratorModel& model) {
  CheckedMap rules = map.map("mapping");
  model.rules_source = rules.text("source");
  model.types = rules.words("types", type_names(), "types");
  model.single_cut = rules.flag("single_cut");
  for (CheckedMap& entry : rules.list("operators")) {
    const std::vector<std::string> constraints =
        entry.has("constraints") ? entry.words("constraints", mapping_constraints(), "constraints")
                                 : std::vector<std::string>{};
    for (const std::string& op : entry.words("ops", operator_names(), "operators")) {
      const auto same = std::ranges::find(model.operators, op, &OperatorRule::op);
      if (same != model.operators.end()) entry.fail("ops", fmt::format("'{}' is given twice", op));
      model.operators.push_back({op, constraints});
    }
    entry.finish();
  }
  rules.finish();
}

}  // namespace

std::vector<std::string> accelerator_names() { return targets::yaml_names(folder()); }

bool is_accelerator(const std::string& name_or_path) {
  if (!targets::is_target_file(name_or_path)) {
    return std::ranges::count(accelerator_names(), name_or_path) > 0;
  }
  std::error_code error;
  if (!std::filesystem::exists(name_or_path, error)) return false;
  return targets::has_key_with_bases(name_or_path, folder(), "mapping");
}

AcceleratorModel load_accelerator(const std::string& name_or_path) {
  std::filesystem::path file = name_or_path;
  if (!targets::is_target_file(name_or_path)) {
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
  model.name = visible_stem(file);
  CheckedMap map(YamlMap::load(file, folder()));
  model.description = map.text("description");
  model.vendor = map.text("vendor");
  model.availability = targets::read_availability(map);
  model.family = map.text("family");
  model.clock_hz = map.count("clock_hz");
  if (model.clock_hz == 0) map.fail("clock_hz", "must be above 0");
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
  model.calibrated_on = map.strings("calibrated_on");
  model.notes = map.strings("notes");
  map.finish();
  if (std::holds_alternative<BlockEngine>(model.compute) && model.weight_sources.empty()) {
    map.fail("weight_sources",
             "missing; an engine with 'blocks:' streams its weights from somewhere");
  }
  model.numbers = map.ledger();
  model.sha256 = map.digest();
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
