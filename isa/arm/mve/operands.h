// Vector operands, and builders for the common shapes of MVE instructions.
#pragma once

#include "isa/arm/fp_operands.h"
#include "isa/arm/mve/lanes.h"

namespace boardless::isa::arm {

// The word of State::s at which a vector operand starts.
std::uint8_t quad(const Decoded& d, std::size_t index);

// Appends `op` with its handler, after the check that MVE may be used (ExecuteFPCheck, DDI 0553
// B3.21: the same enables as floating point).
inline void append_vector(const Decoded& d, Op op, Op::Handler run, OpList& out) {
  append_fp(d, op, run, out);
}

// Builders by LLVM's operands. Predicates are taken out of them.
template <Op::Handler kRun>
void qd_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rm = quad(d, 1);
  append_vector(d, op, kRun, out);
}
template <Op::Handler kRun>
void qd_qn_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rn = quad(d, 1);
  op.rm = quad(d, 2);
  append_vector(d, op, kRun, out);
}
template <Op::Handler kRun>
void qd_qn_rm(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rn = quad(d, 1);
  op.rm = reg(d, 2);
  append_vector(d, op, kRun, out);
}
template <Op::Handler kRun>
void qd_qm_imm(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rm = quad(d, 1);
  op.imm = imm(d, 2);
  append_vector(d, op, kRun, out);
}
// Accumulating: Qd is there twice.
template <Op::Handler kRun>
void qda_qn_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rn = quad(d, 2);
  op.rm = quad(d, 3);
  append_vector(d, op, kRun, out);
}
template <Op::Handler kRun>
void qda_qn_rm(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rn = quad(d, 2);
  op.rm = reg(d, 3);
  append_vector(d, op, kRun, out);
}
// Reductions into a core register: from 0, or from its value (it is there twice).
template <Op::Handler kRun>
void rd_qn_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = quad(d, 1);
  op.rm = quad(d, 2);
  append_vector(d, op, kRun, out);
}
template <Op::Handler kRun>
void rda_qn_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = quad(d, 2);
  op.rm = quad(d, 3);
  append_vector(d, op, kRun, out);
}
// Into two core registers: op->rd has the lower half, op->ra the upper half.
template <Op::Handler kRun>
void rdlo_rdhi_qn_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = quad(d, 2);
  op.rm = quad(d, 3);
  append_vector(d, op, kRun, out);
}
template <Op::Handler kRun>
void rdalo_rdahi_qn_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = quad(d, 4);
  op.rm = quad(d, 5);
  append_vector(d, op, kRun, out);
}

}  // namespace boardless::isa::arm
