// Operand roles by opcode name and operand position (LLVM's order: results, then inputs).
#include "isa/arm/operand_roles.h"

#include <algorithm>
#include <initializer_list>
#include <limits>

#include "base/error.h"

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
void accumulate(Decoded& decoded, std::initializer_list<std::size_t> positions) {
  RegisterMask accumulators, other_inputs;
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

// The second register of "t2ADDrr" and its like.
void find_plain_operand2(std::string_view opcode, Decoded& decoded) {
  if (!opcode.starts_with("t2") || !opcode.ends_with("rr")) return;
  for (const MachineOperand& operand : decoded.operands) {
    if (operand.kind == Kind::kCore) decoded.facts.operand2_reads = mask_of(operand);
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

// What Cortex-M55 pairs with any other 16-bit instruction (LLVM ARMScheduleM55.td, "Dual Issue").
bool is_light(std::string_view opcode) {
  return is_any_of(opcode, {"tADDi3", "tADDi8", "tSUBi3", "tSUBi8", "tMOVi8", "tMOVr", "tUXTB",
                            "tUXTH", "tSXTB", "tSXTH"});
}

// Into what a product or a sum over lanes is added. Positions as LLVM lists operands: two results
// and the same two registers again for the long forms.
void refine_vector(std::string_view opcode, Decoded& decoded) {
  switch (decoded.facts.instruction_class) {
    case kVectorMultiplyAccumulate:
      // VMLAS and its like multiply their destination, and add a core register.
      if (opcode.find("MLAS") == std::string_view::npos) accumulate(decoded, {1});
      break;
    case kVectorFpMultiplyAccumulate:
    case kVectorReduceExtreme:
    case kVectorReduceDifference:
    case kVectorFpReduce:
      accumulate(decoded, {1});
      break;
    case kVectorDot:
      if (opcode.find("DAVa") != std::string_view::npos) accumulate(decoded, {1});
      break;
    case kVectorDotLong:
      if (opcode.find("DAVa") != std::string_view::npos ||
          opcode.find("DAVHa") != std::string_view::npos) {
        accumulate(decoded, {2, 3});
      }
      break;
    case kVectorReduceAdd:
      if (!opcode.ends_with("no_acc")) accumulate(decoded, {1});
      break;
    case kVectorReduceAddLong:
      if (!opcode.ends_with("no_acc")) accumulate(decoded, {2, 3});
      break;
    default:
      break;
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
  } else if (opcode.starts_with("V") && opcode.find('_') == std::string_view::npos) {
    offset = (offset & 0xff) * facts.access_bytes * ((offset & 0x100) != 0 ? -1 : 1);
  }
  facts.address_offset = static_cast<std::int32_t>(offset);
}

// "MVE_VLDRBS32_post" has elements of 32 bits in the register, "MVE_VLD43_8_wb" of 8.
void count_elements(std::string_view opcode, Decoded& decoded) {
  constexpr unsigned kVectorBits = 128;
  const std::size_t skipped = opcode.starts_with("MVE_VLDR") || opcode.starts_with("MVE_VSTR")
                                  ? std::string_view("MVE_VLDR").size()
                                  : std::string_view("MVE_VLD43_").size();
  unsigned bits = 0;
  for (const char c : opcode.substr(skipped)) {
    if (c >= '0' && c <= '9') {
      bits = 10 * bits + static_cast<unsigned>(c - '0');
    } else if (bits != 0) {
      break;
    }
  }
  check(bits != 0, "a vector access's opcode ends in the width of its elements");
  decoded.facts.registers = static_cast<std::uint8_t>(kVectorBits / bits);
}

}  // namespace

void assign_operand_roles(std::string_view opcode, Decoded& decoded) {
  decoded.facts.light = is_light(opcode);
  // Two lanes into one register: not known to LLVM (DDI 0553 C2.4, VMOV to two core registers).
  decoded.unpredictable |=
      opcode == "MVE_VMOV_rr_q" && decoded.operands[0].value == decoded.operands[1].value;
  switch (decoded.facts.instruction_class) {
    case kAlu:
      refine_alu(opcode, decoded);
      find_plain_operand2(opcode, decoded);
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
    case kVectorLoad:
    case kVectorStore:
    case kVectorGather:
    case kVectorScatter:
    case kVectorLoadInterleaved:
    case kVectorStoreInterleaved:
      count_elements(opcode, decoded);
      find_address_offset(opcode, decoded);
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
      refine_vector(opcode, decoded);
      break;
  }
}

}  // namespace boardless::isa::arm
