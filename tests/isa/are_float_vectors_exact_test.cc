// Does the short way to vectors of floating-point results, the host's vectors, give what SoftFloat
// gives lane by lane under the standard FPSCR value?
#include <gtest/gtest.h>

#include <cstdint>

#include "isa/arm/mve/host_fused.h"
#include "tests/isa/differential.h"
#include "tests/slow_build.h"

namespace boardless::isa::arm::mve {
namespace {

// Close to one another, so that sums cancel and products round halfway; small, or anything.
template <class F>
typename F::Bits operand(Random& random, std::uint32_t wildness) {
  using Bits = typename F::Bits;
  constexpr std::uint32_t kBias = (1U << (F::kExponent - 1)) - 1;
  const auto any = static_cast<Bits>(random());
  if (random() % 16 < wildness) return any;
  if (random() % 16 < wildness) return static_cast<Bits>(any | kFpInfinity<F>);
  std::uint32_t exponent = kBias + random() % 8 - 4;
  if (random() % 16 < wildness) exponent = random() % 4;
  if (random() % 16 < wildness) exponent = 2 * kBias - random() % 16;
  auto fraction = static_cast<Bits>(any & ((1U << F::kFraction) - 1));
  if (random() % 2 == 0) fraction = static_cast<Bits>(fraction & random());
  if (random() % 16 < wildness) fraction = static_cast<Bits>((1U << F::kFraction) - 1);
  if (random() % 16 < wildness) fraction = 0;
  const auto result = static_cast<Bits>((any & kFpSign<F>) | exponent << F::kFraction | fraction);
  return random() % (wildness != 0 ? 8 : 32) == 0 ? static_cast<Bits>(result & kFpSign<F>) : result;
}

template <class F, VectorOperation kWhat>
typename F::Bits soft(std::uint32_t& fpscr, typename F::Bits a, typename F::Bits b,
                      typename F::Bits c) {
  switch (kWhat) {
    case VectorOperation::kAdd:
      return SoftFloat<F>::add(fpscr, a, b);
    case VectorOperation::kSubtract:
      return SoftFloat<F>::subtract(fpscr, a, b);
    case VectorOperation::kMultiply:
      return SoftFloat<F>::multiply(fpscr, a, b);
    case VectorOperation::kMultiplyAdd:
      break;
  }
  return SoftFloat<F>::multiply_add(fpscr, c, a, b);
}

// By the host's fused multiply-add or not.
enum class Way { kAnyHost, kFused };

template <class F, VectorOperation kWhat, Way kWay = Way::kAnyHost>
void expect_exact() {
  using Lanes = LanesOf<F>;
  Random random(default_seed(static_cast<std::uint32_t>(kWhat) + 1));
  constexpr int kTimes = drawn(100000);
  int taken = 0;
  for (int i = 0; i < kTimes; ++i) {
    const std::uint32_t wildness = random() % 4 == 0 ? random() % 4 : 0;
    Lanes a{}, b{}, c{};
    for (int lane = 0; lane < FloatVector<F>::kLanes; ++lane) {
      a[lane] = operand<F>(random, wildness);
      b[lane] = operand<F>(random, wildness);
      c[lane] = operand<F>(random, wildness);
    }
    State state;
    state.fpscr = random() % 8 == 0 ? random() & 0x07c8009f : kFpInexact;
    const std::uint32_t mask = random() % 8 == 0 ? random() & kAllBytes : kAllBytes;
    Lanes by_host{};
    bool taken_here = mask == kAllBytes && allows_host_vectors<F>(state);
    if constexpr (kWay == Way::kFused) {
      taken_here = taken_here && host_vector_fused(a, b, c, by_host);
    } else {
      taken_here = taken_here && host_vector<kWhat>(a, b, c, by_host);
    }
    if (taken_here) ++taken;
    std::uint32_t expected_fpscr = state.fpscr;
    Lanes expected{};
    for (int lane = 0; lane < FloatVector<F>::kLanes; ++lane) {
      std::uint32_t fpscr = standard_modes(state.fpscr);
      expected[lane] = soft<F, kWhat>(fpscr, a[lane], b[lane], c[lane]);
      if ((mask >> (sizeof(typename F::Bits) * static_cast<unsigned>(lane)) & 1) != 0) {
        expected_fpscr |= fpscr & kFpExceptions;
      }
    }
    const std::uint32_t before = state.fpscr;
    Lanes ours = by_host;
    if (!taken_here) ours = lane_by_lane<F, kWhat>(state, mask, a, b, c);
    ASSERT_EQ(state.fpscr, expected_fpscr) << i;
    for (int lane = 0; lane < FloatVector<F>::kLanes; ++lane) {
      const unsigned first = sizeof(typename F::Bits) * static_cast<unsigned>(lane);
      if ((mask >> first & ((1U << sizeof(typename F::Bits)) - 1)) == 0) continue;
      ASSERT_EQ(ours[lane], expected[lane]) << std::hex << +a[lane] << ", " << +b[lane] << ", "
                                            << +c[lane] << " with FPSCR " << before;
    }
  }
  EXPECT_GT(taken, kTimes / 4);
}

template <class F>
void expect_all_exact() {
  expect_exact<F, VectorOperation::kAdd>();
  expect_exact<F, VectorOperation::kSubtract>();
  expect_exact<F, VectorOperation::kMultiply>();
  expect_exact<F, VectorOperation::kMultiplyAdd>();
}

TEST(AreFloatVectorsExact, OfSingles) { expect_all_exact<Single>(); }
TEST(AreFloatVectorsExact, OfSinglesByTheHostsFusedSum) {
  if (!host_has_fused()) GTEST_SKIP() << "needs a host with fused multiply-add: this has none";
  expect_exact<Single, VectorOperation::kMultiplyAdd, Way::kFused>();
}
TEST(AreFloatVectorsExact, OfHalves) { expect_all_exact<Half>(); }

}  // namespace
}  // namespace boardless::isa::arm::mve
