// The list of all families, and conditions.
#include "isa/arm/semantics.h"

namespace boardless::isa::arm {

const OpcodeTable& opcodes() {
  static const OpcodeTable table({arithmetic_opcodes(),
                                  logic_opcodes(),
                                  shift_and_bit_field_opcodes(),
                                  multiply_opcodes(),
                                  parallel_opcodes(),
                                  saturate_opcodes(),
                                  load_store_opcodes(),
                                  load_store_multiple_opcodes(),
                                  branch_opcodes(),
                                  system_opcodes(),
                                  fp_data_opcodes(),
                                  fp_convert_opcodes(),
                                  fp_move_opcodes(),
                                  fp_load_store_opcodes(),
                                  loop_opcodes(),
                                  fp_system_opcodes(),
                                  mve_long_shift_opcodes(),
                                  mve_bitwise_opcodes(),
                                  mve_carry_and_index_opcodes(),
                                  mve_interleave_opcodes(),
                                  mve_gather_scatter_opcodes(),
                                  fp16_opcodes(),
                                  mve_integer_add_opcodes(),
                                  mve_multiply_opcodes(),
                                  mve_shift_opcodes(),
                                  mve_narrow_opcodes(),
                                  mve_reduce_opcodes(),
                                  mve_float_opcodes(),
                                  mve_float_compare_opcodes(),
                                  mve_float_convert_opcodes(),
                                  mve_predicate_opcodes(),
                                  mve_move_opcodes(),
                                  mve_load_store_opcodes(),
                                  coprocessor_opcodes()});
  return table;
}

bool condition_holds(const State& s, std::uint32_t condition) {
  bool holds = true;
  switch (condition >> 1) {
    case 0:
      holds = s.z();
      break;
    case 1:
      holds = s.c != 0;
      break;
    case 2:
      holds = s.n();
      break;
    case 3:
      holds = s.v != 0;
      break;
    case 4:
      holds = s.c != 0 && !s.z();
      break;
    case 5:
      holds = s.n() == (s.v != 0);
      break;
    case 6:
      holds = s.n() == (s.v != 0) && !s.z();
      break;
    default:
      return true;
  }
  return holds != ((condition & 1) != 0);
}

}  // namespace boardless::isa::arm
