// Multiplication, with and without accumulation, and division (DDI 0403E A5.3.16, A5.3.17, A7.7).
#include <array>
#include <cstdlib>

#include "isa/arm/alu.h"
#include "isa/arm/operands.h"

namespace boardless::isa::arm {
namespace {

// --- 32-bit results ---

template <bool kFlags>
const Op* run_mul(State& s, const Op* op) {
  const std::uint32_t result = s.r[op->rn] * s.r[op->rm];
  s.r[op->rd] = result;
  if constexpr (kFlags) s.set_nz(result);
  return next(s, op);
}

// LLVM operands: Rd, Rn, Rm.
void multiply(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.run = pick(d.sets_flags, run_mul<true>, run_mul<false>);
  out.push_back(op);
}

const Op* run_mla(State& s, const Op* op) {
  s.r[op->rd] = s.r[op->ra] + s.r[op->rn] * s.r[op->rm];
  return next(s, op);
}

const Op* run_mls(State& s, const Op* op) {
  s.r[op->rd] = s.r[op->ra] - s.r[op->rn] * s.r[op->rm];
  return next(s, op);
}

// --- 64-bit results: rd low, ra high word ---

std::uint64_t pair(const State& s, const Op* op) {
  return std::uint64_t{s.r[op->ra]} << 32 | s.r[op->rd];
}

const Op* set_pair(State& s, const Op* op, std::uint64_t value) {
  s.r[op->rd] = static_cast<std::uint32_t>(value);
  s.r[op->ra] = static_cast<std::uint32_t>(value >> 32);
  return next(s, op);
}

// Of which kind the operands are, and whether the old value is added.
template <bool kSigned, bool kAccumulates>
const Op* run_long(State& s, const Op* op) {
  const std::uint32_t n = s.r[op->rn], m = s.r[op->rm];
  if (s.around.on_operands != nullptr) {
    s.around.on_operands(s.around.sink, OperandTimed::kMultiplyLong, n, m);
  }
  const std::uint64_t product =
      kSigned ? static_cast<std::uint64_t>(std::int64_t{as_signed(n)} * as_signed(m))
              : std::uint64_t{n} * m;
  return set_pair(s, op, kAccumulates ? pair(s, op) + product : product);
}

const Op* run_umaal(State& s, const Op* op) {
  return set_pair(s, op, std::uint64_t{s.r[op->rn]} * s.r[op->rm] + s.r[op->rd] + s.r[op->ra]);
}

// LLVM operands: RdLo, RdHi, Rn, Rm[, RdLo, RdHi].
template <Op::Handler kRun>
void long_result(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = reg(d, 2);
  op.rm = reg(d, 3);
  op.run = kRun;
  out.push_back(op);
}

// --- Division ---

template <bool kSigned>
const Op* run_divide(State& s, const Op* op) {
  const std::uint32_t n = s.r[op->rn], m = s.r[op->rm];
  if (m == 0 && s.traps_divide_by_zero) {
    s.pc = op->pc;
    s.trap = Trap::kDivideByZero;
    return nullptr;
  }
  if (s.around.on_operands != nullptr) {
    s.around.on_operands(
        s.around.sink, kSigned ? OperandTimed::kDivideSigned : OperandTimed::kDivideUnsigned, n, m);
  }
  std::uint32_t result = 0;
  if (m != 0) {
    // 64 bits wide: the smallest integer by -1 wraps.
    result =
        kSigned ? static_cast<std::uint32_t>(std::int64_t{as_signed(n)} / as_signed(m)) : n / m;
  }
  s.r[op->rd] = result;
  return next(s, op);
}

// --- Halfwords ---

template <bool kTop>
std::int32_t half(std::uint32_t value) {
  return static_cast<std::int16_t>(kTop ? value >> 16 : value);
}

// Sets Q when the sum does not fit.
std::uint32_t note_overflow(State& s, std::int64_t sum) {
  const auto result = static_cast<std::int32_t>(sum);
  s.q |= static_cast<std::uint32_t>(result != sum);
  return static_cast<std::uint32_t>(result);
}

template <bool kTopN, bool kTopM>
std::int32_t half_product(const State& s, const Op* op) {
  return half<kTopN>(s.r[op->rn]) * half<kTopM>(s.r[op->rm]);
}

template <bool kTopN, bool kTopM>
const Op* run_smulxy(State& s, const Op* op) {
  s.r[op->rd] = static_cast<std::uint32_t>(half_product<kTopN, kTopM>(s, op));
  return next(s, op);
}

template <bool kTopN, bool kTopM>
const Op* run_smlaxy(State& s, const Op* op) {
  s.r[op->rd] =
      note_overflow(s, std::int64_t{half_product<kTopN, kTopM>(s, op)} + as_signed(s.r[op->ra]));
  return next(s, op);
}

template <bool kTopN, bool kTopM>
const Op* run_smlalxy(State& s, const Op* op) {
  const std::int64_t product = half_product<kTopN, kTopM>(s, op);
  return set_pair(s, op, pair(s, op) + static_cast<std::uint64_t>(product));
}

// Word by halfword, the upper 32 of 48 bits.
template <bool kTopM>
std::int64_t wide_product(const State& s, const Op* op) {
  return (std::int64_t{as_signed(s.r[op->rn])} * half<kTopM>(s.r[op->rm])) >> 16;
}

template <bool kTopM>
const Op* run_smulwy(State& s, const Op* op) {
  s.r[op->rd] = static_cast<std::uint32_t>(wide_product<kTopM>(s, op));
  return next(s, op);
}

template <bool kTopM>
const Op* run_smlawy(State& s, const Op* op) {
  s.r[op->rd] = note_overflow(s, wide_product<kTopM>(s, op) + as_signed(s.r[op->ra]));
  return next(s, op);
}

// Two products, added or subtracted; X exchanges the halves of Rm.
template <bool kSubtracts, bool kExchanges>
std::int64_t dual_product(const State& s, const Op* op) {
  const std::int64_t low = half_product<false, kExchanges>(s, op);
  const std::int64_t high = half_product<true, !kExchanges>(s, op);
  return kSubtracts ? low - high : low + high;
}

template <bool kSubtracts, bool kExchanges>
const Op* run_dual(State& s, const Op* op) {
  s.r[op->rd] = note_overflow(s, dual_product<kSubtracts, kExchanges>(s, op));
  return next(s, op);
}

template <bool kSubtracts, bool kExchanges>
const Op* run_dual_accumulate(State& s, const Op* op) {
  s.r[op->rd] =
      note_overflow(s, dual_product<kSubtracts, kExchanges>(s, op) + as_signed(s.r[op->ra]));
  return next(s, op);
}

template <bool kSubtracts, bool kExchanges>
const Op* run_dual_long(State& s, const Op* op) {
  const std::int64_t sum = dual_product<kSubtracts, kExchanges>(s, op);
  return set_pair(s, op, pair(s, op) + static_cast<std::uint64_t>(sum));
}

// --- Most significant words ---

enum class Accumulate { kNone, kAdd, kSubtract };

template <Accumulate kHow, bool kRounds>
const Op* run_most_significant(State& s, const Op* op) {
  const auto product =
      static_cast<std::uint64_t>(std::int64_t{as_signed(s.r[op->rn])} * as_signed(s.r[op->rm]));
  std::uint64_t sum = product;
  if constexpr (kHow == Accumulate::kAdd) sum = (std::uint64_t{s.r[op->ra]} << 32) + product;
  if constexpr (kHow == Accumulate::kSubtract) sum = (std::uint64_t{s.r[op->ra]} << 32) - product;
  if constexpr (kRounds) sum += 0x80000000U;
  s.r[op->rd] = static_cast<std::uint32_t>(sum >> 32);
  return next(s, op);
}

// --- Sums of absolute differences ---

template <bool kAccumulates>
const Op* run_absolute_differences(State& s, const Op* op) {
  const std::uint32_t n = s.r[op->rn], m = s.r[op->rm];
  std::uint32_t sum = kAccumulates ? s.r[op->ra] : 0;
  for (int shift = 0; shift < 32; shift += 8) {
    sum += static_cast<std::uint32_t>(
        std::abs(static_cast<int>(n >> shift & 0xff) - static_cast<int>(m >> shift & 0xff)));
  }
  s.r[op->rd] = sum;
  return next(s, op);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"tMUL", base(kMultiply), multiply},
    {"t2MUL", mainline(kMultiply), multiply},
    {"t2MLA", mainline(kMultiplyAccumulate).accumulates(3), rd_rn_rm_ra<run_mla>},
    {"t2MLS", mainline(kMultiplyAccumulate).accumulates(3), rd_rn_rm_ra<run_mls>},
    {"t2UMULL", mainline(kMultiplyLong), long_result<run_long<false, false>>},
    {"t2SMULL", mainline(kMultiplyLong), long_result<run_long<true, false>>},
    {"t2UMLAL", mainline(kMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_long<false, true>>},
    {"t2SMLAL", mainline(kMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_long<true, true>>},
    {"t2UMAAL", dsp(kMultiplyAccumulateLong).accumulates(4, 2), long_result<run_umaal>},
    {"t2UDIV", baseline(kDivide), rd_rn_rm<run_divide<false>>},
    {"t2SDIV", baseline(kDivide), rd_rn_rm<run_divide<true>>},
    {"t2SMULBB", dsp(kDspMultiply), rd_rn_rm<run_smulxy<false, false>>},
    {"t2SMULBT", dsp(kDspMultiply), rd_rn_rm<run_smulxy<false, true>>},
    {"t2SMULTB", dsp(kDspMultiply), rd_rn_rm<run_smulxy<true, false>>},
    {"t2SMULTT", dsp(kDspMultiply), rd_rn_rm<run_smulxy<true, true>>},
    {"t2SMLABB", dsp(kDspMultiplyAccumulate).accumulates(3), rd_rn_rm_ra<run_smlaxy<false, false>>},
    {"t2SMLABT", dsp(kDspMultiplyAccumulate).accumulates(3), rd_rn_rm_ra<run_smlaxy<false, true>>},
    {"t2SMLATB", dsp(kDspMultiplyAccumulate).accumulates(3), rd_rn_rm_ra<run_smlaxy<true, false>>},
    {"t2SMLATT", dsp(kDspMultiplyAccumulate).accumulates(3), rd_rn_rm_ra<run_smlaxy<true, true>>},
    {"t2SMLALBB", dsp(kDspMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_smlalxy<false, false>>},
    {"t2SMLALBT", dsp(kDspMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_smlalxy<false, true>>},
    {"t2SMLALTB", dsp(kDspMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_smlalxy<true, false>>},
    {"t2SMLALTT", dsp(kDspMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_smlalxy<true, true>>},
    {"t2SMULWB", dsp(kDspMultiply), rd_rn_rm<run_smulwy<false>>},
    {"t2SMULWT", dsp(kDspMultiply), rd_rn_rm<run_smulwy<true>>},
    {"t2SMLAWB", dsp(kDspMultiplyAccumulate).accumulates(3), rd_rn_rm_ra<run_smlawy<false>>},
    {"t2SMLAWT", dsp(kDspMultiplyAccumulate).accumulates(3), rd_rn_rm_ra<run_smlawy<true>>},
    {"t2SMUAD", dsp(kDspMultiply), rd_rn_rm<run_dual<false, false>>},
    {"t2SMUADX", dsp(kDspMultiply), rd_rn_rm<run_dual<false, true>>},
    {"t2SMUSD", dsp(kDspMultiply), rd_rn_rm<run_dual<true, false>>},
    {"t2SMUSDX", dsp(kDspMultiply), rd_rn_rm<run_dual<true, true>>},
    {"t2SMLAD", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_dual_accumulate<false, false>>},
    {"t2SMLADX", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_dual_accumulate<false, true>>},
    {"t2SMLSD", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_dual_accumulate<true, false>>},
    {"t2SMLSDX", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_dual_accumulate<true, true>>},
    {"t2SMLALD", dsp(kDspMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_dual_long<false, false>>},
    {"t2SMLALDX", dsp(kDspMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_dual_long<false, true>>},
    {"t2SMLSLD", dsp(kDspMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_dual_long<true, false>>},
    {"t2SMLSLDX", dsp(kDspMultiplyAccumulateLong).accumulates(4, 2),
     long_result<run_dual_long<true, true>>},
    {"t2SMMUL", dsp(kDspMultiply), rd_rn_rm<run_most_significant<Accumulate::kNone, false>>},
    {"t2SMMULR", dsp(kDspMultiply), rd_rn_rm<run_most_significant<Accumulate::kNone, true>>},
    {"t2SMMLA", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_most_significant<Accumulate::kAdd, false>>},
    {"t2SMMLAR", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_most_significant<Accumulate::kAdd, true>>},
    {"t2SMMLS", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_most_significant<Accumulate::kSubtract, false>>},
    {"t2SMMLSR", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_most_significant<Accumulate::kSubtract, true>>},
    {"t2USAD8", dsp(kDspMultiply), rd_rn_rm<run_absolute_differences<false>>},
    {"t2USADA8", dsp(kDspMultiplyAccumulate).accumulates(3),
     rd_rn_rm_ra<run_absolute_differences<true>>},
});

}  // namespace

std::span<const OpcodeRow> multiply_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
