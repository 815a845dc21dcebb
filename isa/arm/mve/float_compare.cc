// Helium's floating-point comparisons into VPR.P0, alone or at the start of a VPT block (DDI 0553
// C2.4 VCMP and VPT, floating-point forms).
#include <array>

#include "isa/arm/mve/float_lanes.h"
#include "isa/arm/mve/predicate.h"

namespace boardless::isa::arm {
namespace {

using namespace mve;

// Arm's encoding of conditions. On NaNs EQ, GE and GT fail, and so
// NE, LT and LE, their opposites, hold.
enum class Relation : std::uint32_t {
  kEqual = 0,
  kNotEqual = 1,
  kGreaterOrEqual = 10,
  kLess = 11,
  kGreater = 12,
  kLessOrEqual = 13
};

// `flags`: NZCV in bits 31-28, as comparisons give them.
template <Relation kRelation>
constexpr bool relation_holds(std::uint32_t flags) {
  const bool zero = (flags >> 30 & 1) != 0;
  const bool less_or_unordered = flags >> 31 != (flags >> 28 & 1);
  switch (kRelation) {
    case Relation::kEqual:
      return zero;
    case Relation::kNotEqual:
      return !zero;
    case Relation::kGreaterOrEqual:
      return !less_or_unordered;
    case Relation::kLess:
      return less_or_unordered;
    case Relation::kGreater:
      return !less_or_unordered && !zero;
    case Relation::kLessOrEqual:
      return less_or_unordered || zero;
  }
  return false;
}

// Ones in the lanes where the relation holds, one bit per byte.
template <class F, Relation kRelation>
[[gnu::noinline]] std::uint32_t compared(State& s, LanesOf<F> a, LanesOf<F> b) {
  constexpr int kBytes = sizeof(typename F::Bits);
  constexpr std::uint32_t kLane = (1U << kBytes) - 1;
  std::uint32_t bits = 0;
  for_each_lane<F>(s, bytes_to_change(s), [&](std::uint32_t& fpscr, int lane) {
    const std::uint32_t flags = lane_comparison<F>(fpscr, a[lane], b[lane]);
    if (relation_holds<kRelation>(flags)) bits |= kLane << (kBytes * lane);
  });
  return bits;
}

template <class F, bool kWithVector, Relation kRelation>
const Op* run(State& s, const Op* op) {
  const LanesOf<F> n = read_vector<F>(s, op->rn);
  if constexpr (kWithVector) {
    write_predicate(s, compared<F, kRelation>(s, n, read_vector<F>(s, op->rm)));
  } else {
    const auto scalar = static_cast<typename F::Bits>(read_or_zero(s, op->rm));
    write_predicate(s, compared<F, kRelation>(s, n, LanesOf<F>{} + scalar));
  }
  if (op->imm != 0) start_vpt_block(s, op->imm);
  return next(s, op);
}

template <class F, bool kWithVector>
constexpr Op::Handler handler(Relation relation) {
  switch (relation) {
    case Relation::kEqual:
      return run<F, kWithVector, Relation::kEqual>;
    case Relation::kNotEqual:
      return run<F, kWithVector, Relation::kNotEqual>;
    case Relation::kGreaterOrEqual:
      return run<F, kWithVector, Relation::kGreaterOrEqual>;
    case Relation::kLess:
      return run<F, kWithVector, Relation::kLess>;
    case Relation::kGreater:
      return run<F, kWithVector, Relation::kGreater>;
    case Relation::kLessOrEqual:
      return run<F, kWithVector, Relation::kLessOrEqual>;
  }
  return nullptr;
}

template <class F, bool kWithVector>
void compare(const Decoded& d, Op op, OpList& out) {
  const Op::Handler run = handler<F, kWithVector>(static_cast<Relation>(compare_condition(d)));
  check(run != nullptr, "a comparison of vectors has a condition that it can encode");
  append_vector(d, compare_operands(d, op), run, out);
}

using enum InstructionClass;

constexpr OpcodeFacts kCompareOnly = helium(kVectorCompare).writes(kVprBit);
constexpr OpcodeFacts kCompareAndBlock = kCompareOnly.vpt();

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VCMPf16", kCompareOnly, compare<Half, true>},
    {"MVE_VPTv8f16", kCompareAndBlock, compare<Half, true>},
    {"MVE_VCMPf32", kCompareOnly, compare<Single, true>},
    {"MVE_VPTv4f32", kCompareAndBlock, compare<Single, true>},
    {"MVE_VCMPf16r", kCompareOnly, compare<Half, false>},
    {"MVE_VPTv8f16r", kCompareAndBlock, compare<Half, false>},
    {"MVE_VCMPf32r", kCompareOnly, compare<Single, false>},
    {"MVE_VPTv4f32r", kCompareAndBlock, compare<Single, false>},
});

}  // namespace

std::span<const OpcodeRow> mve_float_compare_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
