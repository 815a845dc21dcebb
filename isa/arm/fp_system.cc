// FPSCR, VPR and P0 to and from core registers and memory, and VSCCLRM (DDI 0553 C2.4: VMRS, VMSR,
// VLDR and VSTR of system registers).
#include <array>

#include "isa/arm/aligned_access.h"
#include "isa/arm/fp_operands.h"

namespace boardless::isa::arm {
namespace {

enum class System { kFpscr, kFlags, kVpr, kP0 };

constexpr std::uint32_t kFlagsAndSaturation = 0xf8000000;  // NZCV and QC
constexpr std::uint32_t kP0Bits = 0x0000ffff, kVprBits = 0x00ffffff;

template <System kWhich>
std::uint32_t read_system(const State& s) {
  switch (kWhich) {
    case System::kFpscr:
      return s.fpscr;
    case System::kFlags:
      return s.fpscr & kFlagsAndSaturation;
    case System::kVpr:
      return s.vpr;
    case System::kP0:
      return s.vpr & kP0Bits;
  }
  return 0;
}

template <System kWhich>
void write_system(State& s, std::uint32_t value) {
  const auto merge = [value](std::uint32_t& to, std::uint32_t bits) {
    to = (to & ~bits) | (value & bits);
  };
  switch (kWhich) {
    case System::kFpscr:
      s.fpscr = value & s.fpscr_writable;
      break;
    case System::kFlags:
      merge(s.fpscr, kFlagsAndSaturation & s.fpscr_writable);
      break;
    case System::kVpr:
      s.vpr = value & kVprBits;
      break;
    case System::kP0:
      merge(s.vpr, kP0Bits);
      break;
  }
  note_predication(s);
}

// VPR as a whole is for privileged code; elsewhere its instructions do nothing else than to update
// their base register.
template <System kWhich>
bool may_access(const State& s) {
  return kWhich != System::kVpr || s.privileged();
}

template <System kWhich>
const Op* run_to_core(State& s, const Op* op) {
  if (may_access<kWhich>(s)) s.r[op->rd] = read_system<kWhich>(s);
  return next(s, op);
}

template <System kWhich>
const Op* run_from_core(State& s, const Op* op) {
  if (may_access<kWhich>(s)) write_system<kWhich>(s, s.r[op->rn]);
  return next(s, op);
}

enum class Index { kNone, kBefore, kAfter };

// imm: the offset.
template <System kWhich, Index kIndex, bool kStore>
const Op* run_memory(State& s, const Op* op) {
  const std::uint32_t moved = s.r[op->rn] + op->imm;
  const std::uint32_t address = kIndex == Index::kAfter ? s.r[op->rn] : moved;
  if (may_access<kWhich>(s)) {
    require_aligned(s, op, address, 4, kStore);
    if constexpr (kStore) {
      store<std::uint32_t>(s, op, address, read_system<kWhich>(s));
    } else {
      write_system<kWhich>(s, load<std::uint32_t>(s, op, address));
    }
  }
  if (kIndex != Index::kNone) s.r[op->rn] = moved;
  return next(s, op);
}

// LLVM operands: Rd[, the register].
template <System kWhich>
void to_core(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  append_fp(d, op, run_to_core<kWhich>, out);
}

// LLVM operands: [the register,] Rn.
template <System kWhich>
void from_core(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, d.operands.size() - 1);
  append_fp(d, op, run_from_core<kWhich>, out);
}

// LLVM operands: among others last Rn and the offset.
template <System kWhich, Index kIndex, bool kStore>
void memory(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, d.operands.size() - 2);
  op.imm = offset(d, d.operands.size() - 1);
  append_fp(d, op, run_memory<kWhich, kIndex, kStore>, out);
}

// --- VSCCLRM. imm: the S registers; VPR is always cleared. ---

const Op* run_clear(State& s, const Op* op) {
  for (std::size_t i = 0; i < s.s.size(); ++i) {
    if ((op->imm >> i & 1) != 0) s.s[i] = 0;
  }
  s.vpr = 0;
  note_predication(s);
  return next(s, op);
}

// LLVM operands: the registers, and VPR.
void clear(const Decoded& d, Op op, OpList& out) {
  for (const MachineOperand& operand : d.operands) {
    if (operand.kind == MachineOperand::Kind::kSingle) op.imm |= 1U << operand.value;
    if (operand.kind == MachineOperand::Kind::kDouble) op.imm |= 3U << 2 * operand.value;
  }
  append_fp(d, op, run_clear, out);
}

using enum System;
using enum Index;

using enum InstructionClass;
using AddressForm::kImmediate, AddressForm::kPostIndexed, AddressForm::kPreIndexed;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"VMRS_FPSCR_NZCVQC", armv81(kFpStatus).reads(kFpscrBit).alone(), to_core<kFlags>},
    {"VMRS_VPR", helium(kFpStatus).reads(kVprBit).alone(), to_core<kVpr>},
    {"VMRS_P0", helium(kFpStatus).reads(kVprBit).alone(), to_core<kP0>},
    {"VMSR_FPSCR_NZCVQC", armv81(kFpStatus).writes(kFpscrBit).alone(), from_core<kFlags>},
    {"VMSR_VPR", helium(kFpStatus).writes(kVprBit).alone(), from_core<kVpr>},
    {"VMSR_P0", helium(kFpStatus).writes(kVprBit).alone(), from_core<kP0>},
    {"VLDR_FPSCR_off", armv81(kFpSystemLoad).at(kImmediate, 4).writes(kFpscrBit).alone(),
     memory<kFpscr, kNone, false>},
    {"VLDR_FPSCR_pre", armv81(kFpSystemLoad).at(kPreIndexed, 4).writes(kFpscrBit).alone(),
     memory<kFpscr, kBefore, false>},
    {"VLDR_FPSCR_post", armv81(kFpSystemLoad).at(kPostIndexed, 4).writes(kFpscrBit).alone(),
     memory<kFpscr, kAfter, false>},
    {"VLDR_FPSCR_NZCVQC_off", armv81(kFpSystemLoad).at(kImmediate, 4).writes(kFpscrBit).alone(),
     memory<kFlags, kNone, false>},
    {"VLDR_FPSCR_NZCVQC_pre", armv81(kFpSystemLoad).at(kPreIndexed, 4).writes(kFpscrBit).alone(),
     memory<kFlags, kBefore, false>},
    {"VLDR_FPSCR_NZCVQC_post", armv81(kFpSystemLoad).at(kPostIndexed, 4).writes(kFpscrBit).alone(),
     memory<kFlags, kAfter, false>},
    {"VLDR_VPR_off", helium(kFpSystemLoad).at(kImmediate, 4).writes(kVprBit).alone(),
     memory<kVpr, kNone, false>},
    {"VLDR_VPR_pre", helium(kFpSystemLoad).at(kPreIndexed, 4).writes(kVprBit).alone(),
     memory<kVpr, kBefore, false>},
    {"VLDR_VPR_post", helium(kFpSystemLoad).at(kPostIndexed, 4).writes(kVprBit).alone(),
     memory<kVpr, kAfter, false>},
    {"VLDR_P0_off", helium(kFpSystemLoad).at(kImmediate, 4).writes(kVprBit).alone(),
     memory<kP0, kNone, false>},
    {"VLDR_P0_pre", helium(kFpSystemLoad).at(kPreIndexed, 4).writes(kVprBit).alone(),
     memory<kP0, kBefore, false>},
    {"VLDR_P0_post", helium(kFpSystemLoad).at(kPostIndexed, 4).writes(kVprBit).alone(),
     memory<kP0, kAfter, false>},
    {"VSTR_FPSCR_off", armv81(kFpSystemStore).at(kImmediate, 4).reads(kFpscrBit).alone(),
     memory<kFpscr, kNone, true>},
    {"VSTR_FPSCR_pre", armv81(kFpSystemStore).at(kPreIndexed, 4).reads(kFpscrBit).alone(),
     memory<kFpscr, kBefore, true>},
    {"VSTR_FPSCR_post", armv81(kFpSystemStore).at(kPostIndexed, 4).reads(kFpscrBit).alone(),
     memory<kFpscr, kAfter, true>},
    {"VSTR_FPSCR_NZCVQC_off", armv81(kFpSystemStore).at(kImmediate, 4).reads(kFpscrBit).alone(),
     memory<kFlags, kNone, true>},
    {"VSTR_FPSCR_NZCVQC_pre", armv81(kFpSystemStore).at(kPreIndexed, 4).reads(kFpscrBit).alone(),
     memory<kFlags, kBefore, true>},
    {"VSTR_FPSCR_NZCVQC_post", armv81(kFpSystemStore).at(kPostIndexed, 4).reads(kFpscrBit).alone(),
     memory<kFlags, kAfter, true>},
    {"VSTR_VPR_off", helium(kFpSystemStore).at(kImmediate, 4).reads(kVprBit).alone(),
     memory<kVpr, kNone, true>},
    {"VSTR_VPR_pre", helium(kFpSystemStore).at(kPreIndexed, 4).reads(kVprBit).alone(),
     memory<kVpr, kBefore, true>},
    {"VSTR_VPR_post", helium(kFpSystemStore).at(kPostIndexed, 4).reads(kVprBit).alone(),
     memory<kVpr, kAfter, true>},
    {"VSTR_P0_off", helium(kFpSystemStore).at(kImmediate, 4).reads(kVprBit).alone(),
     memory<kP0, kNone, true>},
    {"VSTR_P0_pre", helium(kFpSystemStore).at(kPreIndexed, 4).reads(kVprBit).alone(),
     memory<kP0, kBefore, true>},
    {"VSTR_P0_post", helium(kFpSystemStore).at(kPostIndexed, 4).reads(kVprBit).alone(),
     memory<kP0, kAfter, true>},
    {"VSCCLRMS VSCCLRMD", armv81(kClearMultiple).writes(kVprBit), clear},
});

}  // namespace

std::span<const OpcodeRow> fp_system_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
