// Special registers, exceptions by instruction, and barriers (DDI 0403E B5.2; DDI 0553 C2.4 for the
// stack limits and TT).
#include <fmt/format.h>

#include <array>
#include <utility>

#include "isa/arm/operands.h"

namespace boardless::isa::arm {
namespace {

constexpr std::uint32_t kHardFault = 3, kNmi = 2;

// FAULTMASK cannot be set at priority -1 and above.
bool may_set_faultmask(const State& s) { return s.ipsr != kHardFault && s.ipsr != kNmi; }

// --- CPS ---

constexpr std::uint32_t kPrimaskBit = 2, kFaultmaskBit = 1;

// imm: LLVM's interrupt flags.
template <bool kDisables>
const Op* run_cps(State& s, const Op* op) {
  if (!s.privileged()) return next(s, op);
  if ((op->imm & kPrimaskBit) != 0) s.primask = kDisables;
  if ((op->imm & kFaultmaskBit) != 0 && (!kDisables || may_set_faultmask(s))) {
    s.faultmask = kDisables;
  }
  return next(s, op);
}

// LLVM operands: 2 enables, 3 disables; flags.
void change_state(const Decoded& d, Op op, OpList& out) {
  op.imm = imm(d, 1);
  op.run = imm(d, 0) == 3 ? run_cps<true> : run_cps<false>;
  out.push_back(op);
}

// --- MRS and MSR ---

enum Special : std::uint32_t {
  kIepsr = 7,  // up to here: APSR, IPSR, EPSR and their combinations
  kMsp = 8,
  kPsp = 9,
  kMsplim = 10,
  kPsplim = 11,
  kPrimask = 16,
  kBasepri = 17,
  kBasepriMax = 18,
  kFaultmask = 19,
  kControl = 20,
};

std::uint32_t& main_sp(State& s) { return s.uses_psp() ? s.other_sp : s.r[13]; }
std::uint32_t& process_sp(State& s) { return s.uses_psp() ? s.r[13] : s.other_sp; }

// imm: SYSm. EPSR reads as zero.
const Op* run_read_status(State& s, const Op* op) {
  constexpr std::uint32_t kFlags = 0xf80f0000;
  std::uint32_t value = 0;
  if ((op->imm & 4) == 0) value |= xpsr(s) & kFlags;
  if ((op->imm & 1) != 0) value |= s.ipsr;
  s.r[op->rd] = value;
  return next(s, op);
}

template <std::uint32_t kWhich>
std::uint32_t special(State& s) {
  switch (kWhich) {
    case kMsp:
      return main_sp(s);
    case kPsp:
      return process_sp(s);
    case kMsplim:
      return s.msplim;
    case kPsplim:
      return s.psplim;
    case kPrimask:
      return s.primask;
    case kBasepri:
    case kBasepriMax:
      return s.basepri;
    case kFaultmask:
      return s.faultmask;
    case kControl:
      return s.control;
    default:
      return 0;
  }
}

// Without privilege all but CONTROL read as zero.
template <std::uint32_t kWhich>
const Op* run_read(State& s, const Op* op) {
  s.r[op->rd] = kWhich == kControl || s.privileged() ? special<kWhich>(s) : 0;
  return next(s, op);
}

// imm: which of the flags (2) and GE (1) are written.
const Op* run_write_flags(State& s, const Op* op) {
  const std::uint32_t value = s.r[op->rn];
  if ((op->imm & 2) != 0) {
    s.set_flags((value >> 31 & 1) != 0, (value >> 30 & 1) != 0, (value >> 29 & 1) != 0,
                (value >> 28 & 1) != 0);
    s.q = value >> 27 & 1;
  }
  if ((op->imm & 1) != 0) s.ge = value >> 16 & 15;
  return next(s, op);
}

void write_control(State& s, std::uint32_t value) {
  constexpr std::uint32_t kNpriv = 1, kSpsel = 2, kFpca = 4;
  const bool used_psp = s.uses_psp();
  std::uint32_t writable = kFpca;
  if (!s.privileged_only) writable |= kNpriv;
  if (!s.handler_mode()) writable |= kSpsel;
  s.control = (s.control & ~writable) | (value & writable);
  if (s.uses_psp() != used_psp) std::swap(s.r[13], s.other_sp);
  note_predication(s);
  note_privilege(s);
}

template <std::uint32_t kWhich>
const Op* run_write(State& s, const Op* op) {
  if (!s.privileged()) return next(s, op);
  const std::uint32_t value = s.r[op->rn];
  switch (kWhich) {
    case kMsp:
      main_sp(s) = value & ~3U;
      break;
    case kPsp:
      process_sp(s) = value & ~3U;
      break;
    case kMsplim:
      s.msplim = value & ~7U;
      break;
    case kPsplim:
      s.psplim = value & ~7U;
      break;
    case kPrimask:
      s.primask = value & 1;
      break;
    case kBasepri:
      s.basepri = value & 0xff;
      break;
    case kBasepriMax:
      // Raises the priority only.
      if ((value & 0xff) != 0 && (s.basepri == 0 || (value & 0xff) < s.basepri)) {
        s.basepri = value & 0xff;
      }
      break;
    case kFaultmask:
      if ((value & 1) == 0 || may_set_faultmask(s)) s.faultmask = value & 1;
      break;
    case kControl:
      write_control(s, value);
      break;
    default:
      break;
  }
  return next(s, op);
}

struct SpecialHandlers {
  std::uint32_t number;
  Op::Handler read, write;
};
template <std::uint32_t kWhich>
constexpr SpecialHandlers kHandlers{kWhich, run_read<kWhich>, run_write<kWhich>};
constexpr std::array kSpecials{
    kHandlers<kMsp>,        kHandlers<kPsp>,       kHandlers<kMsplim>,
    kHandlers<kPsplim>,     kHandlers<kPrimask>,   kHandlers<kBasepri>,
    kHandlers<kBasepriMax>, kHandlers<kFaultmask>, kHandlers<kControl>,
};

const SpecialHandlers& find_special(const Op& op, std::uint32_t number) {
  for (const SpecialHandlers& each : kSpecials) {
    if (each.number == number) return each;
  }
  throw NotModelled(fmt::format(
      "instruction at 0x{:08x} accesses special register {}, which boardless does not have", op.pc,
      number));
}

// LLVM operands: Rd, SYSm.
void read_special(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.imm = imm(d, 1) & 0xff;
  op.run = op.imm <= kIepsr ? run_read_status : find_special(op, op.imm).read;
  out.push_back(op);
}

// LLVM operands: the mask above SYSm, Rn. Writes of IPSR and EPSR do nothing.
void write_special(const Decoded& d, Op op, OpList& out) {
  const std::uint32_t number = imm(d, 0) & 0xff;
  op.rn = reg(d, 1);
  if (number <= kIepsr) {
    if ((number & 4) != 0) return;
    op.imm = imm(d, 0) >> 10;
    op.run = run_write_flags;
  } else {
    op.run = find_special(op, number).write;
  }
  out.push_back(op);
}

// --- TT: without MPU and SAU every address may be read and written ---

const Op* run_test_target(State& s, const Op* op) {
  constexpr std::uint32_t kReadable = 1U << 18, kWritable = 1U << 19;
  s.r[op->rd] = kReadable | kWritable;
  return next(s, op);
}

void test_target(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.run = run_test_target;
  out.push_back(op);
}

// TTA and TTAT ask about the other security state.
void test_alternate_target(const Decoded&, Op op, OpList&) {
  throw NotModelled(fmt::format(
      "instruction at 0x{:08x} asks about the Non-secure state, which boardless does not have",
      op.pc));
}

// --- Traps ---

// aux: the trap, imm: its value, rd: what to add to the pc.
const Op* run_trap(State& s, const Op* op) {
  s.pc = op->pc + op->rd;
  s.trap = static_cast<Trap>(op->aux);
  s.trap_value = op->imm;
  return nullptr;
}

template <Trap kTrap>
void trap(const Decoded& d, Op op, OpList& out) {
  op.aux = static_cast<std::uint32_t>(kTrap);
  op.imm = imm(d, 0);
  op.rd = kTrap == Trap::kSupervisorCall ? 2 : 0;
  op.run = run_trap;
  out.push_back(op);
}

// Encodings of UDF that LLVM has names for.
template <std::uint32_t kValue>
void undefined(const Decoded&, Op op, OpList& out) {
  op.aux = static_cast<std::uint32_t>(Trap::kUndefined);
  op.imm = kValue;
  op.run = run_trap;
  out.push_back(op);
}

// One core, in order: barriers order nothing.
void nothing(const Decoded&, Op, OpList&) {}

using enum InstructionClass;

// The Security Extension's (DDI 0553 C2.4): without it SG is a NOP, and what only Secure code may
// do is UNDEFINED.
constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"t2SG", armv8(kNop), nothing},
    {"tBXNS tBLXNSr", armv8(kBranchIndirect), undefined_instruction},
    {"VLLDM VLLDM_T2 VLSTM VLSTM_T2", armv8(kException), undefined_instruction},
    {"tCPS", base(kSystemRegister), change_state},
    {"t2MRS_M", base(kSystemRegister), read_special},
    {"t2MSR_M", base(kSystemRegister), write_special},
    {"t2TT t2TTT", armv8(kSystemRegister), test_target},
    {"t2TTA t2TTAT", armv8(kSystemRegister), test_alternate_target},
    {"tSVC", base(kException), trap<Trap::kSupervisorCall>},
    {"tBKPT", base(kException), trap<Trap::kBreakpoint>},
    {"tUDF", base(kException), trap<Trap::kUndefined>},
    {"t2UDF", mainline(kException), trap<Trap::kUndefined>},
    {"tTRAP", base(kException), undefined<0xfe>},
    {"t__brkdiv0", base(kException), undefined<0xf9>},
    {"t2DMB t2DSB t2ISB", base(kBarrier), nothing},
});

}  // namespace

void undefined_instruction(const Decoded&, Op op, OpList& out) {
  op.aux = static_cast<std::uint32_t>(Trap::kUndefined);
  op.run = run_trap;
  out.push_back(op);
}

std::span<const OpcodeRow> system_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
