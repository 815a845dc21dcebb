// Saturating instructions (DDI 0403E A5.3.3, A5.3.15).
#include <algorithm>
#include <array>
#include <limits>

#include "isa/arm/alu.h"
#include "isa/arm/operands.h"

namespace boardless::isa::arm {
namespace {

// Sets Q when the value had to be changed.
std::uint32_t saturate(State& s, std::int64_t value, std::int64_t least, std::int64_t most) {
  const std::int64_t result = std::clamp(value, least, most);
  s.q |= static_cast<std::uint32_t>(result != value);
  return static_cast<std::uint32_t>(result);
}

std::uint32_t saturate_word(State& s, std::int64_t value) {
  return saturate(s, value, std::numeric_limits<std::int32_t>::min(),
                  std::numeric_limits<std::int32_t>::max());
}

// aux: the largest value.
template <bool kSigned>
std::int64_t least(const Op* op) {
  return kSigned ? -std::int64_t{op->aux} - 1 : 0;
}

template <bool kSigned, ShiftKind kShift>
const Op* run_saturate(State& s, const Op* op) {
  std::int32_t value = as_signed(s.r[op->rn]);
  if constexpr (kShift == ShiftKind::kAsr) value >>= op->imm;
  if constexpr (kShift == ShiftKind::kLsl) value = as_signed(s.r[op->rn] << op->imm);
  s.r[op->rd] = saturate(s, value, least<kSigned>(op), op->aux);
  return next(s, op);
}

template <bool kSigned>
const Op* run_saturate_halves(State& s, const Op* op) {
  const std::uint32_t n = s.r[op->rn];
  const std::uint32_t low = saturate(s, static_cast<std::int16_t>(n), least<kSigned>(op), op->aux);
  const std::uint32_t high =
      saturate(s, static_cast<std::int16_t>(n >> 16), least<kSigned>(op), op->aux);
  s.r[op->rd] = (low & 0xffff) | high << 16;
  return next(s, op);
}

// LLVM's number of bits: SSAT's is one less than written.
std::uint32_t most(std::uint32_t bits) { return (1U << bits) - 1; }

// LLVM operands: Rd, bits, Rn, shift (bit 5: ASR).
template <bool kSigned>
void saturation(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.aux = most(imm(d, 1));
  op.rn = reg(d, 2);
  op.imm = imm(d, 3) & 31;
  op.run = (imm(d, 3) & 32) != 0 ? run_saturate<kSigned, ShiftKind::kAsr>
                                 : run_saturate<kSigned, ShiftKind::kLsl>;
  out.push_back(op);
}

// LLVM operands: Rd, bits, Rn.
template <bool kSigned>
void halves_saturation(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.aux = most(imm(d, 1));
  op.rn = reg(d, 2);
  op.run = run_saturate_halves<kSigned>;
  out.push_back(op);
}

// QADD, QSUB, QDADD, QDSUB: Rm first, as in assembly; rn holds it here.
template <bool kSubtracts, bool kDoubles>
const Op* run_saturating_sum(State& s, const Op* op) {
  std::int64_t b = as_signed(s.r[op->rm]);
  if constexpr (kDoubles) b = as_signed(saturate_word(s, 2 * b));
  const std::int64_t a = as_signed(s.r[op->rn]);
  s.r[op->rd] = saturate_word(s, kSubtracts ? a - b : a + b);
  return next(s, op);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"t2SSAT", mainline(kSaturate), saturation<true>},
    {"t2USAT", mainline(kSaturate), saturation<false>},
    {"t2SSAT16", dsp(kSaturate), halves_saturation<true>},
    {"t2USAT16", dsp(kSaturate), halves_saturation<false>},
    {"t2QADD", dsp(kSaturate), rd_rn_rm<run_saturating_sum<false, false>>},
    {"t2QSUB", dsp(kSaturate), rd_rn_rm<run_saturating_sum<true, false>>},
    {"t2QDADD", dsp(kSaturate), rd_rn_rm<run_saturating_sum<false, true>>},
    {"t2QDSUB", dsp(kSaturate), rd_rn_rm<run_saturating_sum<true, true>>},
});

}  // namespace

std::span<const OpcodeRow> saturate_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
