// What a core's data mean beyond single numbers: occupancies, unaligned accesses, missing classes.
#include "cost_models/core_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace boardless::cost_models {

namespace {

// Accesses of at most a word that a multiple or scattered transfer makes.
std::uint32_t transfers(const isa::Instruction& instruction) {
  return instruction.registers * std::max(instruction.access_bytes / 4U, 1U);
}

}  // namespace

std::uint32_t ClassTiming::occupancy(const isa::Instruction& instruction) const {
  const std::uint32_t beat = std::max(registers_per_beat.value(), 1U);
  std::uint32_t result = cycles + per_register * ((transfers(instruction) + beat - 1) / beat);
  if (instruction.writes.has(isa::kFlagsRegister)) result += flags_cycles;
  return std::max(result, 1U);
}

std::uint32_t ClassTiming::pipe_cycles(const isa::Instruction& instruction) const {
  const std::uint32_t least = std::max(beats.value(), 1U);
  if (transfers_per_beat == 0) return least;
  return std::max(least, (transfers(instruction) + transfers_per_beat - 1) / transfers_per_beat);
}

std::uint32_t ClassTiming::latency(const isa::Instruction& instruction) const {
  std::uint32_t delay = result_delay;
  if (instruction.is_load() && instruction.access_bytes < 4) delay += narrow_delay;
  // Flags that cost a cycle are that delay, waited for.
  const bool sets_flags = instruction.writes.has(isa::kFlagsRegister);
  if (sets_flags) delay -= std::min(delay, flags_cycles.value());
  if (lane_delay != 0) {
    constexpr std::uint32_t kWordBytes = 4;
    for (std::uint32_t lane = std::max<std::uint32_t>(instruction.lane_bytes, 1); lane < kWordBytes;
         lane *= 2) {
      delay += lane_delay;
    }
  }
  delay += pipe_cycles(instruction) - std::max(beats.value(), 1U);
  return occupancy(instruction) + delay;
}

const ClassTiming& timing_of(const CoreModel& core, const isa::Instruction& instruction) {
  const std::optional<ClassTiming>& timing = core.timing(instruction.instruction_class);
  if (!timing) {
    throw NotModelled(fmt::format("core {} has no timing for instruction class '{}' (at 0x{:08x})",
                                  core.name, isa::class_name(instruction.instruction_class),
                                  instruction.address));
  }
  return *timing;
}

std::uint32_t unaligned_cycles(const CoreModel& core, std::size_t kind) {
  if (!core.unaligned) return 0;
  const UnalignedAccess& unaligned = *core.unaligned;
  const std::array numbers{&unaligned.load_at_halfword, &unaligned.load_at_byte,
                           &unaligned.store_at_halfword, &unaligned.store_at_byte};
  return *numbers[kind];
}

}  // namespace boardless::cost_models
