// Helium's conversions between floating point, integers and fixed point, between half and single
// precision, and rounding to integers (DDI 0553 C2.4 VCVT and VRINT).
#include <array>
#include <type_traits>

#include "isa/arm/mve/float_lanes.h"
#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm {
namespace {

using namespace mve;

// --- One lane: to and from integers and fixed point of its width, and to integers in place ---

template <class F, bool kUnsigned>
bool host_to_lane(std::uint32_t fpscr, typename F::Bits a, typename F::Bits& result) {
  std::uint32_t word = 0;
  if (is_denormal<F>(a) || !host_to_word<F, kUnsigned>(host_modes<F>(fpscr), a, word)) return false;
  result = static_cast<typename F::Bits>(word);
  using Lane = std::conditional_t<kUnsigned, std::make_unsigned_t<typename F::Bits>,
                                  std::make_signed_t<typename F::Bits>>;
  return static_cast<std::uint32_t>(static_cast<Lane>(result)) == word;
}

template <class F, bool kUnsigned, Rounding kRounding>
typename F::Bits to_fixed(std::uint32_t& fpscr, typename F::Bits a, int fraction_bits) {
  using Bits = typename F::Bits;
  Bits result = 0;
  if (kRounding == Rounding::kZero && fraction_bits == 0 &&
      host_to_lane<F, kUnsigned>(fpscr, a, result)) {
    return result;
  }
  return static_cast<Bits>(
      SoftConvert<F>::to_fixed(fpscr, a, 8 * sizeof(Bits), fraction_bits, kUnsigned, kRounding));
}

template <class F, bool kUnsigned>
typename F::Bits from_fixed(std::uint32_t& fpscr, typename F::Bits a, int fraction_bits) {
  using Bits = typename F::Bits;
  const std::int64_t value = kUnsigned ? static_cast<std::int64_t>(a)
                                       : std::int64_t{static_cast<std::make_signed_t<Bits>>(a)};
  const auto word = static_cast<std::uint32_t>(value);
  Bits result = 0;
  if (fraction_bits == 0 && host_from_word<F, kUnsigned>(host_modes<F>(fpscr), word, result)) {
    return result;
  }
  return SoftConvert<F>::from_fixed(fpscr, static_cast<std::uint64_t>(value), fraction_bits,
                                    kUnsigned, Rounding::kNearestEven);
}

template <class F, Rounding kRounding, bool kExact>
typename F::Bits round(std::uint32_t& fpscr, typename F::Bits a, int) {
  typename F::Bits result = 0;
  if (!is_denormal<F>(a) && host_round_to_integer<F>(host_modes<F>(fpscr), a, kRounding, result)) {
    return result;
  }
  return SoftConvert<F>::round_to_integer(fpscr, a, kRounding, kExact);
}

// --- One lane: to the other format ---

inline std::uint16_t to_half(std::uint32_t& fpscr, std::uint32_t a) {
  std::uint16_t result = 0;
  if (!is_denormal<Single>(a) && host_to_half(fpscr, a, result)) return result;
  return SoftConvert<Half>::from_single(fpscr, a);
}

inline std::uint32_t from_half(std::uint32_t& fpscr, std::uint16_t a) {
  std::uint32_t result = 0;
  if (host_from_half(fpscr, a, result)) return result;
  return SoftConvert<Single>::from_half(fpscr, a);
}

// --- Whole vectors, from Qm ---

template <class F, auto kFunction>
[[gnu::noinline]] LanesOf<F> each_converted(State& s, const Op* op, std::uint32_t mask) {
  const LanesOf<F> m = read_vector<F>(s, op->rm);
  LanesOf<F> result{};
  for_each_lane<F>(s, mask, [&](std::uint32_t& fpscr, int lane) {
    result[lane] = kFunction(fpscr, m[lane], static_cast<int>(op->imm));
  });
  return result;
}

// Between half and single precision: the lower or upper half of each 32-bit lane. QEMU's board
// counts exceptions of VCVTT.F32.F16 by the half's own first byte, of VCVTT.F16.F32 by the lane's.
template <int kUpper>
[[gnu::noinline]] LanesOf<Half> halves_of_singles(State& s, const Op* op, std::uint32_t mask) {
  const LanesOf<Single> m = read_vector<Single>(s, op->rm);
  LanesOf<Half> result{};
  for_each_lane<Single>(s, mask, [&](std::uint32_t& fpscr, int lane) {
    result[2 * lane + kUpper] = to_half(fpscr, m[lane]);
  });
  return result;
}

template <int kUpper>
[[gnu::noinline]] LanesOf<Single> singles_of_halves(State& s, const Op* op, std::uint32_t mask) {
  const LanesOf<Half> m = read_vector<Half>(s, op->rm);
  LanesOf<Single> result{};
  for_each_lane<Single, 2 * kUpper>(s, mask, [&](std::uint32_t& fpscr, int lane) {
    result[lane] = from_half(fpscr, m[2 * lane + kUpper]);
  });
  return result;
}

// --- Handlers ---

// Changes the bytes `kBytes` at most.
template <auto kCompute, std::uint32_t kBytes>
const Op* run(State& s, const Op* op) {
  const std::uint32_t mask = bytes_to_change(s);
  return finish(s, op, kCompute(s, op, mask), mask & kBytes);
}

// LLVM operands: Qd, [Qd again,] Qm.
template <auto kCompute, std::uint32_t kBytes = kAllBytes>
void convert(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rm = quad(d, d.operands.size() - 1);
  append_vector(d, op, run<kCompute, kBytes>, out);
}

template <class F, bool kUnsigned, Rounding kRounding>
constexpr Builder kToInteger = convert<each_converted<F, to_fixed<F, kUnsigned, kRounding>>>;
template <class F, bool kUnsigned>
constexpr Builder kFromInteger = convert<each_converted<F, from_fixed<F, kUnsigned>>>;
template <class F, Rounding kRounding, bool kExact = false>
constexpr Builder kRound = convert<each_converted<F, round<F, kRounding, kExact>>>;

// LLVM operands: Qd, Qm, fraction bits.
template <class F, bool kUnsigned>
constexpr Builder kToFixed =
    qd_qm_imm<run<each_converted<F, to_fixed<F, kUnsigned, Rounding::kZero>>, kAllBytes>>;
template <class F, bool kUnsigned>
constexpr Builder kFromFixed =
    qd_qm_imm<run<each_converted<F, from_fixed<F, kUnsigned>>, kAllBytes>>;

constexpr std::uint32_t kBottom = 0x3333, kTop = 0xcccc;

using enum Rounding;

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VCVTs16f16z", helium(kVectorFpConvert), kToInteger<Half, false, kZero>},
    {"MVE_VCVTs16f16a", helium(kVectorFpConvert), kToInteger<Half, false, kNearestAway>},
    {"MVE_VCVTs16f16m", helium(kVectorFpConvert), kToInteger<Half, false, kDown>},
    {"MVE_VCVTs16f16n", helium(kVectorFpConvert), kToInteger<Half, false, kNearestEven>},
    {"MVE_VCVTs16f16p", helium(kVectorFpConvert), kToInteger<Half, false, kUp>},
    {"MVE_VCVTs16f16_fix", helium(kVectorFpConvert), kToFixed<Half, false>},
    {"MVE_VCVTf16s16n", helium(kVectorFpConvert), kFromInteger<Half, false>},
    {"MVE_VCVTf16s16_fix", helium(kVectorFpConvert), kFromFixed<Half, false>},
    {"MVE_VCVTu16f16z", helium(kVectorFpConvert), kToInteger<Half, true, kZero>},
    {"MVE_VCVTu16f16a", helium(kVectorFpConvert), kToInteger<Half, true, kNearestAway>},
    {"MVE_VCVTu16f16m", helium(kVectorFpConvert), kToInteger<Half, true, kDown>},
    {"MVE_VCVTu16f16n", helium(kVectorFpConvert), kToInteger<Half, true, kNearestEven>},
    {"MVE_VCVTu16f16p", helium(kVectorFpConvert), kToInteger<Half, true, kUp>},
    {"MVE_VCVTu16f16_fix", helium(kVectorFpConvert), kToFixed<Half, true>},
    {"MVE_VCVTf16u16n", helium(kVectorFpConvert), kFromInteger<Half, true>},
    {"MVE_VCVTf16u16_fix", helium(kVectorFpConvert), kFromFixed<Half, true>},
    {"MVE_VRINTf16A", helium(kVectorFpConvert), kRound<Half, kNearestAway>},
    {"MVE_VRINTf16M", helium(kVectorFpConvert), kRound<Half, kDown>},
    {"MVE_VRINTf16N", helium(kVectorFpConvert), kRound<Half, kNearestEven>},
    {"MVE_VRINTf16P", helium(kVectorFpConvert), kRound<Half, kUp>},
    {"MVE_VRINTf16Z", helium(kVectorFpConvert), kRound<Half, kZero>},
    {"MVE_VRINTf16X", helium(kVectorFpConvert), kRound<Half, kNearestEven, true>},
    {"MVE_VCVTs32f32z", helium(kVectorFpConvert), kToInteger<Single, false, kZero>},
    {"MVE_VCVTs32f32a", helium(kVectorFpConvert), kToInteger<Single, false, kNearestAway>},
    {"MVE_VCVTs32f32m", helium(kVectorFpConvert), kToInteger<Single, false, kDown>},
    {"MVE_VCVTs32f32n", helium(kVectorFpConvert), kToInteger<Single, false, kNearestEven>},
    {"MVE_VCVTs32f32p", helium(kVectorFpConvert), kToInteger<Single, false, kUp>},
    {"MVE_VCVTs32f32_fix", helium(kVectorFpConvert), kToFixed<Single, false>},
    {"MVE_VCVTf32s32n", helium(kVectorFpConvert), kFromInteger<Single, false>},
    {"MVE_VCVTf32s32_fix", helium(kVectorFpConvert), kFromFixed<Single, false>},
    {"MVE_VCVTu32f32z", helium(kVectorFpConvert), kToInteger<Single, true, kZero>},
    {"MVE_VCVTu32f32a", helium(kVectorFpConvert), kToInteger<Single, true, kNearestAway>},
    {"MVE_VCVTu32f32m", helium(kVectorFpConvert), kToInteger<Single, true, kDown>},
    {"MVE_VCVTu32f32n", helium(kVectorFpConvert), kToInteger<Single, true, kNearestEven>},
    {"MVE_VCVTu32f32p", helium(kVectorFpConvert), kToInteger<Single, true, kUp>},
    {"MVE_VCVTu32f32_fix", helium(kVectorFpConvert), kToFixed<Single, true>},
    {"MVE_VCVTf32u32n", helium(kVectorFpConvert), kFromInteger<Single, true>},
    {"MVE_VCVTf32u32_fix", helium(kVectorFpConvert), kFromFixed<Single, true>},
    {"MVE_VRINTf32A", helium(kVectorFpConvert), kRound<Single, kNearestAway>},
    {"MVE_VRINTf32M", helium(kVectorFpConvert), kRound<Single, kDown>},
    {"MVE_VRINTf32N", helium(kVectorFpConvert), kRound<Single, kNearestEven>},
    {"MVE_VRINTf32P", helium(kVectorFpConvert), kRound<Single, kUp>},
    {"MVE_VRINTf32Z", helium(kVectorFpConvert), kRound<Single, kZero>},
    {"MVE_VRINTf32X", helium(kVectorFpConvert), kRound<Single, kNearestEven, true>},
    {"MVE_VCVTf16f32bh", helium(kVectorFpNarrow), convert<halves_of_singles<0>, kBottom>},
    {"MVE_VCVTf32f16bh", helium(kVectorFpConvert), convert<singles_of_halves<0>>},
    {"MVE_VCVTf16f32th", helium(kVectorFpNarrow), convert<halves_of_singles<1>, kTop>},
    {"MVE_VCVTf32f16th", helium(kVectorFpConvert), convert<singles_of_halves<1>>},
});

}  // namespace

std::span<const OpcodeRow> mve_float_convert_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
