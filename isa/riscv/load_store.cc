// RV32I's loads and stores, their compressed forms (manual 2.6, 16.3) and Zcb's.
#include <array>

#include "isa/riscv/operands.h"

namespace boardless::isa::riscv {
namespace {

// T's sign decides how the value is extended.
template <class T>
const Op* run_load(State& s, const Op* op) {
  const T value = load<T>(s, op, s.x[op->rn] + op->imm);
  s.x[op->rd] = static_cast<std::uint32_t>(static_cast<std::int32_t>(value));
  return op + 1;
}

template <class T>
const Op* run_store(State& s, const Op* op) {
  store<T>(s, op, s.x[op->rn] + op->imm, static_cast<T>(s.x[op->rm]));
  return op + 1;
}

// LLVM operands: data, base, offset.
template <Op::Handler kRun>
void store_op(const Decoded& d, Op op, OpList& out) {
  op.rm = source(d, 0);
  op.rn = source(d, 1);
  op.imm = imm(d, 2);
  op.run = kRun;
  out.push_back(op);
}

constexpr auto kRows = std::to_array<Semantics>({
    {"LW C_LW C_LWSP", two_registers_immediate<run_load<std::uint32_t>>},
    {"LH C_LH", two_registers_immediate<run_load<std::int16_t>>},
    {"LHU C_LHU", two_registers_immediate<run_load<std::uint16_t>>},
    {"LB", two_registers_immediate<run_load<std::int8_t>>},
    {"LBU C_LBU", two_registers_immediate<run_load<std::uint8_t>>},
    {"SW C_SW C_SWSP", store_op<run_store<std::uint32_t>>},
    {"SH C_SH", store_op<run_store<std::uint16_t>>},
    {"SB C_SB", store_op<run_store<std::uint8_t>>},
});

}  // namespace

std::span<const Semantics> load_store_semantics() { return kRows; }

}  // namespace boardless::isa::riscv
