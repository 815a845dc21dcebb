// RISC-V's table: opcode names by extension, in the order of the unprivileged manual. Opcodes LLVM
// decodes on a variant that are not here are refused, never guessed.
#include "isa/opcode_table.h"

#include <array>

namespace boardless::isa {
namespace {

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kGroups = std::to_array<OpcodeGroup>({
    // RV32I.
    {{kAlu},
     "ADD ADDI SUB AND ANDI OR ORI XOR XORI SLT SLTI SLTIU SLTU LUI AUIPC C_ADD C_ADDI C_ADDI16SP "
     "C_ADDI4SPN C_AND C_ANDI C_LI C_LUI C_MV C_OR C_SUB C_XOR C_NOT C_ZEXT_B"},
    {{kShift}, "SLL SLLI SRL SRLI SRA SRAI C_SLLI C_SRLI C_SRAI"},
    {{kLoad, kImmediate, 4}, "LW C_LW C_LWSP"},
    {{kLoad, kImmediate, 2}, "LH LHU C_LH C_LHU"},
    {{kLoad, kImmediate, 1}, "LB LBU C_LBU"},
    {{kStore, kImmediate, 4}, "SW C_SW C_SWSP"},
    {{kStore, kImmediate, 2}, "SH C_SH"},
    {{kStore, kImmediate, 1}, "SB C_SB"},
    {{kBranchConditional}, "BEQ BNE BLT BLTU BGE BGEU C_BEQZ C_BNEZ"},
    {{kBranch}, "JAL C_J C_JAL"},
    {{kBranchIndirect}, "JALR C_JR C_JALR"},
    {{kBarrier}, "FENCE FENCE_TSO FENCE_I"},
    {{kWait}, "WFI"},
    // C.UNIMP is defined to be illegal; no modelled core has supervisor mode, and none runs in
    // debug
    // mode: these decode, and trap.
    {{kException}, "ECALL EBREAK C_EBREAK MRET C_UNIMP SRET DRET SFENCE_VMA"},
    {{kNop},
     "C_NOP C_NOP_HINT C_ADDI_NOP C_ADDI_HINT_IMM_ZERO C_LI_HINT C_LUI_HINT C_MV_HINT C_ADD_HINT "
     "C_SLLI_HINT C_SLLI64_HINT C_SRLI64_HINT C_SRAI64_HINT"},
    // Zicsr.
    {{kSystemRegister}, "CSRRW CSRRS CSRRC CSRRWI CSRRSI CSRRCI"},
    // M.
    {{kMultiply}, "MUL C_MUL"},
    {{kMultiplyHigh}, "MULH MULHU MULHSU"},
    {{kDivide}, "DIV DIVU REM REMU"},
    // A.
    {{kLoadExclusive, kImmediate, 4}, "LR_W LR_W_AQ LR_W_RL LR_W_AQ_RL"},
    {{kStoreExclusive, kImmediate, 4}, "SC_W SC_W_AQ SC_W_RL SC_W_AQ_RL"},
    {{kAtomic, kImmediate, 4},
     "AMOADD_W AMOADD_W_AQ AMOADD_W_RL AMOADD_W_AQ_RL AMOAND_W AMOAND_W_AQ AMOAND_W_RL "
     "AMOAND_W_AQ_RL AMOMAXU_W AMOMAXU_W_AQ AMOMAXU_W_RL AMOMAXU_W_AQ_RL AMOMAX_W AMOMAX_W_AQ "
     "AMOMAX_W_RL AMOMAX_W_AQ_RL AMOMINU_W AMOMINU_W_AQ AMOMINU_W_RL AMOMINU_W_AQ_RL AMOMIN_W "
     "AMOMIN_W_AQ AMOMIN_W_RL AMOMIN_W_AQ_RL AMOOR_W AMOOR_W_AQ AMOOR_W_RL AMOOR_W_AQ_RL "
     "AMOSWAP_W AMOSWAP_W_AQ AMOSWAP_W_RL AMOSWAP_W_AQ_RL AMOXOR_W AMOXOR_W_AQ AMOXOR_W_RL "
     "AMOXOR_W_AQ_RL"},
    // F.
    {{kFpLoad, kImmediate, 4}, "FLW C_FLW C_FLWSP"},
    {{kFpStore, kImmediate, 4}, "FSW C_FSW C_FSWSP"},
    {{kFpAdd}, "FADD_S FSUB_S"},
    {{kFpMultiply}, "FMUL_S"},
    {{kFpMultiplyAccumulate}, "FMADD_S FMSUB_S FNMADD_S FNMSUB_S"},
    {{kFpDivide}, "FDIV_S"},
    {{kFpSquareRoot}, "FSQRT_S"},
    {{kFpMove}, "FSGNJ_S FSGNJN_S FSGNJX_S"},
    {{kFpCoreTransfer}, "FMV_W_X FMV_X_W"},
    {{kFpConvert}, "FCVT_S_W FCVT_S_WU FCVT_W_S FCVT_WU_S"},
    {{kFpCompare}, "FEQ_S FLE_S FLT_S FMIN_S FMAX_S FCLASS_S"},
    // Zba, Zbb, Zbs, Zbkb, and their short forms in Zcb.
    {{kShift}, "ROL ROR RORI"},
    {{kBitManipulation},
     "SH1ADD SH2ADD SH3ADD ANDN ORN XNOR CLZ CTZ CPOP MAX MAXU MIN MINU SEXT_B SEXT_H ZEXT_H_RV32 "
     "ORC_B REV8_RV32 BCLR BCLRI BEXT BEXTI BINV BINVI BSET BSETI BREV8 PACK PACKH ZIP_RV32 "
     "UNZIP_RV32 C_SEXT_B C_SEXT_H C_ZEXT_H"},
    // Zcmp.
    {{kStoreMultiple, kPreIndexed, 4}, "CM_PUSH"},
    {{kLoadMultiple, kPostIndexed, 4}, "CM_POP CM_POPRET CM_POPRETZ"},
    {{kMoveDouble}, "CM_MVA01S CM_MVSA01"},
});

}  // namespace

std::optional<OpcodeFacts> riscv_opcode_facts(std::string_view name) {
  static const OpcodeIndex index = index_opcodes(kGroups);
  return find_opcode(index, name);
}

}  // namespace boardless::isa
