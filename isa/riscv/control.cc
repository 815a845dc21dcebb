// Branches, jumps, fences, environment calls and breakpoints (manual 2.5, 2.7, 2.8, chapter 3),
// waiting and returning from traps (privileged 3.3).
#include "isa/riscv/control.h"

#include <array>

#include "isa/riscv/operands.h"

namespace boardless::isa::riscv {
namespace {

// LLVM operands: rs1, rs2, offset.
template <Compare kWhat>
void branch(const Decoded& d, Op op, OpList& out) {
  op.rn = source(d, 0);
  op.rm = source(d, 1);
  op.aux = d.facts.branch_target;
  op.imm = d.facts.end();
  op.run = run_branch<kWhat>;
  out.push_back(op);
}

// LLVM operands: rd, offset.
void jump(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.aux = d.facts.branch_target;
  op.imm = d.facts.end();
  op.run = run_jump;
  out.push_back(op);
}

// LLVM operands: rd, rs1, offset.
void jump_register(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.rn = source(d, 1);
  op.aux = imm(d, 2);
  op.imm = d.facts.end();
  op.run = run_jump_register;
  out.push_back(op);
}

template <Trap kTrap>
const Op* raise(State& s, const Op* op) {
  s.pc = op->pc;
  s.trap = kTrap;
  return nullptr;
}

// op->aux: the instruction after.
const Op* run_wait(State& s, const Op* op) {
  const bool forbidden = s.privilege != Privilege::kMachine && (s.mstatus & kMstatusTw) != 0;
  if (forbidden) return raise_illegal(s, op);
  s.pc = op->aux;
  s.trap = Trap::kWaitForInterrupt;
  return nullptr;
}

const Op* run_mret(State& s, const Op* op) {
  if (s.privilege != Privilege::kMachine) return raise_illegal(s, op);
  leave_trap(s);
  return nullptr;
}

template <Op::Handler kRun>
void plain(const Decoded& d, Op op, OpList& out) {
  op.aux = d.facts.end();
  op.run = kRun;
  out.push_back(op);
}

// One hart, in order, and blocks are dropped when their code is written: fences have nothing to do.
void nothing(const Decoded&, Op, OpList&) {}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"BEQ", rv32i(kBranchConditional), branch<Compare::kEq>},
    {"BNE", rv32i(kBranchConditional), branch<Compare::kNe>},
    {"BLT", rv32i(kBranchConditional), branch<Compare::kLt>},
    {"BLTU", rv32i(kBranchConditional), branch<Compare::kLtu>},
    {"BGE", rv32i(kBranchConditional), branch<Compare::kGe>},
    {"BGEU", rv32i(kBranchConditional), branch<Compare::kGeu>},
    {"JAL", rv32i(kBranch), jump},
    {"JALR", rv32i(kBranchIndirect), jump_register},
    {"FENCE FENCE_TSO FENCE_I", rv32i(kBarrier), nothing},
    {"ECALL", rv32i(kException), plain<raise<Trap::kEnvironmentCall>>},
    {"EBREAK", rv32i(kException), plain<raise<Trap::kBreakpoint>>},
    {"C_EBREAK", of(Feature::kCompressed, kException), plain<raise<Trap::kBreakpoint>>},
    {"WFI", rv32i(kWait), plain<run_wait>},
    {"MRET", rv32i(kException), plain<run_mret>},
    {"C_UNIMP", of(Feature::kCompressed, kException), plain<raise_illegal>},
    {"UNIMP SRET DRET SFENCE_VMA", rv32i(kException), plain<raise_illegal>},
});

}  // namespace

std::span<const OpcodeRow> control_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
