// The short way to whole vectors of floating-point results: the host's vectors, where every lane
// provably gets what the standard FPSCR value (round to nearest, flush to zero, default NaN) asks
// for.
//
// As in isa/arm/fp_arithmetic.h, it is right when FPSCR.IXC is set already and every result is a
// normal number above the smallest, or a zero that can only be exact. Operands must not be
// denormal where they are flushed. Otherwise the caller takes SoftFloat's results, lane by lane.
#pragma once

#include <bit>
#include <cstdint>

namespace boardless::isa::arm::mve {

enum class VectorOperation { kAdd, kSubtract, kMultiply, kMultiplyAdd };

using Floats [[gnu::vector_size(16)]] = float;
using Words [[gnu::vector_size(16)]] = std::uint32_t;
using Ints [[gnu::vector_size(16)]] = std::int32_t;
using Halves [[gnu::vector_size(16)]] = std::uint16_t;

namespace host_vectors {

using Doubles [[gnu::vector_size(16)]] = double;
using FloatPair [[gnu::vector_size(8)]] = float;
using Longs [[gnu::vector_size(16)]] = std::uint64_t;

inline bool any(Ints lanes) {
  const Longs pair = std::bit_cast<Longs>(lanes);
  return (pair[0] | pair[1]) != 0;
}

// Comparisons of unsigned numbers by signed ones, which are all that SSE2 has.
inline Ints is_below(Words a, std::uint32_t limit) {
  constexpr std::uint32_t kSign = 0x80000000;
  return std::bit_cast<Ints>(a ^ kSign) < static_cast<std::int32_t>(limit ^ kSign);
}

// `doubled`: shifted left once, without the sign.
inline Ints is_denormal(Words a) { return is_below((a << 1) - 2U, 0x01000000 - 2); }
inline Ints is_well_inside(Words doubled) {
  return is_below(doubled - 0x02000000U, 0xff000000 - 0x02000000);
}

template <VectorOperation kWhat>
Floats computed(Floats a, Floats b, Floats c) {
  switch (kWhat) {
    case VectorOperation::kAdd:
      return a + b;
    case VectorOperation::kSubtract:
      return a - b;
    case VectorOperation::kMultiply:
      return a * b;
    case VectorOperation::kMultiplyAdd:
      break;
  }
  return a * b + c;
}

// c + a * b in double precision, where products are exact: rounded again to single, and the lanes
// where that may not be what rounding once gives (see host_multiply_add()).
inline Words multiplied_and_added(Floats a, Floats b, Floats c, Ints& bad) {
  const auto first = [](Floats v) {
    return __builtin_convertvector(__builtin_shufflevector(v, v, 0, 1), Doubles);
  };
  const auto second = [](Floats v) {
    return __builtin_convertvector(__builtin_shufflevector(v, v, 2, 3), Doubles);
  };
  const Doubles lower = first(a) * first(b) + first(c);
  const Doubles upper = second(a) * second(b) + second(c);
  const auto x = __builtin_convertvector(lower, FloatPair);
  const auto y = __builtin_convertvector(upper, FloatPair);
  const auto result = std::bit_cast<Words>(__builtin_shufflevector(x, y, 0, 1, 2, 3));
  const Words lower_bits = std::bit_cast<Words>(lower), upper_bits = std::bit_cast<Words>(upper);
  const Words low = __builtin_shufflevector(lower_bits, upper_bits, 0, 2, 4, 6);
  const Words high = __builtin_shufflevector(lower_bits, upper_bits, 1, 3, 5, 7);
  const Ints halfway = (low & 0x1fffffffU) == 0x10000000U;
  const Ints is_zero = (low | high << 1) == 0;
  bad = halfway | ~(is_well_inside(result << 1) | is_zero);
  return result;
}

}  // namespace host_vectors

// a op b, or c + a * b.
template <VectorOperation kWhat>
inline bool host_vector(Words a, Words b, Words c, Words& result) {
  using namespace host_vectors;
  const auto x = std::bit_cast<Floats>(a), y = std::bit_cast<Floats>(b);
  Ints bad = is_denormal(a) | is_denormal(b);
  if constexpr (kWhat == VectorOperation::kMultiplyAdd) {
    Ints inexact{};
    result = multiplied_and_added(x, y, std::bit_cast<Floats>(c), inexact);
    bad |= is_denormal(c) | inexact;
  } else {
    result = std::bit_cast<Words>(computed<kWhat>(x, y, Floats{}));
    const Words doubled = result << 1;
    Ints is_zero = doubled == 0;
    if constexpr (kWhat == VectorOperation::kMultiply) is_zero &= ((a << 1) == 0) | ((b << 1) == 0);
    bad |= ~(is_well_inside(doubled) | is_zero);
  }
  return !any(bad);
}

namespace host_vectors {

// Four halves, zero-extended; infinities and NaNs become infinities and NaNs.
inline Floats widened(Words halves) {
  const Words m = (halves & 0x7fffU) << 13;
  const Floats finite = std::bit_cast<Floats>(m) * 0x1p112F;
  const Words special = std::bit_cast<Words>(std::bit_cast<Ints>(m) >= 0x0f800000) & 0x7f800000U;
  return std::bit_cast<Floats>(std::bit_cast<Words>(finite) | special | (halves & 0x8000U) << 16);
}

// Rounded to nearest; marks lanes that are neither well inside half precision's range nor zero.
inline Words narrowed(Words floats, Ints& bad) {
  const Words m = floats & 0x7fffffffU;
  const Ints is_zero = m == 0;
  bad |= ~(is_below(m - 0x39000000U, 0x477ff000 - 0x39000000) | is_zero);
  const Words rounded = ((m - (112U << 23)) + 0xfffU + (m >> 13 & 1U)) >> 13;
  return (rounded & std::bit_cast<Words>(~is_zero)) | (floats >> 16 & 0x8000U);
}

template <VectorOperation kWhat>
[[gnu::always_inline]] inline Words in_singles(Words a, Words b, Words c, Ints& bad) {
  const Words result = std::bit_cast<Words>(computed<kWhat>(widened(a), widened(b), widened(c)));
  // The one sum that single precision may round, and then to halfway between two halves.
  if constexpr (kWhat == VectorOperation::kMultiplyAdd) bad |= (result & 0x1fffU) == 0x1000U;
  return narrowed(result, bad);
}

}  // namespace host_vectors

// Half precision, by single precision, where products are exact. Denormal operands are right, so
// FZ16 must be clear.
template <VectorOperation kWhat>
inline bool host_vector(Halves a, Halves b, Halves c, Halves& result) {
  using namespace host_vectors;
  constexpr Halves kNone{};
  const auto low = [&](Halves v) {
    return std::bit_cast<Words>(__builtin_shufflevector(v, kNone, 0, 8, 1, 9, 2, 10, 3, 11));
  };
  const auto high = [&](Halves v) {
    return std::bit_cast<Words>(__builtin_shufflevector(v, kNone, 4, 12, 5, 13, 6, 14, 7, 15));
  };
  Ints bad{};
  const Words lower = in_singles<kWhat>(low(a), low(b), low(c), bad);
  const Words upper = in_singles<kWhat>(high(a), high(b), high(c), bad);
  result = __builtin_shufflevector(std::bit_cast<Halves>(lower), std::bit_cast<Halves>(upper), 0, 2,
                                   4, 6, 8, 10, 12, 14);
  return !any(bad);
}

}  // namespace boardless::isa::arm::mve
