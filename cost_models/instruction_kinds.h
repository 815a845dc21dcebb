// Questions about one instruction that the pipeline's rules ask.
#pragma once

#include "isa/instruction.h"

namespace boardless::cost_models {

constexpr int kCoreRegisters = 16;  // R0-R15 come first among the registers

inline bool is_single_load(const isa::Instruction& i) {
  return i.instruction_class == isa::InstructionClass::kLoad ||
         i.instruction_class == isa::InstructionClass::kFpLoad;
}

inline bool is_single_store(const isa::Instruction& i) {
  return i.instruction_class == isa::InstructionClass::kStore ||
         i.instruction_class == isa::InstructionClass::kFpStore;
}

inline bool is_indexed(const isa::Instruction& i) {
  return i.form == isa::AddressForm::kPreIndexed || i.form == isa::AddressForm::kPostIndexed;
}

inline bool is_wide_misaligned(const isa::Instruction& i) {
  return i.size == 4 && i.address % 4 != 0;
}

// Where an access goes, from its base; from 0 when it is PC-relative.
inline std::int32_t access_offset(const isa::Instruction& i) {
  if (i.form == isa::AddressForm::kLiteral) return static_cast<std::int32_t>(i.literal_address);
  return i.form == isa::AddressForm::kPostIndexed ? 0 : i.address_offset;
}

// Anything that the floating-point unit takes part in.
inline bool is_fp(isa::InstructionClass c) {
  return c >= isa::InstructionClass::kFpMove && c < isa::InstructionClass::kCoprocessor;
}

// Computes in the floating-point unit.
inline bool is_fp_arithmetic(isa::InstructionClass c) {
  return (c >= isa::InstructionClass::kFpAdd && c <= isa::InstructionClass::kFpCompare) ||
         (c >= isa::InstructionClass::kFpAddDouble && c <= isa::InstructionClass::kFpCompareDouble);
}

}  // namespace boardless::cost_models
