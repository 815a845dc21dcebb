// How rows of Arm's opcodes begin: the feature that has them, and their class.
#pragma once

#include "isa/opcode.h"

namespace boardless::isa::arm {

constexpr OpcodeFacts base(InstructionClass c) { return of(Feature::kBase, c); }
constexpr OpcodeFacts baseline(InstructionClass c) { return of(Feature::kBaseline, c); }
constexpr OpcodeFacts mainline(InstructionClass c) { return of(Feature::kMainline, c); }
constexpr OpcodeFacts armv8(InstructionClass c) { return of(Feature::kArmv8, c); }
constexpr OpcodeFacts armv81(InstructionClass c) { return of(Feature::kArmv81, c); }
constexpr OpcodeFacts dsp(InstructionClass c) { return of(Feature::kDsp, c); }
constexpr OpcodeFacts fp(InstructionClass c) { return of(Feature::kFloat, c); }
constexpr OpcodeFacts fp5(InstructionClass c) { return of(Feature::kFloat5, c); }
constexpr OpcodeFacts fp64(InstructionClass c) { return of(Feature::kDouble, c); }
constexpr OpcodeFacts helium(InstructionClass c) { return of(Feature::kHelium, c); }

constexpr RegisterMask kLinkBit = register_bit(14);
constexpr RegisterMask kFpscrBit = register_bit(kFpscrRegister);
constexpr RegisterMask kVprBit = register_bit(kVprRegister);

}  // namespace boardless::isa::arm
