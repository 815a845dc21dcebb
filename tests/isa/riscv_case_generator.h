// Random cases for the judge of RISC-V machines: straight and branching code as in
// riscv_random_sequence.h, accesses of machine-mode registers around it, and a trap at the end.
#pragma once

#include <string>

#include "tests/isa/riscv_case_batch.h"
#include "tests/isa/riscv_random_sequence.h"

namespace boardless::isa::riscv {

class CaseGenerator {
 public:
  // As SequenceGenerator.
  CaseGenerator(const Variant& variant, const std::string& extensions, std::uint32_t seed);

  Case next();
  std::vector<std::uint8_t> pattern() { return sequences_.data(); }
  const std::map<std::string, int>& covered() const { return sequences_.covered(); }

 private:
  std::uint32_t below(std::uint32_t bound) { return random_() % bound; }
  Piece register_access(bool in_machine_mode);
  Piece status_change();
  Piece ending(Case& one);
  Piece illegal();

  const Variant& variant_;
  SequenceGenerator sequences_;
  Decoder decoder_;
  Random random_;
};

}  // namespace boardless::isa::riscv
