// By class, and by the registers that a record adds.
#include "isa/arm/vector_facts.h"

#include <llvm/MC/MCInstrDesc.h>

namespace boardless::isa::arm {
namespace {

using enum InstructionClass;

constexpr RegisterMask kFlags = register_bit(kFlagsRegister);
constexpr RegisterMask kVpr = register_bit(kVprRegister);
constexpr RegisterMask kCoreRegisters = RegisterMask::range(0, 16);

// LLVM's ARM::OPERAND_VPRED_R and _N, whose header is private: condition, predicate register, tail
// predicate; for R also the register that inactive lanes keep.
constexpr unsigned kPredicateMerging = llvm::MCOI::OPERAND_FIRST_TARGET;
constexpr unsigned kPredicateZeroing = kPredicateMerging + 1;

// Registers that LLVM does not list, or lists on both sides.
void complete_status(const OpcodeFacts& facts, Instruction& result) {
  if (facts.replaces_status) {
    const RegisterMask status = facts.status_reads | facts.status_writes;
    result.reads &= ~status;
    result.writes &= ~status;
  }
  result.reads |= facts.status_reads;
  result.writes |= facts.status_writes;
}

// LLVM lists what is cleared among the inputs.
void complete_clear(Instruction& result) {
  const RegisterMask condition = result.predicated ? kFlags : RegisterMask{};
  result.writes |= result.reads & ~condition;
  result.reads = condition;
}

void complete_access(Instruction& result) {
  const bool scattered =
      result.instruction_class == kVectorGather || result.instruction_class == kVectorScatter;
  if (!scattered) {
    // What an interleaved load leaves of its registers.
    if (result.is_load()) result.accumulate_reads |= result.address_reads & ~kCoreRegisters;
    result.address_reads &= kCoreRegisters;
  }
}

}  // namespace

bool collect_vector_predicate(const McInstruction& mc, unsigned& i, Instruction& result) {
  if (i >= mc.desc.getNumOperands()) return false;
  const unsigned type = mc.desc.operands()[i].OperandType;
  if (type != kPredicateMerging && type != kPredicateZeroing) return false;
  const llvm::MCOperand& condition = mc.inst.getOperand(i);
  const bool active = condition.isImm() && condition.getImm() != 0;
  if (active) result.reads |= kVpr;
  i += 2;
  if (type == kPredicateMerging) {
    ++i;
    if (active && i < mc.inst.getNumOperands() && mc.inst.getOperand(i).isReg()) {
      const RegisterMask kept = mc.masks[mc.inst.getOperand(i).getReg()];
      if ((result.reads & kept).none()) result.accumulate_reads |= kept;
      result.reads |= kept;
    }
  }
  return true;
}

void complete_vector(const McInstruction& mc, Instruction& result) {
  switch (result.instruction_class) {
    case kClearMultiple:
      complete_clear(result);
      break;
    case kVectorLoad:
    case kVectorStore:
    case kVectorLoadInterleaved:
    case kVectorStoreInterleaved:
    case kVectorGather:
    case kVectorScatter:
      complete_access(result);
      break;
    default:
      break;
  }
  complete_status(mc.facts, result);
}

}  // namespace boardless::isa::arm
