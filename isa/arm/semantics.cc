// The index over all groups, and conditions.
#include "isa/arm/semantics.h"

#include <array>
#include <unordered_map>

#include "isa/opcode_names.h"

namespace boardless::isa::arm {
namespace {

std::unordered_map<std::string_view, Builder> build_index() {
  std::unordered_map<std::string_view, Builder> index;
  for (const auto& group : {arithmetic_semantics(),
                            logic_semantics(),
                            shift_and_bit_field_semantics(),
                            multiply_semantics(),
                            parallel_semantics(),
                            saturate_semantics(),
                            load_store_semantics(),
                            load_store_multiple_semantics(),
                            branch_semantics(),
                            system_semantics(),
                            fp_data_semantics(),
                            fp_convert_semantics(),
                            fp_move_semantics(),
                            fp_load_store_semantics(),
                            loop_semantics(),
                            fp_system_semantics(),
                            mve_long_shift_semantics(),
                            mve_bitwise_semantics(),
                            mve_carry_and_index_semantics(),
                            mve_interleave_semantics(),
                            mve_gather_scatter_semantics(),
                            fp16_semantics(),
                            mve_integer_add_semantics(),
                            mve_multiply_semantics(),
                            mve_shift_semantics(),
                            mve_narrow_semantics(),
                            mve_reduce_semantics(),
                            mve_float_semantics(),
                            mve_float_compare_semantics(),
                            mve_float_convert_semantics(),
                            mve_predicate_semantics(),
                            mve_move_semantics(),
                            mve_load_store_semantics()}) {
    for (const Semantics& row : group) add_opcode_names(row.names, row.build, index);
  }
  return index;
}

}  // namespace

Builder find_builder(std::string_view opcode_name) {
  static const std::unordered_map<std::string_view, Builder> index = build_index();
  const auto found = index.find(opcode_name);
  return found == index.end() ? nullptr : found->second;
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
