// What every RISC-V instruction does, as handlers keyed by LLVM's opcode names. Files follow the
// chapters of the unprivileged manual (20191213; Zb* 1.0.0, Zc* 1.0); semantics never mention
// cycles.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "isa/machine_operand.h"
#include "isa/riscv/state.h"

namespace boardless::isa::riscv {

using OpList = std::vector<Op>;

// Appends the operations of one instruction, at most one. It gets an Op whose pc is set already.
using Builder = void (*)(const Decoded& instruction, Op op, OpList& out);

struct Semantics {
  std::string_view names;  // LLVM opcode names, separated by single spaces
  Builder build;
};

std::span<const Semantics> base_semantics();
std::span<const Semantics> load_store_semantics();
std::span<const Semantics> control_semantics();
std::span<const Semantics> multiply_semantics();
std::span<const Semantics> atomic_semantics();
std::span<const Semantics> csr_semantics();
std::span<const Semantics> float_semantics();
std::span<const Semantics> compressed_semantics();
std::span<const Semantics> bit_manipulation_semantics();
std::span<const Semantics> zcmp_semantics();

// Null when no semantics are known for the opcode.
Builder find_builder(std::string_view opcode_name);

// Stops at an instruction that is legal to decode but not to execute.
const Op* raise_illegal(State& state, const Op* op);

}  // namespace boardless::isa::riscv
