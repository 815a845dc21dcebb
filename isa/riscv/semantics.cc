// The list of all families.
#include "isa/riscv/semantics.h"

namespace boardless::isa::riscv {

const OpcodeTable& opcodes() {
  static const OpcodeTable table({base_opcodes(), load_store_opcodes(), control_opcodes(),
                                  multiply_opcodes(), atomic_opcodes(), csr_opcodes(),
                                  float_opcodes(), compressed_opcodes(), bit_manipulation_opcodes(),
                                  zcmp_opcodes()});
  return table;
}

const Op* raise_illegal(State& s, const Op* op) {
  s.pc = op->pc;
  s.trap = Trap::kIllegal;
  return nullptr;
}

}  // namespace boardless::isa::riscv
