// Filling an Op from a decoded instruction's operands.
#pragma once

#include "base/error.h"
#include "isa/riscv/semantics.h"

namespace boardless::isa::riscv {

inline std::uint8_t source(const Decoded& d, std::size_t index) {
  check(index < d.operands.size() && d.operands[index].is_register(),
        "the semantics' table knows where an opcode has its registers");
  return static_cast<std::uint8_t>(d.operands[index].value);
}

// A core register that is written. Not for FP registers: f0 is as good as any.
inline std::uint8_t destination(const Decoded& d, std::size_t index) {
  const std::uint8_t reg = source(d, index);
  return reg == 0 ? kNowhere : reg;
}

inline std::uint32_t imm(const Decoded& d, std::size_t index) {
  check(index < d.operands.size() && !d.operands[index].is_register(),
        "the semantics' table knows where an opcode has its immediates");
  return static_cast<std::uint32_t>(d.operands[index].value);
}

// LLVM operands: rd, rs1, rs2.
template <Op::Handler kRun>
void three_registers(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.rn = source(d, 1);
  op.rm = source(d, 2);
  op.run = kRun;
  out.push_back(op);
}

// LLVM operands: rd, rs1.
template <Op::Handler kRun>
void two_registers(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.rn = source(d, 1);
  op.run = kRun;
  out.push_back(op);
}

// LLVM operands: rd, rs1, immediate.
template <Op::Handler kRun>
void two_registers_immediate(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.rn = source(d, 1);
  op.imm = imm(d, 2);
  op.run = kRun;
  out.push_back(op);
}

}  // namespace boardless::isa::riscv
