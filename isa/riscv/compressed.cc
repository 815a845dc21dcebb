// Compressed instructions whose operands differ from their wide forms' (manual chapter 16,
// Zcb 1.0), and hints. The others are rows beside their wide forms.
#include <array>

#include "isa/riscv/alu.h"
#include "isa/riscv/control.h"
#include "isa/riscv/operands.h"

namespace boardless::isa::riscv {
namespace {

// C.LI: rd, immediate.
void load_immediate(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.imm = imm(d, 1);
  op.run = run_constant;
  out.push_back(op);
}

// C.NOT and C.ZEXT.B: rd, rd; the operation has an immediate that the encoding does not.
template <Alu kWhat, std::uint32_t kImmediate>
void with_constant(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.rn = source(d, 1);
  op.imm = kImmediate;
  op.run = run_alu_immediate<kWhat>;
  out.push_back(op);
}

// C.BEQZ: rs1, offset.
template <Compare kWhat>
void branch_zero(const Decoded& d, Op op, OpList& out) {
  op.rn = source(d, 0);
  op.rm = 0;
  op.aux = d.facts.branch_target;
  op.imm = d.facts.end();
  op.run = run_branch<kWhat>;
  out.push_back(op);
}

// C.J, C.JAL: offset.
template <std::uint8_t kLink>
void jump(const Decoded& d, Op op, OpList& out) {
  op.rd = kLink;
  op.aux = d.facts.branch_target;
  op.imm = d.facts.end();
  op.run = run_jump;
  out.push_back(op);
}

// C.JR, C.JALR: rs1.
template <std::uint8_t kLink>
void jump_register(const Decoded& d, Op op, OpList& out) {
  op.rd = kLink;
  op.rn = source(d, 0);
  op.imm = d.facts.end();
  op.run = run_jump_register;
  out.push_back(op);
}

void hint(const Decoded&, Op, OpList&) {}

constexpr std::uint8_t kReturnAddress = 1;

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"C_LI", of(Feature::kCompressed, kAlu), load_immediate},
    {"C_MV", of(Feature::kCompressed, kAlu), two_registers<run_move>},
    {"C_NOT", of(Feature::kZcb, kAlu), with_constant<Alu::kXor, ~0U>},
    {"C_ZEXT_B", of(Feature::kZcb, kAlu), with_constant<Alu::kAnd, 0xff>},
    {"C_BEQZ", of(Feature::kCompressed, kBranchConditional), branch_zero<Compare::kEq>},
    {"C_BNEZ", of(Feature::kCompressed, kBranchConditional), branch_zero<Compare::kNe>},
    {"C_J", of(Feature::kCompressed, kBranch), jump<kNowhere>},
    {"C_JAL", of(Feature::kCompressed, kBranch), jump<kReturnAddress>},
    {"C_JR", of(Feature::kCompressed, kBranchIndirect), jump_register<kNowhere>},
    {"C_JALR", of(Feature::kCompressed, kBranchIndirect), jump_register<kReturnAddress>},
    {"C_NOP C_NOP_HINT C_ADDI_NOP C_ADDI_HINT_IMM_ZERO C_LI_HINT C_MV_HINT C_ADD_HINT "
     "C_SLLI64_HINT C_SRLI64_HINT C_SRAI64_HINT",
     of(Feature::kCompressed, kNop), hint},
    {"C_SLLI_HINT", of(Feature::kCompressed, kShift), hint},  // its amounts are a shift's
    {"C_LUI_HINT", of(Feature::kCompressed, kNop).nonzero(), hint},
});

}  // namespace

std::span<const OpcodeRow> compressed_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
