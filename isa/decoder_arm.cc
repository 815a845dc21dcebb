// What LLVM's ARM target leaves to say of an M-profile instruction: registers, address, branch
// target.
#include <llvm/ADT/SmallVector.h>
#include <llvm/Support/TargetSelect.h>

#include <optional>
#include <string>

#include "isa/arm/operand_roles.h"
#include "isa/arm/semantics.h"
#include "isa/arm/vector_facts.h"
#include "isa/llvm_target.h"

namespace boardless::isa {
namespace {

// "Q2_Q3" and "Q2_Q3_Q4_Q5": consecutive vectors.
struct VectorList {
  int first, count;
};
std::optional<VectorList> vector_list(llvm::StringRef name) {
  llvm::SmallVector<llvm::StringRef, 4> parts;
  name.split(parts, '_');
  unsigned first = 0;
  if (parts.size() < 2 || !parts[0].consume_front("Q") || parts[0].getAsInteger(10, first)) {
    return std::nullopt;
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i] != "Q" + std::to_string(first + i)) return std::nullopt;
  }
  if (first + parts.size() > 8) return std::nullopt;
  return VectorList{static_cast<int>(first), static_cast<int>(parts.size())};
}

RegisterMask mask_of_name(llvm::StringRef name) {
  if (name == "SP") return register_bit(13);
  if (name == "LR") return register_bit(14);
  if (name == "PC") return kPcBit;
  if (name == "CPSR" || name == "APSR" || name == "APSR_NZCV" || name == "ITSTATE") {
    return register_bit(kFlagsRegister);
  }
  if (name.starts_with("FPSCR")) return register_bit(kFpscrRegister);
  if (name == "VPR" || name == "P0") return register_bit(kVprRegister);
  if (const auto list = vector_list(name)) {
    return RegisterMask::range(kFirstFpRegister + 4 * list->first, 4 * list->count);
  }
  unsigned number = 0;
  if (name.size() < 2 || name.drop_front(1).getAsInteger(10, number)) return {};
  if (name[0] == 'R' && number < 13) return register_bit(static_cast<int>(number));
  if (name[0] == 'S' && number < 32)
    return register_bit(kFirstFpRegister + static_cast<int>(number));
  if (name[0] == 'D' && number < 16) {
    return RegisterMask::range(kFirstFpRegister + 2 * static_cast<int>(number), 2);
  }
  if (name[0] == 'Q' && number < 8) {
    return RegisterMask::range(kFirstFpRegister + 4 * static_cast<int>(number), 4);
  }
  return {};
}

MachineOperand operand_of_name(llvm::StringRef name) {
  using Kind = MachineOperand::Kind;
  if (name.empty()) return {};
  if (name == "SP") return {Kind::kCore, 13};
  if (name == "LR") return {Kind::kCore, 14};
  if (name == "PC") return {Kind::kCore, 15};
  if (name == "VPR" || name == "P0") return {Kind::kPredicate, 0};
  if (const auto list = vector_list(name)) return {Kind::kQuad, list->first};
  unsigned number = 0;
  if (name.size() >= 2 && !name.drop_front(1).getAsInteger(10, number)) {
    if (name[0] == 'R' && number < 13) return {Kind::kCore, number};
    if (name[0] == 'S' && number < 32) return {Kind::kSingle, number};
    if (name[0] == 'D' && number < 16) return {Kind::kDouble, number};
    if (name[0] == 'Q' && number < 8) return {Kind::kQuad, number};
  }
  return {Kind::kOther, 0};
}

// LLVM's ARM::OPERAND_VPRED_R and OPERAND_VPRED_N, which no public header has.
bool is_vector_predicate(const llvm::MCOperandInfo& operand) {
  return operand.OperandType == llvm::MCOI::OPERAND_FIRST_TARGET ||
         operand.OperandType == llvm::MCOI::OPERAND_FIRST_TARGET + 1;
}

// Fills reads, writes, address_reads and registers from the operands.
void collect_operands(const McInstruction& mc, Instruction& result) {
  const llvm::MCInst& inst = mc.inst;
  const llvm::MCInstrDesc& desc = mc.desc;
  const std::vector<RegisterMask>& masks = mc.masks;
  for (const llvm::MCPhysReg reg : desc.implicit_defs()) result.writes |= masks[reg];
  for (const llvm::MCPhysReg reg : desc.implicit_uses()) result.reads |= masks[reg];

  const bool multiple = result.instruction_class == InstructionClass::kLoadMultiple ||
                        result.instruction_class == InstructionClass::kStoreMultiple ||
                        result.instruction_class == InstructionClass::kFpLoadMultiple ||
                        result.instruction_class == InstructionClass::kFpStoreMultiple;
  // A store's data registers come first among its inputs, the address after them.
  int data_operands = 0;
  if (result.is_store() && !multiple) {
    data_operands = result.instruction_class == InstructionClass::kStoreDual ? 2 : 1;
  }
  // PUSH and POP name their base, SP, only implicitly: their first operand is already in the list.
  bool seen_base = multiple && result.reads.has(13);
  if (seen_base) result.address_reads |= register_bit(13);
  for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
    const llvm::MCOperand& operand = inst.getOperand(i);
    const llvm::MCOperandInfo* info = i < desc.getNumOperands() ? &desc.operands()[i] : nullptr;
    if (arm::collect_vector_predicate(mc, i, result)) continue;
    if (info != nullptr && info->isPredicate()) {
      if (operand.isImm() && operand.getImm() != 14) {  // 14: always
        result.predicated = true;
        result.reads |= register_bit(kFlagsRegister);
      }
      ++i;  // the flags register that goes with the condition
      continue;
    }
    if (!operand.isReg() || operand.getReg() == 0) continue;
    const RegisterMask mask = masks[operand.getReg()];
    if (i < desc.getNumDefs() || (info != nullptr && info->isOptionalDef())) {
      result.writes |= mask;
      continue;
    }
    if (multiple && (info == nullptr || seen_base)) {  // the register list
      result.registers += static_cast<std::uint8_t>(mask.count());
      (result.is_load() ? result.writes : result.reads) |= mask;
      continue;
    }
    result.reads |= mask;
    if (result.access_bytes == 0) continue;
    if (data_operands > 0) {
      --data_operands;
      continue;
    }
    result.address_reads |= mask;
    seen_base = true;
  }
}

bool describe(const McInstruction& mc, Instruction& result) {
  const llvm::MCInst& inst = mc.inst;
  const llvm::MCInstrDesc& desc = mc.desc;
  collect_operands(mc, result);
  arm::complete_vector(mc, result);
  result.writes_pc = result.writes.has(15);

  const std::uint32_t pc = result.address + 4;
  if (result.form == AddressForm::kLiteral) {
    for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
      if (inst.getOperand(i).isImm()) {
        constexpr std::uint32_t kMinusZero = 0x80000000;  // LLVM's way to write #-0
        const auto offset = static_cast<std::uint32_t>(inst.getOperand(i).getImm());
        result.literal_address = (pc & ~3U) + (offset == kMinusZero ? 0 : offset);
        break;
      }
    }
    result.address_reads = {};
  }
  switch (result.instruction_class) {
    case InstructionClass::kBranch:
    case InstructionClass::kBranchConditional:
    case InstructionClass::kCompareBranch:
    case InstructionClass::kBranchLink:
    case InstructionClass::kLoopEnd:
      for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
        const bool predicate = i < desc.getNumOperands() && desc.operands()[i].isPredicate();
        if (!predicate && inst.getOperand(i).isImm()) {
          result.branch_target = pc + static_cast<std::uint32_t>(inst.getOperand(i).getImm());
        }
        if (predicate) ++i;
      }
      result.writes |= kPcBit;
      result.links = result.instruction_class == InstructionClass::kBranchLink;
      break;
    case InstructionClass::kLoopStart:  // WLS may leave at once
      for (unsigned i = 0; i < desc.getNumOperands(); ++i) {
        if (desc.operands()[i].isPredicate() || !inst.getOperand(i).isImm()) continue;
        result.branch_target = pc + static_cast<std::uint32_t>(inst.getOperand(i).getImm());
        result.writes |= kPcBit;
      }
      break;
    case InstructionClass::kBranchIndirect:
    case InstructionClass::kTableBranch:
      result.writes |= kPcBit;
      result.links = result.writes.has(14);
      break;
    case InstructionClass::kAlu:
    case InstructionClass::kLogical:
      if (result.writes_pc) result.instruction_class = InstructionClass::kBranchIndirect;
      break;
    case InstructionClass::kNop: {
      constexpr int kWaitForEvent = 2, kWaitForInterrupt = 3;
      const std::int64_t hint =
          inst.getNumOperands() > 0 && inst.getOperand(0).isImm() ? inst.getOperand(0).getImm() : 0;
      if (hint == kWaitForEvent || hint == kWaitForInterrupt) {
        result.instruction_class = InstructionClass::kWait;
      }
      break;
    }
    default:
      break;
  }
  result.writes_pc = result.writes.has(15);
  if (result.instruction_class == InstructionClass::kBranchConditional) result.predicated = false;
  if (result.instruction_class == InstructionClass::kLoadDual ||
      result.instruction_class == InstructionClass::kStoreDual ||
      result.instruction_class == InstructionClass::kFpLoadDouble ||
      result.instruction_class == InstructionClass::kFpStoreDouble) {
    result.registers = 2;
  } else if (result.access_bytes != 0 && result.registers == 0) {
    result.registers = 1;
  }
  return true;
}

void initialise_llvm() {
  LLVMInitializeARMTargetInfo();
  LLVMInitializeARMTargetMC();
  LLVMInitializeARMDisassembler();
}

}  // namespace

const DecodingRules& arm_decoding() {
  static constexpr DecodingRules kRules{
      .initialise_llvm = initialise_llvm,
      .mask_of_register = mask_of_name,
      .operand_of_register = operand_of_name,
      .opcodes = arm::opcodes,
      .canonical = nullptr,
      .describe = describe,
      .assign_operand_roles = arm::assign_operand_roles,
      .is_vector_predicate = is_vector_predicate,
      .has_it_blocks = true,
      .prints_absolute_targets = false,
  };
  return kRules;
}

}  // namespace boardless::isa
