// Reads a core's YAML; every key is checked, every number has its source.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"
#include "cost_models/core_model.h"
#include "cost_models/pipeline_state.h"
#include "isa/variant.h"
#include "targets/yaml_reader.h"

namespace boardless::cost_models {
namespace {

using targets::YamlMap;

std::filesystem::path cores_folder() { return data_directory() / "targets" / "cores"; }

// What the state of a pipeline can hold (pipeline_state.h), and what no core comes near.
constexpr std::uint32_t kMostEarly = 7, kMostDelay = 60, kMostCycles = 1000;
constexpr std::uint32_t kMostEntries = 65536, kMostBytes = 4096;

Sourced<std::uint32_t> optional_u32(YamlMap& map, const std::string& key,
                                    std::uint32_t most = kMostCycles) {
  return map.has(key) ? map.u32(key, most) : Sourced<std::uint32_t>{};
}

const std::vector<std::string>& class_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < kInstructionClasses; ++i) {
      result.emplace_back(isa::class_name(static_cast<isa::InstructionClass>(i)));
    }
    return result;
  }();
  return names;
}

// Adds the classes of one list entry; false when there is none.
bool add_classes(std::string_view entry, ClassSet& set) {
  const bool prefix = entry.ends_with('*');
  if (prefix) entry.remove_suffix(1);
  bool found = false;
  for (std::size_t i = 0; i < kInstructionClasses; ++i) {
    const std::string_view name = class_names()[i];
    if (prefix ? !name.starts_with(entry) : name != entry) continue;
    set.add(static_cast<isa::InstructionClass>(i));
    found = true;
  }
  return found;
}

ClassSet read_class_set(YamlMap& map, const std::string& key) {
  ClassSet set;
  for (const std::string& entry : map.strings(key)) {
    if (add_classes(entry, set)) continue;
    const std::string near = nearest_word(entry, class_names());
    map.fail(key, fmt::format("'{}' is no instruction class{}", entry,
                              near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
  return set;
}

ClassSet read_required_class_set(YamlMap& map, const std::string& key) {
  ClassSet set = read_class_set(map, key);
  if (set.empty()) map.fail(key, "a list of instruction classes is needed");
  return set;
}

void read_pipes(YamlMap& map, const CoreModel& core, ClassTiming& timing) {
  for (const std::string& name : map.strings("pipes")) {
    const auto found = std::ranges::find(core.pipes, name);
    if (found == core.pipes.end()) {
      map.fail("pipes", fmt::format("'{}' is no pipe of the core; it has: {}", name,
                                    fmt::join(core.pipes, ", ")));
    }
    timing.pipes |= static_cast<std::uint8_t>(1U << (found - core.pipes.begin()));
  }
  if (timing.pipes == 0) return;
  timing.beats = map.u32("beats", kMostDelay);
  timing.transfers_per_beat = optional_u32(map, "transfers_per_beat");
}

bool is_branch(isa::InstructionClass c) {
  using enum isa::InstructionClass;
  constexpr std::array kBranches{kBranch,         kBranchConditional, kCompareBranch, kBranchLink,
                                 kBranchIndirect, kTableBranch,       kLoopStart,     kLoopEnd};
  return std::ranges::find(kBranches, c) != kBranches.end();
}

bool transfers_several(isa::InstructionClass c) {
  using enum isa::InstructionClass;
  constexpr std::array kTransfers{kLoadMultiple, kStoreMultiple, kFpLoadMultiple, kFpStoreMultiple};
  return std::ranges::find(kTransfers, c) != kTransfers.end();
}

// An absent number means that the core has no such effect. Where it must have one, the number must
// be there: what a core without a predictor pays for a branch that jumps, and what each of several
// registers takes.
void require_numbers(YamlMap& map, isa::InstructionClass instruction_class, bool predicts) {
  if (!predicts && is_branch(instruction_class) && !map.has("taken_penalty")) {
    map.fail("taken_penalty", "missing; without 'branch_prediction' a branch that jumps has one");
  }
  if (transfers_several(instruction_class) && !map.has("per_register")) {
    map.fail("per_register", "missing; each register that is transferred takes some cycles");
  }
}

ClassTiming read_class(YamlMap map, const CoreModel& core) {
  ClassTiming timing;
  timing.cycles = map.u32("cycles", kMostCycles);
  timing.per_register = optional_u32(map, "per_register", kMostDelay);
  timing.registers_per_beat = optional_u32(map, "registers_per_beat", kMostDelay);
  timing.result_delay = optional_u32(map, "result_delay", kMostDelay);
  timing.narrow_delay = optional_u32(map, "narrow_delay", kMostEarly);
  timing.flags_cycles = optional_u32(map, "flags_cycles", kMostEarly);
  timing.taken_penalty = optional_u32(map, "taken_penalty");
  timing.operand_late = optional_u32(map, "operand_late", kMostEarly);
  const auto number_or = [&map](const char* key, const Sourced<std::uint32_t>& otherwise) {
    return map.has(key) ? map.u32(key, kMostEarly) : otherwise;
  };
  timing.core_late = number_or("core_late", timing.operand_late);
  timing.core_delay = number_or("core_delay", timing.result_delay);
  timing.lane_delay = optional_u32(map, "lane_delay", kMostEarly);
  timing.index_early = optional_u32(map, "index_early", kMostEarly);
  if (map.has("mispredict_penalty"))
    timing.mispredict_penalty = map.u32("mispredict_penalty", kMostCycles);
  read_pipes(map, core, timing);
  timing.accumulate_late = number_or("accumulate_late", timing.operand_late);
  if (map.has("early_alu")) {
    timing.early_alu = map.choice("early_alu", {"older", "either"}) == 0 ? EarlyAlu::kOlderSlot
                                                                         : EarlyAlu::kEitherSlot;
    timing.early_stages = number_or("early_stages", timing.early_stages);
  }
  map.finish();
  return timing;
}

void read_classes(YamlMap map, CoreModel& core, bool predicts) {
  for (std::size_t i = 0; i < core.classes.size(); ++i) {
    const std::string& name = class_names()[i];
    if (!map.has(name)) continue;
    YamlMap row = map.map(name);
    require_numbers(row, static_cast<isa::InstructionClass>(i), predicts);
    core.classes[i] = read_class(row, core);
  }
  map.finish();
}

Bypass read_bypass(YamlMap map) {
  Bypass bypass;
  bypass.from = read_required_class_set(map, "from");
  bypass.into = read_required_class_set(map, "into");
  if (map.has("operand")) {
    bypass.operand = static_cast<OperandRole>(
        map.choice("operand", {"value", "accumulate", "shifted", "address", "store_data"}));
  }
  bypass.latency = map.u32("latency", kMostDelay);
  map.finish();
  return bypass;
}

IssueBlock read_block(YamlMap map) {
  IssueBlock block;
  block.after = read_required_class_set(map, "after");
  block.classes = read_required_class_set(map, "classes");
  block.cycles = map.u32("cycles", kMostDelay);
  block.younger_slot_only = map.flag("younger_slot_only", false);
  map.finish();
  return block;
}

void read_rules(YamlMap map, CoreModel& core, bool arm, bool predicts) {
  core.loads_overlap = map.flag("loads_overlap", false);
  if (map.has("indexed_load_chain")) {
    core.indexed_load_chain = static_cast<IndexedLoadChain>(
        map.choice("indexed_load_chain", {"any", "different_base", "first_only"}));
  }
  core.store_hides_load = map.flag("store_hides_load", false);
  core.indexed_store_hides_load = map.flag("indexed_store_hides_load", core.store_hides_load);
  core.nop_hides_load = map.flag("nop_hides_load", false);
  core.nop_hides_store = map.flag("nop_hides_store", false);
  core.indexed_store_chain_breaks = map.flag("indexed_store_chain_breaks", false);
  core.store_to_load = optional_u32(map, "store_to_load");
  core.store_register_offset = optional_u32(map, "store_register_offset");
  core.address_early = optional_u32(map, "address_early", kMostEarly);
  core.target_early = optional_u32(map, "target_early", kMostEarly);
  core.pc_load_penalty = optional_u32(map, "pc_load_penalty");
  core.link_register_forwarded = map.has("link_register_penalty");
  core.link_register_penalty = optional_u32(map, "link_register_penalty");
  core.misaligned_wide_target = optional_u32(map, "misaligned_wide_target");
  core.misaligned_wide_run = optional_u32(map, "misaligned_wide_run");
  core.branches_resolve_late = map.flag("branches_resolve_late", false);
  core.late_flags_penalty = optional_u32(map, "late_flags_penalty");
  core.loop_cache = map.flag("loop_cache", false);
  core.operand2_passes_shifter = map.flag("operand2_passes_shifter", false);
  core.fp_issue_ahead = optional_u32(map, "fp_issue_ahead", kMostEarly);
  if (arm && !predicts && !map.has("pc_load_penalty")) {
    map.fail("pc_load_penalty", "missing; without 'branch_prediction' a load of the PC has one");
  }
  if (core.branches_resolve_late && !predicts && !map.has("late_flags_penalty")) {
    map.fail("late_flags_penalty", "missing; branches that resolve late pay for flags that do");
  }
  if (map.has("bypasses")) {
    for (const YamlMap& bypass : map.list_of_maps("bypasses")) {
      core.bypasses.push_back(read_bypass(bypass));
    }
  }
  if (map.has("blocks")) {
    for (const YamlMap& block : map.list_of_maps("blocks"))
      core.blocks.push_back(read_block(block));
    if (core.blocks.size() > CoreModel::kMaxIssueBlocks) {
      map.fail("blocks", fmt::format("has {} entries; {} are supported", core.blocks.size(),
                                     CoreModel::kMaxIssueBlocks));
    }
  }
  map.finish();
}

PairRules read_pairs(YamlMap map) {
  PairRules pairs;
  pairs.narrow_only = map.flag("narrow_only", false);
  pairs.light_with_any = map.flag("light_with_any", false);
  pairs.younger = read_required_class_set(map, "younger");
  pairs.never = read_class_set(map, "never");
  pairs.older_only = read_class_set(map, "older_only");
  if (map.has("one_per_cycle")) {
    for (YamlMap set : map.list_of_maps("one_per_cycle")) {
      pairs.one_per_cycle.push_back(read_required_class_set(set, "classes"));
      set.finish();
    }
  }
  if (map.has("forbidden")) {
    for (YamlMap pair : map.list_of_maps("forbidden")) {
      pairs.forbidden.push_back(
          {read_required_class_set(pair, "older"), read_required_class_set(pair, "younger")});
      pair.finish();
    }
  }
  pairs.load_bank_bytes = optional_u32(map, "load_bank_bytes", kMostBytes);
  if (map.has("load_bank_bytes") || map.has("load_banks"))
    pairs.load_banks = map.u32("load_banks", kMostEntries);
  if (map.has("load_banks") && pairs.load_banks < 2) map.fail("load_banks", "is below 2");
  if (map.has("third")) {
    pairs.third = read_required_class_set(map, "third");
    pairs.third_within_bytes = map.u32("third_within_bytes", kMostBytes);
  }
  map.finish();
  return pairs;
}

BankHazard read_bank_hazard(YamlMap map) {
  BankHazard hazard;
  hazard.stores = read_required_class_set(map, "stores");
  hazard.loads = read_required_class_set(map, "loads");
  hazard.distance = map.u32("distance", kMostDelay);
  hazard.cycles = map.u32("cycles", kMostCycles);
  hazard.banks = map.u32("banks", kMostEntries);
  hazard.bank_bytes = map.u32("bank_bytes", kMostBytes);
  if (hazard.banks == 0) map.fail("banks", "is 0; a memory has one at least");
  if (hazard.bank_bytes == 0) map.fail("bank_bytes", "is 0; a bank is some bytes wide");
  map.finish();
  return hazard;
}

void read_pipe_names(YamlMap& map, CoreModel& core) {
  core.pipes = map.strings("pipes");
  if (core.pipes.size() > CoreModel::kMaxPipes) {
    map.fail("pipes", fmt::format("has {} names; {} are supported", core.pipes.size(),
                                  CoreModel::kMaxPipes));
  }
}

// How long before its use a value may have to be ready.
void find_ready_horizon(CoreModel& core) {
  for (const std::optional<ClassTiming>& timing : core.classes) {
    if (timing) core.ready_horizon = std::max(core.ready_horizon, timing->index_early + 1U);
  }
  check(static_cast<int>(core.ready_horizon) <= -PipelineState::kLongReady,
        "a value that was never written is ready for everyone");
}

BranchPredictionModel read_prediction(YamlMap map) {
  BranchPredictionModel model;
  model.kind = static_cast<BranchPredictionModel::Kind>(
      map.choice("kind", {"target_buffer", "last_taken_backward"}));
  model.mispredict_penalty = map.u32("mispredict_penalty", kMostCycles);
  if (map.has("early_flags_cycles") || map.has("early_flags_penalty")) {
    model.early_flags_cycles = map.u32("early_flags_cycles", kMostEarly);
  }
  const bool early = map.has("early_flags_cycles") || map.has("early_flags_penalty");
  if (early) model.early_flags_penalty = map.u32("early_flags_penalty", kMostCycles);
  if (model.kind == BranchPredictionModel::Kind::kTargetBuffer) {
    model.unknown_target_penalty = map.u32("unknown_target_penalty", kMostCycles);
    model.target_entries = map.u32("target_entries", kMostEntries);
    if (model.target_entries == 0) map.fail("target_entries", "is 0; a buffer has entries");
    model.history_entries = optional_u32(map, "history_entries", kMostEntries);
    if ((model.history_entries & (model.history_entries - 1)) != 0) {
      map.fail("history_entries",
               fmt::format("is {}; a power of two is needed, or 0", model.history_entries.value()));
    }
    model.return_entries = optional_u32(map, "return_entries", kMostEntries);
    model.counted_loops = map.flag("counted_loops", false);
    model.link_register = map.u32("link_register", 31);
  }
  map.finish();
  return model;
}

// The name of a set of instructions that is known.
std::string instruction_set(YamlMap& map, const std::string& key) {
  std::vector<std::string> known;
  for (const isa::Variant& variant : isa::variants()) known.emplace_back(variant.name);
  return known[static_cast<std::size_t>(map.choice(key, known))];
}

DivideTiming read_divide(YamlMap map) {
  DivideTiming divide;
  if (map.has("basis")) {
    divide.basis =
        static_cast<DivideTiming::Basis>(map.choice("basis", {"quotient_bits", "divisor_zeros"}));
  }
  divide.numbers = targets::numbers_behind([&] {
    divide.start_cycles = map.u32("start_cycles", kMostCycles);
    divide.bits_per_cycle = map.u32("bits_per_cycle", 32);
    divide.maximum = map.u32("maximum", kMostCycles);
  });
  if (divide.bits_per_cycle == 0) map.fail("bits_per_cycle", "is 0; a divide must end");
  divide.signed_numbers =
      targets::numbers_behind([&] { divide.signed_cycles = optional_u32(map, "signed_cycles"); });
  map.finish();
  return divide;
}

void read_operand_timing(YamlMap map, CoreModel& core) {
  if (map.has("divide")) {
    const auto& row = core.timing(isa::InstructionClass::kDivide);
    if (!row) map.fail("divide", "is given, but the core has no class 'divide'");
    DivideTiming divide = read_divide(map.map("divide"));
    divide.minimum = row->cycles;
    if (divide.maximum < divide.minimum) map.fail("divide", "maximum is below the class's cycles");
    core.operand_timing.divide = divide;
  }
  if (map.has("multiply_long")) {
    YamlMap multiply = map.map("multiply_long");
    MultiplyLongTiming timing;
    timing.numbers = targets::numbers_behind(
        [&] { timing.per_wide_operand = multiply.u32("per_wide_operand", kMostCycles); });
    core.operand_timing.multiply_long = timing;
    multiply.finish();
  }
  map.finish();
}

UnalignedAccess read_unaligned(YamlMap map) {
  UnalignedAccess unaligned;
  unaligned.load_at_halfword = map.u32("load_at_halfword", kMostCycles);
  unaligned.load_at_byte = map.u32("load_at_byte", kMostCycles);
  unaligned.store_at_halfword = map.u32("store_at_halfword", kMostCycles);
  unaligned.store_at_byte = map.u32("store_at_byte", kMostCycles);
  map.finish();
  return unaligned;
}

CoreModel::TrapValue read_trap_value(YamlMap map) {
  CoreModel::TrapValue told;
  told.address = map.flag("address", true);
  told.instruction = map.flag("instruction", true);
  told.breakpoint = map.flag("breakpoint", true);
  map.finish();
  return told;
}

}  // namespace

CoreModel load_core_model(const std::filesystem::path& file) {
  YamlMap map = YamlMap::load(file, cores_folder());
  CoreModel core;
  core.name = map.text("name");
  core.description = map.text("description");
  core.image = instruction_set(map, "image");
  if (map.has("fpu_image")) core.fpu_image = instruction_set(map, "fpu_image");
  core.firmware_isa = map.has("firmware_isa") ? instruction_set(map, "firmware_isa") : core.image;
  core.fpu_firmware_isa =
      map.has("fpu_firmware_isa") ? instruction_set(map, "fpu_firmware_isa") : core.fpu_image;
  map.text("source");
  read_pipe_names(map, core);
  const bool predicts = map.has("branch_prediction");
  const isa::Variant& variant = isa::find_variant(core.firmware_isa);
  const bool riscv = variant.architecture == isa::Architecture::kRiscV;
  read_classes(map.map("classes"), core, predicts);
  find_ready_horizon(core);
  read_rules(map.map("rules"), core, !riscv, predicts);
  if (map.has("pairs")) core.pairs = read_pairs(map.map("pairs"));
  if (map.has("bank_hazard")) core.bank_hazard = read_bank_hazard(map.map("bank_hazard"));
  if (map.has("branch_prediction")) core.prediction = read_prediction(map.map("branch_prediction"));
  if (map.has("operand_timing")) read_operand_timing(map.map("operand_timing"), core);
  if (map.has("exceptions")) core.exceptions = read_exception_timing(map.map("exceptions"), riscv);
  if (core.exceptions && !core.fpu_image.empty() && core.exceptions->fp_frame.entry() == nullptr) {
    map.map("exceptions").fail("fp_frame", "missing; a core with an FPU saves its registers");
  }
  if (riscv) core.traps_unaligned = map.flag("traps_unaligned", true);
  const bool traps = riscv ? core.traps_unaligned : !variant.has(isa::Feature::kMainline);
  if (!traps) {
    core.unaligned = read_unaligned(map.map("unaligned_access"));
  } else if (map.has("unaligned_access")) {
    map.fail("unaligned_access", "is given, but the core traps such accesses");
  }
  if (riscv) {
    core.user_mode = map.flag("user_mode", false);
    if (map.has("trap_value")) core.trap_value = read_trap_value(map.map("trap_value"));
    if (map.has("local_interrupts")) {
      constexpr std::uint32_t kMostLocalInterrupts = 16;
      core.local_interrupts = map.u32("local_interrupts", kMostLocalInterrupts);
    }
    core.counters_inhibited = map.flag("counters_inhibited", false);
  }
  map.finish();
  core.numbers = map.ledger();
  core.sha256 = map.digest();
  return core;
}

CoreModel load_core_model_named(const std::string& name) {
  return load_core_model(cores_folder() / (name + ".yaml"));
}

}  // namespace boardless::cost_models
