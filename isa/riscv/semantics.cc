// The index over all groups.
#include "isa/riscv/semantics.h"

#include <unordered_map>

#include "isa/opcode_names.h"

namespace boardless::isa::riscv {
namespace {

std::unordered_map<std::string_view, Builder> build_index() {
  std::unordered_map<std::string_view, Builder> index;
  for (const auto& group :
       {base_semantics(), load_store_semantics(), control_semantics(), multiply_semantics(),
        atomic_semantics(), csr_semantics(), float_semantics(), compressed_semantics(),
        bit_manipulation_semantics(), zcmp_semantics()}) {
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

const Op* raise_illegal(State& s, const Op* op) {
  s.pc = op->pc;
  s.trap = Trap::kIllegal;
  s.trap_value = 0;
  return nullptr;
}

}  // namespace boardless::isa::riscv
