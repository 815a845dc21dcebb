// What every Arm instruction is and does: records keyed by LLVM's opcode names. Files follow the
// groups of the architecture manual (DDI 0403E chapter A5, DDI 0553 chapter C2); semantics never
// mention cycles.
#pragma once

#include <span>
#include <vector>

#include "isa/arm/opcode_facts.h"
#include "isa/arm/state.h"

namespace boardless::isa::arm {

using OpList = std::vector<Op>;

// Most instructions become one operation. Their condition is dealt with before.
using Builder = BuilderFor<State>;

std::span<const OpcodeRow> arithmetic_opcodes();
std::span<const OpcodeRow> logic_opcodes();
std::span<const OpcodeRow> shift_and_bit_field_opcodes();
std::span<const OpcodeRow> multiply_opcodes();
std::span<const OpcodeRow> parallel_opcodes();
std::span<const OpcodeRow> saturate_opcodes();
std::span<const OpcodeRow> load_store_opcodes();
std::span<const OpcodeRow> load_store_multiple_opcodes();
std::span<const OpcodeRow> branch_opcodes();
std::span<const OpcodeRow> system_opcodes();
std::span<const OpcodeRow> coprocessor_opcodes();
std::span<const OpcodeRow> fp_data_opcodes();
std::span<const OpcodeRow> fp_convert_opcodes();
std::span<const OpcodeRow> fp_move_opcodes();
std::span<const OpcodeRow> fp_load_store_opcodes();
// Armv8.1-M.
std::span<const OpcodeRow> mve_interleave_opcodes();
std::span<const OpcodeRow> mve_gather_scatter_opcodes();
std::span<const OpcodeRow> mve_bitwise_opcodes();
std::span<const OpcodeRow> mve_carry_and_index_opcodes();
std::span<const OpcodeRow> loop_opcodes();
std::span<const OpcodeRow> fp_system_opcodes();
std::span<const OpcodeRow> mve_long_shift_opcodes();
std::span<const OpcodeRow> fp16_opcodes();
std::span<const OpcodeRow> mve_integer_add_opcodes();
std::span<const OpcodeRow> mve_multiply_opcodes();
std::span<const OpcodeRow> mve_shift_opcodes();
std::span<const OpcodeRow> mve_narrow_opcodes();
std::span<const OpcodeRow> mve_reduce_opcodes();
std::span<const OpcodeRow> mve_float_opcodes();
std::span<const OpcodeRow> mve_float_compare_opcodes();
std::span<const OpcodeRow> mve_float_convert_opcodes();
std::span<const OpcodeRow> mve_predicate_opcodes();
std::span<const OpcodeRow> mve_move_opcodes();
std::span<const OpcodeRow> mve_load_store_opcodes();

// Traps as undefined: the machine knows which coprocessors and security states a core has.
void undefined_instruction(const Decoded& instruction, Op op, OpList& out);

// All of them.
const OpcodeTable& opcodes();

// Evaluates a condition (Arm's encoding, 0-13) on the flags.
bool condition_holds(const State& state, std::uint32_t condition);

}  // namespace boardless::isa::arm
