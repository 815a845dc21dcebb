// What the rest of boardless knows of one decoded instruction: its class, the registers it touches,
// its memory access and where it may branch. No cycles, no semantics.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace boardless::isa {

// Instructions that a core's documentation prices together. The names are the keys of `classes:` in
// targets/cores/*.yaml.
enum class InstructionClass : std::uint8_t {
  kAlu,                        // data processing without a shifted register operand, MOV, compare
  kAluShiftedOperand,          // data processing with a shifted register operand
  kShift,                      // shifts and rotates
  kBitField,                   // BFI, UBFX, extends, CLZ, REV, PKH: one unusual operand path
  kParallelAlu,                // UADD8, SADD16, SEL, …
  kSaturate,                   // SSAT, QADD, …
  kMultiply,                   // MUL
  kMultiplyAccumulate,         // MLA, MLS
  kMultiplyLong,               // UMULL, SMULL
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
  kSystemRegister,
  kBarrier,
  kException,  // SVC, BKPT, UDF
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
  kCoprocessor,
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

// Bits 0-15: R0-R15. Bit 16: APSR flags (NZCVQ and GE). Bit 17: FPSCR. Bits 32-63: S0-S31.
using RegisterMask = std::uint64_t;
constexpr int kFlagsRegister = 16;
constexpr int kFpscrRegister = 17;
constexpr int kFirstFpRegister = 32;
constexpr int kRegisterCount = 64;
constexpr RegisterMask register_bit(int index) { return RegisterMask{1} << index; }
constexpr RegisterMask kPcBit = register_bit(15);

struct Instruction {
  std::uint32_t address = 0;
  std::uint8_t size = 2;  // bytes: 2 or 4
  InstructionClass instruction_class = InstructionClass::kAlu;
  AddressForm form = AddressForm::kNone;
  bool predicated = false;        // inside an IT block
  std::uint8_t registers = 0;     // transferred by a multiple load or store, in 32-bit words
  std::uint8_t access_bytes = 0;  // per transfer; 0 when it does not access memory
  RegisterMask reads = 0;
  RegisterMask writes = 0;
  RegisterMask address_reads = 0;     // the part of `reads` that forms an address
  std::uint32_t literal_address = 0;  // of a kLiteral access
  std::uint32_t branch_target = 0;    // of a direct branch; 0 otherwise
  std::uint16_t opcode = 0;           // index for Decoder::opcode_name

  bool is_load() const;  // reads memory into registers, in any form
  bool is_store() const;
  bool writes_pc() const { return (writes & kPcBit) != 0; }
  // Anything after which execution may continue elsewhere.
  bool is_branch() const;
  std::uint32_t end() const { return address + size; }
};

}  // namespace boardless::isa
