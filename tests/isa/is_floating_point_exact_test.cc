// Does the short way to floating-point results, the host's arithmetic, give what SoftFloat gives,
// and SoftFloat what IEEE 754 and the Arm manual say where Unicorn cannot judge?
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "isa/arm/fp_arithmetic.h"
#include "tests/isa/differential.h"
#include "tests/slow_build.h"

namespace boardless::isa::arm {
namespace {

// Close operands, so that sums cancel, products round halfway and ranges are left now and then.
template <class F>
typename F::Bits operand(Random& random) {
  using Bits = typename F::Bits;
  constexpr auto kFractionMask = static_cast<Bits>((Bits{1} << F::kFraction) - 1);
  const auto any = static_cast<Bits>(std::uint64_t{random()} << 32 | random());
  const auto other = static_cast<Bits>(std::uint64_t{random()} << 32 | random());
  if (random() % 4 == 0) return any;
  const Bits bias = (Bits{1} << (F::kExponent - 1)) - 1;
  const auto exponent =
      static_cast<Bits>(random() % 4 == 0 ? random() % 4 : bias + random() % 8 - 4);
  const auto fraction =
      static_cast<Bits>(random() % 2 == 0 ? any & other : any & ~(kFractionMask >> random() % 24));
  return static_cast<Bits>((any & kFpSign<F>) | exponent << F::kFraction |
                           (fraction & kFractionMask));
}

// Where the short way is taken, SoftFloat gives the same result and no new exception. It is taken
// most of the time when the mode allows it.
template <class F, class Result = typename F::Bits, class Short, class Soft>
void expect_same(Random& random, const char* what, Short short_way, Soft soft) {
  constexpr int kTimes = drawn(50000);
  int taken = 0;
  for (int i = 0; i < kTimes; ++i) {
    const auto a = operand<F>(random), b = operand<F>(random), c = operand<F>(random);
    const std::uint32_t modes = kFpInexact | (random() % 8 == 0 ? random() & 0x07c8009f : 0);
    Result ours = 0;
    if (!short_way(modes, a, b, c, ours)) continue;
    ++taken;
    std::uint32_t after = modes;
    const Result theirs = soft(after, a, b, c);
    ASSERT_TRUE(ours == theirs && after == modes)
        << what << std::hex << " of 0x" << a << ", 0x" << b << ", 0x" << c << ": 0x" << ours
        << ", should be 0x" << theirs << ", FPSCR 0x" << modes << ", should be 0x" << after;
  }
  EXPECT_GT(taken, kTimes / 4) << what;
}

template <class F>
void expect_all_same() {
  using S = SoftFloat<F>;
  using C = SoftConvert<F>;
  Random random(default_seed(7));
  const auto run = [&](const char* what, auto short_way, auto soft) {
    expect_same<F>(random, what, short_way, soft);
  };
  run(
      "sum", [](auto m, auto a, auto b, auto, auto& r) { return host_add<F>(m, a, b, r); },
      [](auto& m, auto a, auto b, auto) { return S::add(m, a, b); });
  run(
      "difference",
      [](auto m, auto a, auto b, auto, auto& r) { return host_subtract<F>(m, a, b, r); },
      [](auto& m, auto a, auto b, auto) { return S::subtract(m, a, b); });
  run(
      "product", [](auto m, auto a, auto b, auto, auto& r) { return host_multiply<F>(m, a, b, r); },
      [](auto& m, auto a, auto b, auto) { return S::multiply(m, a, b); });
  run(
      "quotient", [](auto m, auto a, auto b, auto, auto& r) { return host_divide<F>(m, a, b, r); },
      [](auto& m, auto a, auto b, auto) { return S::divide(m, a, b); });
  run(
      "root", [](auto m, auto a, auto, auto, auto& r) { return host_square_root<F>(m, a, r); },
      [](auto& m, auto a, auto, auto) { return S::square_root(m, a); });
  run(
      "fused sum",
      [](auto m, auto a, auto b, auto c, auto& r) { return host_multiply_add<F>(m, a, b, c, r); },
      [](auto& m, auto a, auto b, auto c) { return S::multiply_add(m, a, b, c); });
  const auto run_word = [&](const char* what, auto short_way, auto soft) {
    expect_same<F, std::uint32_t>(random, what, short_way, soft);
  };
  run_word(
      "comparison",
      [](auto m, auto a, auto b, auto, auto& r) { return host_compare<F>(m, a, b, r); },
      [](auto& m, auto a, auto b, auto) { return S::compare(m, a, b, true); });
  run_word(
      "signed word",
      [](auto m, auto a, auto, auto, auto& r) { return host_to_word<F, false>(m, a, r); },
      [](auto& m, auto a, auto, auto) {
        return static_cast<std::uint32_t>(C::to_fixed(m, a, 32, 0, false, Rounding::kZero));
      });
  run_word(
      "unsigned word",
      [](auto m, auto a, auto, auto, auto& r) { return host_to_word<F, true>(m, a, r); },
      [](auto& m, auto a, auto, auto) {
        return static_cast<std::uint32_t>(C::to_fixed(m, a, 32, 0, true, Rounding::kZero));
      });
  run(
      "number of a word",
      [](auto m, auto a, auto, auto, auto& r) {
        return host_from_word<F, false>(m, static_cast<std::uint32_t>(a), r);
      },
      [](auto& m, auto a, auto, auto) {
        const auto word = static_cast<std::int32_t>(static_cast<std::uint32_t>(a));
        return C::from_fixed(m, static_cast<std::uint64_t>(std::int64_t{word}), 0, false,
                             rounding_of(m));
      });
}

// In every rounding mode, each of which may be asked for by the instruction.
template <class F>
void expect_integers_same() {
  Random random(default_seed(8));
  for (const Rounding rounding : {Rounding::kNearestEven, Rounding::kUp, Rounding::kDown,
                                  Rounding::kZero, Rounding::kNearestAway}) {
    expect_same<F>(
        random, "integer",
        [&](auto m, auto a, auto, auto, auto& r) {
          return host_round_to_integer<F>(m, a, rounding, r);
        },
        [&](auto& m, auto a, auto, auto) {
          return SoftConvert<F>::round_to_integer(m, a, rounding, true);
        });
  }
}

TEST(IsFloatingPointExact, TheHostRoundsToTheSameIntegers) {
  expect_integers_same<Half>();
  expect_integers_same<Single>();
  expect_integers_same<Double>();
}

TEST(IsFloatingPointExact, TheHostsHalvesAreTheSameSingles) {
  Random random(default_seed(9));
  expect_same<Half, std::uint32_t>(
      random, "half", [](auto m, auto a, auto, auto, auto& r) { return host_from_half(m, a, r); },
      [](auto& m, auto a, auto, auto) { return SoftConvert<Single>::from_half(m, a); });
  expect_same<Single, std::uint16_t>(
      random, "single", [](auto m, auto a, auto, auto, auto& r) { return host_to_half(m, a, r); },
      [](auto& m, auto a, auto, auto) { return SoftConvert<Half>::from_single(m, a); });
}

TEST(IsFloatingPointExact, TheHostsHalvesAreSoftFloats) { expect_all_same<Half>(); }
TEST(IsFloatingPointExact, TheHostsSinglesAreSoftFloats) { expect_all_same<Single>(); }
TEST(IsFloatingPointExact, TheHostsDoublesAreSoftFloats) { expect_all_same<Double>(); }

constexpr std::uint32_t bits(float value) { return std::bit_cast<std::uint32_t>(value); }
constexpr float number(std::uint32_t single) { return std::bit_cast<float>(single); }

// The sum of the exact product and the addend, in double precision, is halfway between two singles,
// while the exact sum lies just beyond.
TEST(IsFloatingPointExact, AFusedSumIsRoundedOnce) {
  const float factor = 1.0F + 0x1p-12F, addend = 0x1p-60F;  // its square: 1 + 2^-11 + 2^-24
  std::uint32_t fpscr = kFpInexact, result = 0;
  EXPECT_FALSE(host_multiply_add<Single>(fpscr, bits(addend), bits(factor), bits(factor), result));
  const auto sum = [&](float c) {
    return number(SoftFloat<Single>::multiply_add(fpscr, bits(c), bits(factor), bits(factor)));
  };
  EXPECT_EQ(sum(addend), 1.0F + 0x1p-11F + 0x1p-23F);
  EXPECT_EQ(sum(-addend), 1.0F + 0x1p-11F);
}

// FPMulAdd, FPProcessNaNs3: the addend comes first, but an invalid product beats its quiet NaN.
TEST(IsFloatingPointExact, AFusedSumChoosesItsNan) {
  constexpr std::uint32_t kQuiet = 0x7fc00123, kSignalling = 0xff800456, kInfinity = 0x7f800000;
  const auto sum = [](std::uint32_t c, std::uint32_t a, std::uint32_t b, std::uint32_t flags) {
    std::uint32_t fpscr = 0;
    const std::uint32_t result = SoftFloat<Single>::multiply_add(fpscr, c, a, b);
    EXPECT_EQ(fpscr, flags);
    return result;
  };
  EXPECT_EQ(sum(kQuiet, kInfinity, 0, kFpInvalid), 0x7fc00000U);
  EXPECT_EQ(sum(kQuiet, kInfinity, bits(1.0F), 0), kQuiet);
  EXPECT_EQ(sum(kSignalling, kInfinity, 0, kFpInvalid), kSignalling | 0x400000);
  EXPECT_EQ(sum(kQuiet, kSignalling, bits(1.0F), kFpInvalid), kSignalling | 0x400000);
  EXPECT_EQ(sum(bits(1.0F), kInfinity, 0, kFpInvalid), 0x7fc00000U);
  EXPECT_EQ(sum(kInfinity ^ 0x80000000, kInfinity, bits(1.0F), kFpInvalid), 0x7fc00000U);
}

TEST(IsFloatingPointExact, TheFirstInexactResultSetsTheFlag) {
  std::uint32_t fpscr = 0, result = 0;
  EXPECT_FALSE(host_divide<Single>(fpscr, bits(1.0F), bits(3.0F), result));
  EXPECT_EQ(number(SoftFloat<Single>::add(fpscr, bits(1.0F), bits(3.0F))), 4.0F);
  EXPECT_EQ(fpscr, 0U);
  EXPECT_EQ(number(SoftFloat<Single>::divide(fpscr, bits(1.0F), bits(3.0F))), 1.0F / 3.0F);
  EXPECT_EQ(fpscr, kFpInexact);
  EXPECT_TRUE(host_divide<Single>(fpscr, bits(1.0F), bits(3.0F), result));
  EXPECT_EQ(number(result), 1.0F / 3.0F);
}

// The smallest normal number, rounded up into from below, is an underflow: tininess comes first.
TEST(IsFloatingPointExact, UnderflowIsFoundBeforeRounding) {
  const std::uint32_t below_one = bits(1.0F) - 1, smallest = 0x00800000;
  std::uint32_t fpscr = kFpInexact, result = 0;
  EXPECT_FALSE(host_multiply<Single>(fpscr, below_one, smallest, result));
  EXPECT_EQ(SoftFloat<Single>::multiply(fpscr, below_one, smallest), smallest);
  EXPECT_EQ(fpscr, kFpInexact | kFpUnderflow);
}

// VRINTX alone reports that there was a fraction.
TEST(IsFloatingPointExact, RoundingToIntegersIsSilentUnlessAsked) {
  for (const bool exact : {false, true}) {
    std::uint32_t fpscr = 0;
    EXPECT_EQ(number(SoftConvert<Single>::round_to_integer(fpscr, bits(-0.5F),
                                                           Rounding::kNearestAway, exact)),
              -1.0F);
    EXPECT_EQ(fpscr, exact ? kFpInexact : 0U);
    EXPECT_EQ(
        SoftConvert<Single>::round_to_integer(fpscr, bits(-0.25F), Rounding::kNearestEven, exact),
        0x80000000U);
  }
}

// Half precision counts subnormals and the alternative format's numbers above 65504.
TEST(IsFloatingPointExact, HalfPrecisionConvertsBothWays) {
  for (const std::uint32_t mode : {0U, kFpAlternativeHalf}) {
    for (std::uint32_t half = 0; half < 0x10000; ++half) {
      const bool special = (half & 0x7c00) == 0x7c00 && mode == 0;
      const bool is_nan = special && (half & 0x3ff) != 0;
      std::uint32_t fpscr = mode;
      const auto single = SoftConvert<Single>::from_half(fpscr, static_cast<std::uint16_t>(half));
      if (!special) {
        const int exponent = static_cast<int>(half >> 10 & 31);
        const auto fraction = static_cast<float>(half & 0x3ff);
        const float magnitude =
            exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
        ASSERT_EQ(std::bit_cast<float>(single), (half & 0x8000) != 0 ? -magnitude : magnitude);
      }
      const auto back = SoftConvert<Half>::from_single(fpscr, single);
      ASSERT_EQ(back, is_nan ? half | 0x200 : half);
      ASSERT_EQ(fpscr, mode | (is_nan && (half & 0x200) == 0 ? kFpInvalid : 0)) << half;
    }
  }
}

// Unicorn rounds fixed point as FPSCR says; the manual to nearest, the caller's choice here.
TEST(IsFloatingPointExact, FixedPointRoundsAsAsked) {
  std::uint32_t fpscr = static_cast<std::uint32_t>(Rounding::kUp) << kFpRoundingShift;
  const std::uint32_t modes = fpscr;
  const auto nearest =
      SoftConvert<Single>::from_fixed(fpscr, 0x1000001, 8, true, Rounding::kNearestEven);
  EXPECT_EQ(std::bit_cast<float>(nearest), 65536.0F);
  EXPECT_EQ(fpscr, modes | kFpInexact);
  const auto up = SoftConvert<Single>::from_fixed(fpscr, 0x1000001, 8, true, Rounding::kUp);
  EXPECT_EQ(std::bit_cast<float>(up), 65536.0078125F);
}

}  // namespace
}  // namespace boardless::isa::arm
