// The check that floating point is enabled, and FP register operands.
#include "isa/arm/fp_operands.h"

#include <algorithm>

namespace boardless::isa::arm {
namespace {

constexpr std::uint32_t kFpca = 1U << 2;  // CONTROL.FPCA
constexpr std::uint32_t kContextModes =
    kFpAlternativeHalf | kFpDefaultNan | kFpFlush | kFpRoundingMask | kFpFlushHalf | kLtpsizeMask;

const Op* run_check(State& s, const Op* op) { return use_fp(s, op) ? next(s, op) : nullptr; }

constexpr std::uint32_t kAlwaysRuns = 1;

}  // namespace

bool use_fp(State& s, const Op* op) {
  if (!s.fp_enabled) [[unlikely]] {
    s.pc = op->pc;
    s.trap = Trap::kUndefined;
    return false;
  }
  if ((s.control & kFpca) == 0) {
    s.control |= kFpca;  // a new context
    s.fpscr = (s.fpscr & ~kContextModes) | (s.fpdscr & kContextModes);
    s.vpr = 0;
    note_predication(s);
  }
  return true;
}

std::uint8_t fp_reg(const Decoded& d, std::size_t index) {
  const std::uint8_t number = reg(d, index);
  switch (d.operands[index].kind) {
    case MachineOperand::Kind::kSingle:
      return number;
    case MachineOperand::Kind::kDouble:
      return static_cast<std::uint8_t>(2 * number);
    default:
      break;
  }
  check(false, "the semantics' table knows where an opcode has its FP registers");
  return 0;
}

void check_fp_once(const Decoded& d, const Op& op, OpList& out) {
  const bool checked = std::any_of(out.begin(), out.end(), [](const Op& each) {
    return each.run == run_check && each.imm == kAlwaysRuns;
  });
  if (checked) return;
  Op test = op;
  test.run = run_check;
  const bool conditional = d.condition != 14 && d.facts.predicated;
  test.imm = conditional ? 0 : kAlwaysRuns;
  out.push_back(test);
}

}  // namespace boardless::isa::arm
