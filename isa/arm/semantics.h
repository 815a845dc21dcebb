// What every Arm instruction does, as handlers keyed by LLVM's opcode names. Files follow the
// groups of the architecture manual (DDI 0403E chapter A5, DDI 0553 chapter C2); semantics never
// mention cycles.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "isa/arm/state.h"
#include "isa/machine_operand.h"

namespace boardless::isa::arm {

using OpList = std::vector<Op>;

// Appends the operations of one instruction, most often one. Its condition is dealt with before.
// `make` gets an Op whose pc is set already.
using Builder = void (*)(const Decoded& instruction, Op op, OpList& out);

struct Semantics {
  std::string_view names;  // LLVM opcode names, separated by single spaces
  Builder build;
};

std::span<const Semantics> arithmetic_semantics();
std::span<const Semantics> logic_semantics();
std::span<const Semantics> shift_and_bit_field_semantics();
std::span<const Semantics> multiply_semantics();
std::span<const Semantics> parallel_semantics();
std::span<const Semantics> saturate_semantics();
std::span<const Semantics> load_store_semantics();
std::span<const Semantics> load_store_multiple_semantics();
std::span<const Semantics> branch_semantics();
std::span<const Semantics> system_semantics();
std::span<const Semantics> fp_data_semantics();
std::span<const Semantics> fp_convert_semantics();
std::span<const Semantics> fp_move_semantics();
std::span<const Semantics> fp_load_store_semantics();
// Armv8.1-M.
std::span<const Semantics> mve_interleave_semantics();
std::span<const Semantics> mve_gather_scatter_semantics();
std::span<const Semantics> mve_bitwise_semantics();
std::span<const Semantics> mve_carry_and_index_semantics();
std::span<const Semantics> loop_semantics();
std::span<const Semantics> fp_system_semantics();
std::span<const Semantics> mve_long_shift_semantics();
std::span<const Semantics> fp16_semantics();
std::span<const Semantics> mve_integer_add_semantics();
std::span<const Semantics> mve_multiply_semantics();
std::span<const Semantics> mve_shift_semantics();
std::span<const Semantics> mve_narrow_semantics();
std::span<const Semantics> mve_reduce_semantics();
std::span<const Semantics> mve_float_semantics();
std::span<const Semantics> mve_float_compare_semantics();
std::span<const Semantics> mve_float_convert_semantics();
std::span<const Semantics> mve_predicate_semantics();
std::span<const Semantics> mve_move_semantics();
std::span<const Semantics> mve_load_store_semantics();

// Null when no semantics are known for the opcode.
Builder find_builder(std::string_view opcode_name);

// Evaluates a condition (Arm's encoding, 0-13) on the flags.
bool condition_holds(const State& state, std::uint32_t condition);

}  // namespace boardless::isa::arm
