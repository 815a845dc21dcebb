// Conversions between floating point, integers, fixed point and half precision, and rounding to
// integers (DDI 0403E A7.7.226-A7.7.229, DDI 0553 C2.4 VCVT and VRINT).
#include <array>
#include <type_traits>

#include "isa/arm/fp_arithmetic.h"
#include "isa/arm/fp_operands.h"

namespace boardless::isa::arm {
namespace {

// How an instruction rounds: a Rounding of its own, or FPSCR's.
enum class Mode : std::uint8_t { kNearestEven, kUp, kDown, kZero, kNearestAway, kFromFpscr };

template <Mode kMode>
Rounding rounding(const State& s) {
  return kMode == Mode::kFromFpscr ? rounding_of(s.fpscr) : static_cast<Rounding>(kMode);
}

// LLVM operands: Fd, [Fd again,] Fm.
template <Op::Handler kRun>
void convert(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.rm = fp_reg(d, d.operands.size() - 1);
  append_fp(d, op, kRun, out);
}

// --- Integers of 32 bits, in S registers ---

template <class F, bool kUnsigned, Mode kMode>
[[gnu::noinline]] const Op* run_to_word_soft(State& s, const Op* op) {
  s.s[op->rd] = static_cast<std::uint32_t>(SoftConvert<F>::to_fixed(
      s.fpscr, read_fp<F>(s, op->rm), 32, 0, kUnsigned, rounding<kMode>(s)));
  return next(s, op);
}

template <class F, bool kUnsigned>
const Op* run_to_word(State& s, const Op* op) {
  std::uint32_t word = 0;
  if (!host_to_word<F, kUnsigned>(s.fpscr, read_fp<F>(s, op->rm), word)) [[unlikely]]
    return run_to_word_soft<F, kUnsigned, Mode::kZero>(s, op);
  s.s[op->rd] = word;
  return next(s, op);
}

template <class F, bool kUnsigned>
[[gnu::noinline, gnu::cold]] const Op* run_from_word_soft(State& s, const Op* op) {
  const std::uint32_t word = s.s[op->rm];
  const auto value = kUnsigned ? std::int64_t{word} : std::int64_t{static_cast<std::int32_t>(word)};
  write_fp<F>(s, op->rd,
              SoftConvert<F>::from_fixed(s.fpscr, static_cast<std::uint64_t>(value), 0, kUnsigned,
                                         rounding_of(s.fpscr)));
  return next(s, op);
}

template <class F, bool kUnsigned>
const Op* run_from_word(State& s, const Op* op) {
  typename F::Bits result = 0;
  if (!host_from_word<F, kUnsigned>(s.fpscr, s.s[op->rm], result)) [[unlikely]]
    return run_from_word_soft<F, kUnsigned>(s, op);
  write_fp<F>(s, op->rd, result);
  return next(s, op);
}

// --- Fixed point, in place; op->imm fraction bits ---

template <class F, int kWidth, bool kUnsigned>
const Op* run_to_fixed(State& s, const Op* op) {
  const std::uint64_t result =
      SoftConvert<F>::to_fixed(s.fpscr, read_fp<F>(s, op->rd), kWidth, static_cast<int>(op->imm),
                               kUnsigned, Rounding::kZero);
  // Extended to the whole register, an S register for half precision too.
  using Register = std::conditional_t<F::kFraction == Double::kFraction, Double, Single>;
  write_fp<Register>(s, op->rd, static_cast<typename Register::Bits>(result));
  return next(s, op);
}

// Always to nearest: FixedToFP with round_nearest.
template <class F, int kWidth, bool kUnsigned>
const Op* run_from_fixed(State& s, const Op* op) {
  constexpr int kUnused = 64 - kWidth;
  const auto raw = static_cast<std::uint64_t>(s.s[op->rd]) << kUnused;
  const std::uint64_t value =
      kUnsigned ? raw >> kUnused
                : static_cast<std::uint64_t>(static_cast<std::int64_t>(raw) >> kUnused);
  write_fp<F>(s, op->rd,
              SoftConvert<F>::from_fixed(s.fpscr, value, static_cast<int>(op->imm), kUnsigned,
                                         Rounding::kNearestEven));
  return next(s, op);
}

// LLVM operands: Fd, Fd again, and the width minus the fraction bits.
template <int kWidth, Op::Handler kRun>
void fixed(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.imm = static_cast<std::uint32_t>(kWidth) - imm(d, 2);
  append_fp(d, op, kRun, out);
}

// --- Rounding to an integer in the same format ---

template <class F, Mode kMode, bool kExact>
[[gnu::noinline, gnu::cold]] const Op* run_round_soft(State& s, const Op* op) {
  write_fp<F>(
      s, op->rd,
      SoftConvert<F>::round_to_integer(s.fpscr, read_fp<F>(s, op->rm), rounding<kMode>(s), kExact));
  return next(s, op);
}

template <class F, Mode kMode, bool kExact>
const Op* run_round(State& s, const Op* op) {
  typename F::Bits result = 0;
  if (!host_round_to_integer<F>(s.fpscr, read_fp<F>(s, op->rm), rounding<kMode>(s), result))
      [[unlikely]]
    return run_round_soft<F, kMode, kExact>(s, op);
  write_fp<F>(s, op->rd, result);
  return next(s, op);
}

// --- Other formats ---

[[gnu::noinline, gnu::cold]] const Op* run_to_double_soft(State& s, const Op* op) {
  write_fp<Double>(s, op->rd, SoftConvert<Double>::from_single(s.fpscr, s.s[op->rm]));
  return next(s, op);
}

const Op* run_to_double(State& s, const Op* op) {
  std::uint64_t result = 0;
  if (!host_to_double(s.fpscr, s.s[op->rm], result)) [[unlikely]]
    return run_to_double_soft(s, op);
  write_fp<Double>(s, op->rd, result);
  return next(s, op);
}

[[gnu::noinline, gnu::cold]] const Op* run_to_single_soft(State& s, const Op* op) {
  s.s[op->rd] = SoftConvert<Single>::from_double(s.fpscr, read_fp<Double>(s, op->rm));
  return next(s, op);
}

const Op* run_to_single(State& s, const Op* op) {
  std::uint32_t result = 0;
  if (!host_to_single(s.fpscr, read_fp<Double>(s, op->rm), result)) [[unlikely]]
    return run_to_single_soft(s, op);
  s.s[op->rd] = result;
  return next(s, op);
}

template <class F, bool kTop>
const Op* run_from_half(State& s, const Op* op) {
  const auto half = static_cast<std::uint16_t>(s.s[op->rm] >> (kTop ? 16 : 0));
  write_fp<F>(s, op->rd, SoftConvert<F>::from_half(s.fpscr, half));
  return next(s, op);
}

// The other half of the destination stays.
template <class F, bool kTop>
const Op* run_to_half(State& s, const Op* op) {
  std::uint32_t half = 0;
  if constexpr (F::kFraction == Single::kFraction) {
    half = SoftConvert<Half>::from_single(s.fpscr, read_fp<F>(s, op->rm));
  } else {
    half = SoftConvert<Half>::from_double(s.fpscr, read_fp<F>(s, op->rm));
  }
  const std::uint32_t old = s.s[op->rd];
  s.s[op->rd] = kTop ? (old & 0xffff) | half << 16 : (old & 0xffff0000) | half;
  return next(s, op);
}

template <class F, bool kUnsigned, Mode kMode>
constexpr Builder kToWord = kMode == Mode::kZero ? convert<run_to_word<F, kUnsigned>>
                                                 : convert<run_to_word_soft<F, kUnsigned, kMode>>;
template <class F, Mode kMode, bool kExact = false>
constexpr Builder kRound = convert<run_round<F, kMode, kExact>>;
template <class F, int kWidth, bool kUnsigned>
constexpr Builder kToFixed = fixed<kWidth, run_to_fixed<F, kWidth, kUnsigned>>;
template <class F, int kWidth, bool kUnsigned>
constexpr Builder kFromFixed = fixed<kWidth, run_from_fixed<F, kWidth, kUnsigned>>;

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"VTOSIZH", armv81(kFpConvert), kToWord<Half, false, Mode::kZero>},
    {"VTOSIZS", fp(kFpConvert), kToWord<Single, false, Mode::kZero>},
    {"VTOUIZH", armv81(kFpConvert), kToWord<Half, true, Mode::kZero>},
    {"VTOUIZS", fp(kFpConvert), kToWord<Single, true, Mode::kZero>},
    {"VTOSIZD", fp64(kFpConvertDouble), kToWord<Double, false, Mode::kZero>},
    {"VTOUIZD", fp64(kFpConvertDouble), kToWord<Double, true, Mode::kZero>},
    {"VTOSIRH", armv81(kFpConvert), kToWord<Half, false, Mode::kFromFpscr>},
    {"VTOSIRS", fp(kFpConvert), kToWord<Single, false, Mode::kFromFpscr>},
    {"VTOUIRH", armv81(kFpConvert), kToWord<Half, true, Mode::kFromFpscr>},
    {"VTOUIRS", fp(kFpConvert), kToWord<Single, true, Mode::kFromFpscr>},
    {"VTOSIRD", fp64(kFpConvertDouble), kToWord<Double, false, Mode::kFromFpscr>},
    {"VTOUIRD", fp64(kFpConvertDouble), kToWord<Double, true, Mode::kFromFpscr>},
    {"VCVTASH", armv81(kFpConvert), kToWord<Half, false, Mode::kNearestAway>},
    {"VCVTASS", fp5(kFpConvert), kToWord<Single, false, Mode::kNearestAway>},
    {"VCVTAUH", armv81(kFpConvert), kToWord<Half, true, Mode::kNearestAway>},
    {"VCVTAUS", fp5(kFpConvert), kToWord<Single, true, Mode::kNearestAway>},
    {"VCVTASD", fp64(kFpConvertDouble), kToWord<Double, false, Mode::kNearestAway>},
    {"VCVTAUD", fp64(kFpConvertDouble), kToWord<Double, true, Mode::kNearestAway>},
    {"VCVTNSH", armv81(kFpConvert), kToWord<Half, false, Mode::kNearestEven>},
    {"VCVTNSS", fp5(kFpConvert), kToWord<Single, false, Mode::kNearestEven>},
    {"VCVTNUH", armv81(kFpConvert), kToWord<Half, true, Mode::kNearestEven>},
    {"VCVTNUS", fp5(kFpConvert), kToWord<Single, true, Mode::kNearestEven>},
    {"VCVTNSD", fp64(kFpConvertDouble), kToWord<Double, false, Mode::kNearestEven>},
    {"VCVTNUD", fp64(kFpConvertDouble), kToWord<Double, true, Mode::kNearestEven>},
    {"VCVTPSH", armv81(kFpConvert), kToWord<Half, false, Mode::kUp>},
    {"VCVTPSS", fp5(kFpConvert), kToWord<Single, false, Mode::kUp>},
    {"VCVTPUH", armv81(kFpConvert), kToWord<Half, true, Mode::kUp>},
    {"VCVTPUS", fp5(kFpConvert), kToWord<Single, true, Mode::kUp>},
    {"VCVTPSD", fp64(kFpConvertDouble), kToWord<Double, false, Mode::kUp>},
    {"VCVTPUD", fp64(kFpConvertDouble), kToWord<Double, true, Mode::kUp>},
    {"VCVTMSH", armv81(kFpConvert), kToWord<Half, false, Mode::kDown>},
    {"VCVTMSS", fp5(kFpConvert), kToWord<Single, false, Mode::kDown>},
    {"VCVTMUH", armv81(kFpConvert), kToWord<Half, true, Mode::kDown>},
    {"VCVTMUS", fp5(kFpConvert), kToWord<Single, true, Mode::kDown>},
    {"VCVTMSD", fp64(kFpConvertDouble), kToWord<Double, false, Mode::kDown>},
    {"VCVTMUD", fp64(kFpConvertDouble), kToWord<Double, true, Mode::kDown>},
    {"VSITOH", armv81(kFpConvert), convert<run_from_word<Half, false>>},
    {"VSITOS", fp(kFpConvert), convert<run_from_word<Single, false>>},
    {"VUITOH", armv81(kFpConvert), convert<run_from_word<Half, true>>},
    {"VUITOS", fp(kFpConvert), convert<run_from_word<Single, true>>},
    {"VSITOD", fp64(kFpConvertDouble), convert<run_from_word<Double, false>>},
    {"VUITOD", fp64(kFpConvertDouble), convert<run_from_word<Double, true>>},
    {"VTOSHH", armv81(kFpConvert), kToFixed<Half, 16, false>},
    {"VTOSHS", fp(kFpConvert), kToFixed<Single, 16, false>},
    {"VTOUHH", armv81(kFpConvert), kToFixed<Half, 16, true>},
    {"VTOUHS", fp(kFpConvert), kToFixed<Single, 16, true>},
    {"VTOSLH", armv81(kFpConvert), kToFixed<Half, 32, false>},
    {"VTOSLS", fp(kFpConvert), kToFixed<Single, 32, false>},
    {"VTOULH", armv81(kFpConvert), kToFixed<Half, 32, true>},
    {"VTOULS", fp(kFpConvert), kToFixed<Single, 32, true>},
    {"VTOSHD", fp64(kFpConvertDouble), kToFixed<Double, 16, false>},
    {"VTOUHD", fp64(kFpConvertDouble), kToFixed<Double, 16, true>},
    {"VTOSLD", fp64(kFpConvertDouble), kToFixed<Double, 32, false>},
    {"VTOULD", fp64(kFpConvertDouble), kToFixed<Double, 32, true>},
    {"VSHTOH", armv81(kFpConvert), kFromFixed<Half, 16, false>},
    {"VSHTOS", fp(kFpConvert), kFromFixed<Single, 16, false>},
    {"VUHTOH", armv81(kFpConvert), kFromFixed<Half, 16, true>},
    {"VUHTOS", fp(kFpConvert), kFromFixed<Single, 16, true>},
    {"VSLTOH", armv81(kFpConvert), kFromFixed<Half, 32, false>},
    {"VSLTOS", fp(kFpConvert), kFromFixed<Single, 32, false>},
    {"VULTOH", armv81(kFpConvert), kFromFixed<Half, 32, true>},
    {"VULTOS", fp(kFpConvert), kFromFixed<Single, 32, true>},
    {"VSHTOD", fp64(kFpConvertDouble), kFromFixed<Double, 16, false>},
    {"VUHTOD", fp64(kFpConvertDouble), kFromFixed<Double, 16, true>},
    {"VSLTOD", fp64(kFpConvertDouble), kFromFixed<Double, 32, false>},
    {"VULTOD", fp64(kFpConvertDouble), kFromFixed<Double, 32, true>},
    {"VRINTAH", armv81(kFpConvert), kRound<Half, Mode::kNearestAway>},
    {"VRINTAS", fp5(kFpConvert), kRound<Single, Mode::kNearestAway>},
    {"VRINTNH", armv81(kFpConvert), kRound<Half, Mode::kNearestEven>},
    {"VRINTNS", fp5(kFpConvert), kRound<Single, Mode::kNearestEven>},
    {"VRINTPH", armv81(kFpConvert), kRound<Half, Mode::kUp>},
    {"VRINTPS", fp5(kFpConvert), kRound<Single, Mode::kUp>},
    {"VRINTMH", armv81(kFpConvert), kRound<Half, Mode::kDown>},
    {"VRINTMS", fp5(kFpConvert), kRound<Single, Mode::kDown>},
    {"VRINTZH", armv81(kFpConvert), kRound<Half, Mode::kZero>},
    {"VRINTZS", fp5(kFpConvert), kRound<Single, Mode::kZero>},
    {"VRINTRH", armv81(kFpConvert), kRound<Half, Mode::kFromFpscr>},
    {"VRINTRS", fp5(kFpConvert), kRound<Single, Mode::kFromFpscr>},
    {"VRINTXH", armv81(kFpConvert), kRound<Half, Mode::kFromFpscr, true>},
    {"VRINTXS", fp5(kFpConvert), kRound<Single, Mode::kFromFpscr, true>},
    {"VRINTAD", fp64(kFpConvertDouble), kRound<Double, Mode::kNearestAway>},
    {"VRINTND", fp64(kFpConvertDouble), kRound<Double, Mode::kNearestEven>},
    {"VRINTPD", fp64(kFpConvertDouble), kRound<Double, Mode::kUp>},
    {"VRINTMD", fp64(kFpConvertDouble), kRound<Double, Mode::kDown>},
    {"VRINTZD", fp64(kFpConvertDouble), kRound<Double, Mode::kZero>},
    {"VRINTRD", fp64(kFpConvertDouble), kRound<Double, Mode::kFromFpscr>},
    {"VRINTXD", fp64(kFpConvertDouble), kRound<Double, Mode::kFromFpscr, true>},
    {"VCVTDS", fp64(kFpConvertDouble), convert<run_to_double>},
    {"VCVTSD", fp64(kFpConvertDouble), convert<run_to_single>},
    {"VCVTBHS", dsp(kFpConvert), convert<run_from_half<Single, false>>},
    {"VCVTTHS", dsp(kFpConvert), convert<run_from_half<Single, true>>},
    {"VCVTBHD", fp64(kFpConvertDouble), convert<run_from_half<Double, false>>},
    {"VCVTTHD", fp64(kFpConvertDouble), convert<run_from_half<Double, true>>},
    {"VCVTBSH", dsp(kFpConvert), convert<run_to_half<Single, false>>},
    {"VCVTTSH", dsp(kFpConvert), convert<run_to_half<Single, true>>},
    {"VCVTBDH", fp64(kFpConvertDouble), convert<run_to_half<Double, false>>},
    {"VCVTTDH", fp64(kFpConvertDouble), convert<run_to_half<Double, true>>},
});

}  // namespace

std::span<const OpcodeRow> fp_convert_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
