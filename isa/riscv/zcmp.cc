// Zcmp: push, pop, pop and return, and moves between a0, a1 and saved registers (Zc extension 1.0).
#include <array>
#include <bit>

#include "isa/riscv/operands.h"
#include "isa/riscv/register_list.h"

namespace boardless::isa::riscv {
namespace {

constexpr std::uint32_t kSp = 2, kA0 = 10, kA1 = 11, kRa = 1;

// op->aux: the registers; op->imm: the whole stack adjustment. The highest register lies at the
// highest address. Nothing is committed to sp before all accesses are done, so that a fault can be
// retried.
const Op* run_push(State& s, const Op* op) {
  std::uint32_t address = s.x[kSp];
  for (std::uint32_t rest = op->aux; rest != 0;) {
    const int reg = 31 - std::countl_zero(rest);
    rest ^= 1U << reg;
    address -= 4;
    store<std::uint32_t>(s, op, address, s.x[static_cast<std::size_t>(reg)]);
  }
  s.x[kSp] -= op->imm;
  return op + 1;
}

void pop_registers(State& s, const Op* op) {
  std::uint32_t address = s.x[kSp] + op->imm;
  for (std::uint32_t rest = op->aux; rest != 0;) {
    const int reg = 31 - std::countl_zero(rest);
    rest ^= 1U << reg;
    address -= 4;
    s.x[static_cast<std::size_t>(reg)] = load<std::uint32_t>(s, op, address);
  }
  s.x[kSp] += op->imm;
}

const Op* run_pop(State& s, const Op* op) {
  pop_registers(s, op);
  return op + 1;
}

template <bool kReturnsZero>
const Op* run_pop_return(State& s, const Op* op) {
  pop_registers(s, op);
  if (kReturnsZero) s.x[kA0] = 0;
  s.pc = s.x[kRa] & ~1U;
  return nullptr;
}

// CM.MVA01S r1s', r2s': the reads come before the writes.
const Op* run_move_to_arguments(State& s, const Op* op) {
  const std::uint32_t first = s.x[op->rn], second = s.x[op->rm];
  s.x[kA0] = first;
  s.x[kA1] = second;
  return op + 1;
}

const Op* run_move_from_arguments(State& s, const Op* op) {
  s.x[op->rn] = s.x[kA0];
  s.x[op->rm] = s.x[kA1];
  return op + 1;
}

// LLVM operands: list, adjustment beyond what the list needs (rounded up to 16 bytes).
template <Op::Handler kRun>
void list_op(const Decoded& d, Op op, OpList& out) {
  op.aux = zcmp_registers(imm(d, 0));
  const auto list_bytes = 4 * static_cast<std::uint32_t>(std::popcount(op.aux));
  op.imm = (list_bytes + 15) / 16 * 16 + imm(d, 1);
  op.run = kRun;
  out.push_back(op);
}

template <Op::Handler kRun>
void move_op(const Decoded& d, Op op, OpList& out) {
  op.rn = source(d, 0);
  op.rm = source(d, 1);
  op.run = kRun;
  out.push_back(op);
}

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"CM_PUSH", of(Feature::kZcmp, kStoreMultiple).at(kPreIndexed, 4), list_op<run_push>},
    {"CM_POP", of(Feature::kZcmp, kLoadMultiple).at(kPostIndexed, 4), list_op<run_pop>},
    {"CM_POPRET", of(Feature::kZcmp, kLoadMultiple).at(kPostIndexed, 4).returning(),
     list_op<run_pop_return<false>>},
    {"CM_POPRETZ", of(Feature::kZcmp, kLoadMultiple).at(kPostIndexed, 4).returning(),
     list_op<run_pop_return<true>>},
    {"CM_MVA01S", of(Feature::kZcmp, kMoveDouble), move_op<run_move_to_arguments>},
    {"CM_MVSA01", of(Feature::kZcmp, kMoveDouble).to_distinct(), move_op<run_move_from_arguments>},
});

}  // namespace

std::span<const OpcodeRow> zcmp_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
