// What an instruction would need that is undefined on the core at hand, for reports.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace boardless::isa::arm {

// "vadd.i8 q0, q1, q2 is an instruction of Helium (MVE), which this core lacks"; empty when no core
// that boardless knows has such an instruction.
std::string missing_feature(std::uint32_t address, std::span<const std::uint8_t> bytes);

}  // namespace boardless::isa::arm
