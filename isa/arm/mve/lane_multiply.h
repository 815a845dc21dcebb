// What multiplications do to one lane (DDI 0553 C2.4, VMLA to VRMULH).
#pragma once

#include "isa/arm/mve/lane_arithmetic.h"

namespace boardless::isa::arm::mve {

// The type with twice T's bits.
template <class T>
struct WiderType;
template <>
struct WiderType<std::int8_t> {
  using Type = std::int16_t;
};
template <>
struct WiderType<std::uint8_t> {
  using Type = std::uint16_t;
};
template <>
struct WiderType<std::int16_t> {
  using Type = std::int32_t;
};
template <>
struct WiderType<std::uint16_t> {
  using Type = std::uint32_t;
};
template <>
struct WiderType<std::int32_t> {
  using Type = std::int64_t;
};
template <>
struct WiderType<std::uint32_t> {
  using Type = std::uint64_t;
};
template <class T>
using Double = typename WiderType<T>::Type;

// The whole product.
template <class T>
constexpr Double<T> product(T n, T m) {
  return static_cast<Double<T>>(Double<T>{n} * Double<T>{m});
}

struct Multiply {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return static_cast<T>(std::uint32_t{static_cast<Unsigned<T>>(n)} *
                          std::uint32_t{static_cast<Unsigned<T>>(m)});
  }
};

// VMLA: d + n * m; VMLAS: n * d + m.
struct MultiplyAddProduct {
  template <class T>
  constexpr T operator()(T d, T n, T m) const {
    return Add()(d, Multiply()(n, m));
  }
};
struct MultiplyAddScalar {
  template <class T>
  constexpr T operator()(T d, T n, T m) const {
    return Add()(Multiply()(d, n), m);
  }
};

struct MultiplyHigh {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return static_cast<T>(product(n, m) >> kBits<T>);
  }
};

struct RoundingMultiplyHigh {
  template <class T>
  constexpr T operator()(T n, T m) const {
    // Fits: the largest product is 2^(2 kBits) - 2^(kBits + 1) + 1.
    constexpr auto kRound = static_cast<Double<T>>(Double<T>{1} << (kBits<T> - 1));
    return static_cast<T>(static_cast<Double<T>>(product(n, m) + kRound) >> kBits<T>);
  }
};

// The high half of twice `sum_of_products`, a value of 2 kBits bits; doubling it is shifting one
// bit less.
template <class T, bool kRounds>
constexpr T saturated_high_half(Wide<T> sum_of_products, T& saturated) {
  constexpr Wide<T> kRound = kRounds ? Wide<T>{1} << (kBits<T> - 2) : 0;
  return saturate<T>(static_cast<Wide<T>>((sum_of_products + kRound) >> (kBits<T> - 1)), saturated);
}

template <bool kRounds>
struct DoublingMultiplyHigh {
  template <class T>
  constexpr T operator()(T n, T m, T& saturated) const {
    return saturated_high_half<T, kRounds>(Wide<T>{n} * m, saturated);
  }
};

// VQDMLAH (d + n * m), VQDMLASH (n * d + m) and the rounding forms: the addend is a high half.
template <bool kRounds>
struct DoublingMultiplyAddHigh {
  template <class T>
  constexpr T operator()(T d, T n, T m, T& saturated) const {
    // Half of what the manual adds up, as twice the product is shifted by one bit less. At most
    // 2^62 + 2^62 + 2^30.
    return saturated_high_half<T, kRounds>(
        Wide<T>{n} * m + Wide<T>{d} * (Wide<T>{1} << (kBits<T> - 1)), saturated);
  }
};
template <bool kRounds>
struct DoublingMultiplyAddScalarHigh {
  template <class T>
  constexpr T operator()(T d, T n, T m, T& saturated) const {
    return DoublingMultiplyAddHigh<kRounds>()(m, n, d, saturated);
  }
};

// VQDMLADH, VQDMLSDH and the rounding forms: the high half of twice a * b + c * d or a * b - c * d.
template <bool kSubtracts, bool kRounds>
struct DoublingDualMultiplyHigh {
  template <class T>
  constexpr T operator()(T a, T b, T c, T d, T& saturated) const {
    const Wide<T> first = Wide<T>{a} * b;
    const Wide<T> second = kSubtracts ? -(Wide<T>{c} * d) : Wide<T>{c} * d;
    // Half of the sum, rounded down: four times the most negative lane squared would not fit.
    const Wide<T> half = HalvingAdd()(first, second);
    constexpr Wide<T> kRound = kRounds ? Wide<T>{1} << (kBits<T> - 3) : 0;
    return saturate<T>(static_cast<Wide<T>>((half + kRound) >> (kBits<T> - 2)), saturated);
  }
};

struct MultiplyLong {
  template <class T>
  constexpr Double<T> operator()(T n, T m) const {
    return product(n, m);
  }
};

struct DoublingMultiplyLong {
  template <class T>
  constexpr Double<T> operator()(T n, T m, Double<T>& saturated) const {
    const Double<T> once = product(n, m);
    // Only the square of the most negative lane is too large.
    constexpr Double<T> kTooLarge = Double<T>{1} << (2 * kBits<T> - 2);
    saturated = once == kTooLarge;
    return once == kTooLarge ? std::numeric_limits<Double<T>>::max()
                             : static_cast<Double<T>>(once * 2);
  }
};

// A product of polynomials over {0, 1}: additions are exclusive or (PolynomialMult(), E2.1).
struct PolynomialMultiplyLong {
  template <class T>
  constexpr Double<T> operator()(T n, T m) const {
    Double<T> result = 0;
    for (int bit = 0; bit < kBits<T>; ++bit) {
      const auto addend = static_cast<Double<T>>(Double<T>{n} << bit);
      result = static_cast<Double<T>>(result ^ ((m >> bit & 1) != 0 ? addend : Double<T>{0}));
    }
    return result;
  }
};

}  // namespace boardless::isa::arm::mve
