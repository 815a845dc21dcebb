// RV32I's integer computational instructions, and the compressed forms with the same operands
// (manual 2.4, 16.5).
#include <array>

#include "isa/riscv/alu.h"
#include "isa/riscv/operands.h"

namespace boardless::isa::riscv {
namespace {

// LLVM operands: rd, the immediate's upper 20 bits (signed in C.LUI).
void upper_immediate(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.imm = imm(d, 1) << 12;
  op.run = run_constant;
  out.push_back(op);
}

void upper_immediate_to_pc(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.imm = op.pc + (imm(d, 1) << 12);
  op.run = run_constant;
  out.push_back(op);
}

constexpr auto kRows = std::to_array<Semantics>({
    {"ADD C_ADD", three_registers<run_alu<Alu::kAdd>>},
    {"SUB C_SUB", three_registers<run_alu<Alu::kSub>>},
    {"AND C_AND", three_registers<run_alu<Alu::kAnd>>},
    {"OR C_OR", three_registers<run_alu<Alu::kOr>>},
    {"XOR C_XOR", three_registers<run_alu<Alu::kXor>>},
    {"SLT", three_registers<run_alu<Alu::kSlt>>},
    {"SLTU", three_registers<run_alu<Alu::kSltu>>},
    {"SLL", three_registers<run_alu<Alu::kSll>>},
    {"SRL", three_registers<run_alu<Alu::kSrl>>},
    {"SRA", three_registers<run_alu<Alu::kSra>>},
    {"ADDI C_ADDI C_ADDI16SP C_ADDI4SPN", two_registers_immediate<run_alu_immediate<Alu::kAdd>>},
    {"ANDI C_ANDI", two_registers_immediate<run_alu_immediate<Alu::kAnd>>},
    {"ORI", two_registers_immediate<run_alu_immediate<Alu::kOr>>},
    {"XORI", two_registers_immediate<run_alu_immediate<Alu::kXor>>},
    {"SLTI", two_registers_immediate<run_alu_immediate<Alu::kSlt>>},
    {"SLTIU", two_registers_immediate<run_alu_immediate<Alu::kSltu>>},
    {"SLLI C_SLLI", two_registers_immediate<run_alu_immediate<Alu::kSll>>},
    {"SRLI C_SRLI", two_registers_immediate<run_alu_immediate<Alu::kSrl>>},
    {"SRAI C_SRAI", two_registers_immediate<run_alu_immediate<Alu::kSra>>},
    {"LUI C_LUI", upper_immediate},
    {"AUIPC", upper_immediate_to_pc},
});

}  // namespace

std::span<const Semantics> base_semantics() { return kRows; }

}  // namespace boardless::isa::riscv
