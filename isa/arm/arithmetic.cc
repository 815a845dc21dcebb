// ADD, ADC, SUB, SBC, RSB, CMP, CMN and ADR with immediates, registers and shifted registers (DDI
// 0403E A5.2.1, A5.3.1, A5.3.3, A5.3.11).
#include <array>

#include "isa/arm/second_operand.h"

namespace boardless::isa::arm {
namespace {

enum class Arithmetic { kAdd, kAdc, kSub, kSbc, kRsb };

template <Arithmetic kWhat, bool kFlags>
std::uint32_t arithmetic(State& s, std::uint32_t a, std::uint32_t b) {
  switch (kWhat) {
    case Arithmetic::kAdd:
      return add_with_carry<kFlags>(s, a, b, 0);
    case Arithmetic::kAdc:
      return add_with_carry<kFlags>(s, a, b, s.c);
    case Arithmetic::kSub:
      return add_with_carry<kFlags>(s, a, ~b, 1);
    case Arithmetic::kSbc:
      return add_with_carry<kFlags>(s, a, ~b, s.c);
    case Arithmetic::kRsb:
      return add_with_carry<kFlags>(s, ~a, b, 1);
  }
}

template <Arithmetic kWhat, Second kSecond, bool kFlags>
const Op* run_arithmetic(State& s, const Op* op) {
  s.r[op->rd] = arithmetic<kWhat, kFlags>(s, s.r[op->rn], second<kSecond>(s, op));
  return next(s, op);
}

template <Arithmetic kWhat, ShiftKind kShift, bool kFlags>
const Op* run_arithmetic_shifted(State& s, const Op* op) {
  const std::uint32_t b = shift_immediate_c<kShift>(s.r[op->rm], op->imm, s.c).value;
  s.r[op->rd] = arithmetic<kWhat, kFlags>(s, s.r[op->rn], b);
  return next(s, op);
}

template <Arithmetic kWhat, Second kSecond>
const Op* run_compare(State& s, const Op* op) {
  arithmetic<kWhat, true>(s, s.r[op->rn], second<kSecond>(s, op));
  return next(s, op);
}

template <Arithmetic kWhat, ShiftKind kShift>
const Op* run_compare_shifted(State& s, const Op* op) {
  arithmetic<kWhat, true>(s, s.r[op->rn],
                          shift_immediate_c<kShift>(s.r[op->rm], op->imm, s.c).value);
  return next(s, op);
}

// A write to the PC by ADD; the Thumb bit is ignored.
const Op* run_add_to_pc(State& s, const Op* op) {
  s.pc = (op->pc + 4 + s.r[op->rm]) & ~1U;
  return nullptr;
}

// --- Builders ---

// LLVM operands: Rd, Rn, immediate.
template <Arithmetic kWhat>
void arithmetic_immediate(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = d.operands.size() > 2 ? imm(d, 2) : 0;
  op.run = pick(d.sets_flags, run_arithmetic<kWhat, Second::kImmediate, true>,
                run_arithmetic<kWhat, Second::kImmediate, false>);
  out.push_back(op);
}

// LLVM operands: Rd, Rn, Rm.
template <Arithmetic kWhat>
void arithmetic_register(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.run = pick(d.sets_flags, run_arithmetic<kWhat, Second::kRegister, true>,
                run_arithmetic<kWhat, Second::kRegister, false>);
  out.push_back(op);
}

// ADD Rdn, Rm with high registers: SP and PC take part.
void add_high(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  if (op.rd == 15) {
    op.run = run_add_to_pc;
    if (op.rm == 15) op.rm = op.rn;
  } else if (op.rn == 15 || op.rm == 15) {
    if (op.rn == 15) op.rn = op.rm;
    op.imm = op.pc + 4;
    op.run = run_arithmetic<Arithmetic::kAdd, Second::kImmediate, false>;
  } else {
    op.run = run_arithmetic<Arithmetic::kAdd, Second::kRegister, false>;
  }
  out.push_back(op);
}

// ADR, and ADD/SUB Rd, PC, immediate: relative to the word-aligned PC.
void address_of_pc(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.imm = aligned_pc(op) + offset(d, 1);
  op.run = run_constant;
  out.push_back(op);
}
// The 16-bit encoding counts words.
void address_of_pc_words(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.imm = aligned_pc(op) + imm(d, 1) * 4;
  op.run = run_constant;
  out.push_back(op);
}

// ADD/SUB with SP of the 16-bit encodings: the immediate counts words.
template <Arithmetic kWhat>
void stack_words(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = imm(d, 2) * 4;
  op.run = run_arithmetic<kWhat, Second::kImmediate, false>;
  out.push_back(op);
}

template <Arithmetic kWhat, bool kFlags>
Op::Handler shifted_arithmetic(ShiftKind kind) {
  switch (kind) {
    case ShiftKind::kAsr:
      return run_arithmetic_shifted<kWhat, ShiftKind::kAsr, kFlags>;
    case ShiftKind::kLsl:
      return run_arithmetic_shifted<kWhat, ShiftKind::kLsl, kFlags>;
    case ShiftKind::kLsr:
      return run_arithmetic_shifted<kWhat, ShiftKind::kLsr, kFlags>;
    case ShiftKind::kRor:
      return run_arithmetic_shifted<kWhat, ShiftKind::kRor, kFlags>;
    case ShiftKind::kRrx:
      return run_arithmetic_shifted<kWhat, ShiftKind::kRrx, kFlags>;
  }
  return run_arithmetic_shifted<kWhat, ShiftKind::kLsl, kFlags>;  // no shift at all
}

// LLVM operands: Rd, Rn, Rm, shift.
template <Arithmetic kWhat>
void arithmetic_shifted(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.imm = immediate_shift_amount(imm(d, 3));
  const ShiftKind kind = shift_kind(imm(d, 3));
  op.run = pick(d.sets_flags, shifted_arithmetic<kWhat, true>(kind),
                shifted_arithmetic<kWhat, false>(kind));
  out.push_back(op);
}

// LLVM operands: Rn, then immediate or Rm.
template <Arithmetic kWhat>
void compare(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  if (d.operands[1].is_register()) {
    op.rm = reg(d, 1);
    op.run = run_compare<kWhat, Second::kRegister>;
  } else {
    op.imm = imm(d, 1);
    op.run = run_compare<kWhat, Second::kImmediate>;
  }
  out.push_back(op);
}

template <Arithmetic kWhat>
void compare_shifted(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  op.rm = reg(d, 1);
  op.imm = immediate_shift_amount(imm(d, 2));
  switch (shift_kind(imm(d, 2))) {
    case ShiftKind::kAsr:
      op.run = run_compare_shifted<kWhat, ShiftKind::kAsr>;
      break;
    case ShiftKind::kLsr:
      op.run = run_compare_shifted<kWhat, ShiftKind::kLsr>;
      break;
    case ShiftKind::kRor:
      op.run = run_compare_shifted<kWhat, ShiftKind::kRor>;
      break;
    case ShiftKind::kRrx:
      op.run = run_compare_shifted<kWhat, ShiftKind::kRrx>;
      break;
    default:
      op.run = run_compare_shifted<kWhat, ShiftKind::kLsl>;
      break;
  }
  out.push_back(op);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"tADDi3 tADDi8", base(kAlu).lightly(), arithmetic_immediate<Arithmetic::kAdd>},
    {"t2ADDri t2ADDspImm", mainline(kAlu).modified(), arithmetic_immediate<Arithmetic::kAdd>},
    {"t2ADDri12 t2ADDspImm12", mainline(kAlu), arithmetic_immediate<Arithmetic::kAdd>},
    {"tADDrr", base(kAlu), arithmetic_register<Arithmetic::kAdd>},
    {"t2ADDrr", mainline(kAlu).plain(), arithmetic_register<Arithmetic::kAdd>},
    {"t2ADDrs", mainline(kAluShiftedOperand), arithmetic_shifted<Arithmetic::kAdd>},
    {"tADDhirr tADDrSP tADDspr", base(kAlu), add_high},
    {"tADDrSPi tADDspi", base(kAlu), stack_words<Arithmetic::kAdd>},
    {"tSUBspi", base(kAlu), stack_words<Arithmetic::kSub>},
    {"tADR", base(kAlu), address_of_pc_words},
    {"t2ADR", mainline(kAlu), address_of_pc},
    {"t2ADCri", mainline(kAlu).modified(), arithmetic_immediate<Arithmetic::kAdc>},
    {"tADC", base(kAlu), arithmetic_register<Arithmetic::kAdc>},
    {"t2ADCrr", mainline(kAlu).plain(), arithmetic_register<Arithmetic::kAdc>},
    {"t2ADCrs", mainline(kAluShiftedOperand), arithmetic_shifted<Arithmetic::kAdc>},
    {"tSUBi3 tSUBi8", base(kAlu).lightly(), arithmetic_immediate<Arithmetic::kSub>},
    {"t2SUBri t2SUBspImm", mainline(kAlu).modified(), arithmetic_immediate<Arithmetic::kSub>},
    {"t2SUBri12 t2SUBspImm12", mainline(kAlu), arithmetic_immediate<Arithmetic::kSub>},
    {"tSUBrr", base(kAlu), arithmetic_register<Arithmetic::kSub>},
    {"t2SUBrr", mainline(kAlu).plain(), arithmetic_register<Arithmetic::kSub>},
    {"t2SUBrs", mainline(kAluShiftedOperand), arithmetic_shifted<Arithmetic::kSub>},
    {"t2SBCri", mainline(kAlu).modified(), arithmetic_immediate<Arithmetic::kSbc>},
    {"tSBC", base(kAlu), arithmetic_register<Arithmetic::kSbc>},
    {"t2SBCrr", mainline(kAlu).plain(), arithmetic_register<Arithmetic::kSbc>},
    {"t2SBCrs", mainline(kAluShiftedOperand), arithmetic_shifted<Arithmetic::kSbc>},
    {"tRSB", base(kAlu), arithmetic_immediate<Arithmetic::kRsb>},
    {"t2RSBri", mainline(kAlu).modified(), arithmetic_immediate<Arithmetic::kRsb>},
    {"t2RSBrr", mainline(kAlu).plain(), arithmetic_register<Arithmetic::kRsb>},
    {"t2RSBrs", mainline(kAluShiftedOperand), arithmetic_shifted<Arithmetic::kRsb>},
    {"tCMPi8 tCMPr tCMPhir", base(kAlu), compare<Arithmetic::kSub>},
    {"t2CMPri", mainline(kAlu).modified(), compare<Arithmetic::kSub>},
    {"t2CMPrr", mainline(kAlu).plain(), compare<Arithmetic::kSub>},
    {"tCMNz", base(kAlu), compare<Arithmetic::kAdd>},
    {"t2CMNri", mainline(kAlu).modified(), compare<Arithmetic::kAdd>},
    {"t2CMNzrr", mainline(kAlu).plain(), compare<Arithmetic::kAdd>},
    {"t2CMPrs", mainline(kAluShiftedOperand), compare_shifted<Arithmetic::kSub>},
    {"t2CMNzrs", mainline(kAluShiftedOperand), compare_shifted<Arithmetic::kAdd>},
});

}  // namespace

std::span<const OpcodeRow> arithmetic_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
