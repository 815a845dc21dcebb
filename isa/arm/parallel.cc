// Parallel additions and subtractions of bytes and halfwords, and SEL (DDI 0403E A5.3.13, A5.3.14).
#include <algorithm>
#include <array>

#include "isa/arm/operands.h"

namespace boardless::isa::arm {
namespace {

enum class Kind {
  kSigned,
  kSaturating,
  kSignedHalving,
  kUnsigned,
  kUnsignedSaturating,
  kUnsignedHalving
};

constexpr bool is_signed(Kind kind) { return kind <= Kind::kSignedHalving; }

// One lane of kBits bits: the result, truncated, and what it adds to GE.
struct Lane {
  std::uint32_t value;
  bool ge;
};

template <int kBits>
constexpr std::uint32_t kMask = (1U << kBits) - 1;

template <Kind kKind, int kBits>
std::int32_t lane_of(std::uint32_t word, int index) {
  const std::uint32_t bits = word >> (index * kBits);
  if constexpr (!is_signed(kKind)) return static_cast<std::int32_t>(bits & kMask<kBits>);
  if constexpr (kBits == 8) return static_cast<std::int8_t>(bits);
  return static_cast<std::int16_t>(bits);
}

template <Kind kKind, int kBits, bool kSubtracts>
Lane combine(std::int32_t a, std::int32_t b) {
  std::int32_t result = kSubtracts ? a - b : a + b;
  // Unsigned additions set GE on carry, all others on a result that is not negative.
  const bool ge = kKind == Kind::kUnsigned && !kSubtracts ? result >= 1 << kBits : result >= 0;
  if constexpr (kKind == Kind::kSaturating) {
    result = std::clamp(result, -(1 << (kBits - 1)), (1 << (kBits - 1)) - 1);
  }
  if constexpr (kKind == Kind::kUnsignedSaturating)
    result = std::clamp(result, 0, (1 << kBits) - 1);
  if constexpr (kKind == Kind::kSignedHalving || kKind == Kind::kUnsignedHalving) result >>= 1;
  return {static_cast<std::uint32_t>(result) & kMask<kBits>, ge};
}

template <Kind kKind>
constexpr bool kSetsGe = kKind == Kind::kSigned || kKind == Kind::kUnsigned;

template <Kind kKind, bool kSubtracts>
const Op* run_bytes(State& s, const Op* op) {
  const std::uint32_t n = s.r[op->rn], m = s.r[op->rm];
  std::uint32_t result = 0, ge = 0;
  for (int i = 0; i < 4; ++i) {
    const Lane lane =
        combine<kKind, 8, kSubtracts>(lane_of<kKind, 8>(n, i), lane_of<kKind, 8>(m, i));
    result |= lane.value << 8 * i;
    ge |= static_cast<std::uint32_t>(lane.ge) << i;
  }
  s.r[op->rd] = result;
  if constexpr (kSetsGe<kKind>) s.ge = ge;
  return next(s, op);
}

// Whether the low and the high lane subtract, and whether Rm's halves are exchanged (ASX, SAX).
template <Kind kKind, bool kSubtractsLow, bool kSubtractsHigh, bool kExchanges>
const Op* run_halves(State& s, const Op* op) {
  const std::uint32_t n = s.r[op->rn], m = s.r[op->rm];
  const Lane low = combine<kKind, 16, kSubtractsLow>(lane_of<kKind, 16>(n, 0),
                                                     lane_of<kKind, 16>(m, kExchanges ? 1 : 0));
  const Lane high = combine<kKind, 16, kSubtractsHigh>(lane_of<kKind, 16>(n, 1),
                                                       lane_of<kKind, 16>(m, kExchanges ? 0 : 1));
  s.r[op->rd] = low.value | high.value << 16;
  if constexpr (kSetsGe<kKind>) s.ge = (low.ge ? 3U : 0U) | (high.ge ? 12U : 0U);
  return next(s, op);
}

const Op* run_sel(State& s, const Op* op) {
  // Each bit of GE as a byte of ones.
  const std::uint32_t spread = (s.ge * 0x00204081U & 0x01010101U) * 0xff;
  s.r[op->rd] = (s.r[op->rn] & spread) | (s.r[op->rm] & ~spread);
  return next(s, op);
}

template <Kind kKind>
constexpr Builder kAdd8 = rd_rn_rm<run_bytes<kKind, false>>;
template <Kind kKind>
constexpr Builder kSub8 = rd_rn_rm<run_bytes<kKind, true>>;
template <Kind kKind>
constexpr Builder kAdd16 = rd_rn_rm<run_halves<kKind, false, false, false>>;
template <Kind kKind>
constexpr Builder kSub16 = rd_rn_rm<run_halves<kKind, true, true, false>>;
template <Kind kKind>
constexpr Builder kAsx = rd_rn_rm<run_halves<kKind, true, false, true>>;
template <Kind kKind>
constexpr Builder kSax = rd_rn_rm<run_halves<kKind, false, true, true>>;

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"t2SADD8", dsp(kParallelAlu), kAdd8<Kind::kSigned>},
    {"t2SSUB8", dsp(kParallelAlu), kSub8<Kind::kSigned>},
    {"t2SADD16", dsp(kParallelAlu), kAdd16<Kind::kSigned>},
    {"t2SSUB16", dsp(kParallelAlu), kSub16<Kind::kSigned>},
    {"t2SASX", dsp(kParallelAlu), kAsx<Kind::kSigned>},
    {"t2SSAX", dsp(kParallelAlu), kSax<Kind::kSigned>},
    {"t2QADD8", dsp(kParallelAlu), kAdd8<Kind::kSaturating>},
    {"t2QSUB8", dsp(kParallelAlu), kSub8<Kind::kSaturating>},
    {"t2QADD16", dsp(kParallelAlu), kAdd16<Kind::kSaturating>},
    {"t2QSUB16", dsp(kParallelAlu), kSub16<Kind::kSaturating>},
    {"t2QASX", dsp(kParallelAlu), kAsx<Kind::kSaturating>},
    {"t2QSAX", dsp(kParallelAlu), kSax<Kind::kSaturating>},
    {"t2SHADD8", dsp(kParallelAlu), kAdd8<Kind::kSignedHalving>},
    {"t2SHSUB8", dsp(kParallelAlu), kSub8<Kind::kSignedHalving>},
    {"t2SHADD16", dsp(kParallelAlu), kAdd16<Kind::kSignedHalving>},
    {"t2SHSUB16", dsp(kParallelAlu), kSub16<Kind::kSignedHalving>},
    {"t2SHASX", dsp(kParallelAlu), kAsx<Kind::kSignedHalving>},
    {"t2SHSAX", dsp(kParallelAlu), kSax<Kind::kSignedHalving>},
    {"t2UADD8", dsp(kParallelAlu), kAdd8<Kind::kUnsigned>},
    {"t2USUB8", dsp(kParallelAlu), kSub8<Kind::kUnsigned>},
    {"t2UADD16", dsp(kParallelAlu), kAdd16<Kind::kUnsigned>},
    {"t2USUB16", dsp(kParallelAlu), kSub16<Kind::kUnsigned>},
    {"t2UASX", dsp(kParallelAlu), kAsx<Kind::kUnsigned>},
    {"t2USAX", dsp(kParallelAlu), kSax<Kind::kUnsigned>},
    {"t2UQADD8", dsp(kParallelAlu), kAdd8<Kind::kUnsignedSaturating>},
    {"t2UQSUB8", dsp(kParallelAlu), kSub8<Kind::kUnsignedSaturating>},
    {"t2UQADD16", dsp(kParallelAlu), kAdd16<Kind::kUnsignedSaturating>},
    {"t2UQSUB16", dsp(kParallelAlu), kSub16<Kind::kUnsignedSaturating>},
    {"t2UQASX", dsp(kParallelAlu), kAsx<Kind::kUnsignedSaturating>},
    {"t2UQSAX", dsp(kParallelAlu), kSax<Kind::kUnsignedSaturating>},
    {"t2UHADD8", dsp(kParallelAlu), kAdd8<Kind::kUnsignedHalving>},
    {"t2UHSUB8", dsp(kParallelAlu), kSub8<Kind::kUnsignedHalving>},
    {"t2UHADD16", dsp(kParallelAlu), kAdd16<Kind::kUnsignedHalving>},
    {"t2UHSUB16", dsp(kParallelAlu), kSub16<Kind::kUnsignedHalving>},
    {"t2UHASX", dsp(kParallelAlu), kAsx<Kind::kUnsignedHalving>},
    {"t2UHSAX", dsp(kParallelAlu), kSax<Kind::kUnsignedHalving>},
    {"t2SEL", dsp(kParallelAlu), rd_rn_rm<run_sel>},
});

}  // namespace

std::span<const OpcodeRow> parallel_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
