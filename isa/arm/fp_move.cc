// Moves between core and FP registers, and FPSCR (DDI 0403E A6.6, A6.7).
#include <array>

#include "isa/arm/fp_operands.h"

namespace boardless::isa::arm {
namespace {

const Op* run_word_to_core(State& s, const Op* op) {
  s.r[op->rd] = s.s[op->rn];
  return next(s, op);
}

const Op* run_word_from_core(State& s, const Op* op) {
  s.s[op->rd] = s.r[op->rn];
  return next(s, op);
}

// Two consecutive words.
const Op* run_pair_to_core(State& s, const Op* op) {
  const std::uint32_t low = s.s[op->rn], high = s.s[op->rn + 1U];
  s.r[op->rd] = low;
  s.r[op->ra] = high;
  return next(s, op);
}

const Op* run_pair_from_core(State& s, const Op* op) {
  s.s[op->rd] = s.r[op->rn];
  s.s[op->rd + 1U] = s.r[op->rm];
  return next(s, op);
}

const Op* run_read_fpscr(State& s, const Op* op) {
  s.r[op->rd] = s.fpscr;
  return next(s, op);
}

const Op* run_write_fpscr(State& s, const Op* op) {
  s.fpscr = s.r[op->rn] & s.fpscr_writable;
  note_predication(s);
  return next(s, op);
}

const Op* run_flags_from_fpscr(State& s, const Op* op) {
  const std::uint32_t fpscr = s.fpscr;
  s.set_flags(fpscr >> 31 != 0, (fpscr >> 30 & 1) != 0, (fpscr >> 29 & 1) != 0,
              (fpscr >> 28 & 1) != 0);
  return next(s, op);
}

// LLVM operands: Rd, Sn; or Rd, Dn, lane.
void word_to_core(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = fp_reg(d, 1);
  if (d.operands.size() > 2) op.rn = static_cast<std::uint8_t>(op.rn + imm(d, 2));
  append_fp(d, op, run_word_to_core, out);
}

// LLVM operands: Sd, Rn; or Dd, Dd again, Rn, lane.
void word_from_core(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  if (d.operands.size() > 2) {
    op.rd = static_cast<std::uint8_t>(op.rd + imm(d, 3));
    op.rn = reg(d, 2);
  } else {
    op.rn = reg(d, 1);
  }
  append_fp(d, op, run_word_from_core, out);
}

// LLVM operands: Rd, Rd2, then Dn or two consecutive S registers.
void pair_to_core(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = fp_reg(d, 2);
  append_fp(d, op, run_pair_to_core, out);
}

// LLVM operands: Dd or two consecutive S registers, then Rn, Rn2.
void pair_from_core(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.rn = reg(d, d.operands.size() - 2);
  op.rm = reg(d, d.operands.size() - 1);
  append_fp(d, op, run_pair_from_core, out);
}

void read_fpscr(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  append_fp(d, op, run_read_fpscr, out);
}

void write_fpscr(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  append_fp(d, op, run_write_fpscr, out);
}

void flags_from_fpscr(const Decoded& d, Op op, OpList& out) {
  append_fp(d, op, run_flags_from_fpscr, out);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"VMOVRS VGETLNi32", dsp(kFpCoreTransfer), word_to_core},
    {"VMOVSR", dsp(kFpCoreTransfer), word_from_core},
    {"VSETLNi32", fp(kFpCoreTransfer), word_from_core},
    {"VMOVRRS VMOVRRD", dsp(kFpCoreTransferPair), pair_to_core},
    {"VMOVSRR VMOVDRR", dsp(kFpCoreTransferPair), pair_from_core},
    {"VMRS", dsp(kFpStatus), read_fpscr},
    {"VMSR", dsp(kFpStatus), write_fpscr},
    {"FMSTAT", dsp(kFpStatus).reads(kFpscrBit).alone(), flags_from_fpscr},
});

}  // namespace

std::span<const OpcodeRow> fp_move_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
