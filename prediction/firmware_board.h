// A target as the machine that sim/ builds: its memories, its peripherals, its core's system side.
#pragma once

#include "cost_models/core_model.h"
#include "devices/peripherals.h"
#include "isa/variant.h"
#include "sim/board.h"
#include "sim/core_system.h"
#include "sim/riscv_machine.h"
#include "targets/target.h"

namespace boardless::prediction {

// The instruction set of whole programs on the target.
const isa::Variant& firmware_variant(const targets::Target& target,
                                     const cost_models::CoreModel& core);

// The target's peripherals; for one without, an interrupt controller and nothing else, with the
// vector table at the start of the memory that holds its code.
devices::Peripherals peripherals_of(const targets::Target& target, const isa::Variant& variant);

sim::BoardSpec board_spec(const targets::Target& target, const devices::Peripherals& peripherals);

// What exceptions take on the core. Its numbers are not marked by the functions below: they take
// part once an exception is taken. Throws NotModelled as these do.
sim::ExceptionCycles exception_cycles(const targets::Target& target,
                                      const cost_models::CoreModel& core);

// Both throw NotModelled when the core's exceptions are not described.
sim::CoreSystem core_system(const targets::Target& target, const cost_models::CoreModel& core,
                            const devices::Peripherals& peripherals);
sim::RiscvSystem riscv_system(const cost_models::CoreModel& core);

}  // namespace boardless::prediction
