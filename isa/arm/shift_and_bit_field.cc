// Shifts, bit fields, extensions, and the permutations of bits and bytes (DDI 0403E A5.3.3,
// A5.3.11, A5.3.12, A5.3.15).
#include <array>
#include <bit>

#include "isa/arm/alu.h"
#include "isa/arm/operands.h"

namespace boardless::isa::arm {
namespace {

// --- Shifts ---

template <bool kFlags>
const Op* finish_shift(State& s, const Op* op, Shifted result) {
  s.r[op->rd] = result.value;
  if constexpr (kFlags) {
    s.set_nz(result.value);
    s.c = result.carry;
  }
  return next(s, op);
}

template <ShiftKind kKind, bool kFlags>
const Op* run_shift_immediate(State& s, const Op* op) {
  return finish_shift<kFlags>(s, op, shift_immediate_c<kKind>(s.r[op->rm], op->imm, s.c));
}

template <ShiftKind kKind, bool kFlags>
const Op* run_shift_register(State& s, const Op* op) {
  return finish_shift<kFlags>(s, op, shift_c<kKind>(s.r[op->rn], s.r[op->rm] & 0xff, s.c));
}

// LLVM operands: Rd, Rm, amount; 0 means 32 (LSR, ASR).
template <ShiftKind kKind>
void shift_immediate(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rm = reg(d, 1);
  op.imm = imm(d, 2);
  const bool right = kKind == ShiftKind::kLsr || kKind == ShiftKind::kAsr;
  if (right && op.imm == 0) op.imm = 32;
  check(op.imm != 0, "a shift by nothing is decoded as a move");
  op.run = pick(d.sets_flags, run_shift_immediate<kKind, true>, run_shift_immediate<kKind, false>);
  out.push_back(op);
}

void rotate_with_carry(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rm = reg(d, 1);
  op.run = pick(d.sets_flags, run_shift_immediate<ShiftKind::kRrx, true>,
                run_shift_immediate<ShiftKind::kRrx, false>);
  out.push_back(op);
}

// LLVM operands: Rd, Rn, Rm.
template <ShiftKind kKind>
void shift_register(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.run = pick(d.sets_flags, run_shift_register<kKind, true>, run_shift_register<kKind, false>);
  out.push_back(op);
}

// --- Bit fields ---

// imm: the field as a mask, aux: its lowest bit.
const Op* run_insert(State& s, const Op* op) {
  std::uint32_t& rd = s.r[op->rd];
  rd = (rd & ~op->imm) | (s.r[op->rn] << op->aux & op->imm);
  return next(s, op);
}

const Op* run_clear(State& s, const Op* op) {
  s.r[op->rd] &= ~op->imm;
  return next(s, op);
}

// LLVM operands: Rd, Rd, Rn, the bits that stay.
void insert_field(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 2);
  op.imm = ~imm(d, 3);
  op.aux = op.imm == 0 ? 0 : static_cast<std::uint32_t>(std::countr_zero(op.imm));
  op.run = run_insert;
  out.push_back(op);
}

// LLVM operands: Rd, Rd, the bits that stay.
void clear_field(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.imm = ~imm(d, 2);
  op.run = run_clear;
  out.push_back(op);
}

// imm: to the left, aux: back to the right.
template <bool kSigned>
const Op* run_extract(State& s, const Op* op) {
  const std::uint32_t left = s.r[op->rn] << op->imm;
  s.r[op->rd] = kSigned ? static_cast<std::uint32_t>(as_signed(left) >> op->aux) : left >> op->aux;
  return next(s, op);
}

// LLVM operands: Rd, Rn, lowest bit, width - 1.
template <bool kSigned>
void extract_field(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = (31 - imm(d, 2) - imm(d, 3)) & 31;
  op.aux = (31 - imm(d, 3)) & 31;
  op.run = run_extract<kSigned>;
  out.push_back(op);
}

// --- Extensions ---

enum class Extend { kSxtb, kSxth, kSxtb16, kUxtb, kUxth, kUxtb16 };

template <Extend kWhat>
std::uint32_t extend(std::uint32_t value) {
  switch (kWhat) {
    case Extend::kSxtb:
      return static_cast<std::uint32_t>(static_cast<std::int8_t>(value));
    case Extend::kSxth:
      return static_cast<std::uint32_t>(static_cast<std::int16_t>(value));
    case Extend::kSxtb16: {
      const auto low = static_cast<std::int8_t>(value),
                 high = static_cast<std::int8_t>(value >> 16);
      return (static_cast<std::uint32_t>(low) & 0xffff) | static_cast<std::uint32_t>(high) << 16;
    }
    case Extend::kUxtb:
      return value & 0xff;
    case Extend::kUxth:
      return value & 0xffff;
    case Extend::kUxtb16:
      return value & 0x00ff00ff;
  }
}

template <Extend kWhat, bool kRotates>
const Op* run_extend(State& s, const Op* op) {
  const std::uint32_t value = s.r[op->rm];
  s.r[op->rd] = extend<kWhat>(kRotates ? std::rotr(value, static_cast<int>(op->imm)) : value);
  return next(s, op);
}

template <Extend kWhat>
const Op* run_extend_and_add(State& s, const Op* op) {
  const std::uint32_t a = s.r[op->rn];
  const std::uint32_t b = extend<kWhat>(std::rotr(s.r[op->rm], static_cast<int>(op->imm)));
  if constexpr (kWhat == Extend::kSxtb16 || kWhat == Extend::kUxtb16) {
    s.r[op->rd] = ((a + b) & 0xffff) | ((a & 0xffff0000) + (b & 0xffff0000));
  } else {
    s.r[op->rd] = a + b;
  }
  return next(s, op);
}

// LLVM operands: Rd, Rm[, rotation in bytes].
template <Extend kWhat>
void extension(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rm = reg(d, 1);
  op.imm = d.operands.size() > 2 ? imm(d, 2) * 8 : 0;
  op.run = op.imm != 0 ? run_extend<kWhat, true> : run_extend<kWhat, false>;
  out.push_back(op);
}

// LLVM operands: Rd, Rn, Rm, rotation in bytes.
template <Extend kWhat>
void extension_and_add(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.imm = imm(d, 3) * 8;
  op.run = run_extend_and_add<kWhat>;
  out.push_back(op);
}

// --- Packing, counting, reversing ---

const Op* run_pack_bottom_top(State& s, const Op* op) {
  s.r[op->rd] = (s.r[op->rn] & 0xffff) | (s.r[op->rm] << op->imm & 0xffff0000);
  return next(s, op);
}

const Op* run_pack_top_bottom(State& s, const Op* op) {
  const std::int64_t wide = as_signed(s.r[op->rm]);
  s.r[op->rd] = (s.r[op->rn] & 0xffff0000) | (static_cast<std::uint32_t>(wide >> op->imm) & 0xffff);
  return next(s, op);
}

// LLVM operands: Rd, Rn, Rm, amount; ASR #32 is written 0.
template <bool kTop>
void pack(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.imm = imm(d, 3);
  if (kTop && op.imm == 0) op.imm = 32;
  op.run = kTop ? run_pack_top_bottom : run_pack_bottom_top;
  out.push_back(op);
}

const Op* run_clz(State& s, const Op* op) {
  s.r[op->rd] = static_cast<std::uint32_t>(std::countl_zero(s.r[op->rm]));
  return next(s, op);
}

const Op* run_rbit(State& s, const Op* op) {
  std::uint32_t x = __builtin_bswap32(s.r[op->rm]);
  x = (x >> 4 & 0x0f0f0f0f) | (x & 0x0f0f0f0f) << 4;
  x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2;
  s.r[op->rd] = (x >> 1 & 0x55555555) | (x & 0x55555555) << 1;
  return next(s, op);
}

const Op* run_rev(State& s, const Op* op) {
  s.r[op->rd] = __builtin_bswap32(s.r[op->rm]);
  return next(s, op);
}

const Op* run_rev16(State& s, const Op* op) {
  const std::uint32_t x = s.r[op->rm];
  s.r[op->rd] = (x >> 8 & 0x00ff00ff) | (x & 0x00ff00ff) << 8;
  return next(s, op);
}

const Op* run_revsh(State& s, const Op* op) {
  const std::uint16_t half = __builtin_bswap16(static_cast<std::uint16_t>(s.r[op->rm]));
  s.r[op->rd] = static_cast<std::uint32_t>(static_cast<std::int16_t>(half));
  return next(s, op);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"tLSLri", base(kShift), shift_immediate<ShiftKind::kLsl>},
    {"t2LSLri", mainline(kShift), shift_immediate<ShiftKind::kLsl>},
    {"tLSRri", base(kShift), shift_immediate<ShiftKind::kLsr>},
    {"t2LSRri", mainline(kShift), shift_immediate<ShiftKind::kLsr>},
    {"tASRri", base(kShift), shift_immediate<ShiftKind::kAsr>},
    {"t2ASRri", mainline(kShift), shift_immediate<ShiftKind::kAsr>},
    {"t2RORri", mainline(kShift), shift_immediate<ShiftKind::kRor>},
    {"t2RRX", mainline(kShift), rotate_with_carry},
    {"tLSLrr", base(kShift), shift_register<ShiftKind::kLsl>},
    {"t2LSLrr", mainline(kShift), shift_register<ShiftKind::kLsl>},
    {"tLSRrr", base(kShift), shift_register<ShiftKind::kLsr>},
    {"t2LSRrr", mainline(kShift), shift_register<ShiftKind::kLsr>},
    {"tASRrr", base(kShift), shift_register<ShiftKind::kAsr>},
    {"t2ASRrr", mainline(kShift), shift_register<ShiftKind::kAsr>},
    {"tROR", base(kShift), shift_register<ShiftKind::kRor>},
    {"t2RORrr", mainline(kShift), shift_register<ShiftKind::kRor>},
    {"t2BFI", mainline(kBitField).shifts({2}), insert_field},
    {"t2BFC", mainline(kBitField), clear_field},
    {"t2SBFX", mainline(kBitField).shifts_all(), extract_field<true>},
    {"t2UBFX", mainline(kBitField).shifts_all(), extract_field<false>},
    {"tSXTB", base(kExtend).lightly(), extension<Extend::kSxtb>},
    {"t2SXTB", mainline(kExtend), extension<Extend::kSxtb>},
    {"tSXTH", base(kExtend).lightly(), extension<Extend::kSxth>},
    {"t2SXTH", mainline(kExtend), extension<Extend::kSxth>},
    {"tUXTB", base(kExtend).lightly(), extension<Extend::kUxtb>},
    {"t2UXTB", mainline(kExtend), extension<Extend::kUxtb>},
    {"tUXTH", base(kExtend).lightly(), extension<Extend::kUxth>},
    {"t2UXTH", mainline(kExtend), extension<Extend::kUxth>},
    {"t2SXTB16", dsp(kExtend), extension<Extend::kSxtb16>},
    {"t2UXTB16", dsp(kExtend), extension<Extend::kUxtb16>},
    {"t2SXTAB", dsp(kExtendAccumulate).shifts({2}).accumulates(1),
     extension_and_add<Extend::kSxtb>},
    {"t2SXTAH", dsp(kExtendAccumulate).shifts({2}).accumulates(1),
     extension_and_add<Extend::kSxth>},
    {"t2SXTAB16", dsp(kExtendAccumulate).shifts({2}).accumulates(1),
     extension_and_add<Extend::kSxtb16>},
    {"t2UXTAB", dsp(kExtendAccumulate).shifts({2}).accumulates(1),
     extension_and_add<Extend::kUxtb>},
    {"t2UXTAH", dsp(kExtendAccumulate).shifts({2}).accumulates(1),
     extension_and_add<Extend::kUxth>},
    {"t2UXTAB16", dsp(kExtendAccumulate).shifts({2}).accumulates(1),
     extension_and_add<Extend::kUxtb16>},
    {"t2PKHBT", dsp(kPack).shifts({2}), pack<false>},
    {"t2PKHTB", dsp(kPack).shifts({1, 2}), pack<true>},
    {"t2CLZ", mainline(kExtend), rd_rm<run_clz>},
    {"t2RBIT", mainline(kBitField).shifts_all(), rd_rm<run_rbit>},
    {"tREV", base(kBitField).shifts_all(), rd_rm<run_rev>},
    {"t2REV", mainline(kBitField).shifts_all(), rd_rm<run_rev>},
    {"tREV16", base(kBitField).shifts_all(), rd_rm<run_rev16>},
    {"t2REV16", mainline(kBitField).shifts_all(), rd_rm<run_rev16>},
    {"tREVSH", base(kBitField).shifts_all(), rd_rm<run_revsh>},
    {"t2REVSH", mainline(kBitField).shifts_all(), rd_rm<run_revsh>},
});

}  // namespace

std::span<const OpcodeRow> shift_and_bit_field_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
