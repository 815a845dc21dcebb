// The machine that boots firmware on a target: of the architecture that its core has.
#pragma once

#include <memory>
#include <variant>

#include "cost_models/core_model.h"
#include "sim/arm_machine.h"
#include "sim/riscv_machine.h"
#include "targets/target.h"

namespace boardless::prediction {

using FirmwareMachine =
    std::variant<std::unique_ptr<sim::ArmMachine>, std::unique_ptr<sim::RiscvMachine>>;

// With `program` in memory, and the core out of reset; program, console and semihosting must
// outlive it. Throws InputError when the program does not fit the target, NotModelled when the core
// cannot run firmware.
FirmwareMachine boot_machine(const sim::ElfImage& program, const targets::Target& target,
                             const cost_models::CoreModel& core, sim::SerialConsole& console,
                             sim::Semihosting& semihosting);

}  // namespace boardless::prediction
