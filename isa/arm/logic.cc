// AND, BIC, EOR, ORR, ORN, MOV, MVN, TST and TEQ with immediates, registers and shifted registers
// (DDI 0403E A5.2.1, A5.3.1, A5.3.3, A5.3.11).
#include <array>

#include "isa/arm/second_operand.h"

namespace boardless::isa::arm {
namespace {

enum class Logic { kAnd, kBic, kEor, kOrr, kOrn, kMov, kMvn };

template <Logic kWhat>
std::uint32_t logic(std::uint32_t a, std::uint32_t b) {
  switch (kWhat) {
    case Logic::kAnd:
      return a & b;
    case Logic::kBic:
      return a & ~b;
    case Logic::kEor:
      return a ^ b;
    case Logic::kOrr:
      return a | b;
    case Logic::kOrn:
      return a | ~b;
    case Logic::kMov:
      return b;
    case Logic::kMvn:
      return ~b;
  }
}

template <Logic kWhat>
std::uint32_t first(const State& s, const Op* op) {
  return kWhat == Logic::kMov || kWhat == Logic::kMvn ? 0 : s.r[op->rn];
}

// Carry out of a modified immediate constant: unchanged for a plain byte, bit 31 for a rotated one
// (op->aux: 0, 1: the carry; 2: unchanged).
constexpr std::uint32_t kCarryUnchanged = 2;

template <Logic kWhat, Second kSecond, bool kFlags>
const Op* run_logic(State& s, const Op* op) {
  const std::uint32_t result = logic<kWhat>(first<kWhat>(s, op), second<kSecond>(s, op));
  s.r[op->rd] = result;
  if constexpr (kFlags) {
    s.set_nz(result);
    if (kSecond == Second::kImmediate && op->aux != kCarryUnchanged) s.c = op->aux;
  }
  return next(s, op);
}

template <Logic kWhat, ShiftKind kShift, bool kFlags>
const Op* run_logic_shifted(State& s, const Op* op) {
  const Shifted b = shift_immediate_c<kShift>(s.r[op->rm], op->imm, s.c);
  const std::uint32_t result = logic<kWhat>(first<kWhat>(s, op), b.value);
  s.r[op->rd] = result;
  if constexpr (kFlags) {
    s.set_nz(result);
    s.c = b.carry;
  }
  return next(s, op);
}

template <Logic kWhat, Second kSecond>
const Op* run_test(State& s, const Op* op) {
  s.set_nz(logic<kWhat>(s.r[op->rn], second<kSecond>(s, op)));
  if (kSecond == Second::kImmediate && op->aux != kCarryUnchanged) s.c = op->aux;
  return next(s, op);
}

template <Logic kWhat, ShiftKind kShift>
const Op* run_test_shifted(State& s, const Op* op) {
  const Shifted b = shift_immediate_c<kShift>(s.r[op->rm], op->imm, s.c);
  s.set_nz(logic<kWhat>(s.r[op->rn], b.value));
  s.c = b.carry;
  return next(s, op);
}

const Op* run_movt(State& s, const Op* op) {
  s.r[op->rd] = (s.r[op->rd] & 0xffff) | op->imm << 16;
  return next(s, op);
}

// A write to the PC; the Thumb bit is ignored.
const Op* run_move_to_pc(State& s, const Op* op) {
  s.pc = s.r[op->rm] & ~1U;
  return nullptr;
}

// --- Builders ---

// A modified immediate above 255 with one run of up to eight bits is a rotated byte; the replicated
// patterns (0x00xy00xy, …) and plain bytes leave the carry alone.
std::uint32_t immediate_carry(std::uint32_t value) {
  if (value < 256) return kCarryUnchanged;
  const std::uint32_t low = value & 0xff, high = value >> 8 & 0xff;
  if (value == (low | low << 16) || value == (high << 8 | high << 24) ||
      value == low * 0x01010101U) {
    return kCarryUnchanged;
  }
  return value >> 31;
}

// Reads of the PC as a register give this instruction's address plus 4.
bool reads_pc(const Decoded& d, std::size_t index) { return reg(d, index) == 15; }

// LLVM operands: Rd, [Rn,] immediate.
template <Logic kWhat>
void logic_immediate(const Decoded& d, Op op, OpList& out) {
  const std::size_t last = d.operands.size() - 1;
  op.rd = reg(d, 0);
  op.rn = last == 2 ? reg(d, 1) : std::uint8_t{0};
  op.imm = imm(d, last);
  op.aux = immediate_carry(op.imm);
  op.run = pick(d.sets_flags, run_logic<kWhat, Second::kImmediate, true>,
                run_logic<kWhat, Second::kImmediate, false>);
  out.push_back(op);
}

// LLVM operands: Rd, [Rn,] Rm.
template <Logic kWhat>
void logic_register(const Decoded& d, Op op, OpList& out) {
  const std::size_t last = d.operands.size() - 1;
  op.rd = reg(d, 0);
  op.rn = last == 2 ? reg(d, 1) : std::uint8_t{0};
  op.rm = reg(d, last);
  op.run = pick(d.sets_flags, run_logic<kWhat, Second::kRegister, true>,
                run_logic<kWhat, Second::kRegister, false>);
  out.push_back(op);
}

// MOV with high registers.
void move_high(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rm = reg(d, 1);
  if (op.rd == 15) {
    op.run = run_move_to_pc;
  } else if (reads_pc(d, 1)) {
    op.imm = op.pc + 4;
    op.run = run_constant;
  } else {
    op.run = run_logic<Logic::kMov, Second::kRegister, false>;
  }
  out.push_back(op);
}

// MOVS Rd, Rm (LSL #0): always sets flags.
void move_and_set_flags(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rm = reg(d, 1);
  op.run = run_logic<Logic::kMov, Second::kRegister, true>;
  out.push_back(op);
}

template <Logic kWhat, bool kFlags>
Op::Handler shifted_logic(ShiftKind kind) {
  switch (kind) {
    case ShiftKind::kAsr:
      return run_logic_shifted<kWhat, ShiftKind::kAsr, kFlags>;
    case ShiftKind::kLsl:
      return run_logic_shifted<kWhat, ShiftKind::kLsl, kFlags>;
    case ShiftKind::kLsr:
      return run_logic_shifted<kWhat, ShiftKind::kLsr, kFlags>;
    case ShiftKind::kRor:
      return run_logic_shifted<kWhat, ShiftKind::kRor, kFlags>;
    case ShiftKind::kRrx:
      return run_logic_shifted<kWhat, ShiftKind::kRrx, kFlags>;
  }
  return run_logic_shifted<kWhat, ShiftKind::kLsl, kFlags>;
}

// LLVM operands: Rd, [Rn,] Rm, shift.
template <Logic kWhat>
void logic_shifted(const Decoded& d, Op op, OpList& out) {
  const std::size_t last = d.operands.size() - 1;
  op.rd = reg(d, 0);
  op.rn = last == 3 ? reg(d, 1) : std::uint8_t{0};
  op.rm = reg(d, last - 1);
  op.imm = immediate_shift_amount(imm(d, last));
  const ShiftKind kind = shift_kind(imm(d, last));
  op.run = pick(d.sets_flags, shifted_logic<kWhat, true>(kind), shifted_logic<kWhat, false>(kind));
  out.push_back(op);
}

// LLVM operands: Rn, then immediate or Rm.
template <Logic kWhat>
void test(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  if (d.operands[1].is_register()) {
    op.rm = reg(d, 1);
    op.run = run_test<kWhat, Second::kRegister>;
  } else {
    op.imm = imm(d, 1);
    op.aux = immediate_carry(op.imm);
    op.run = run_test<kWhat, Second::kImmediate>;
  }
  out.push_back(op);
}

template <Logic kWhat>
void test_shifted(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  op.rm = reg(d, 1);
  op.imm = immediate_shift_amount(imm(d, 2));
  switch (shift_kind(imm(d, 2))) {
    case ShiftKind::kAsr:
      op.run = run_test_shifted<kWhat, ShiftKind::kAsr>;
      break;
    case ShiftKind::kLsr:
      op.run = run_test_shifted<kWhat, ShiftKind::kLsr>;
      break;
    case ShiftKind::kRor:
      op.run = run_test_shifted<kWhat, ShiftKind::kRor>;
      break;
    case ShiftKind::kRrx:
      op.run = run_test_shifted<kWhat, ShiftKind::kRrx>;
      break;
    default:
      op.run = run_test_shifted<kWhat, ShiftKind::kLsl>;
      break;
  }
  out.push_back(op);
}

void move_top(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.imm = imm(d, 2) & 0xffff;
  op.run = run_movt;
  out.push_back(op);
}

void move_wide(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.imm = imm(d, 1) & 0xffff;
  op.run = run_constant;
  out.push_back(op);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"t2ANDri", mainline(kLogical).modified(), logic_immediate<Logic::kAnd>},
    {"tAND", base(kLogical), logic_register<Logic::kAnd>},
    {"t2ANDrr", mainline(kLogical).plain(), logic_register<Logic::kAnd>},
    {"t2ANDrs", mainline(kAluShiftedOperand), logic_shifted<Logic::kAnd>},
    {"t2BICri", mainline(kLogical).modified(), logic_immediate<Logic::kBic>},
    {"tBIC", base(kLogical), logic_register<Logic::kBic>},
    {"t2BICrr", mainline(kLogical).plain(), logic_register<Logic::kBic>},
    {"t2BICrs", mainline(kAluShiftedOperand), logic_shifted<Logic::kBic>},
    {"t2EORri", mainline(kLogical).modified(), logic_immediate<Logic::kEor>},
    {"tEOR", base(kLogical), logic_register<Logic::kEor>},
    {"t2EORrr", mainline(kLogical).plain(), logic_register<Logic::kEor>},
    {"t2EORrs", mainline(kAluShiftedOperand), logic_shifted<Logic::kEor>},
    {"t2ORRri", mainline(kLogical).modified(), logic_immediate<Logic::kOrr>},
    {"tORR", base(kLogical), logic_register<Logic::kOrr>},
    {"t2ORRrr", mainline(kLogical).plain(), logic_register<Logic::kOrr>},
    {"t2ORRrs", mainline(kAluShiftedOperand), logic_shifted<Logic::kOrr>},
    {"t2ORNri", mainline(kLogical).modified(), logic_immediate<Logic::kOrn>},
    {"t2ORNrr", mainline(kLogical).plain(), logic_register<Logic::kOrn>},
    {"t2ORNrs", mainline(kAluShiftedOperand), logic_shifted<Logic::kOrn>},
    {"tMOVi8", base(kAlu).lightly(), logic_immediate<Logic::kMov>},
    {"t2MOVi", mainline(kAlu).modified(), logic_immediate<Logic::kMov>},
    {"t2MOVr", mainline(kAlu), logic_register<Logic::kMov>},
    {"tMOVr", base(kAlu).lightly(), move_high},
    {"tMOVSr", base(kAlu), move_and_set_flags},
    {"t2MOVi16", baseline(kAlu), move_wide},
    {"t2MOVTi16", baseline(kAlu), move_top},
    {"t2MVNi", mainline(kLogical).modified(), logic_immediate<Logic::kMvn>},
    {"tMVN", base(kLogical), logic_register<Logic::kMvn>},
    {"t2MVNr", mainline(kLogical), logic_register<Logic::kMvn>},
    {"t2MVNs", mainline(kAluShiftedOperand), logic_shifted<Logic::kMvn>},
    {"tTST", base(kLogical), test<Logic::kAnd>},
    {"t2TSTrr", mainline(kLogical).plain(), test<Logic::kAnd>},
    {"t2TSTri", mainline(kLogical).modified(), test<Logic::kAnd>},
    {"t2TSTrs", mainline(kAluShiftedOperand), test_shifted<Logic::kAnd>},
    {"t2TEQri", mainline(kLogical).modified(), test<Logic::kEor>},
    {"t2TEQrr", mainline(kLogical).plain(), test<Logic::kEor>},
    {"t2TEQrs", mainline(kAluShiftedOperand), test_shifted<Logic::kEor>},
});

}  // namespace

std::span<const OpcodeRow> logic_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
