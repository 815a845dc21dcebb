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

using enum InstructionClass;
using enum AddressPart;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"ADD", rv32i(kAlu), three_registers<run_alu<Alu::kAdd>>},
    {"C_ADD", of(Feature::kCompressed, kAlu), three_registers<run_alu<Alu::kAdd>>},
    {"SUB", rv32i(kAlu), three_registers<run_alu<Alu::kSub>>},
    {"C_SUB", of(Feature::kCompressed, kAlu), three_registers<run_alu<Alu::kSub>>},
    {"AND", rv32i(kAlu), three_registers<run_alu<Alu::kAnd>>},
    {"C_AND", of(Feature::kCompressed, kAlu), three_registers<run_alu<Alu::kAnd>>},
    {"OR", rv32i(kAlu), three_registers<run_alu<Alu::kOr>>},
    {"C_OR", of(Feature::kCompressed, kAlu), three_registers<run_alu<Alu::kOr>>},
    {"XOR", rv32i(kAlu), three_registers<run_alu<Alu::kXor>>},
    {"C_XOR", of(Feature::kCompressed, kAlu), three_registers<run_alu<Alu::kXor>>},
    {"SLT", rv32i(kAlu), three_registers<run_alu<Alu::kSlt>>},
    {"SLTU", rv32i(kAlu), three_registers<run_alu<Alu::kSltu>>},
    {"SLL", rv32i(kShift), three_registers<run_alu<Alu::kSll>>},
    {"SRL", rv32i(kShift), three_registers<run_alu<Alu::kSrl>>},
    {"SRA", rv32i(kShift), three_registers<run_alu<Alu::kSra>>},
    {"ADDI", rv32i(kAlu), two_registers_immediate<run_alu_immediate<Alu::kAdd>>},
    {"C_ADDI", of(Feature::kCompressed, kAlu),
     two_registers_immediate<run_alu_immediate<Alu::kAdd>>},
    {"C_ADDI16SP C_ADDI4SPN", of(Feature::kCompressed, kAlu).nonzero(),
     two_registers_immediate<run_alu_immediate<Alu::kAdd>>},
    {"ANDI", rv32i(kAlu), two_registers_immediate<run_alu_immediate<Alu::kAnd>>},
    {"C_ANDI", of(Feature::kCompressed, kAlu),
     two_registers_immediate<run_alu_immediate<Alu::kAnd>>},
    {"ORI", rv32i(kAlu), two_registers_immediate<run_alu_immediate<Alu::kOr>>},
    {"XORI", rv32i(kAlu), two_registers_immediate<run_alu_immediate<Alu::kXor>>},
    {"SLTI", rv32i(kAlu), two_registers_immediate<run_alu_immediate<Alu::kSlt>>},
    {"SLTIU", rv32i(kAlu), two_registers_immediate<run_alu_immediate<Alu::kSltu>>},
    {"SLLI", rv32i(kShift), two_registers_immediate<run_alu_immediate<Alu::kSll>>},
    {"C_SLLI", of(Feature::kCompressed, kShift),
     two_registers_immediate<run_alu_immediate<Alu::kSll>>},
    {"SRLI", rv32i(kShift), two_registers_immediate<run_alu_immediate<Alu::kSrl>>},
    {"C_SRLI", of(Feature::kCompressed, kShift),
     two_registers_immediate<run_alu_immediate<Alu::kSrl>>},
    {"SRAI", rv32i(kShift), two_registers_immediate<run_alu_immediate<Alu::kSra>>},
    {"C_SRAI", of(Feature::kCompressed, kShift),
     two_registers_immediate<run_alu_immediate<Alu::kSra>>},
    {"LUI", rv32i(kAlu).builds(kUpper), upper_immediate},
    {"C_LUI", of(Feature::kCompressed, kAlu).nonzero().builds(kUpper), upper_immediate},
    {"AUIPC", rv32i(kAlu).builds(kUpperFromPc), upper_immediate_to_pc},
});

}  // namespace

std::span<const OpcodeRow> base_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
