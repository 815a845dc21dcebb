// What every RISC-V instruction is and does: records keyed by LLVM's opcode names. Files follow the
// chapters of the unprivileged manual (20191213; Zb* 1.0.0, Zc* 1.0); semantics never mention
// cycles.
#pragma once

#include <span>
#include <vector>

#include "isa/opcode.h"
#include "isa/riscv/state.h"

namespace boardless::isa::riscv {

using OpList = std::vector<Op>;

// An instruction becomes at most one operation.
using Builder = BuilderFor<State>;

constexpr OpcodeFacts rv32i(InstructionClass c) { return of(Feature::kBase, c); }

std::span<const OpcodeRow> base_opcodes();
std::span<const OpcodeRow> load_store_opcodes();
std::span<const OpcodeRow> control_opcodes();
std::span<const OpcodeRow> multiply_opcodes();
std::span<const OpcodeRow> atomic_opcodes();
std::span<const OpcodeRow> csr_opcodes();
std::span<const OpcodeRow> float_opcodes();
std::span<const OpcodeRow> compressed_opcodes();
std::span<const OpcodeRow> bit_manipulation_opcodes();
std::span<const OpcodeRow> zcmp_opcodes();

// All of them.
const OpcodeTable& opcodes();

// Stops at an instruction that is legal to decode but not to execute.
const Op* raise_illegal(State& state, const Op* op);

}  // namespace boardless::isa::riscv
