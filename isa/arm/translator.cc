// Blocks: decoding until the flow may change, conditions as skips, an end that falls through.
#include "isa/arm/translator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "isa/arm/condition.h"
#include "isa/arm/mve/vpt_block.h"

namespace boardless::isa::arm {
namespace {

// Longer straight-line code is cut, so that interrupts are noticed.
constexpr std::size_t kMostInstructions = 64;

// Skips the next `aux` operations unless the condition holds.
template <std::size_t kCondition>
struct SkipUnless {
  static const Op* run(State& s, const Op* op) {
    return go_to(s, holds<kCondition>(s) ? op + 1 : op + 1 + op->aux);
  }
};
constexpr std::array kSkipUnless = by_condition<SkipUnless>();

// SP bits 1:0 are always zero.
const Op* align_sp(State& s, const Op* op) {
  s.r[13] &= ~3U;
  return next(s, op);
}

// --- Stack limits (DDI 0553 B3.21): what would take SP below its limit traps and changes nothing.
// ---

std::uint32_t stack_limit(const State& s) { return s.uses_psp() ? s.psplim : s.msplim; }

const Op* trap_at_stack_limit(State& s, const Op* op) {
  s.pc = op->pc;
  s.trap = Trap::kStackLimit;
  return nullptr;
}

// imm: what is added to SP.
const Op* check_new_sp(State& s, const Op* op) {
  if (s.r[13] + op->imm < stack_limit(s)) [[unlikely]]
    return trap_at_stack_limit(s, op);
  return next(s, op);
}

const Op* remember_sp(State& s, const Op* op) {
  s.sp_before = s.r[13];
  return next(s, op);
}

// Behind arithmetic on SP.
const Op* check_sp(State& s, const Op* op) {
  if (s.r[13] >= stack_limit(s)) [[likely]]
    return next(s, op);
  s.r[13] = s.sp_before;
  return trap_at_stack_limit(s, op);
}

const Op* set_it(State& s, const Op* op) {
  s.it = op->imm;
  return next(s, op);
}

const Op* fall_through(State& s, const Op* op) {
  s.pc = op->pc;
  return nullptr;
}

const Op* not_thumb(State& s, const Op* op) {
  s.pc = op->pc;
  s.trap = Trap::kNotThumb;
  return nullptr;
}

const Op* undefined(State& s, const Op* op) {
  s.pc = op->pc;
  s.trap = Trap::kUndefined;
  return nullptr;
}

Op make_op(Op::Handler run, std::uint32_t pc, std::uint32_t imm = 0) {
  Op op;
  op.run = run;
  op.pc = pc;
  op.imm = imm;
  return op;
}

// ITSTATE after one instruction (DDI 0403E A7.3.3).
std::uint32_t advance_it(std::uint32_t it) {
  return (it & 7) == 0 ? 0 : (it & 0xe0) | (it << 1 & 0x1f);
}

// Whether SP may get a value that is not a multiple of 4.
bool may_misalign_sp(const Decoded& d) {
  constexpr int kSp = 13;
  const Instruction& i = d.facts;
  if (!i.writes.has(kSp)) return false;
  switch (i.instruction_class) {
    case InstructionClass::kLoadMultiple:
    case InstructionClass::kStoreMultiple:
    case InstructionClass::kFpLoadMultiple:
    case InstructionClass::kFpStoreMultiple:
      return false;
    default:
      break;
  }
  // SP itself and a multiple of 4; 16-bit encodings count words.
  if (d.operands.size() < 2 || !i.reads.has(kSp)) return true;
  if (d.operands.back().is_register()) return true;
  const bool adds = i.instruction_class == InstructionClass::kAlu;
  const bool updates = i.form == AddressForm::kPreIndexed || i.form == AddressForm::kPostIndexed;
  return !(adds || updates) || (i.size == 4 && d.operands.back().value % 4 != 0);
}

// The ways to move SP that the limit holds for. Loads of SP itself are not among them.
enum class MovesSp : std::uint8_t { kNot, kByArithmetic, kByAccess };

MovesSp moves_sp(const Decoded& d) {
  constexpr int kSp = 13;
  const Instruction& i = d.facts;
  if (!i.writes.has(kSp)) return MovesSp::kNot;
  if (i.access_bytes == 0) {
    return i.instruction_class == InstructionClass::kSystemRegister ? MovesSp::kNot
                                                                    : MovesSp::kByArithmetic;
  }
  const bool updates = i.form == AddressForm::kPreIndexed || i.form == AddressForm::kPostIndexed;
  return updates && i.address_reads.has(kSp) ? MovesSp::kByAccess : MovesSp::kNot;
}

// What an access adds to SP; 0 upwards, where the limit is no concern.
std::uint32_t sp_step(const Decoded& d) {
  switch (d.facts.instruction_class) {
    case InstructionClass::kStoreMultiple:
    case InstructionClass::kFpStoreMultiple:
      return 0U - d.facts.registers * 4U;
    default:
      return d.facts.address_offset < 0 ? static_cast<std::uint32_t>(d.facts.address_offset) : 0;
  }
}

}  // namespace

State Translator::initial_state() const {
  State state;
  state.traps_unaligned = !variant_.has(Feature::kMainline);  // DDI 0419E A3.2.1, DDI 0553 B3.5
  if (variant_.has(Feature::kHelium)) {
    state.fpscr = state.fpdscr = kNoTailPredication;  // DDI 0553 D1.2 FPSCR, FPDSCR
    state.fpscr_writable = 0xffcf009f;                // with QC, FZ16 and LTPSIZE
    note_predication(state);
  }
  return state;
}

Translator::Block Translator::translate(const State& state, std::span<const std::uint8_t> bytes) {
  Block block;
  if (state.not_thumb != 0) {
    block.ops.push_back(make_op(not_thumb, state.pc));
    return block;
  }
  decoder_.restart();
  if (state.it != 0) {
    // Puts the decoder into the IT block that the core is in: IT is 0xbf00 | ITSTATE.
    const std::array<std::uint8_t, 2> it{static_cast<std::uint8_t>(state.it), 0xbf};
    decoder_.next(state.pc - 2, it);
  }
  VptBlock vpt(state.vpt);
  if (vpt.inside()) {
    const std::array<std::uint8_t, 4> vpst = vpt.as_vpst();
    decoder_.next(state.pc - 4, vpst);
  }
  std::size_t offset = 0;
  std::uint32_t it = state.it;
  if (it != 0) block.ops.push_back(make_op(set_it, state.pc, 0));  // the decoder's from here on
  bool ends = false;
  // Not cut inside an IT or VPT block: the next block would have to start in the middle of one.
  const auto is_cut = [&](std::uint32_t address) {
    const std::size_t instructions = block.instructions.size();
    return !decoder_.in_it_block() && !vpt.inside() &&
           (instructions >= kMostInstructions ||
            (instructions != 0 && std::ranges::find(beginnings_, address) != beginnings_.end()));
  };
  while (!ends) {
    const auto address = state.pc + static_cast<std::uint32_t>(offset);
    if (is_cut(address)) break;
    std::optional<Decoded> decoded = decoder_.next(address, bytes.subspan(offset));
    // What no core executes is no part of a block either: it is not priced.
    const bool never_runs =
        decoded && decoded->opcode->build.arm == undefined_instruction && decoded->condition >= 14;
    if (!decoded || never_runs) break;
    const Builder build = decoded->opcode->build.arm;
    if (build == nullptr) {
      throw NotModelled(fmt::format("instruction at 0x{:08x} ({}): no semantics for {}", address,
                                    decoder_.text(address, bytes.subspan(offset)),
                                    decoded->opcode->name));
    }
    if (decoded->unpredictable && decoded->in_vpt_blocks) {
      throw NotModelled(fmt::format("instruction at 0x{:08x} ({}) is UNPREDICTABLE", address,
                                    decoder_.text(address, bytes.subspan(offset))));
    }
    ends = decoded->facts.ends_block();
    it = decoded->facts.instruction_class == InstructionClass::kIfThen ? bytes[offset]
                                                                       : advance_it(it);
    // A block that ends inside an IT block, by an SVC for instance, hands the rest of it on.
    if (ends && it != 0) block.ops.push_back(make_op(set_it, address, it));
    // An exception return may bring an ITSTATE that no IT gives: its condition 15 is taken as
    // always.
    const bool conditional = decoded->condition < 14 && decoded->facts.predicated;
    const std::size_t skip = block.ops.size();
    if (conditional) block.ops.push_back(make_op(kSkipUnless.at(decoded->condition), address));
    const MovesSp moves = has_stack_limits_ ? moves_sp(*decoded) : MovesSp::kNot;
    if (moves == MovesSp::kByAccess) {
      block.ops.push_back(make_op(check_new_sp, address, sp_step(*decoded)));
    } else if (moves == MovesSp::kByArithmetic) {
      block.ops.push_back(make_op(remember_sp, address));
    }
    build(*decoded, make_op(nullptr, address), block.ops);
    if (vpt.inside() && decoded->in_vpt_blocks) {
      block.ops.push_back(make_op(run_vpt_advance, address));
      vpt.advance();
    }
    if (decoded->opcode->facts.starts_vpt_block) vpt.start(vpt_mask(*decoded));
    if (may_misalign_sp(*decoded)) block.ops.push_back(make_op(align_sp, address));
    if (moves == MovesSp::kByArithmetic) block.ops.push_back(make_op(check_sp, address));
    if (conditional) {
      block.ops[skip].aux = static_cast<std::uint32_t>(block.ops.size() - skip - 1);
    }
    offset += decoded->facts.size;
    block.instructions.push_back(decoded->facts);
  }
  const auto end = state.pc + static_cast<std::uint32_t>(offset);
  block.ops.push_back(make_op(block.instructions.empty() ? undefined : fall_through, end));
  return block;
}

}  // namespace boardless::isa::arm
