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

constexpr std::array kRows = std::to_array<Semantics>({
    {"VADDH", binary<Half, Binary::kAdd>},
    {"VADDS", binary<Single, Binary::kAdd>},
    {"VADDD", binary<Double, Binary::kAdd>},
    {"VSUBH", binary<Half, Binary::kSubtract>},
    {"VSUBS", binary<Single, Binary::kSubtract>},
    {"VSUBD", binary<Double, Binary::kSubtract>},
    {"VMULH", binary<Half, Binary::kMultiply>},
    {"VMULS", binary<Single, Binary::kMultiply>},
    {"VMULD", binary<Double, Binary::kMultiply>},
    {"VNMULH", binary<Half, Binary::kNegatedMultiply>},
    {"VNMULS", binary<Single, Binary::kNegatedMultiply>},
    {"VNMULD", binary<Double, Binary::kNegatedMultiply>},
    {"VDIVH", binary<Half, Binary::kDivide>},
    {"VDIVS", binary<Single, Binary::kDivide>},
    {"VDIVD", binary<Double, Binary::kDivide>},
    {"VFP_VMAXNMH", binary<Half, Binary::kMax>},
    {"VFP_VMAXNMS", binary<Single, Binary::kMax>},
    {"VFP_VMAXNMD", binary<Double, Binary::kMax>},
    {"VFP_VMINNMH", binary<Half, Binary::kMin>},
    {"VFP_VMINNMS", binary<Single, Binary::kMin>},
    {"VFP_VMINNMD", binary<Double, Binary::kMin>},
    {"VMOVS", unary<run_unary<Single, Unary::kMove>>},
    {"VMOVD", unary<run_unary<Double, Unary::kMove>>},
    {"VABSH", unary<run_unary<Half, Unary::kAbsolute>>},
    {"VABSS", unary<run_unary<Single, Unary::kAbsolute>>},
    {"VABSD", unary<run_unary<Double, Unary::kAbsolute>>},
    {"VNEGH", unary<run_unary<Half, Unary::kNegate>>},
    {"VNEGS", unary<run_unary<Single, Unary::kNegate>>},
    {"VNEGD", unary<run_unary<Double, Unary::kNegate>>},
    {"VSQRTH", unary<run_square_root<Half>>},
    {"VSQRTS", unary<run_square_root<Single>>},
    {"VSQRTD", unary<run_square_root<Double>>},
    {"VMLAH", accumulate<run_chained<Half, false, false>>},
    {"VMLAS", accumulate<run_chained<Single, false, false>>},
    {"VMLAD", accumulate<run_chained<Double, false, false>>},
    {"VMLSH", accumulate<run_chained<Half, true, false>>},
    {"VMLSS", accumulate<run_chained<Single, true, false>>},
    {"VMLSD", accumulate<run_chained<Double, true, false>>},
    {"VNMLAH", accumulate<run_chained<Half, true, true>>},
    {"VNMLAS", accumulate<run_chained<Single, true, true>>},
    {"VNMLAD", accumulate<run_chained<Double, true, true>>},
    {"VNMLSH", accumulate<run_chained<Half, false, true>>},
    {"VNMLSS", accumulate<run_chained<Single, false, true>>},
    {"VNMLSD", accumulate<run_chained<Double, false, true>>},
    {"VFMAH", accumulate<run_fused<Half, false, false>>},
    {"VFMAS", accumulate<run_fused<Single, false, false>>},
    {"VFMAD", accumulate<run_fused<Double, false, false>>},
    {"VFMSH", accumulate<run_fused<Half, true, false>>},
    {"VFMSS", accumulate<run_fused<Single, true, false>>},
    {"VFMSD", accumulate<run_fused<Double, true, false>>},
    {"VFNMAH", accumulate<run_fused<Half, true, true>>},
    {"VFNMAS", accumulate<run_fused<Single, true, true>>},
    {"VFNMAD", accumulate<run_fused<Double, true, true>>},
    {"VFNMSH", accumulate<run_fused<Half, false, true>>},
    {"VFNMSS", accumulate<run_fused<Single, false, true>>},
    {"VFNMSD", accumulate<run_fused<Double, false, true>>},
    {"VCMPH", compare<Half, false, false>},
    {"VCMPS", compare<Single, false, false>},
    {"VCMPD", compare<Double, false, false>},
    {"VCMPEH", compare<Half, true, false>},
    {"VCMPES", compare<Single, true, false>},
    {"VCMPED", compare<Double, true, false>},
    {"VCMPZH", compare<Half, false, true>},
    {"VCMPZS", compare<Single, false, true>},
    {"VCMPZD", compare<Double, false, true>},
    {"VCMPEZH", compare<Half, true, true>},
    {"VCMPEZS", compare<Single, true, true>},
    {"VCMPEZD", compare<Double, true, true>},
    {"VSELEQH", select<Half, kEqual>},
    {"VSELEQS", select<Single, kEqual>},
    {"VSELEQD", select<Double, kEqual>},
    {"VSELVSH", select<Half, kOverflow>},
    {"VSELVSS", select<Single, kOverflow>},
    {"VSELVSD", select<Double, kOverflow>},
    {"VSELGEH", select<Half, kGreaterOrEqual>},
    {"VSELGES", select<Single, kGreaterOrEqual>},
    {"VSELGED", select<Double, kGreaterOrEqual>},
    {"VSELGTH", select<Half, kGreater>},
    {"VSELGTS", select<Single, kGreater>},
    {"VSELGTD", select<Double, kGreater>},
    {"FCONSTH", constant<Half>},
    {"FCONSTS", constant<Single>},
    {"FCONSTD", constant<Double>},
});

}  // namespace

std::span<const Semantics> fp_data_semantics() { return kRows; }

}  // namespace boardless::isa::arm
