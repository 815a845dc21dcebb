// Filling an Op from a decoded instruction's operands.
#pragma once

#include "base/error.h"
#include "isa/arm/semantics.h"

namespace boardless::isa::arm {

inline std::uint8_t reg(const Decoded& d, std::size_t index) {
  check(index < d.operands.size() && d.operands[index].is_register(),
        "the semantics' table knows where an opcode has its registers");
  return static_cast<std::uint8_t>(d.operands[index].value);
}

// A register that may be absent or ZR, which Armv8.1-M encodes as R15: both read as zero.
constexpr std::uint8_t kZeroRegister = 0xff;
inline std::uint8_t reg_or_zero(const Decoded& d, std::size_t index) {
  check(index < d.operands.size() && d.operands[index].is_register(),
        "the semantics' table knows where an opcode has its registers");
  const MachineOperand& operand = d.operands[index];
  return operand.kind == MachineOperand::Kind::kCore ? static_cast<std::uint8_t>(operand.value)
                                                     : kZeroRegister;
}
inline std::uint32_t read_or_zero(const State& s, std::uint8_t number) {
  return number == kZeroRegister ? 0 : s.r[number];
}

inline std::uint32_t imm(const Decoded& d, std::size_t index) {
  check(index < d.operands.size() && !d.operands[index].is_register(),
        "the semantics' table knows where an opcode has its immediates");
  return static_cast<std::uint32_t>(d.operands[index].value);
}

// An address offset: LLVM writes "minus zero" as the smallest integer.
inline std::uint32_t offset(const Decoded& d, std::size_t index) {
  constexpr std::uint32_t kMinusZero = 0x80000000;
  const std::uint32_t value = imm(d, index);
  return value == kMinusZero ? 0 : value;
}

// What a literal's offset counts from.
inline std::uint32_t aligned_pc(const Op& op) { return (op.pc + 4) & ~3U; }

// Builders for instructions that are registers only, in these orders.
template <Op::Handler kRun>
void rd_rm(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rm = reg(d, 1);
  op.run = kRun;
  out.push_back(op);
}
template <Op::Handler kRun>
void rd_rn_rm(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.run = kRun;
  out.push_back(op);
}
template <Op::Handler kRun>
void rd_rn_rm_ra(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.ra = reg(d, 3);
  op.run = kRun;
  out.push_back(op);
}

// Picks the handler that sets flags or the one that does not.
inline Op::Handler pick(bool flags, Op::Handler with, Op::Handler without) {
  return flags ? with : without;
}

}  // namespace boardless::isa::arm
