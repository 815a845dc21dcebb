// Helium's floating-point arithmetic and comparison (DDI 0553 C2.4 VADD to VSUB, floating-point
// forms). Every operation on lanes is by float_lanes.h; this file says which operands meet.
#include <array>

#include "isa/arm/mve/host_fused.h"
#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm {
namespace {

using namespace mve;

template <class F>
LanesOf<F> negated(LanesOf<F> a) {
  return a ^ kFpSign<F>;
}
template <class F>
LanesOf<F> absolute(LanesOf<F> a) {
  return a & static_cast<typename F::Bits>(~kFpSign<F>);
}

// A core register's low bits in every lane.
template <class F>
LanesOf<F> broadcast(const State& s, std::uint8_t core) {
  return LanesOf<F>{} + static_cast<typename F::Bits>(s.r[core]);
}

// --- Two operands ---

// Where the second operand is.
enum class Second { kVector, kCore };

template <class F, Second kSecond>
LanesOf<F> second(const State& s, const Op* op) {
  if constexpr (kSecond == Second::kVector) return read_vector<F>(s, op->rm);
  return broadcast<F>(s, op->rm);
}

template <class F>
LanesOf<F> unchanged(LanesOf<F> result) {
  return result;
}

template <class F, Second kSecond>
VectorOperands<F> both(const State& s, const Op* op) {
  return {read_vector<F>(s, op->rn), second<F, kSecond>(s, op), LanesOf<F>{}};
}

template <class F, VectorOperation kWhat, Second kSecond = Second::kVector>
constexpr Op::Handler run_binary = run_vector<F, kWhat, both<F, kSecond>, unchanged<F>>;

template <class F>
constexpr Op::Handler run_absolute_difference =
    run_vector<F, VectorOperation::kSubtract, both<F, Second::kVector>, absolute<F>>;

// --- Multiply and accumulate ---

template <class F, auto kRead>
constexpr Op::Handler run_fused = run_vector<F, VectorOperation::kMultiplyAdd, kRead, unchanged<F>>;

template <class F, Second kSecond>
VectorOperands<F> added(const State& s, const Op* op) {
  return {read_vector<F>(s, op->rn), second<F, kSecond>(s, op), read_vector<F>(s, op->rd)};
}

template <class F>
VectorOperands<F> subtracted(const State& s, const Op* op) {
  return {negated<F>(read_vector<F>(s, op->rn)), read_vector<F>(s, op->rm),
          read_vector<F>(s, op->rd)};
}

// VFMAS: the accumulator is a factor, the core register is added.
template <class F>
VectorOperands<F> added_to_core(const State& s, const Op* op) {
  return {read_vector<F>(s, op->rd), read_vector<F>(s, op->rn), broadcast<F>(s, op->rm)};
}

// --- Complex numbers: even lanes are real parts, odd ones imaginary ---

// The sign bits of odd lanes, or of even ones.
template <class F>
constexpr LanesOf<F> sign_of_lanes(bool odd) {
  LanesOf<F> signs{};
  for (int i = odd ? 1 : 0; i < FloatVector<F>::kLanes; i += 2) signs[i] = kFpSign<F>;
  return signs;
}

template <class F>
LanesOf<F> swapped(LanesOf<F> a) {
  LanesOf<F> result{};
  for (int i = 0; i < FloatVector<F>::kLanes; ++i) result[i] = a[i ^ 1];
  return result;
}

template <class F>
LanesOf<F> repeated(LanesOf<F> a, bool odd) {
  LanesOf<F> result{};
  for (int i = 0; i < FloatVector<F>::kLanes; ++i) result[i] = a[odd ? i | 1 : i & ~1];
  return result;
}

template <class F, int kDegrees>
LanesOf<F> turned(LanesOf<F> a) {
  switch (kDegrees) {
    case 90:
      return swapped<F>(a) ^ sign_of_lanes<F>(false);
    case 180:
      return negated<F>(a);
    case 270:
      return swapped<F>(a) ^ sign_of_lanes<F>(true);
    default:
      return a;
  }
}

template <class F, int kDegrees>
VectorOperands<F> complex_sum(const State& s, const Op* op) {
  return {read_vector<F>(s, op->rn), turned<F, kDegrees>(read_vector<F>(s, op->rm)), LanesOf<F>{}};
}

// One half of a complex product, that of the first operand's real or imaginary parts: each of its
// lanes twice, times the second operand turned.
template <class F, int kDegrees>
VectorOperands<F> complex_product(const State& s, const Op* op) {
  constexpr bool kImaginary = kDegrees == 90 || kDegrees == 270;
  return {repeated<F>(read_vector<F>(s, op->rn), kImaginary),
          turned<F, kDegrees>(read_vector<F>(s, op->rm)), read_vector<F>(s, op->rd)};
}

template <class F, int kDegrees>
constexpr Op::Handler run_complex_add =
    run_vector<F, VectorOperation::kAdd, complex_sum<F, kDegrees>, unchanged<F>>;
template <class F, int kDegrees>
constexpr Op::Handler run_complex_multiply =
    run_vector<F, VectorOperation::kMultiply, complex_product<F, kDegrees>, unchanged<F>>;
template <class F, int kDegrees>
constexpr Op::Handler run_complex_multiply_add = run_fused<F, complex_product<F, kDegrees>>;
template <int kDegrees>
constexpr Op::Handler run_host_complex_multiply_add =
    run_host_fused<complex_product<Single, kDegrees>, unchanged<Single>>;

// --- Sign, and extremes ---

template <class F, bool kAbsolute>
const Op* run_sign(State& s, const Op* op) {
  const LanesOf<F> m = read_vector<F>(s, op->rm);
  return finish(s, op, kAbsolute ? absolute<F>(m) : negated<F>(m), bytes_to_change(s));
}

template <class F, bool kMax>
[[gnu::noinline]] LanesOf<F> extremes(State& s, std::uint32_t mask, LanesOf<F> a, LanesOf<F> b) {
  LanesOf<F> result{};
  for_each_lane<F>(s, mask, [&](std::uint32_t& fpscr, int lane) {
    result[lane] = lane_extreme<F, kMax>(fpscr, a[lane], b[lane]);
  });
  return result;
}

template <class F, bool kMax>
const Op* run_extreme(State& s, const Op* op) {
  const std::uint32_t mask = bytes_to_change(s);
  const LanesOf<F> n = read_vector<F>(s, op->rn), m = read_vector<F>(s, op->rm);
  return finish(s, op, extremes<F, kMax>(s, mask, n, m), mask);
}

// VMAXNMA, VMINNMA.
template <class F, bool kMax>
const Op* run_absolute_extreme(State& s, const Op* op) {
  const std::uint32_t mask = bytes_to_change(s);
  const LanesOf<F> d = absolute<F>(read_vector<F>(s, op->rd));
  const LanesOf<F> m = absolute<F>(read_vector<F>(s, op->rm));
  return finish(s, op, extremes<F, kMax>(s, mask, d, m), mask);
}

// A signalling NaN is made quiet before it is compared (FPConvertNaN in each step of VMAXNMV), so
// that it loses against a number.
template <class F>
typename F::Bits quieted(std::uint32_t& fpscr, typename F::Bits a) {
  constexpr auto kQuiet = static_cast<typename F::Bits>(kFpInfinity<F> | kFpInfinity<F> >> 1);
  if (absolute_lane<F>(a) <= kFpInfinity<F> || (a & kQuiet) == kQuiet) return a;
  fpscr |= kFpInvalid;
  return static_cast<typename F::Bits>(a | kQuiet);
}

// Across the vector, from what the core register holds. kAbsolute: of the lanes' absolute values.
template <class F, bool kMax, bool kAbsolute>
[[gnu::noinline]] typename F::Bits extreme_across(State& s, const Op* op) {
  const std::uint32_t mask = bytes_to_change(s);
  const LanesOf<F> m = read_vector<F>(s, op->rm);
  auto extreme = static_cast<typename F::Bits>(s.r[op->rd]);
  for_each_lane<F>(s, mask, [&](std::uint32_t& fpscr, int lane) {
    if (!is_active<typename F::Bits>(mask, static_cast<std::size_t>(lane))) return;
    const auto value = quieted<F>(fpscr, m[lane]);
    extreme = lane_extreme<F, kMax>(fpscr, quieted<F>(fpscr, extreme),
                                    kAbsolute ? absolute_lane<F>(value) : value);
  });
  return extreme;
}

template <class F, bool kMax, bool kAbsolute>
const Op* run_extreme_across(State& s, const Op* op) {
  s.r[op->rd] = extreme_across<F, kMax, kAbsolute>(s, op);
  return next(s, op);
}

// LLVM operands: Qd, Qd again, Qm; or Rda, Rda again, Qm.
template <Op::Handler kRun>
void qda_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rm = quad(d, 2);
  append_vector(d, op, kRun, out);
}
template <Op::Handler kRun>
void rda_qm(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rm = quad(d, 2);
  append_vector(d, op, kRun, out);
}

// LLVM operands: Qd, [Qd again,] Qn, Qm, rotation in quarter turns; VCADD's counts 90 and 270.
template <Op::Handler... kRuns>
void complex(const Decoded& d, Op op, OpList& out) {
  constexpr std::array kByRotation{kRuns...};
  const std::size_t last = d.operands.size() - 1;
  op.rd = quad(d, 0);
  op.rn = quad(d, last - 2);
  op.rm = quad(d, last - 1);
  append_vector(d, op, kByRotation.at(imm(d, last)), out);
}
template <class F>
constexpr Builder kComplexAdd = complex<run_complex_add<F, 90>, run_complex_add<F, 270>>;
template <class F>
constexpr Builder kComplexMultiply =
    complex<run_complex_multiply<F, 0>, run_complex_multiply<F, 90>, run_complex_multiply<F, 180>,
            run_complex_multiply<F, 270>>;
template <class F>
constexpr Builder kComplexMultiplyAdd =
    complex<run_complex_multiply_add<F, 0>, run_complex_multiply_add<F, 90>,
            run_complex_multiply_add<F, 180>, run_complex_multiply_add<F, 270>>;

constexpr Builder kHostComplexMultiplyAdd =
    complex<run_host_complex_multiply_add<0>, run_host_complex_multiply_add<90>,
            run_host_complex_multiply_add<180>, run_host_complex_multiply_add<270>>;

// Singles by the host's fused multiply-add where it has one.
template <Builder kHost, Builder kOtherwise>
void fused(const Decoded& d, Op op, OpList& out) {
  static const bool has_fused = host_has_fused();
  (has_fused ? kHost : kOtherwise)(d, op, out);
}
template <auto kRead>
constexpr Builder kFusedVectors =
    fused<qda_qn_qm<run_host_fused<kRead, unchanged<Single>>>, qda_qn_qm<run_fused<Single, kRead>>>;
template <auto kRead>
constexpr Builder kFusedCore =
    fused<qda_qn_rm<run_host_fused<kRead, unchanged<Single>>>, qda_qn_rm<run_fused<Single, kRead>>>;

using enum VectorOperation;

using InstructionClass::kVectorFpAdd, InstructionClass::kVectorFpMultiply,
    InstructionClass::kVectorFpMultiplyAccumulate, InstructionClass::kVectorFpReduce,
    InstructionClass::kVectorFpSimple;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VADDf16", helium(kVectorFpAdd), qd_qn_qm<run_binary<Half, kAdd>>},
    {"MVE_VADD_qr_f16", helium(kVectorFpAdd), qd_qn_rm<run_binary<Half, kAdd, Second::kCore>>},
    {"MVE_VSUBf16", helium(kVectorFpAdd), qd_qn_qm<run_binary<Half, kSubtract>>},
    {"MVE_VSUB_qr_f16", helium(kVectorFpAdd), qd_qn_rm<run_binary<Half, kSubtract, Second::kCore>>},
    {"MVE_VMULf16", helium(kVectorFpMultiply), qd_qn_qm<run_binary<Half, kMultiply>>},
    {"MVE_VMUL_qr_f16", helium(kVectorFpMultiply),
     qd_qn_rm<run_binary<Half, kMultiply, Second::kCore>>},
    {"MVE_VABDf16", helium(kVectorFpAdd), qd_qn_qm<run_absolute_difference<Half>>},
    {"MVE_VFMAf16", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     qda_qn_qm<run_fused<Half, added<Half, Second::kVector>>>},
    {"MVE_VFMSf16", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     qda_qn_qm<run_fused<Half, subtracted<Half>>>},
    {"MVE_VFMA_qr_f16", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     qda_qn_rm<run_fused<Half, added<Half, Second::kCore>>>},
    {"MVE_VFMA_qr_Sf16", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     qda_qn_rm<run_fused<Half, added_to_core<Half>>>},
    {"MVE_VCADDf16", helium(kVectorFpAdd), kComplexAdd<Half>},
    {"MVE_VCMULf16", helium(kVectorFpMultiply), kComplexMultiply<Half>},
    {"MVE_VCMLAf16", helium(kVectorFpMultiplyAccumulate).accumulates(1), kComplexMultiplyAdd<Half>},
    {"MVE_VABSf16", helium(kVectorFpSimple), qd_qm<run_sign<Half, true>>},
    {"MVE_VNEGf16", helium(kVectorFpSimple), qd_qm<run_sign<Half, false>>},
    {"MVE_VMAXNMf16", helium(kVectorFpSimple), qd_qn_qm<run_extreme<Half, true>>},
    {"MVE_VMAXNMAf16", helium(kVectorFpSimple), qda_qm<run_absolute_extreme<Half, true>>},
    {"MVE_VMAXNMVf16", helium(kVectorFpReduce).accumulates(1),
     rda_qm<run_extreme_across<Half, true, false>>},
    {"MVE_VMAXNMAVf16", helium(kVectorFpReduce).accumulates(1),
     rda_qm<run_extreme_across<Half, true, true>>},
    {"MVE_VMINNMf16", helium(kVectorFpSimple), qd_qn_qm<run_extreme<Half, false>>},
    {"MVE_VMINNMAf16", helium(kVectorFpSimple), qda_qm<run_absolute_extreme<Half, false>>},
    {"MVE_VMINNMVf16", helium(kVectorFpReduce).accumulates(1),
     rda_qm<run_extreme_across<Half, false, false>>},
    {"MVE_VMINNMAVf16", helium(kVectorFpReduce).accumulates(1),
     rda_qm<run_extreme_across<Half, false, true>>},
    {"MVE_VADDf32", helium(kVectorFpAdd), qd_qn_qm<run_binary<Single, kAdd>>},
    {"MVE_VADD_qr_f32", helium(kVectorFpAdd), qd_qn_rm<run_binary<Single, kAdd, Second::kCore>>},
    {"MVE_VSUBf32", helium(kVectorFpAdd), qd_qn_qm<run_binary<Single, kSubtract>>},
    {"MVE_VSUB_qr_f32", helium(kVectorFpAdd),
     qd_qn_rm<run_binary<Single, kSubtract, Second::kCore>>},
    {"MVE_VMULf32", helium(kVectorFpMultiply), qd_qn_qm<run_binary<Single, kMultiply>>},
    {"MVE_VMUL_qr_f32", helium(kVectorFpMultiply),
     qd_qn_rm<run_binary<Single, kMultiply, Second::kCore>>},
    {"MVE_VABDf32", helium(kVectorFpAdd), qd_qn_qm<run_absolute_difference<Single>>},
    {"MVE_VFMAf32", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     kFusedVectors<added<Single, Second::kVector>>},
    {"MVE_VFMSf32", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     kFusedVectors<subtracted<Single>>},
    {"MVE_VFMA_qr_f32", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     kFusedCore<added<Single, Second::kCore>>},
    {"MVE_VFMA_qr_Sf32", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     kFusedCore<added_to_core<Single>>},
    {"MVE_VCADDf32", helium(kVectorFpAdd), kComplexAdd<Single>},
    {"MVE_VCMULf32", helium(kVectorFpMultiply), kComplexMultiply<Single>},
    {"MVE_VCMLAf32", helium(kVectorFpMultiplyAccumulate).accumulates(1),
     fused<kHostComplexMultiplyAdd, kComplexMultiplyAdd<Single>>},
    {"MVE_VABSf32", helium(kVectorFpSimple), qd_qm<run_sign<Single, true>>},
    {"MVE_VNEGf32", helium(kVectorFpSimple), qd_qm<run_sign<Single, false>>},
    {"MVE_VMAXNMf32", helium(kVectorFpSimple), qd_qn_qm<run_extreme<Single, true>>},
    {"MVE_VMAXNMAf32", helium(kVectorFpSimple), qda_qm<run_absolute_extreme<Single, true>>},
    {"MVE_VMAXNMVf32", helium(kVectorFpReduce).accumulates(1),
     rda_qm<run_extreme_across<Single, true, false>>},
    {"MVE_VMAXNMAVf32", helium(kVectorFpReduce).accumulates(1),
     rda_qm<run_extreme_across<Single, true, true>>},
    {"MVE_VMINNMf32", helium(kVectorFpSimple), qd_qn_qm<run_extreme<Single, false>>},
    {"MVE_VMINNMAf32", helium(kVectorFpSimple), qda_qm<run_absolute_extreme<Single, false>>},
    {"MVE_VMINNMVf32", helium(kVectorFpReduce).accumulates(1),
     rda_qm<run_extreme_across<Single, false, false>>},
    {"MVE_VMINNMAVf32", helium(kVectorFpReduce).accumulates(1),
     rda_qm<run_extreme_across<Single, false, true>>},
});

}  // namespace

std::span<const OpcodeRow> mve_float_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
