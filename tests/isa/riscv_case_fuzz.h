// Random RISC-V cases in batches, our machine against QEMU.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/isa/riscv_case_batch.h"

namespace boardless::isa::riscv {

// What is judged together: an instruction set, and what of it cases are made of.
struct CaseMix {
  std::string_view variant;
  std::string_view extensions;  // as SequenceGenerator has them
};
std::span<const CaseMix> case_mixes();

struct CaseFuzzReport {
  std::vector<std::string> differences;  // each shrunk and in words
  std::map<std::string, int> covered;    // opcode names generated
  std::map<std::uint32_t, int> causes;   // how cases ended, by mcause
  int cases = 0;
};

// Stops after `most_differences`.
CaseFuzzReport fuzz_cases(const CaseMix& mix, int cases, std::uint32_t seed,
                          std::size_t most_differences = 1);

}  // namespace boardless::isa::riscv
