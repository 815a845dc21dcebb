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

constexpr auto kRows = std::to_array<Semantics>({
    {"C_LI", load_immediate},
    {"C_MV", two_registers<run_move>},
    {"C_NOT", with_constant<Alu::kXor, ~0U>},
    {"C_ZEXT_B", with_constant<Alu::kAnd, 0xff>},
    {"C_BEQZ", branch_zero<Compare::kEq>},
    {"C_BNEZ", branch_zero<Compare::kNe>},
    {"C_J", jump<kNowhere>},
    {"C_JAL", jump<kReturnAddress>},
    {"C_JR", jump_register<kNowhere>},
    {"C_JALR", jump_register<kReturnAddress>},
    {"C_NOP C_NOP_HINT C_ADDI_NOP C_ADDI_HINT_IMM_ZERO C_LI_HINT C_LUI_HINT C_MV_HINT C_ADD_HINT "
     "C_SLLI_HINT C_SLLI64_HINT C_SRLI64_HINT C_SRAI64_HINT",
     hint},
});

}  // namespace

std::span<const Semantics> compressed_semantics() { return kRows; }

}  // namespace boardless::isa::riscv
