// Operand roles by record and operand position (LLVM's order: results, then inputs).
#include "isa/arm/operand_roles.h"

#include <limits>

#include "isa/opcode.h"

namespace boardless::isa::arm {
namespace {

using Kind = MachineOperand::Kind;
using enum InstructionClass;

RegisterMask mask_of(const MachineOperand& operand) {
  const int number = static_cast<int>(operand.value);
  switch (operand.kind) {
    case Kind::kCore:
      return register_bit(number);
    case Kind::kSingle:
      return register_bit(kFirstFpRegister + number);
    case Kind::kDouble:
      return RegisterMask::range(kFirstFpRegister + 2 * number, 2);
    case Kind::kQuad:
      return RegisterMask::range(kFirstFpRegister + 4 * number, 4);
    default:
      return {};
  }
}

RegisterMask mask_at(const Decoded& decoded, std::size_t index) {
  return index < decoded.operands.size() ? mask_of(decoded.operands[index]) : RegisterMask{};
}

const MachineOperand* last_immediate(const Decoded& decoded) {
  for (auto it = decoded.operands.rbegin(); it != decoded.operands.rend(); ++it) {
    if (it->kind == Kind::kImmediate) return &*it;
  }
  return nullptr;
}

// A register that is an input elsewhere too is needed for that. The first operands are results: as
// many as there are accumulators.
void find_accumulators(const OpcodeFacts& known, Decoded& decoded) {
  RegisterMask accumulators, other_inputs;
  for (std::size_t i = known.accumulators; i < decoded.operands.size(); ++i) {
    const bool accumulates =
        i >= known.accumulator && i < std::size_t{known.accumulator} + known.accumulators;
    (accumulates ? accumulators : other_inputs) |= mask_at(decoded, i);
  }
  decoded.facts.accumulate_reads = accumulators & ~other_inputs;
}

void find_shifted(const OpcodeFacts& known, Decoded& decoded) {
  Instruction& facts = decoded.facts;
  if (known.shifted == kAllShifted) {
    facts.shifted_reads = facts.reads & ~register_bit(kFlagsRegister);
    return;
  }
  for (std::size_t i = 0; i < decoded.operands.size(); ++i) {
    if ((known.shifted >> i & 1) != 0) facts.shifted_reads |= mask_at(decoded, i);
  }
}

RegisterMask last_core_register(const Decoded& decoded) {
  RegisterMask last;
  for (const MachineOperand& operand : decoded.operands) {
    if (operand.kind == Kind::kCore) last = mask_of(operand);
  }
  return last;
}

// A modified constant that is neither a byte nor a pattern of one (Armv7-M manual, A5.3.2).
bool is_rotated_byte(std::uint32_t value) {
  if (value <= 0xff) return false;
  const std::uint32_t low = value & 0xff, high = value >> 8 & 0xff;
  return value != low * 0x00010001U && value != high * 0x01000100U && value != low * 0x01010101U;
}

// Data processing that goes on with the next instruction.
void refine_data_processing(const OpcodeFacts& known, Decoded& decoded) {
  Instruction& facts = decoded.facts;
  const MachineOperand* constant = last_immediate(decoded);
  if (known.modified_constant && constant != nullptr &&
      is_rotated_byte(static_cast<std::uint32_t>(constant->value))) {
    facts.instruction_class = kAluShiftedConstant;
  }
  if (known.plain_operand2) facts.operand2_reads = last_core_register(decoded);
}

void refine_shifted_operand(Decoded& decoded) {
  constexpr std::int64_t kKindMask = 7, kLeft = 2;  // LLVM's ARM_AM::ShiftOpc: asr lsl lsr ror rrx
  const MachineOperand* shift = last_immediate(decoded);
  if (shift != nullptr && (shift->value & kKindMask) == kLeft) {
    decoded.facts.instruction_class = kAluLeftShiftedOperand;
  }
  decoded.facts.shifted_reads = last_core_register(decoded);
}

void find_address_offset(const OpcodeFacts& known, Decoded& decoded) {
  Instruction& facts = decoded.facts;
  if (facts.form != AddressForm::kImmediate && facts.form != AddressForm::kPreIndexed) return;
  const MachineOperand* immediate = last_immediate(decoded);
  if (immediate == nullptr) return;
  std::int64_t offset = immediate->value;
  if (offset == std::numeric_limits<std::int32_t>::min()) offset = 0;  // LLVM's #-0
  if (known.offset_unit == OffsetUnit::kAccess) {
    offset *= facts.access_bytes;
  } else if (known.offset_unit == OffsetUnit::kSignAndAccess) {
    offset = (offset & 0xff) * facts.access_bytes * ((offset & 0x100) != 0 ? -1 : 1);
  }
  facts.address_offset = static_cast<std::int32_t>(offset);
}

}  // namespace

void assign_operand_roles(Decoded& decoded) {
  constexpr unsigned kVectorBytes = 16;
  const OpcodeFacts& known = decoded.opcode->facts;
  decoded.facts.light = known.light;
  // Two lanes into one register: not known to LLVM (DDI 0553 C2.4, VMOV to two core registers).
  decoded.unpredictable |=
      known.distinct_results && decoded.operands[0].value == decoded.operands[1].value;
  if (known.accumulators != 0) find_accumulators(known, decoded);
  if (known.shifted != 0) find_shifted(known, decoded);
  switch (decoded.facts.instruction_class) {
    case kAlu:
    case kLogical:
      refine_data_processing(known, decoded);
      break;
    case kAluShiftedOperand:
      refine_shifted_operand(decoded);
      break;
    case kVectorLoad:
    case kVectorStore:
    case kVectorGather:
    case kVectorScatter:
    case kVectorLoadInterleaved:
    case kVectorStoreInterleaved:
      decoded.facts.registers = static_cast<std::uint8_t>(kVectorBytes / known.lane_bytes);
      find_address_offset(known, decoded);
      break;
    case kLoad:
    case kStore:
    case kLoadDual:
    case kStoreDual:
    case kFpLoad:
    case kFpStore:
    case kFpLoadDouble:
    case kFpStoreDouble:
      find_address_offset(known, decoded);
      break;
    default:
      break;
  }
}

}  // namespace boardless::isa::arm
