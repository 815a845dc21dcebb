// MVE: VPT blocks, integer comparisons and other instructions on the predicate (DDI 0553 B5.6,
// C2.4).
#include "isa/arm/mve/predicate.h"

#include <array>
#include <functional>

namespace boardless::isa::arm {

void start_vpt_block(State& s, std::uint32_t mask) {
  if (s.vpt != 0) advance_vpt(s);  // the block that is not over: UNPREDICTABLE
  s.vpr = (s.vpr & ~kVprMasks) | mask << 16 | mask << 20;
  note_predication(s);
}

Op compare_operands(const Decoded& d, Op op) {
  op.rn = quad(d, 1);
  const bool vectors = d.operands[2].kind == MachineOperand::Kind::kQuad;
  op.rm = vectors ? quad(d, 2) : reg_or_zero(d, 2);
  op.imm = is_vpt(d) ? vpt_mask(d) : 0;
  return op;
}

std::uint32_t compare_condition(const Decoded& d) { return imm(d, 3); }

namespace {

// --- VPST. imm: the mask. ---

const Op* run_vpst(State& s, const Op* op) {
  start_vpt_block(s, op->imm);
  return next(s, op);
}

void vpst(const Decoded& d, Op op, OpList& out) {
  op.imm = vpt_mask(d);
  append_vector(d, op, run_vpst, out);
}

// --- VCMP, VPT ---

template <class T, template <class> class Second>
constexpr Op::Handler compare_handler(std::uint32_t condition) {
  switch (condition) {
    case 0:
      return run_compare_lanes<T, std::equal_to<T>{}, Qn<T>, Second<T>>;
    case 1:
      return run_compare_lanes<T, std::not_equal_to<T>{}, Qn<T>, Second<T>>;
    case 2:   // CS
    case 10:  // GE
      return run_compare_lanes<T, std::greater_equal<T>{}, Qn<T>, Second<T>>;
    case 8:   // HI
    case 12:  // GT
      return run_compare_lanes<T, std::greater<T>{}, Qn<T>, Second<T>>;
    case 11:  // LT
      return run_compare_lanes<T, std::less<T>{}, Qn<T>, Second<T>>;
    case 13:  // LE
      return run_compare_lanes<T, std::less_equal<T>{}, Qn<T>, Second<T>>;
    default:
      return nullptr;
  }
}

template <class T, template <class> class Second>
void compare(const Decoded& d, Op op, OpList& out) {
  const Op::Handler run = compare_handler<T, Second>(compare_condition(d));
  check(run != nullptr, "a comparison of vectors has a condition that it can encode");
  append_vector(d, compare_operands(d, op), run, out);
}

// --- VPNOT, VCTP, VPSEL ---

// Inactive bytes become 0, as those of a comparison do.
const Op* run_not(State& s, const Op* op) {
  write_predicate(s, ~s.vpr & kP0);
  return next(s, op);
}

void invert(const Decoded& d, Op op, OpList& out) { append_vector(d, op, run_not, out); }

// imm: log2 of an element's bytes.
const Op* run_tail(State& s, const Op* op) {
  const std::uint32_t elements = s.r[op->rn];
  const bool all = elements >= kVectorBytes >> op->imm;
  write_predicate(s, all ? kAllBytes : (1U << (elements << op->imm)) - 1);
  return next(s, op);
}

// LLVM operands: VPR, Rn.
template <std::uint32_t kLog2Bytes>
void create_tail(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 1);
  op.imm = kLog2Bytes;
  append_vector(d, op, run_tail, out);
}

const Op* run_select(State& s, const Op* op) {
  const VectorBits mask = byte_mask(s.vpr);
  const auto first = std::bit_cast<VectorBits>(read_lanes<std::uint8_t>(s, op->rn));
  const auto second = std::bit_cast<VectorBits>(read_lanes<std::uint8_t>(s, op->rm));
  write_lanes(s, op->rd, std::bit_cast<Lanes<std::uint8_t>>((first & mask) | (second & ~mask)));
  return next(s, op);
}

using enum InstructionClass;

constexpr OpcodeFacts kCompareOnly = helium(kVectorCompare).writes(kVprBit);
constexpr OpcodeFacts kCompareAndBlock = kCompareOnly.vpt();

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VPST", helium(kVectorPredicate).reads(kVprBit).writes(kVprBit).vpt(), vpst},
    {"MVE_VCMPi8 MVE_VCMPu8", kCompareOnly, compare<std::uint8_t, Qm>},
    {"MVE_VPTv16i8 MVE_VPTv16u8", kCompareAndBlock, compare<std::uint8_t, Qm>},
    {"MVE_VCMPi16 MVE_VCMPu16", kCompareOnly, compare<std::uint16_t, Qm>},
    {"MVE_VPTv8i16 MVE_VPTv8u16", kCompareAndBlock, compare<std::uint16_t, Qm>},
    {"MVE_VCMPi32 MVE_VCMPu32", kCompareOnly, compare<std::uint32_t, Qm>},
    {"MVE_VPTv4i32 MVE_VPTv4u32", kCompareAndBlock, compare<std::uint32_t, Qm>},
    {"MVE_VCMPs8", kCompareOnly, compare<std::int8_t, Qm>},
    {"MVE_VPTv16s8", kCompareAndBlock, compare<std::int8_t, Qm>},
    {"MVE_VCMPs16", kCompareOnly, compare<std::int16_t, Qm>},
    {"MVE_VPTv8s16", kCompareAndBlock, compare<std::int16_t, Qm>},
    {"MVE_VCMPs32", kCompareOnly, compare<std::int32_t, Qm>},
    {"MVE_VPTv4s32", kCompareAndBlock, compare<std::int32_t, Qm>},
    {"MVE_VCMPi8r MVE_VCMPu8r", kCompareOnly, compare<std::uint8_t, RmOrZero>},
    {"MVE_VPTv16i8r MVE_VPTv16u8r", kCompareAndBlock, compare<std::uint8_t, RmOrZero>},
    {"MVE_VCMPi16r MVE_VCMPu16r", kCompareOnly, compare<std::uint16_t, RmOrZero>},
    {"MVE_VPTv8i16r MVE_VPTv8u16r", kCompareAndBlock, compare<std::uint16_t, RmOrZero>},
    {"MVE_VCMPi32r MVE_VCMPu32r", kCompareOnly, compare<std::uint32_t, RmOrZero>},
    {"MVE_VPTv4i32r MVE_VPTv4u32r", kCompareAndBlock, compare<std::uint32_t, RmOrZero>},
    {"MVE_VCMPs8r", kCompareOnly, compare<std::int8_t, RmOrZero>},
    {"MVE_VPTv16s8r", kCompareAndBlock, compare<std::int8_t, RmOrZero>},
    {"MVE_VCMPs16r", kCompareOnly, compare<std::int16_t, RmOrZero>},
    {"MVE_VPTv8s16r", kCompareAndBlock, compare<std::int16_t, RmOrZero>},
    {"MVE_VCMPs32r", kCompareOnly, compare<std::int32_t, RmOrZero>},
    {"MVE_VPTv4s32r", kCompareAndBlock, compare<std::int32_t, RmOrZero>},
    {"MVE_VPNOT", helium(kVectorPredicate).reads(kVprBit).writes(kVprBit), invert},
    {"MVE_VCTP8", helium(kVectorPredicate).writes(kVprBit), create_tail<0>},
    {"MVE_VCTP16", helium(kVectorPredicate).writes(kVprBit), create_tail<1>},
    {"MVE_VCTP32", helium(kVectorPredicate).writes(kVprBit), create_tail<2>},
    {"MVE_VCTP64", helium(kVectorPredicate).writes(kVprBit), create_tail<3>},
    {"MVE_VPSEL", helium(kVectorLogical).reads(kVprBit), qd_qn_qm<run_select>},
});

}  // namespace

std::span<const OpcodeRow> mve_predicate_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
