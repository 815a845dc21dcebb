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

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"LW", rv32i(kLoad).at(kImmediate, 4), two_registers_immediate<run_load<std::uint32_t>>},
    {"C_LW C_LWSP", of(Feature::kCompressed, kLoad).at(kImmediate, 4),
     two_registers_immediate<run_load<std::uint32_t>>},
    {"LH", rv32i(kLoad).at(kImmediate, 2), two_registers_immediate<run_load<std::int16_t>>},
    {"C_LH", of(Feature::kZcb, kLoad).at(kImmediate, 2),
     two_registers_immediate<run_load<std::int16_t>>},
    {"LHU", rv32i(kLoad).at(kImmediate, 2), two_registers_immediate<run_load<std::uint16_t>>},
    {"C_LHU", of(Feature::kZcb, kLoad).at(kImmediate, 2),
     two_registers_immediate<run_load<std::uint16_t>>},
    {"LB", rv32i(kLoad).at(kImmediate, 1), two_registers_immediate<run_load<std::int8_t>>},
    {"LBU", rv32i(kLoad).at(kImmediate, 1), two_registers_immediate<run_load<std::uint8_t>>},
    {"C_LBU", of(Feature::kZcb, kLoad).at(kImmediate, 1),
     two_registers_immediate<run_load<std::uint8_t>>},
    {"SW", rv32i(kStore).at(kImmediate, 4), store_op<run_store<std::uint32_t>>},
    {"C_SW C_SWSP", of(Feature::kCompressed, kStore).at(kImmediate, 4),
     store_op<run_store<std::uint32_t>>},
    {"SH", rv32i(kStore).at(kImmediate, 2), store_op<run_store<std::uint16_t>>},
    {"C_SH", of(Feature::kZcb, kStore).at(kImmediate, 2), store_op<run_store<std::uint16_t>>},
    {"SB", rv32i(kStore).at(kImmediate, 1), store_op<run_store<std::uint8_t>>},
    {"C_SB", of(Feature::kZcb, kStore).at(kImmediate, 1), store_op<run_store<std::uint8_t>>},
});

}  // namespace

std::span<const OpcodeRow> load_store_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
