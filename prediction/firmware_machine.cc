// Where each architecture's programs begin.
#include "prediction/firmware_machine.h"

#include <algorithm>

#include "isa/variant.h"
#include "prediction/firmware_board.h"

namespace boardless::prediction {
namespace {

// Whether the program has something at `address`.
bool holds(const sim::ElfImage& program, std::uint32_t address) {
  return std::ranges::any_of(program.segments, [&](const sim::Segment& segment) {
    return address - segment.load_address < segment.bytes.size();
  });
}

// The program's own vector table: where the target looks for it, else where the program begins.
std::uint32_t vector_table(const sim::ElfImage& program, std::uint32_t usual) {
  if (holds(program, usual)) return usual;
  std::uint32_t lowest = ~0U;
  for (const sim::Segment& segment : program.segments) {
    lowest = std::min(lowest, segment.load_address);
  }
  return lowest;
}

}  // namespace

FirmwareMachine boot_machine(const sim::ElfImage& program, const targets::Target& target,
                             const cost_models::CoreModel& core, sim::SerialConsole& console,
                             sim::Semihosting& semihosting) {
  const isa::Variant& variant = firmware_variant(target, core);
  const devices::Peripherals peripherals = peripherals_of(target, variant);
  const sim::BoardSpec board = board_spec(target, peripherals);
  if (variant.architecture == isa::Architecture::kRiscV) {
    auto machine = std::make_unique<sim::RiscvMachine>(variant, riscv_system(core), board, console,
                                                       semihosting);
    std::optional<std::uint32_t> reset_vector = peripherals.reset_vector;
    if (reset_vector && !holds(program, *reset_vector)) reset_vector.reset();
    machine->boot(program, reset_vector);
    return machine;
  }
  auto machine = std::make_unique<sim::ArmMachine>(variant, core_system(target, core, peripherals),
                                                   board, console, semihosting);
  machine->boot(program, vector_table(program, peripherals.vector_table));
  return machine;
}

}  // namespace boardless::prediction
