// What the decoder needs of one LLVM target, and what differs between targets. Only decoders
// include this: it brings LLVM's headers.
#pragma once

#include <llvm/ADT/StringRef.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstrInfo.h>

#include <vector>

#include "isa/machine_operand.h"
#include "isa/opcode.h"

namespace boardless::isa {

// An instruction as LLVM decoded it. `masks` are indexed by LLVM's register numbers.
struct McInstruction {
  const llvm::MCInst& inst;
  const llvm::MCInstrDesc& desc;
  const OpcodeFacts& facts;
  const std::vector<RegisterMask>& masks;
};

struct DecodingRules {
  void (*initialise_llvm)();  // called once or more
  // LLVM's register numbers are not a public header; its register names are stable.
  RegisterMask (*mask_of_register)(llvm::StringRef name);
  MachineOperand (*operand_of_register)(llvm::StringRef name);
  const OpcodeTable& (*opcodes)();
  // A 32-bit encoding as LLVM takes it, where the architecture ignores bits that LLVM does not;
  // null: there is no such encoding.
  std::uint32_t (*canonical)(std::uint32_t encoding);
  // Completes `result`, whose address, size, opcode and table facts are set. False: LLVM accepts an
  // encoding that the architecture reserves.
  bool (*describe)(const McInstruction& mc, Instruction& result);
  // Refines what describe() filled by the opcode's record and the operands; null: nothing to
  // refine.
  void (*assign_operand_roles)(Decoded& decoded);
  // Whether an operand belongs to MVE's predicate: VPT condition, VPR, LR, and the register whose
  // inactive lanes stay. Null: there is no MVE.
  bool (*is_vector_predicate)(const llvm::MCOperandInfo& operand);
  bool has_it_blocks;  // LLVM's disassembler keeps state from one instruction to the next
  bool prints_absolute_targets;
};

const DecodingRules& arm_decoding();
const DecodingRules& riscv_decoding();

}  // namespace boardless::isa
