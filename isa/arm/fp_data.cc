// Floating-point arithmetic, comparison and selection in half, single and double precision (DDI
// 0403E A6.4, DDI 0553 C2.4).
#include <array>

#include "isa/arm/fp_arithmetic.h"
#include "isa/arm/fp_operands.h"

namespace boardless::isa::arm {
namespace {

template <class F>
constexpr typename F::Bits negated(typename F::Bits a) {
  return static_cast<typename F::Bits>(a ^ kFpSign<F>);
}

// --- Two operands ---

enum class Binary { kAdd, kSubtract, kMultiply, kNegatedMultiply, kDivide, kMax, kMin };

template <class F, Binary kWhat>
[[gnu::noinline, gnu::cold]] const Op* run_binary_soft(State& s, const Op* op) {
  const typename F::Bits a = read_fp<F>(s, op->rn), b = read_fp<F>(s, op->rm);
  typename F::Bits result = 0;
  switch (kWhat) {
    case Binary::kAdd:
      result = SoftFloat<F>::add(s.fpscr, a, b);
      break;
    case Binary::kSubtract:
      result = SoftFloat<F>::subtract(s.fpscr, a, b);
      break;
    case Binary::kMultiply:
      result = SoftFloat<F>::multiply(s.fpscr, a, b);
      break;
    case Binary::kNegatedMultiply:
      result = negated<F>(SoftFloat<F>::multiply(s.fpscr, a, b));
      break;
    case Binary::kDivide:
      result = SoftFloat<F>::divide(s.fpscr, a, b);
      break;
    case Binary::kMax:
      result = SoftFloat<F>::max_number(s.fpscr, a, b);
      break;
    case Binary::kMin:
      result = SoftFloat<F>::min_number(s.fpscr, a, b);
      break;
  }
  write_fp<F>(s, op->rd, result);
  return next(s, op);
}

template <class F, Binary kWhat>
const Op* run_binary(State& s, const Op* op) {
  const typename F::Bits a = read_fp<F>(s, op->rn), b = read_fp<F>(s, op->rm);
  typename F::Bits result = 0;
  bool done = false;
  switch (kWhat) {
    case Binary::kAdd:
      done = host_add<F>(s.fpscr, a, b, result);
      break;
    case Binary::kSubtract:
      done = host_subtract<F>(s.fpscr, a, b, result);
      break;
    case Binary::kMultiply:
      done = host_multiply<F>(s.fpscr, a, b, result);
      break;
    case Binary::kNegatedMultiply:
      done = host_multiply<F>(s.fpscr, a, b, result);
      result = negated<F>(result);
      break;
    case Binary::kDivide:
      done = host_divide<F>(s.fpscr, a, b, result);
      break;
    default:
      break;
  }
  if (!done) [[unlikely]]
    return run_binary_soft<F, kWhat>(s, op);
  write_fp<F>(s, op->rd, result);
  return next(s, op);
}

// LLVM operands: Fd, Fn, Fm.
template <class F, Binary kWhat>
void binary(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.rn = fp_reg(d, 1);
  op.rm = fp_reg(d, 2);
  const bool soft_only = kWhat == Binary::kMax || kWhat == Binary::kMin;
  append_fp(d, op, soft_only ? run_binary_soft<F, kWhat> : run_binary<F, kWhat>, out);
}

// --- One operand ---

enum class Unary { kMove, kAbsolute, kNegate };

template <class F, Unary kWhat>
const Op* run_unary(State& s, const Op* op) {
  const typename F::Bits a = read_fp<F>(s, op->rm);
  typename F::Bits result = a;
  switch (kWhat) {
    case Unary::kMove:
      break;
    case Unary::kAbsolute:
      result = static_cast<typename F::Bits>(a & ~kFpSign<F>);
      break;
    case Unary::kNegate:
      result = negated<F>(a);
      break;
  }
  write_fp<F>(s, op->rd, result);
  return next(s, op);
}

template <class F>
[[gnu::noinline, gnu::cold]] const Op* run_square_root_soft(State& s, const Op* op) {
  write_fp<F>(s, op->rd, SoftFloat<F>::square_root(s.fpscr, read_fp<F>(s, op->rm)));
  return next(s, op);
}

template <class F>
const Op* run_square_root(State& s, const Op* op) {
  typename F::Bits root = 0;
  if (!host_square_root<F>(s.fpscr, read_fp<F>(s, op->rm), root)) [[unlikely]]
    return run_square_root_soft<F>(s, op);
  write_fp<F>(s, op->rd, root);
  return next(s, op);
}

// LLVM operands: Fd, Fm.
template <Op::Handler kRun>
void unary(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.rm = fp_reg(d, 1);
  append_fp(d, op, kRun, out);
}

// --- Multiply and accumulate ---

// Rounds the product before the addition.
template <class F, bool kNegateProduct, bool kNegateAddend>
[[gnu::noinline, gnu::cold]] const Op* run_chained_soft(State& s, const Op* op) {
  using Bits = typename F::Bits;
  const Bits addend = read_fp<F>(s, op->rd);
  const Bits product =
      SoftFloat<F>::multiply(s.fpscr, read_fp<F>(s, op->rn), read_fp<F>(s, op->rm));
  write_fp<F>(s, op->rd,
              SoftFloat<F>::add(s.fpscr, kNegateAddend ? negated<F>(addend) : addend,
                                kNegateProduct ? negated<F>(product) : product));
  return next(s, op);
}

template <class F, bool kNegateProduct, bool kNegateAddend>
const Op* run_chained(State& s, const Op* op) {
  using Bits = typename F::Bits;
  const Bits addend = read_fp<F>(s, op->rd);
  Bits product = 0, sum = 0;
  if (!host_multiply<F>(s.fpscr, read_fp<F>(s, op->rn), read_fp<F>(s, op->rm), product) ||
      !host_add<F>(s.fpscr, kNegateAddend ? negated<F>(addend) : addend,
                   kNegateProduct ? negated<F>(product) : product, sum)) [[unlikely]]
    return run_chained_soft<F, kNegateProduct, kNegateAddend>(s, op);
  write_fp<F>(s, op->rd, sum);
  return next(s, op);
}

template <class F, bool kNegateProduct, bool kNegateAddend>
[[gnu::noinline, gnu::cold]] const Op* run_fused_soft(State& s, const Op* op) {
  using Bits = typename F::Bits;
  const Bits a = read_fp<F>(s, op->rn), addend = read_fp<F>(s, op->rd);
  write_fp<F>(
      s, op->rd,
      SoftFloat<F>::multiply_add(s.fpscr, kNegateAddend ? negated<F>(addend) : addend,
                                 kNegateProduct ? negated<F>(a) : a, read_fp<F>(s, op->rm)));
  return next(s, op);
}

template <class F, bool kNegateProduct, bool kNegateAddend>
const Op* run_fused(State& s, const Op* op) {
  using Bits = typename F::Bits;
  const Bits a = read_fp<F>(s, op->rn), addend = read_fp<F>(s, op->rd);
  Bits result = 0;
  if (!host_multiply_add<F>(s.fpscr, kNegateAddend ? negated<F>(addend) : addend,
                            kNegateProduct ? negated<F>(a) : a, read_fp<F>(s, op->rm), result))
      [[unlikely]]
    return run_fused_soft<F, kNegateProduct, kNegateAddend>(s, op);
  write_fp<F>(s, op->rd, result);
  return next(s, op);
}

// LLVM operands: Fd, Fd again, Fn, Fm.
template <Op::Handler kRun>
void accumulate(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.rn = fp_reg(d, 2);
  op.rm = fp_reg(d, 3);
  append_fp(d, op, kRun, out);
}

// --- Comparison ---

template <class F, bool kQuietIsInvalid, bool kWithZero>
[[gnu::noinline, gnu::cold]] const Op* run_compare_soft(State& s, const Op* op) {
  const typename F::Bits b = kWithZero ? typename F::Bits{0} : read_fp<F>(s, op->rm);
  const std::uint32_t flags =
      SoftFloat<F>::compare(s.fpscr, read_fp<F>(s, op->rd), b, kQuietIsInvalid);
  s.fpscr = (s.fpscr & 0x0fffffff) | flags;
  return next(s, op);
}

template <class F, bool kQuietIsInvalid, bool kWithZero>
const Op* run_compare(State& s, const Op* op) {
  const typename F::Bits b = kWithZero ? typename F::Bits{0} : read_fp<F>(s, op->rm);
  std::uint32_t flags = 0;
  if (!host_compare<F>(s.fpscr, read_fp<F>(s, op->rd), b, flags)) [[unlikely]]
    return run_compare_soft<F, kQuietIsInvalid, kWithZero>(s, op);
  s.fpscr = (s.fpscr & 0x0fffffff) | flags;
  return next(s, op);
}

// LLVM operands: Fd[, Fm].
template <class F, bool kQuietIsInvalid, bool kWithZero>
void compare(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  if (!kWithZero) op.rm = fp_reg(d, 1);
  append_fp(d, op, run_compare<F, kQuietIsInvalid, kWithZero>, out);
}

// --- Selection by the flags ---

constexpr std::uint32_t kEqual = 0, kOverflow = 6, kGreaterOrEqual = 10, kGreater = 12;

template <class F, std::uint32_t kCondition>
const Op* run_select(State& s, const Op* op) {
  write_fp<F>(s, op->rd, read_fp<F>(s, condition_holds(s, kCondition) ? op->rn : op->rm));
  return next(s, op);
}

template <class F, std::uint32_t kCondition>
void select(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.rn = fp_reg(d, 1);
  op.rm = fp_reg(d, 2);
  append_fp(d, op, run_select<F, kCondition>, out);
}

// --- VMOV immediate ---

template <class F>
const Op* run_constant(State& s, const Op* op) {
  const auto upper = std::uint64_t{op->imm} << 32;
  write_fp<F>(s, op->rd,
              static_cast<typename F::Bits>(upper >> (64 - 8 * sizeof(typename F::Bits))));
  return next(s, op);
}

// VFPExpandImm: sign, one exponent bit repeated, two more, four of fraction; all in the upper 32
// bits.
template <class F>
void constant(const Decoded& d, Op op, OpList& out) {
  const std::uint32_t encoded = imm(d, 1);
  const std::uint32_t sign = encoded >> 7 & 1, repeated = encoded >> 6 & 1, low = encoded & 0x3f;
  constexpr int kRepeats = F::kExponent - 3;
  constexpr int kUpperFraction = 31 - F::kExponent;  // fraction bits in the upper 32
  std::uint32_t exponent = (repeated ^ 1) << kRepeats;
  if (repeated != 0) exponent |= (1U << kRepeats) - 1;
  op.rd = fp_reg(d, 0);
  op.imm = sign << 31 | exponent << (kUpperFraction + 2) | low << (kUpperFraction - 4);
  append_fp(d, op, run_constant<F>, out);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"VADDH", armv81(kFpAdd), binary<Half, Binary::kAdd>},
    {"VADDS", fp(kFpAdd), binary<Single, Binary::kAdd>},
    {"VADDD", fp64(kFpAddDouble), binary<Double, Binary::kAdd>},
    {"VSUBH", armv81(kFpAdd), binary<Half, Binary::kSubtract>},
    {"VSUBS", fp(kFpAdd), binary<Single, Binary::kSubtract>},
    {"VSUBD", fp64(kFpAddDouble), binary<Double, Binary::kSubtract>},
    {"VMULH", armv81(kFpMultiply), binary<Half, Binary::kMultiply>},
    {"VMULS", fp(kFpMultiply), binary<Single, Binary::kMultiply>},
    {"VMULD", fp64(kFpMultiplyDouble), binary<Double, Binary::kMultiply>},
    {"VNMULH", armv81(kFpMultiply), binary<Half, Binary::kNegatedMultiply>},
    {"VNMULS", fp(kFpMultiply), binary<Single, Binary::kNegatedMultiply>},
    {"VNMULD", fp64(kFpMultiplyDouble), binary<Double, Binary::kNegatedMultiply>},
    {"VDIVH", armv81(kFpDivideHalf), binary<Half, Binary::kDivide>},
    {"VDIVS", fp(kFpDivide), binary<Single, Binary::kDivide>},
    {"VDIVD", fp64(kFpDivideDouble), binary<Double, Binary::kDivide>},
    {"VFP_VMAXNMH", armv81(kFpAdd), binary<Half, Binary::kMax>},
    {"VFP_VMAXNMS", fp5(kFpAdd), binary<Single, Binary::kMax>},
    {"VFP_VMAXNMD", fp64(kFpAddDouble), binary<Double, Binary::kMax>},
    {"VFP_VMINNMH", armv81(kFpAdd), binary<Half, Binary::kMin>},
    {"VFP_VMINNMS", fp5(kFpAdd), binary<Single, Binary::kMin>},
    {"VFP_VMINNMD", fp64(kFpAddDouble), binary<Double, Binary::kMin>},
    {"VMOVS", dsp(kFpMove), unary<run_unary<Single, Unary::kMove>>},
    {"VMOVD", fp64(kFpMoveDouble), unary<run_unary<Double, Unary::kMove>>},
    {"VABSH", armv81(kFpAdd), unary<run_unary<Half, Unary::kAbsolute>>},
    {"VABSS", fp(kFpAdd), unary<run_unary<Single, Unary::kAbsolute>>},
    {"VABSD", fp64(kFpAddDouble), unary<run_unary<Double, Unary::kAbsolute>>},
    {"VNEGH", armv81(kFpAdd), unary<run_unary<Half, Unary::kNegate>>},
    {"VNEGS", fp(kFpAdd), unary<run_unary<Single, Unary::kNegate>>},
    {"VNEGD", fp64(kFpAddDouble), unary<run_unary<Double, Unary::kNegate>>},
    {"VSQRTH", armv81(kFpSquareRootHalf), unary<run_square_root<Half>>},
    {"VSQRTS", fp(kFpSquareRoot), unary<run_square_root<Single>>},
    {"VSQRTD", fp64(kFpSquareRootDouble), unary<run_square_root<Double>>},
    {"VMLAH", armv81(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_chained<Half, false, false>>},
    {"VMLAS", fp(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_chained<Single, false, false>>},
    {"VMLAD", fp64(kFpMultiplyAccumulateDouble).accumulates(1),
     accumulate<run_chained<Double, false, false>>},
    {"VMLSH", armv81(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_chained<Half, true, false>>},
    {"VMLSS", fp(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_chained<Single, true, false>>},
    {"VMLSD", fp64(kFpMultiplyAccumulateDouble).accumulates(1),
     accumulate<run_chained<Double, true, false>>},
    {"VNMLAH", armv81(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_chained<Half, true, true>>},
    {"VNMLAS", fp(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_chained<Single, true, true>>},
    {"VNMLAD", fp64(kFpMultiplyAccumulateDouble).accumulates(1),
     accumulate<run_chained<Double, true, true>>},
    {"VNMLSH", armv81(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_chained<Half, false, true>>},
    {"VNMLSS", fp(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_chained<Single, false, true>>},
    {"VNMLSD", fp64(kFpMultiplyAccumulateDouble).accumulates(1),
     accumulate<run_chained<Double, false, true>>},
    {"VFMAH", armv81(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_fused<Half, false, false>>},
    {"VFMAS", fp(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_fused<Single, false, false>>},
    {"VFMAD", fp64(kFpMultiplyAccumulateDouble).accumulates(1),
     accumulate<run_fused<Double, false, false>>},
    {"VFMSH", armv81(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_fused<Half, true, false>>},
    {"VFMSS", fp(kFpMultiplyAccumulate).accumulates(1), accumulate<run_fused<Single, true, false>>},
    {"VFMSD", fp64(kFpMultiplyAccumulateDouble).accumulates(1),
     accumulate<run_fused<Double, true, false>>},
    {"VFNMAH", armv81(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_fused<Half, true, true>>},
    {"VFNMAS", fp(kFpMultiplyAccumulate).accumulates(1), accumulate<run_fused<Single, true, true>>},
    {"VFNMAD", fp64(kFpMultiplyAccumulateDouble).accumulates(1),
     accumulate<run_fused<Double, true, true>>},
    {"VFNMSH", armv81(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_fused<Half, false, true>>},
    {"VFNMSS", fp(kFpMultiplyAccumulate).accumulates(1),
     accumulate<run_fused<Single, false, true>>},
    {"VFNMSD", fp64(kFpMultiplyAccumulateDouble).accumulates(1),
     accumulate<run_fused<Double, false, true>>},
    {"VCMPH", armv81(kFpCompare), compare<Half, false, false>},
    {"VCMPS", fp(kFpCompare), compare<Single, false, false>},
    {"VCMPD", fp64(kFpCompareDouble), compare<Double, false, false>},
    {"VCMPEH", armv81(kFpCompare), compare<Half, true, false>},
    {"VCMPES", fp(kFpCompare), compare<Single, true, false>},
    {"VCMPED", fp64(kFpCompareDouble), compare<Double, true, false>},
    {"VCMPZH", armv81(kFpCompare), compare<Half, false, true>},
    {"VCMPZS", fp(kFpCompare), compare<Single, false, true>},
    {"VCMPZD", fp64(kFpCompareDouble), compare<Double, false, true>},
    {"VCMPEZH", armv81(kFpCompare), compare<Half, true, true>},
    {"VCMPEZS", fp(kFpCompare), compare<Single, true, true>},
    {"VCMPEZD", fp64(kFpCompareDouble), compare<Double, true, true>},
    {"VSELEQH", armv81(kFpMove), select<Half, kEqual>},
    {"VSELEQS", fp5(kFpMove), select<Single, kEqual>},
    {"VSELEQD", fp64(kFpMoveDouble), select<Double, kEqual>},
    {"VSELVSH", armv81(kFpMove), select<Half, kOverflow>},
    {"VSELVSS", fp5(kFpMove), select<Single, kOverflow>},
    {"VSELVSD", fp64(kFpMoveDouble), select<Double, kOverflow>},
    {"VSELGEH", armv81(kFpMove), select<Half, kGreaterOrEqual>},
    {"VSELGES", fp5(kFpMove), select<Single, kGreaterOrEqual>},
    {"VSELGED", fp64(kFpMoveDouble), select<Double, kGreaterOrEqual>},
    {"VSELGTH", armv81(kFpMove), select<Half, kGreater>},
    {"VSELGTS", fp5(kFpMove), select<Single, kGreater>},
    {"VSELGTD", fp64(kFpMoveDouble), select<Double, kGreater>},
    {"FCONSTH", armv81(kFpMove), constant<Half>},
    {"FCONSTS", fp(kFpMove), constant<Single>},
    {"FCONSTD", fp64(kFpMoveDouble), constant<Double>},
});

}  // namespace

std::span<const OpcodeRow> fp_data_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
