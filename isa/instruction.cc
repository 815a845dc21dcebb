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
    "coprocessor",
    "multiply_high",
    "atomic",
    "bit_manipulation",
    "move_double",
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
  return is_branch() || instruction_class == kSystemRegister || instruction_class == kBarrier ||
         instruction_class == kWait;
}

}  // namespace boardless::isa
