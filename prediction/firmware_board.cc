// Memories field by field: targets/ and sim/ know nothing of each other.
#include "prediction/firmware_board.h"

#include <fmt/format.h>

#include "base/error.h"
#include "isa/variant.h"

namespace boardless::prediction {
namespace {

// Memories that are not another path to one listed before; the paths become its aliases.
std::vector<sim::MemorySpec> memories(const targets::Target& target) {
  std::vector<sim::MemorySpec> specs;
  for (const targets::Memory& memory : target.memories) {
    if (!memory.view_of.empty()) continue;
    sim::MemorySpec spec{memory.name, memory.base, memory.size_bytes, memory.is_writable(), {}};
    for (const std::uint32_t alias : memory.alias_bases) spec.aliases.push_back(alias);
    for (const targets::Memory& view : target.memories) {
      if (view.view_of != memory.name) continue;
      spec.aliases.push_back(view.base);
      for (const std::uint32_t alias : view.alias_bases) spec.aliases.push_back(alias);
    }
    specs.push_back(std::move(spec));
  }
  return specs;
}

}  // namespace

const isa::Variant& firmware_variant(const targets::Target& target,
                                     const cost_models::CoreModel& core) {
  const bool fpu = target.fpu && !core.fpu_firmware_isa.empty();
  return isa::find_variant(fpu ? core.fpu_firmware_isa : core.firmware_isa);
}

devices::Peripherals peripherals_of(const targets::Target& target, const isa::Variant& variant) {
  if (!target.peripherals.empty()) return devices::load_peripherals(target.peripherals);
  devices::Peripherals none;
  none.vector_table = target.memory(target.placement.code).base;
  none.interrupt_lines = 32;
  none.priority_bits = variant.has(isa::Feature::kMainline) ? 8 : 2;
  return none;
}

sim::BoardSpec board_spec(const targets::Target& target, const devices::Peripherals& peripherals) {
  sim::BoardSpec spec;
  spec.core_clock_hz = target.clock_hz;
  spec.memories = memories(target);
  spec.storage = peripherals.storage;
  spec.registers = peripherals.registers;
  spec.clocks = peripherals.clocks;
  spec.devices = peripherals.devices;
  return spec;
}

namespace {

const cost_models::ExceptionTiming& exceptions_of(const cost_models::CoreModel& core) {
  if (core.exceptions) return *core.exceptions;
  throw NotModelled(fmt::format("exceptions of core {}: its file has no 'exceptions:'", core.name));
}

}  // namespace

sim::ExceptionCycles exception_cycles(const targets::Target& target,
                                      const cost_models::CoreModel& core) {
  const cost_models::ExceptionTiming& timing = exceptions_of(core);
  if (isa::find_variant(core.firmware_isa).architecture == isa::Architecture::kRiscV) {
    return {.entry = timing.entry};
  }
  return {timing.entry, timing.leave, timing.tail_chain, target.fpu ? timing.fp_frame.value() : 0};
}

sim::RiscvSystem riscv_system(const cost_models::CoreModel& core) {
  sim::RiscvSystem system;
  system.traps_unaligned = core.traps_unaligned;
  system.user_mode = core.user_mode;
  const cost_models::CoreModel::TrapValue& told = core.trap_value;
  system.trap_value = {told.address, told.instruction, told.breakpoint};
  system.local_interrupts = core.local_interrupts;
  system.counters_inhibited = core.counters_inhibited;
  targets::numbers_behind([&] { system.trap_entry_cycles = exceptions_of(core).entry; });
  return system;
}

sim::CoreSystem core_system(const targets::Target& target, const cost_models::CoreModel& core,
                            const devices::Peripherals& peripherals) {
  sim::CoreSystem system;
  const cost_models::ExceptionTiming& timing = exceptions_of(core);
  system.features = firmware_variant(target, core).features;
  system.fpu = target.fpu;
  system.cpuid = timing.cpuid;
  // How many a chip has is its maker's choice: eight is what most take.
  constexpr std::uint32_t kUsualRegions = 8;
  system.mpu_regions = system.features.has(isa::Feature::kMainline) ? kUsualRegions : 0;
  if (peripherals.mpu_regions) system.mpu_regions = *peripherals.mpu_regions;
  system.coprocessors = peripherals.coprocessors;
  system.interrupt_lines = peripherals.interrupt_lines;
  system.priority_bits = peripherals.priority_bits;
  system.instruction_cache_bytes = peripherals.instruction_cache_bytes;
  system.data_cache_bytes = peripherals.data_cache_bytes;
  system.tick_reference_divider = peripherals.tick_reference_divider;
  targets::numbers_behind([&] { system.exceptions = exception_cycles(target, core); });
  return system;
}

}  // namespace boardless::prediction
