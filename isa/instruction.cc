// Names of the instruction classes and the predicates over them.
#include "isa/instruction.h"

#include <array>

#include "base/error.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;

constexpr std::array<std::string_view, static_cast<std::size_t>(kCount)> kNames{
    "alu",
    "logical",
    "alu_shifted_operand",
    "alu_left_shifted_operand",
    "alu_shifted_constant",
    "shift",
    "bit_field",
    "extend",
    "extend_accumulate",
    "pack",
    "parallel_alu",
    "saturate",
    "multiply",
    "multiply_accumulate",
    "multiply_long",
    "multiply_accumulate_long",
    "dsp_multiply",
    "dsp_multiply_accumulate",
    "dsp_multiply_accumulate_long",
    "divide",
    "load",
    "store",
    "load_dual",
    "store_dual",
    "load_multiple",
    "store_multiple",
    "load_exclusive",
    "store_exclusive",
    "preload",
    "branch",
    "branch_conditional",
    "compare_branch",
    "branch_link",
    "branch_indirect",
    "table_branch",
    "if_then",
    "nop",
    "wait",
    "system_register",
    "barrier",
    "exception",
    "fp_move",
    "fp_core_transfer",
    "fp_core_transfer_pair",
    "fp_add",
    "fp_multiply",
    "fp_multiply_accumulate",
    "fp_divide",
    "fp_square_root",
    "fp_convert",
    "fp_compare",
    "fp_status",
    "fp_load",
    "fp_store",
    "fp_load_double",
    "fp_store_double",
    "fp_load_multiple",
    "fp_store_multiple",
    "fp_move_double",
    "fp_add_double",
    "fp_multiply_double",
    "fp_multiply_accumulate_double",
    "fp_divide_double",
    "fp_square_root_double",
    "fp_convert_double",
    "fp_compare_double",
    "clear_multiple",
    "fp_divide_half",
    "fp_square_root_half",
    "fp_system_load",
    "fp_system_store",
    "coprocessor",
    "multiply_high",
    "atomic",
    "bit_manipulation",
    "move_double",
    "loop_start",
    "loop_end",
    "conditional_select",
    "shift_long",
    "vector_load",
    "vector_store",
    "vector_load_interleaved",
    "vector_store_interleaved",
    "vector_gather",
    "vector_scatter",
    "vector_alu",
    "vector_logical",
    "vector_shift",
    "vector_narrow",
    "vector_narrow_saturate",
    "vector_carry",
    "vector_index",
    "vector_shift_carry",
    "vector_duplicate",
    "vector_immediate",
    "vector_from_core",
    "vector_to_core",
    "vector_compare",
    "vector_predicate",
    "vector_multiply",
    "vector_multiply_polynomial",
    "vector_multiply_accumulate",
    "vector_dot",
    "vector_dot_long",
    "vector_reduce_add",
    "vector_reduce_add_long",
    "vector_reduce_extreme",
    "vector_reduce_difference",
    "vector_fp_simple",
    "vector_fp_add",
    "vector_fp_multiply",
    "vector_fp_multiply_accumulate",
    "vector_fp_convert",
    "vector_fp_narrow",
    "vector_fp_reduce",
};

}  // namespace

std::string_view class_name(InstructionClass instruction_class) {
  check(instruction_class < kCount, "kCount is not a class");
  return kNames[static_cast<std::size_t>(instruction_class)];
}

bool Instruction::is_load() const {
  switch (instruction_class) {
    case kLoad:
    case kLoadDual:
    case kLoadMultiple:
    case kLoadExclusive:
    case kFpLoad:
    case kFpLoadDouble:
    case kFpLoadMultiple:
    case kFpSystemLoad:
    case kVectorLoad:
    case kVectorLoadInterleaved:
    case kVectorGather:
    case kTableBranch:
    case kAtomic:
      return true;
    default:
      return false;
  }
}

bool Instruction::is_store() const {
  switch (instruction_class) {
    case kStore:
    case kStoreDual:
    case kStoreMultiple:
    case kStoreExclusive:
    case kFpStore:
    case kFpStoreDouble:
    case kFpStoreMultiple:
    case kFpSystemStore:
    case kVectorStore:
    case kVectorStoreInterleaved:
    case kVectorScatter:
    case kAtomic:
      return true;
    default:
      return false;
  }
}

bool Instruction::is_branch() const {
  switch (instruction_class) {
    case kBranch:
    case kBranchConditional:
    case kCompareBranch:
    case kBranchLink:
    case kBranchIndirect:
    case kTableBranch:
    case kException:
      return true;
    default:
      return writes_pc;
  }
}

bool Instruction::ends_block() const {
  // Writing VPR may begin a VPT block.
  const bool writes_vpr = writes.has(kVprRegister) &&
                          (instruction_class == kFpStatus || instruction_class == kFpSystemLoad);
  return is_branch() || instruction_class == kSystemRegister || instruction_class == kBarrier ||
         instruction_class == kWait || writes_vpr;
}

}  // namespace boardless::isa
