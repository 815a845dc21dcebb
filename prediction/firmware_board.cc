// Field by field: targets/ and sim/ know nothing of each other.
#include "prediction/firmware_board.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace boardless::prediction {
namespace {

sim::BitField bit_field(const targets::RegisterBits& bits) {
  return {bits.offset, bits.lsb, bits.width};
}

std::vector<sim::BitField> bit_fields(const std::vector<targets::RegisterBits>& list) {
  std::vector<sim::BitField> fields;
  std::ranges::transform(list, std::back_inserter(fields), bit_field);
  return fields;
}

sim::RegisterFileSpec register_file(const targets::RegisterBlock& block) {
  sim::RegisterFileSpec spec;
  spec.name = block.name;
  spec.base = block.base;
  spec.bytes = block.bytes;
  for (const auto& reset : block.resets) spec.resets.push_back({reset.offset, reset.value});
  for (const auto& rule : block.follows) {
    spec.follows.push_back({bit_field(rule.to), bit_field(rule.from)});
  }
  spec.ones = bit_fields(block.ones);
  spec.zeros = bit_fields(block.zeros);
  spec.self_clearing = bit_fields(block.self_clearing);
  for (const auto& control : block.controls) {
    spec.controls.push_back({bit_field(control.bits), control.signal});
  }
  return spec;
}

sim::ClockSpec clock(const targets::PeripheralClock& clock) {
  sim::ClockSpec spec{clock.name, clock.fixed_hz, {}};
  for (const auto& divider : clock.dividers) {
    const auto encoding = divider.encoding == targets::PeripheralClock::Encoding::kApb
                              ? sim::BusClock::Encoding::kApb
                              : sim::BusClock::Encoding::kAhb;
    spec.dividers.push_back({divider.block, bit_field(divider.bits), encoding});
  }
  return spec;
}

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

targets::Peripherals peripherals_of(const targets::Target& target, const isa::Variant& variant) {
  if (!target.peripherals.empty()) return targets::load_peripherals(target.peripherals);
  targets::Peripherals none;
  none.vector_table = target.memory(target.placement.code).base;
  none.interrupt_lines = 32;
  none.priority_bits = variant.has(isa::Feature::kMainline) ? 8 : 2;
  return none;
}

sim::BoardSpec board_spec(const targets::Target& target, const targets::Peripherals& peripherals) {
  sim::BoardSpec spec;
  spec.core_clock_hz = target.clock_hz;
  spec.memories = memories(target);
  for (const auto& range : peripherals.storage) spec.storage.push_back({range.base, range.bytes});
  std::ranges::transform(peripherals.registers, std::back_inserter(spec.registers), register_file);
  std::ranges::transform(peripherals.clocks, std::back_inserter(spec.clocks), clock);
  for (const targets::Usart& usart : peripherals.usarts) {
    const auto layout = usart.layout == targets::Usart::Layout::kSplit
                            ? sim::UsartSpec::Layout::kSplit
                            : sim::UsartSpec::Layout::kStatusData;
    spec.usarts.push_back(
        {{usart.name, usart.base, usart.interrupt, layout, usart.low_power}, usart.clock});
  }
  for (const targets::Timer& timer : peripherals.timers) {
    spec.timers.push_back({{timer.name, timer.base, timer.interrupt, timer.bits}, timer.clock});
  }
  for (const targets::Clint& clint : peripherals.clints) {
    spec.clints.push_back({{clint.name, clint.base}, clint.clock});
  }
  for (const targets::SifiveUart& uart : peripherals.sifive_uarts) {
    spec.sifive_uarts.push_back({{uart.name, uart.base, uart.interrupt}, uart.clock});
  }
  return spec;
}

namespace {

const cost_models::ExceptionTiming& exceptions_of(const cost_models::CoreModel& core) {
  if (core.exceptions) return *core.exceptions;
  throw NotModelled(fmt::format("exceptions of core {}: its file has no 'exceptions:'", core.name));
}

}  // namespace

sim::RiscvSystem riscv_system(const cost_models::CoreModel& core) {
  return {core.traps_unaligned, core.user_mode, core.counters_inhibited, exceptions_of(core).entry};
}

sim::CoreSystem core_system(const targets::Target& target, const cost_models::CoreModel& core,
                            const targets::Peripherals& peripherals) {
  sim::CoreSystem system;
  const cost_models::ExceptionTiming& timing = exceptions_of(core);
  system.features = firmware_variant(target, core).features;
  system.fpu = target.fpu;
  system.cpuid = timing.cpuid;
  system.interrupt_lines = peripherals.interrupt_lines;
  system.priority_bits = peripherals.priority_bits;
  system.instruction_cache_bytes = peripherals.instruction_cache_bytes;
  system.data_cache_bytes = peripherals.data_cache_bytes;
  system.tick_reference_divider = peripherals.tick_reference_divider;
  system.exceptions = {timing.entry, timing.leave, timing.tail_chain, timing.fp_frame};
  return system;
}

}  // namespace boardless::prediction
