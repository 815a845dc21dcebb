// Branches, and the instructions that only hint (DDI 0403E A5.2.5, A5.2.6, A5.3.4).
#include <array>

#include "isa/arm/condition.h"
#include "isa/arm/operands.h"

namespace boardless::isa::arm {
namespace {

// --- Direct branches. aux: the target, imm: the instruction after. ---

const Op* run_branch(State& s, const Op* op) {
  s.pc = op->aux;
  return nullptr;
}

template <std::size_t kCondition>
struct BranchIf {
  static const Op* run(State& s, const Op* op) {
    s.pc = holds<kCondition>(s) ? op->aux : op->imm;
    return nullptr;
  }
};
constexpr std::array kBranchIf = by_condition<BranchIf>();

template <bool kNonZero>
const Op* run_compare_branch(State& s, const Op* op) {
  s.pc = (s.r[op->rn] != 0) == kNonZero ? op->aux : op->imm;
  return nullptr;
}

const Op* run_branch_link(State& s, const Op* op) {
  s.r[14] = op->imm | 1;
  s.pc = op->aux;
  return nullptr;
}

Op with_target(const Decoded& d, Op op) {
  op.aux = d.facts.branch_target;
  op.imm = d.facts.end();
  return op;
}

void branch(const Decoded& d, Op op, OpList& out) {
  op = with_target(d, op);
  op.run = run_branch;
  out.push_back(op);
}

void branch_if(const Decoded& d, Op op, OpList& out) {
  op = with_target(d, op);
  check(d.condition < kBranchIf.size(), "a conditional branch has a condition");
  op.run = kBranchIf[d.condition];
  out.push_back(op);
}

template <bool kNonZero>
void compare_branch(const Decoded& d, Op op, OpList& out) {
  op = with_target(d, op);
  op.rn = reg(d, 0);
  op.run = run_compare_branch<kNonZero>;
  out.push_back(op);
}

void branch_link(const Decoded& d, Op op, OpList& out) {
  op = with_target(d, op);
  op.run = run_branch_link;
  out.push_back(op);
}

// --- Branches to a register. The engine recognises EXC_RETURN by the address. ---

const Op* run_branch_register(State& s, const Op* op) {
  interwork(s, s.r[op->rm]);
  return nullptr;
}

// BX PC goes to an address without bit 0.
const Op* run_branch_pc(State& s, const Op* op) {
  interwork(s, op->pc + 4);
  return nullptr;
}

const Op* run_branch_link_register(State& s, const Op* op) {
  const std::uint32_t target = s.r[op->rm];
  s.r[14] = op->imm | 1;
  interwork(s, target);
  return nullptr;
}

// LLVM operands: Rm.
void branch_register(const Decoded& d, Op op, OpList& out) {
  op.rm = reg(d, 0);
  op.run = op.rm == 15 ? run_branch_pc : run_branch_register;
  out.push_back(op);
}

void branch_link_register(const Decoded& d, Op op, OpList& out) {
  op.rm = reg(d, 0);
  op.imm = d.facts.end();
  op.run = run_branch_link_register;
  out.push_back(op);
}

// --- Table branches. imm: the table when it follows the instruction. ---

template <class T, bool kTableFollows>
const Op* run_table_branch(State& s, const Op* op) {
  const std::uint32_t table = kTableFollows ? op->imm : s.r[op->rn];
  const T halfwords = load<T>(s, op, table + s.r[op->rm] * static_cast<std::uint32_t>(sizeof(T)));
  s.pc = op->pc + 4 + 2U * halfwords;
  return nullptr;
}

// LLVM operands: Rn, Rm.
template <class T>
void table_branch(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  op.rm = reg(d, 1);
  op.imm = op.pc + 4;
  op.run = op.rn == 15 ? run_table_branch<T, true> : run_table_branch<T, false>;
  out.push_back(op);
}

// --- Hints ---

const Op* run_wait_for_interrupt(State& s, const Op* op) {
  s.pc = op->imm;
  s.trap = Trap::kWaitForInterrupt;
  return nullptr;
}

const Op* run_wait_for_event(State& s, const Op* op) {
  s.pc = op->imm;
  if (s.event == 0) s.trap = Trap::kWaitForEvent;
  s.event = 0;
  return nullptr;
}

const Op* run_send_event(State& s, const Op* op) {
  s.event = 1;
  return next(s, op);
}

// Conditions are the translator's business: IT itself does nothing. So do branch targets and
// pointer authentication on cores without them.
void nothing(const Decoded&, Op, OpList&) {}

// LLVM operands: which hint.
void hint(const Decoded& d, Op op, OpList& out) {
  op.imm = d.facts.end();
  switch (imm(d, 0)) {
    case 2:
      op.run = run_wait_for_event;
      break;
    case 3:
      op.run = run_wait_for_interrupt;
      break;
    case 4:
      op.run = run_send_event;
      break;
    default:
      return;
  }
  out.push_back(op);
}

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"tB", base(kBranch), branch},
    {"t2B", baseline(kBranch), branch},
    {"tBcc", base(kBranchConditional), branch_if},
    {"t2Bcc", mainline(kBranchConditional), branch_if},
    {"tCBZ", baseline(kCompareBranch), compare_branch<false>},
    {"tCBNZ", baseline(kCompareBranch), compare_branch<true>},
    {"tBL", base(kBranchLink), branch_link},
    {"tBX", base(kBranchIndirect), branch_register},
    {"tBLXr", base(kBranchIndirect), branch_link_register},
    {"t2TBB", mainline(kTableBranch).at(kRegister, 1), table_branch<std::uint8_t>},
    {"t2TBH", mainline(kTableBranch).at(kRegister, 2), table_branch<std::uint16_t>},
    {"t2IT", mainline(kIfThen), nothing},
    {"t2DBG t2BTI t2PACBTI t2PAC t2AUT", mainline(kNop), nothing},
    {"tHINT", base(kNop), hint},
    {"t2HINT", mainline(kNop), hint},
});

}  // namespace

std::span<const OpcodeRow> branch_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
