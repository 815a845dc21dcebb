// Operand roles by opcode name and operand position (LLVM's order: results, then inputs).
#include "isa/arm/operand_roles.h"

#include <algorithm>
#include <initializer_list>
#include <limits>

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
      return RegisterMask{3} << (kFirstFpRegister + 2 * number);
    default:
      return 0;
  }
}

RegisterMask mask_at(const Decoded& decoded, std::size_t index) {
  return index < decoded.operands.size() ? mask_of(decoded.operands[index]) : 0;
}

const MachineOperand* last_immediate(const Decoded& decoded) {
  for (auto it = decoded.operands.rbegin(); it != decoded.operands.rend(); ++it) {
    if (it->kind == Kind::kImmediate) return &*it;
  }
  return nullptr;
}

// A register that is an input elsewhere too is needed for that. The first operands are results: as
// many as there are accumulators.
void accumulate(Decoded& decoded, std::initializer_list<std::size_t> positions) {
  RegisterMask accumulators = 0, other_inputs = 0;
  for (std::size_t i = positions.size(); i < decoded.operands.size(); ++i) {
    const bool accumulates = std::ranges::find(positions, i) != positions.end();
    (accumulates ? accumulators : other_inputs) |= mask_at(decoded, i);
  }
  decoded.facts.accumulate_reads = accumulators & ~other_inputs;
}

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> choices) {
  return std::ranges::find(choices, text) != choices.end();
}

// "t2ANDrr" -> "AND", "tBIC" -> "BIC"
std::string_view mnemonic3(std::string_view opcode) {
  opcode.remove_prefix(opcode.starts_with("t2") ? 2 : 1);
  return opcode.substr(0, 3);
}

bool takes_modified_constant(std::string_view opcode) {
  return opcode.starts_with("t2") && (opcode.ends_with("ri") || opcode.ends_with("spImm") ||
                                      opcode == "t2MOVi" || opcode == "t2MVNi");
}

// A modified constant that is neither a byte nor a pattern of one (Armv7-M manual, A5.3.2).
bool is_rotated_byte(std::uint32_t value) {
  if (value <= 0xff) return false;
  const std::uint32_t low = value & 0xff, high = value >> 8 & 0xff;
  return value != low * 0x00010001U && value != high * 0x01000100U && value != low * 0x01010101U;
}

void refine_alu(std::string_view opcode, Decoded& decoded) {
  Instruction& facts = decoded.facts;
  const MachineOperand* constant = last_immediate(decoded);
  if (takes_modified_constant(opcode) && constant != nullptr &&
      is_rotated_byte(static_cast<std::uint32_t>(constant->value))) {
    facts.instruction_class = kAluShiftedConstant;
  } else if (is_any_of(mnemonic3(opcode),
                       {"AND", "BIC", "EOR", "ORN", "ORR", "MVN", "TST", "TEQ"})) {
    facts.instruction_class = kLogical;
  }
}

void refine_shifted_operand(Decoded& decoded) {
  constexpr std::int64_t kKindMask = 7, kLeft = 2;  // LLVM's ARM_AM::ShiftOpc: asr lsl lsr ror rrx
  const MachineOperand* shift = last_immediate(decoded);
  if (shift != nullptr && (shift->value & kKindMask) == kLeft) {
    decoded.facts.instruction_class = kAluLeftShiftedOperand;
  }
  for (const MachineOperand& operand : decoded.operands) {
    if (operand.kind == Kind::kCore) decoded.facts.shifted_reads = mask_of(operand);
  }
}

void refine_bit_field(std::string_view opcode, Decoded& decoded) {
  Instruction& facts = decoded.facts;
  const std::string_view name = opcode.substr(opcode.starts_with("t2") ? 2 : 1);
  if (name.starts_with("PKH")) {
    facts.instruction_class = kPack;
    facts.shifted_reads = mask_at(decoded, 2);
    if (name == "PKHTB") facts.shifted_reads |= mask_at(decoded, 1);
  } else if (name.substr(1).starts_with("XTA")) {
    facts.instruction_class = kExtendAccumulate;
    facts.shifted_reads = mask_at(decoded, 2);
    accumulate(decoded, {1});
  } else if (name.substr(1).starts_with("XT") || name == "CLZ") {
    facts.instruction_class = kExtend;
  } else if (name == "BFI") {
    facts.shifted_reads = mask_at(decoded, 2);
  } else if (name != "BFC") {
    facts.shifted_reads = facts.reads & ~register_bit(kFlagsRegister);
  }
}

// Immediates of 16-bit encodings and of VLDR count access units; VLDR's has its sign in bit 8.
void find_address_offset(std::string_view opcode, Decoded& decoded) {
  Instruction& facts = decoded.facts;
  if (facts.form != AddressForm::kImmediate && facts.form != AddressForm::kPreIndexed) return;
  const MachineOperand* immediate = last_immediate(decoded);
  if (immediate == nullptr) return;
  std::int64_t offset = immediate->value;
  if (offset == std::numeric_limits<std::int32_t>::min()) offset = 0;  // LLVM's #-0
  if (opcode.starts_with("tLDR") || opcode.starts_with("tSTR")) {
    offset *= facts.access_bytes;
  } else if (opcode.starts_with("V")) {
    offset = (offset & 0xff) * 4 * ((offset & 0x100) != 0 ? -1 : 1);
  }
  facts.address_offset = static_cast<std::int32_t>(offset);
}

}  // namespace

void assign_operand_roles(std::string_view opcode, Decoded& decoded) {
  switch (decoded.facts.instruction_class) {
    case kAlu:
      refine_alu(opcode, decoded);
      break;
    case kAluShiftedOperand:
      refine_shifted_operand(decoded);
      break;
    case kBitField:
      refine_bit_field(opcode, decoded);
      break;
    case kMultiplyAccumulate:
    case kDspMultiplyAccumulate:
      accumulate(decoded, {3});
      break;
    case kMultiplyAccumulateLong:
    case kDspMultiplyAccumulateLong:
      accumulate(decoded, {4, 5});
      break;
    case kFpMultiplyAccumulate:
    case kFpMultiplyAccumulateDouble:
      accumulate(decoded, {1});
      break;
    case kLoad:
    case kStore:
    case kLoadDual:
    case kStoreDual:
    case kFpLoad:
    case kFpStore:
    case kFpLoadDouble:
    case kFpStoreDouble:
      find_address_offset(opcode, decoded);
      break;
    default:
      break;
  }
}

}  // namespace boardless::isa::arm
