// Low-overhead loops with and without tail predication, conditional selection, CLRM, and branch
// future (DDI 0553 B3.30, B5.6.4, C2.4).
//
// LO_BRANCH_INFO, where a core remembers the end of a loop, only saves time: LE is executed every
// time here, with the same result. BF leaves such a hint too; a core may ignore it.
#include <array>

#include "isa/arm/condition.h"
#include "isa/arm/fp_operands.h"

namespace boardless::isa::arm {
namespace {

constexpr std::size_t kLr = 14;
constexpr std::uint32_t kFpca = 1U << 2;  // CONTROL.FPCA: there is an FPSCR to look at

std::uint32_t ltpsize(const State& s) { return (s.fpscr & kLtpsizeMask) >> kLtpsizeShift; }

void set_ltpsize(State& s, std::uint32_t log2_bytes) {
  s.fpscr = (s.fpscr & ~kLtpsizeMask) | log2_bytes << kLtpsizeShift;
  note_predication(s);
}

// --- Starting. imm: the instruction after, aux: that after the loop, rd: LTPSIZE. ---

const Op* run_do(State& s, const Op* op) {
  s.r[kLr] = s.r[op->rn];
  return next(s, op);
}

const Op* run_do_predicated(State& s, const Op* op) {
  s.r[kLr] = s.r[op->rn];
  set_ltpsize(s, op->rd);
  return next(s, op);
}

const Op* run_while(State& s, const Op* op) {
  const std::uint32_t count = s.r[op->rn];
  s.pc = count != 0 ? op->imm : op->aux;
  if (count != 0) s.r[kLr] = count;
  return nullptr;
}

// A loop of no iterations begins no FP context.
const Op* run_while_predicated(State& s, const Op* op) {
  const std::uint32_t count = s.r[op->rn];
  if (count != 0 || !s.fp_enabled) {
    if (!use_fp(s, op)) return nullptr;
    s.r[kLr] = count;
    set_ltpsize(s, op->rd);
  }
  s.pc = count != 0 ? op->imm : op->aux;
  return nullptr;
}

// LLVM operands: LR, Rn.
void do_loop(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 1);
  op.run = run_do;
  out.push_back(op);
}

template <std::uint8_t kLtpsize>
void do_predicated(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 1);
  op.rd = kLtpsize;
  append_fp(d, op, run_do_predicated, out);
}

// LLVM operands: LR, Rn, offset.
template <Op::Handler kRun, std::uint8_t kLtpsize>
void while_loop(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 1);
  op.rd = kLtpsize;
  op.imm = d.facts.end();
  op.aux = d.facts.branch_target;
  op.run = kRun;
  out.push_back(op);
}

// --- Ending. imm: the instruction after, aux: the loop's first. ---

// LE inside a loop with tail predication is an error of the program.
bool invalid_in_predicated_loop(State& s, const Op* op) {
  if ((s.control & kFpca) == 0 || ltpsize(s) == 4) [[likely]]
    return false;
  s.pc = op->pc;
  s.trap = Trap::kInvalidState;
  return true;
}

const Op* run_end_forever(State& s, const Op* op) {
  if (invalid_in_predicated_loop(s, op)) return nullptr;
  s.pc = op->aux;
  return nullptr;
}

const Op* run_end(State& s, const Op* op) {
  if (invalid_in_predicated_loop(s, op)) return nullptr;
  const bool again = s.r[kLr] > 1;
  if (again) --s.r[kLr];
  s.pc = again ? op->aux : op->imm;
  return nullptr;
}

const Op* run_end_predicated(State& s, const Op* op) {
  const std::uint32_t size = ltpsize(s);
  const std::uint32_t elements = size < 4 ? 16U >> size : 1;
  const bool again = s.r[kLr] > elements;
  if (again) {
    s.r[kLr] -= elements;
  } else {
    set_ltpsize(s, 4);
  }
  s.pc = again ? op->aux : op->imm;
  return nullptr;
}

template <Op::Handler kRun>
void end_loop(const Decoded& d, Op op, OpList& out) {
  op.imm = d.facts.end();
  op.aux = d.facts.branch_target;
  op.run = kRun;
  out.push_back(op);
}

void end_predicated(const Decoded& d, Op op, OpList& out) {
  check_fp_once(d, op, out);
  end_loop<run_end_predicated>(d, op, out);
}

const Op* run_clear_tail_predication(State& s, const Op* op) {
  set_ltpsize(s, 4);
  return next(s, op);
}

void clear_tail_predication(const Decoded& d, Op op, OpList& out) {
  append_fp(d, op, run_clear_tail_predication, out);
}

// --- Conditional selection ---

enum class Otherwise { kSame, kIncrement, kInvert, kNegate };

template <Otherwise kOtherwise>
struct Selection {
  template <std::size_t kCondition>
  struct Handler {
    static const Op* run(State& s, const Op* op) {
      const std::uint32_t other = read_or_zero(s, op->rm);
      std::uint32_t result = other;
      if constexpr (kOtherwise == Otherwise::kIncrement) result = other + 1;
      if constexpr (kOtherwise == Otherwise::kInvert) result = ~other;
      if constexpr (kOtherwise == Otherwise::kNegate) result = 0U - other;
      s.r[op->rd] = holds<kCondition>(s) ? read_or_zero(s, op->rn) : result;
      return next(s, op);
    }
  };
  static constexpr auto kHandlers = by_condition<Handler>();
};

// LLVM operands: Rd, Rn, Rm, condition.
template <Otherwise kOtherwise>
void select(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg_or_zero(d, 1);
  op.rm = reg_or_zero(d, 2);
  const std::uint32_t condition = imm(d, 3);
  check(condition < 14, "a conditional selection has a condition");
  op.run = Selection<kOtherwise>::kHandlers[condition];
  out.push_back(op);
}

// --- CLRM ---

// imm: the registers, bit 15: APSR.
const Op* run_clear(State& s, const Op* op) {
  for (std::uint32_t left = op->imm & 0x7fff; left != 0; left &= left - 1) {
    s.r[static_cast<std::size_t>(std::countr_zero(left))] = 0;
  }
  if ((op->imm >> 15 & 1) != 0) {
    s.set_flags(false, false, false, false);
    s.q = s.ge = 0;
  }
  return next(s, op);
}

// LLVM operands: the registers.
void clear(const Decoded& d, Op op, OpList& out) {
  for (const MachineOperand& operand : d.operands) {
    const bool core = operand.kind == MachineOperand::Kind::kCore;
    op.imm |= 1U << (core ? operand.value : 15);
  }
  op.run = run_clear;
  out.push_back(op);
}

void nothing(const Decoded&, Op, OpList&) {}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"t2DLS", armv81(kLoopStart).writes(kLinkBit), do_loop},
    {"MVE_DLSTP_8", helium(kLoopStart).writes(kLinkBit | kFpscrBit), do_predicated<0>},
    {"MVE_DLSTP_16", helium(kLoopStart).writes(kLinkBit | kFpscrBit), do_predicated<1>},
    {"MVE_DLSTP_32", helium(kLoopStart).writes(kLinkBit | kFpscrBit), do_predicated<2>},
    {"MVE_DLSTP_64", helium(kLoopStart).writes(kLinkBit | kFpscrBit), do_predicated<3>},
    {"t2WLS", armv81(kLoopStart).writes(kLinkBit), while_loop<run_while, 4>},
    {"MVE_WLSTP_8", helium(kLoopStart).writes(kLinkBit | kFpscrBit),
     while_loop<run_while_predicated, 0>},
    {"MVE_WLSTP_16", helium(kLoopStart).writes(kLinkBit | kFpscrBit),
     while_loop<run_while_predicated, 1>},
    {"MVE_WLSTP_32", helium(kLoopStart).writes(kLinkBit | kFpscrBit),
     while_loop<run_while_predicated, 2>},
    {"MVE_WLSTP_64", helium(kLoopStart).writes(kLinkBit | kFpscrBit),
     while_loop<run_while_predicated, 3>},
    {"t2LE", armv81(kLoopEnd), end_loop<run_end_forever>},
    {"t2LEUpdate", armv81(kLoopEnd).reads(kLinkBit).writes(kLinkBit), end_loop<run_end>},
    {"MVE_LETP", helium(kLoopEnd).reads(kLinkBit | kFpscrBit).writes(kLinkBit | kFpscrBit),
     end_predicated},
    {"MVE_LCTP", helium(kLoopStart).writes(kFpscrBit), clear_tail_predication},
    {"t2CSEL", armv81(kConditionalSelect), select<Otherwise::kSame>},
    {"t2CSINC", armv81(kConditionalSelect), select<Otherwise::kIncrement>},
    {"t2CSINV", armv81(kConditionalSelect), select<Otherwise::kInvert>},
    {"t2CSNEG", armv81(kConditionalSelect), select<Otherwise::kNegate>},
    {"t2CLRM", armv81(kClearMultiple), clear},
    {"t2BFi t2BFic t2BFr t2BFLi t2BFLr", armv81(kNop), nothing},
});

}  // namespace

std::span<const OpcodeRow> loop_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
