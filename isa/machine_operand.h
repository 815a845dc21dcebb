// The operands of a decoded instruction in a form that does not depend on LLVM's numbering: what
// semantics are built from.
#pragma once

#include <cstdint>
#include <vector>

#include "isa/instruction.h"

namespace boardless::isa {

struct Opcode;

struct MachineOperand {
  enum class Kind : std::uint8_t {
    kNone,       // an absent register
    kCore,       // value 0-15: R0-R15; RISC-V 0-31: x0-x31
    kSingle,     // S0-S31; RISC-V 0-31: f0-f31
    kDouble,     // D0-D15
    kQuad,       // Q0-Q7; of a list of consecutive ones, the first
    kPredicate,  // VPR
    kOther,      // any other register (flags, FPSCR); value is meaningless
    kImmediate,
  };
  Kind kind = Kind::kNone;
  std::int64_t value = 0;

  bool is_register() const { return kind != Kind::kImmediate; }
};

// One instruction with everything its semantics need.
struct Decoded {
  Instruction facts;
  const Opcode* opcode = nullptr;  // lives as long as the decoder
  // In LLVM's order: results first, then inputs (tied ones appear in both places). The condition
  // and the optional flags result are taken out into the fields below.
  std::vector<MachineOperand> operands;
  std::uint8_t condition = 14;  // Arm's encoding; 14: always
  bool sets_flags = false;      // by the optional S bit; compares set them in any case
  bool unpredictable = false;   // the encoding breaks one of the manual's rules, as far as known
  bool in_vpt_blocks = false;   // MVE's predicate applies: may be in a VPT block
};

}  // namespace boardless::isa
