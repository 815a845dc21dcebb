// What LLVM's RISC-V target leaves to say of an instruction: registers, address, branch target, and
// which encodings RV32 reserves.
#include <llvm/Support/TargetSelect.h>

#include <bit>

#include "base/error.h"
#include "isa/llvm_target.h"
#include "isa/riscv/register_list.h"
#include "isa/riscv/semantics.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;

constexpr int kStackPointer = 2;

// Registers are X0 to X31, and F0_F to F31_F where they hold single precision.
MachineOperand operand_of_name(llvm::StringRef name) {
  using Kind = MachineOperand::Kind;
  unsigned number = 0;
  if (name.empty()) return {};
  if (name[0] == 'X' && !name.drop_front(1).getAsInteger(10, number)) return {Kind::kCore, number};
  if (name[0] == 'F' && name.ends_with("_F") &&
      !name.drop_front(1).drop_back(2).getAsInteger(10, number)) {
    return {Kind::kSingle, number};
  }
  return {Kind::kOther, 0};
}

RegisterMask mask_of_name(llvm::StringRef name) {
  const MachineOperand operand = operand_of_name(name);
  const auto number = static_cast<int>(operand.value);
  switch (operand.kind) {
    case MachineOperand::Kind::kCore:
      return number == 0 ? RegisterMask{} : register_bit(number);
    case MachineOperand::Kind::kSingle:
      return register_bit(kFirstFpRegister + number);
    default:
      return {};
  }
}

std::int64_t last_immediate(const llvm::MCInst& inst) {
  check(inst.getNumOperands() > 0, "an instruction with an immediate has operands");
  const llvm::MCOperand& last = inst.getOperand(inst.getNumOperands() - 1);
  check(last.isImm(), "RISC-V immediates come last");
  return last.getImm();
}

// Which of the input registers is the base: a store's data comes before it, an atomic's after.
int base_index(InstructionClass instruction_class) {
  return instruction_class == kStore || instruction_class == kFpStore ? 1 : 0;
}

void collect_operands(const McInstruction& mc, Instruction& result) {
  const llvm::MCInst& inst = mc.inst;
  const llvm::MCInstrDesc& desc = mc.desc;
  for (const llvm::MCPhysReg reg : desc.implicit_defs()) result.writes |= mc.masks[reg];
  for (const llvm::MCPhysReg reg : desc.implicit_uses()) result.reads |= mc.masks[reg];
  int inputs = 0;
  for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
    const llvm::MCOperand& operand = inst.getOperand(i);
    if (!operand.isReg()) continue;
    const RegisterMask mask = mc.masks[operand.getReg()];
    if (i < desc.getNumDefs()) {
      result.writes |= mask;
      continue;
    }
    result.reads |= mask;
    if (result.access_bytes != 0 && inputs == base_index(result.instruction_class)) {
      result.address_reads |= mask;
    }
    ++inputs;
  }
}

// PUSH and POP: LLVM gives the encoded list and the extra stack adjustment.
void add_register_list(const McInstruction& mc, Instruction& result) {
  const auto list = static_cast<std::uint32_t>(mc.inst.getOperand(0).getImm());
  RegisterMask registers;
  for (std::uint32_t left = riscv::zcmp_registers(list); left != 0; left &= left - 1) {
    registers |= register_bit(std::countr_zero(left));
  }
  result.registers = static_cast<std::uint8_t>(registers.count());
  (result.is_load() ? result.writes : result.reads) |= registers;
  result.address_reads = register_bit(kStackPointer);
  result.writes_pc = mc.facts.returns;
}

// Encodings that LLVM 19 decodes and RV32 reserves: shift amounts of six bits, which are RV64's,
// a zero immediate in three compressed instructions (manual 2.4, 16.5), and CM.MVSA01 to one
// register (Zc 1.0).
bool is_reserved(const McInstruction& mc, InstructionClass instruction_class) {
  if (mc.facts.distinct_results &&
      mc.inst.getOperand(0).getReg() == mc.inst.getOperand(1).getReg()) {
    return true;
  }
  const llvm::MCOperand& last = mc.inst.getOperand(mc.inst.getNumOperands() - 1);
  if (!last.isImm()) return false;
  if (instruction_class == kShift || instruction_class == kBitManipulation) {
    return last.getImm() >= 32;
  }
  return last.getImm() == 0 && mc.facts.nonzero_immediate;
}

bool describe(const McInstruction& mc, Instruction& result) {
  if (mc.inst.getNumOperands() > 0 && is_reserved(mc, result.instruction_class)) return false;
  collect_operands(mc, result);
  if (result.access_bytes != 0) result.registers = 1;
  switch (result.instruction_class) {
    case kBranch:
      if (result.writes.any()) result.instruction_class = kBranchLink;
      [[fallthrough]];
    case kBranchConditional:
      result.branch_target = result.address + static_cast<std::uint32_t>(last_immediate(mc.inst));
      result.writes_pc = true;
      result.links = result.instruction_class == kBranchLink;
      break;
    case kBranchIndirect:
      result.writes_pc = true;
      result.links = result.writes.any();
      break;
    case kLoadMultiple:
    case kStoreMultiple:
      add_register_list(mc, result);
      break;
    default:
      break;
  }
  return true;
}

// FENCE and FENCE.I as LLVM 19 decodes them: implementations ignore the fields that are reserved
// for finer fences, and take modes that are not defined as a plain FENCE (manual 2.7, chapter 3).
std::uint32_t canonical(std::uint32_t encoding) {
  constexpr std::uint32_t kMiscMem = 0x0f, kOpcodeAndFunction = 0x707f;
  constexpr std::uint32_t kFence = kMiscMem, kFenceI = 0x1000 | kMiscMem;
  constexpr std::uint32_t kSets = 0x0ff00000, kFenceTso = 0x83300000;
  switch (encoding & kOpcodeAndFunction) {
    case kFence:
      return kFence | (encoding >> 20 == kFenceTso >> 20 ? kFenceTso : encoding & kSets);
    case kFenceI:
      return kFenceI;
    default:
      return encoding;
  }
}

void initialise_llvm() {
  LLVMInitializeRISCVTargetInfo();
  LLVMInitializeRISCVTargetMC();
  LLVMInitializeRISCVDisassembler();
}

}  // namespace

const DecodingRules& riscv_decoding() {
  static constexpr DecodingRules kRules{
      .initialise_llvm = initialise_llvm,
      .mask_of_register = mask_of_name,
      .operand_of_register = operand_of_name,
      .opcodes = riscv::opcodes,
      .canonical = canonical,
      .describe = describe,
      .assign_operand_roles = nullptr,
      .is_vector_predicate = nullptr,
      .has_it_blocks = false,
      .prints_absolute_targets = true,
  };
  return kRules;
}

}  // namespace boardless::isa
