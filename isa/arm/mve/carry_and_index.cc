// MVE: what runs from each lane into the next: carries, shifts of a whole vector, and sequences of
// indices (DDI 0553 C2.4: VADC, VSBC, VSHLC, VIDUP, VDDUP, VIWDUP, VDWDUP).
#include <array>

#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm {
namespace {

using Word = std::uint32_t;

// --- VADC, VADCI, VSBC, VSBCI: the carry is FPSCR.C ---

enum class CarryIn { kFpscr, kZero, kOne };

template <bool kSubtract, CarryIn kCarryIn>
const Op* run_add_with_carry(State& s, const Op* op) {
  constexpr std::uint32_t kFlags = 0xf0000000, kCarry = 1U << 29;
  const std::uint32_t active = current_bytes(s);
  const Lanes<Word> a = read_lanes<Word>(s, op->rn), b = read_lanes<Word>(s, op->rm);
  Lanes<Word> result;
  std::uint64_t carry = kCarryIn == CarryIn::kFpscr ? s.fpscr >> 29 & 1
                        : kCarryIn == CarryIn::kOne ? 1U
                                                    : 0U;
  bool any = kCarryIn != CarryIn::kFpscr;  // flags change
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::uint64_t sum = carry + a[i] + (kSubtract ? ~b[i] : b[i]);
    result[i] = static_cast<Word>(sum);
    if (!is_active<Word>(active, i)) continue;
    carry = sum >> 32;
    any = true;
  }
  if (any) s.fpscr = (s.fpscr & ~kFlags) | (carry != 0 ? kCarry : 0);
  write_lanes(s, op->rd, result);
  return next(s, op);
}

// LLVM operands: Qd, flags, Qn, Qm.
template <bool kSubtract, CarryIn kCarryIn>
void add_with_carry(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rn = quad(d, 2);
  op.rm = quad(d, 3);
  append_vector(d, op, run_add_with_carry<kSubtract, kCarryIn>, out);
}

// --- VSHLC. imm: 1 to 32. ---

const Op* run_shift_with_carry(State& s, const Op* op) {
  const std::uint32_t active = current_bytes(s);
  const Lanes<Word> old = read_lanes<Word>(s, op->rd);
  Lanes<Word> result;
  Word carry = s.r[op->rn];
  const std::uint64_t carried = (std::uint64_t{1} << op->imm) - 1;
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::uint64_t shifted = std::uint64_t{old[i]} << op->imm | (carry & carried);
    result[i] = static_cast<Word>(shifted);
    if (is_active<Word>(active, i)) carry = static_cast<Word>(shifted >> 32);
  }
  write_lanes(s, op->rd, result);
  s.r[op->rn] = carry;
  return next(s, op);
}

// LLVM operands: Rdm, Qda, both again, amount.
void shift_with_carry(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  op.rd = quad(d, 1);
  op.imm = imm(d, 4);
  append_vector(d, op, run_shift_with_carry, out);
}

// --- Indices. The register goes on whether lanes are active or not. imm: the step. ---

enum class Wrap { kNever, kUp, kDown };

template <class T, Wrap kWrap>
const Op* run_indices(State& s, const Op* op) {
  Word index = s.r[op->rn];
  const Word end = kWrap == Wrap::kNever ? 0 : s.r[op->rm];
  Lanes<T> lanes;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    lanes[i] = static_cast<T>(index);
    if (kWrap == Wrap::kDown && index == 0) index = end;
    index += op->imm;
    if (kWrap == Wrap::kUp && index == end) index = 0;
  }
  write_lanes(s, op->rd, lanes);
  s.r[op->rn] = index;
  return next(s, op);
}

// LLVM operands: Qd, Rn, Rn again[, Rm], step.
template <class T, Wrap kWrap, bool kDown>
void indices(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rn = reg(d, 1);
  if (kWrap != Wrap::kNever) op.rm = reg(d, 3);
  const std::uint32_t step = imm(d, kWrap == Wrap::kNever ? 3 : 4);
  op.imm = kDown ? 0U - step : step;
  append_vector(d, op, run_indices<T, kWrap>, out);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VADC", helium(kVectorCarry).reads(kFpscrBit).writes(kFpscrBit),
     add_with_carry<false, CarryIn::kFpscr>},
    {"MVE_VADCI", helium(kVectorCarry).writes(kFpscrBit), add_with_carry<false, CarryIn::kZero>},
    {"MVE_VSBC", helium(kVectorCarry).reads(kFpscrBit).writes(kFpscrBit),
     add_with_carry<true, CarryIn::kFpscr>},
    {"MVE_VSBCI", helium(kVectorCarry).writes(kFpscrBit), add_with_carry<true, CarryIn::kOne>},
    {"MVE_VSHLC", helium(kVectorShiftCarry), shift_with_carry},
    {"MVE_VIDUPu8", helium(kVectorIndex), indices<std::uint8_t, Wrap::kNever, false>},
    {"MVE_VIDUPu16", helium(kVectorIndex), indices<std::uint16_t, Wrap::kNever, false>},
    {"MVE_VIDUPu32", helium(kVectorIndex), indices<std::uint32_t, Wrap::kNever, false>},
    {"MVE_VDDUPu8", helium(kVectorIndex), indices<std::uint8_t, Wrap::kNever, true>},
    {"MVE_VDDUPu16", helium(kVectorIndex), indices<std::uint16_t, Wrap::kNever, true>},
    {"MVE_VDDUPu32", helium(kVectorIndex), indices<std::uint32_t, Wrap::kNever, true>},
    {"MVE_VIWDUPu8", helium(kVectorIndex), indices<std::uint8_t, Wrap::kUp, false>},
    {"MVE_VIWDUPu16", helium(kVectorIndex), indices<std::uint16_t, Wrap::kUp, false>},
    {"MVE_VIWDUPu32", helium(kVectorIndex), indices<std::uint32_t, Wrap::kUp, false>},
    {"MVE_VDWDUPu8", helium(kVectorIndex), indices<std::uint8_t, Wrap::kDown, true>},
    {"MVE_VDWDUPu16", helium(kVectorIndex), indices<std::uint16_t, Wrap::kDown, true>},
    {"MVE_VDWDUPu32", helium(kVectorIndex), indices<std::uint32_t, Wrap::kDown, true>},
});

}  // namespace

std::span<const OpcodeRow> mve_carry_and_index_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
