// Reads a core's YAML; every key is checked, every number has its source.
#include "cost_models/core_model.h"

#include <fmt/format.h>

#include "base/data_files.h"
#include "base/error.h"
#include "targets/yaml_reader.h"

namespace boardless::cost_models {
namespace {

using targets::YamlMap;

Sourced<std::uint32_t> optional_u32(YamlMap& map, const std::string& key) {
  return map.has(key) ? map.u32(key) : Sourced<std::uint32_t>{};
}

ClassTiming read_class(YamlMap map) {
  ClassTiming timing;
  timing.cycles = map.u32("cycles");
  timing.per_register = optional_u32(map, "per_register");
  timing.result_delay = optional_u32(map, "result_delay");
  timing.taken_penalty = optional_u32(map, "taken_penalty");
  map.finish();
  return timing;
}

void read_classes(YamlMap map, CoreModel& core) {
  for (std::size_t i = 0; i < core.classes.size(); ++i) {
    const std::string name(isa::class_name(static_cast<isa::InstructionClass>(i)));
    if (map.has(name)) core.classes[i] = read_class(map.map(name));
  }
  map.finish();
}

void read_rules(YamlMap map, CoreModel& core) {
  core.loads_overlap = map.flag("loads_overlap", false);
  if (map.has("indexed_load_chain")) {
    core.indexed_load_chain = static_cast<IndexedLoadChain>(
        map.choice("indexed_load_chain", {"any", "different_base", "first_only"}));
  }
  core.misaligned_wide_load_breaks_chain = map.flag("misaligned_wide_load_breaks_chain", false);
  core.store_hides_load = map.flag("store_hides_load", false);
  core.nop_hides_load = map.flag("nop_hides_load", false);
  core.if_then_folds = map.flag("if_then_folds", false);
  core.store_to_load = optional_u32(map, "store_to_load");
  core.store_register_offset = optional_u32(map, "store_register_offset");
  core.address_early = optional_u32(map, "address_early");
  core.pc_load_penalty = optional_u32(map, "pc_load_penalty");
  core.misaligned_wide_target = optional_u32(map, "misaligned_wide_target");
  map.finish();
}

}  // namespace

const ClassTiming& timing_of(const CoreModel& core, const isa::Instruction& instruction) {
  const std::optional<ClassTiming>& timing = core.timing(instruction.instruction_class);
  if (!timing) {
    throw NotModelled(fmt::format("core {} has no timing for instruction class '{}' (at 0x{:08x})",
                                  core.name, isa::class_name(instruction.instruction_class),
                                  instruction.address));
  }
  return *timing;
}

CoreModel load_core_model(const std::filesystem::path& file) {
  YamlMap map = YamlMap::load(file);
  CoreModel core;
  core.name = map.text("name");
  core.description = map.text("description");
  core.image = map.text("image");
  core.fpu_image = map.text("fpu_image", "");
  map.text("source");
  read_classes(map.map("classes"), core);
  read_rules(map.map("rules"), core);
  map.finish();
  return core;
}

CoreModel load_core_model_named(const std::string& name) {
  return load_core_model(data_directory() / "targets" / "cores" / (name + ".yaml"));
}

}  // namespace boardless::cost_models
