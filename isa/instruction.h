// What the rest of boardless knows of one decoded instruction: its class, the registers it touches,
// its memory access and where it may branch. No cycles, no semantics.
#pragma once

#include <cstdint>
#include <string_view>

#include "isa/register_mask.h"

namespace boardless::isa {

// Instructions that a core's documentation prices together. The names are the keys of `classes:` in
// targets/cores/*.yaml.
enum class InstructionClass : std::uint8_t {
  kAlu,                    // ADD, SUB, MOV, compare; data processing that has no class of its own
  kLogical,                // AND, ORR, EOR, BIC, ORN, MVN, TST, TEQ of registers or plain constants
  kAluShiftedOperand,      // data processing with a register shifted right or rotated
  kAluLeftShiftedOperand,  // data processing with a register shifted left
  kAluShiftedConstant,     // data processing with a constant that is eight rotated bits
  kShift,                  // shifts and rotates
  kBitField,               // BFI, UBFX, REV, RBIT: bits change places
  kExtend,                 // UXTB, SXTB16, …; CLZ
  kExtendAccumulate,       // UXTAB, SXTAB16, …
  kPack,                   // PKHBT, PKHTB
  kParallelAlu,            // UADD8, SADD16, SEL, …
  kSaturate,               // SSAT, QADD, …
  kMultiply,               // MUL
  kMultiplyAccumulate,     // MLA, MLS
  kMultiplyLong,           // UMULL, SMULL
  kMultiplyAccumulateLong,     // UMLAL, SMLAL, UMAAL
  kDspMultiply,                // SMULBB, SMUAD, SMMUL, USAD8, …
  kDspMultiplyAccumulate,      // SMLAD, SMLABB, SMMLA, USADA8, …
  kDspMultiplyAccumulateLong,  // SMLALD, SMLALBB, …
  kDivide,
  kLoad,
  kStore,
  kLoadDual,
  kStoreDual,
  kLoadMultiple,
  kStoreMultiple,
  kLoadExclusive,
  kStoreExclusive,
  kPreload,
  kBranch,
  kBranchConditional,
  kCompareBranch,
  kBranchLink,
  kBranchIndirect,  // BX, BLX, and any other write to the PC that is not a load
  kTableBranch,
  kIfThen,
  kNop,
  kWait,            // WFI, WFE
  kSystemRegister,  // MRS, MSR, CPS; CSR instructions
  kBarrier,
  kException,  // SVC, BKPT, UDF; ECALL, EBREAK, MRET
  kFpMove,
  kFpCoreTransfer,      // one core register to or from an FP register
  kFpCoreTransferPair,  // two core registers to or from FP registers
  kFpAdd,
  kFpMultiply,
  kFpMultiplyAccumulate,
  kFpDivide,
  kFpSquareRoot,
  kFpConvert,
  kFpCompare,
  kFpStatus,
  kFpLoad,
  kFpStore,
  kFpLoadDouble,
  kFpStoreDouble,
  kFpLoadMultiple,
  kFpStoreMultiple,
  kFpMoveDouble,
  kFpAddDouble,
  kFpMultiplyDouble,
  kFpMultiplyAccumulateDouble,
  kFpDivideDouble,
  kFpSquareRootDouble,
  kFpConvertDouble,  // from or to double precision
  kFpCompareDouble,
  kClearMultiple,  // CLRM, VSCCLRM
  kFpDivideHalf,
  kFpSquareRootHalf,
  kFpSystemLoad,   // VLDR of FPSCR, VPR, P0
  kFpSystemStore,  // VSTR of them
  kCoprocessor,
  kMultiplyHigh,     // MULH, MULHU, MULHSU
  kAtomic,           // AMOADD, AMOSWAP, …
  kBitManipulation,  // Zba, Zbb, Zbs, Zbkb but their rotates
  kMoveDouble,       // CM.MVA01S, CM.MVSA01
  // Armv8.1-M.
  kLoopStart,          // DLS, WLS and their tail-predicating forms; LCTP
  kLoopEnd,            // LE, LETP
  kConditionalSelect,  // CSEL, CSINC, CSINV, CSNEG
  kShiftLong,          // long and saturating shifts of core registers: ASRL, SQRSHR, …
  // The M-profile Vector Extension.
  kVectorLoad,
  kVectorStore,
  kVectorLoadInterleaved,   // VLD20, VLD43, …
  kVectorStoreInterleaved,  // VST20, VST43, …
  kVectorGather,
  kVectorScatter,
  kVectorAlu,             // integer additions, comparisons for the larger, plain shifts, widening
  kVectorLogical,         // VAND, …; VCLZ, VREV, VPSEL
  kVectorShift,           // rounding and saturating shifts
  kVectorNarrow,          // VMOVN, VSHRN
  kVectorNarrowSaturate,  // those that round or saturate
  kVectorCarry,           // VADC, VSBC
  kVectorIndex,           // VIDUP, VDWDUP, …
  kVectorShiftCarry,      // VSHLC
  kVectorDuplicate,       // VDUP
  kVectorImmediate,       // VMOV of a constant
  kVectorFromCore,        // core registers into lanes
  kVectorToCore,          // lanes into core registers
  kVectorCompare,         // VCMP, VPT
  kVectorPredicate,       // VPST, VPNOT, VCTP
  kVectorMultiply,
  kVectorMultiplyPolynomial,
  kVectorMultiplyAccumulate,  // VMLA, VMLAS, …
  kVectorDot,                 // VMLADAV, VMLSDAV: into one core register
  kVectorDotLong,             // VMLALDAV, VRMLALDAVH, …: into two
  kVectorReduceAdd,           // VADDV
  kVectorReduceAddLong,       // VADDLV
  kVectorReduceExtreme,       // VMAXV, VMINAV, …
  kVectorReduceDifference,    // VABAV
  kVectorFpSimple,            // VABS, VNEG, VMAXNM, …
  kVectorFpAdd,
  kVectorFpMultiply,
  kVectorFpMultiplyAccumulate,
  kVectorFpConvert,
  kVectorFpNarrow,  // to half precision
  kVectorFpReduce,  // VMAXNMV, …
  kCount,
};

std::string_view class_name(InstructionClass instruction_class);  // "multiply_accumulate"

enum class AddressForm : std::uint8_t {
  kNone,
  kImmediate,
  kRegister,
  kPreIndexed,   // base updated before the access
  kPostIndexed,  // base updated after the access
  kLiteral,      // PC-relative
};

struct Instruction {
  std::uint32_t address = 0;
  std::uint8_t size = 2;  // bytes: 2 or 4
  InstructionClass instruction_class = InstructionClass::kAlu;
  AddressForm form = AddressForm::kNone;
  bool predicated = false;  // inside an IT block
  bool writes_pc = false;   // continues elsewhere, always or if a condition holds
  bool links = false;       // leaves a return address in a register: a call
  // A 16-bit MOV, UXT, SXT, or ADD or SUB of a constant: what Cortex-M55 pairs with any other.
  bool light = false;
  // Transferred by a multiple load or store, in 32-bit words; elements of a vector load or store.
  std::uint8_t registers = 0;
  std::uint8_t lane_bytes = 0;    // of a vector operation whose duration depends on it
  std::uint8_t access_bytes = 0;  // per transfer; 0 when it does not access memory
  RegisterMask reads{};
  RegisterMask writes{};
  RegisterMask address_reads{};  // the part of `reads` that forms an address
  // The part of `reads` that a product or extension is added to, or a result is merged into.
  RegisterMask accumulate_reads{};
  RegisterMask shifted_reads{};  // the part of `reads` that is shifted or moved before arithmetic
  // Of a 32-bit register-register operation: the second register, which may be shifted and is not.
  RegisterMask operand2_reads{};
  std::int32_t address_offset = 0;    // of a kImmediate or kPreIndexed access of one or two words
  std::uint32_t literal_address = 0;  // of a kLiteral access
  std::uint32_t branch_target = 0;    // of a direct branch; 0 otherwise

  bool is_load() const;  // reads memory into registers, in any form
  bool is_store() const;
  // Anything after which execution may continue elsewhere.
  bool is_branch() const;
  // The last of its block: a branch, or what may change how the core goes on (interrupt masks,
  // stack pointers, waiting).
  bool ends_block() const;
  std::uint32_t end() const { return address + size; }
};

}  // namespace boardless::isa
