// By class, and by opcode name where a class is of two minds.
#include "isa/arm/vector_facts.h"

#include <llvm/MC/MCInstrDesc.h>

namespace boardless::isa::arm {
namespace {

using enum InstructionClass;

constexpr RegisterMask kFlags = register_bit(kFlagsRegister);
constexpr RegisterMask kFpscr = register_bit(kFpscrRegister);
constexpr RegisterMask kVpr = register_bit(kVprRegister);
constexpr RegisterMask kLr = register_bit(14);
constexpr RegisterMask kCoreRegisters = RegisterMask::range(0, 16);

// LLVM's ARM::OPERAND_VPRED_R and _N, whose header is private: condition, predicate register, tail
// predicate; for R also the register that inactive lanes keep.
constexpr unsigned kPredicateMerging = llvm::MCOI::OPERAND_FIRST_TARGET;
constexpr unsigned kPredicateZeroing = kPredicateMerging + 1;

bool names_predicate(std::string_view opcode) {
  return opcode.find("_P0") != std::string_view::npos ||
         opcode.find("_VPR") != std::string_view::npos;
}

// P0, VPR and FPSCR as operands of moves, loads and stores.
void complete_status(std::string_view opcode, Instruction& result) {
  const RegisterMask status = names_predicate(opcode) ? kVpr : kFpscr;
  const bool writes_it = opcode.starts_with("VMSR") || result.is_load();
  // LLVM lists FPSCR on both sides of some.
  result.reads &= ~status;
  result.writes &= ~status;
  (writes_it ? result.writes : result.reads) |= status;
}

void complete_predicate(std::string_view opcode, Instruction& result) {
  // VPST and VPNOT keep what they do not change.
  if (!opcode.starts_with("MVE_VCTP")) result.reads |= kVpr;
  result.writes |= kVpr;
}

void complete_carry(std::string_view opcode, Instruction& result) {
  const bool starts_chain = opcode.ends_with("I");  // VADCI, VSBCI
  if (!starts_chain) result.reads |= kFpscr;
  result.writes |= kFpscr;
}

// The element size of tail predication, LTPSIZE, is a field of FPSCR.
void complete_loop(std::string_view opcode, Instruction& result) {
  if (opcode == "MVE_LCTP") {
    result.writes |= kFpscr;
    return;
  }
  const RegisterMask size = opcode.starts_with("MVE_") ? kFpscr : RegisterMask{};
  if (result.instruction_class == kLoopStart) {
    result.writes |= kLr | size;
    return;
  }
  if (opcode == "t2LE") return;  // for ever
  result.reads |= kLr | size;
  result.writes |= kLr | size;
}

// LLVM lists what is cleared among the inputs.
void complete_clear(std::string_view opcode, Instruction& result) {
  const RegisterMask condition = result.predicated ? kFlags : RegisterMask{};
  result.writes |= result.reads & ~condition;
  result.reads = condition;
  if (opcode != "t2CLRM") result.writes |= kVpr;
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
  const std::string_view opcode{mc.name.data(), mc.name.size()};
  switch (result.instruction_class) {
    case kFpStatus:
    case kFpSystemLoad:
    case kFpSystemStore:
      if (opcode.starts_with("VMRS_") || opcode.starts_with("VMSR_") || !opcode.starts_with("VM")) {
        complete_status(opcode, result);
      }
      break;
    case kVectorCompare:
      result.writes |= kVpr;
      break;
    case kVectorPredicate:
      complete_predicate(opcode, result);
      break;
    case kVectorCarry:
      complete_carry(opcode, result);
      break;
    case kVectorLogical:
      if (opcode == "MVE_VPSEL") result.reads |= kVpr;
      break;
    case kLoopStart:
    case kLoopEnd:
      complete_loop(opcode, result);
      break;
    case kClearMultiple:
      complete_clear(opcode, result);
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
}

}  // namespace boardless::isa::arm
