// The integer arithmetic: operands become a class and a 64-bit significand, results are rounded
// once from 128 bits whose lowest one is sticky.
#include "isa/arm/soft_float.h"

#include <bit>
#include <utility>

#include "isa/arm/soft_float_number.h"

namespace boardless::isa::arm {

using namespace soft;

namespace {

// The operand that propagates: the first signalling NaN, else the first quiet one (FPProcessNaNs).
template <class F>
typename F::Bits nan_of(std::uint32_t& fpscr, const Number<F>& a, const Number<F>& b) {
  if (a.kind == Kind::kSignalling) return quieted(fpscr, a);
  if (b.kind == Kind::kSignalling) return quieted(fpscr, b);
  return quieted(fpscr, a.is_nan() ? a : b);
}

template <class F>
typename F::Bits nan_of(std::uint32_t& fpscr, const Number<F>& a, const Number<F>& b,
                        const Number<F>& c) {
  if (a.kind == Kind::kSignalling) return quieted(fpscr, a);
  if (b.kind == Kind::kSignalling || c.kind == Kind::kSignalling) return nan_of(fpscr, b, c);
  return a.is_nan() ? quieted(fpscr, a) : nan_of(fpscr, b, c);
}

struct Signed {
  bool negative;
  Wide magnitude;
};

// The sum of two values that share the exponent `exponent` of their lowest bit.
template <class F>
typename F::Bits rounded_sum(std::uint32_t& fpscr, Signed a, Signed b, int exponent) {
  const Rounding rounding = rounding_of(fpscr);
  if (a.negative == b.negative) {
    return rounded<F>(fpscr, a.negative, a.magnitude + b.magnitude, exponent, rounding);
  }
  if (a.magnitude == b.magnitude) return zero<F>(rounding == Rounding::kDown);
  if (a.magnitude < b.magnitude) std::swap(a, b);
  return rounded<F>(fpscr, a.negative, a.magnitude - b.magnitude, exponent, rounding);
}

// Brings two values to the larger of their exponents.
template <class F>
typename F::Bits rounded_sum(std::uint32_t& fpscr, Signed a, int a_exponent, Signed b,
                             int b_exponent) {
  if (a_exponent < b_exponent) {
    std::swap(a, b);
    std::swap(a_exponent, b_exponent);
  }
  b.magnitude = shifted_right_sticky(b.magnitude, a_exponent - b_exponent);
  return rounded_sum<F>(fpscr, a, b, a_exponent);
}

template <class F>
typename F::Bits sum(std::uint32_t& fpscr, const Number<F>& x, const Number<F>& y) {
  if (x.is_nan() || y.is_nan()) return nan_of(fpscr, x, y);
  if (x.kind == Kind::kInfinity || y.kind == Kind::kInfinity) {
    if (x.kind == y.kind && x.negative != y.negative) return invalid<F>(fpscr);
    return x.kind == Kind::kInfinity ? x.bits : y.bits;
  }
  if (x.kind == Kind::kZero && y.kind == Kind::kZero) {
    if (x.negative == y.negative) return x.bits;
    return zero<F>(rounding_of(fpscr) == Rounding::kDown);
  }
  if (x.kind == Kind::kZero) return y.bits;
  if (y.kind == Kind::kZero) return x.bits;
  // Room above a significand for a carry, and below it for rounding.
  constexpr int kGuard = 62;
  return rounded_sum<F>(fpscr, {x.negative, Wide{x.significand} << kGuard}, x.exponent - kGuard,
                        {y.negative, Wide{y.significand} << kGuard}, y.exponent - kGuard);
}

// Of numbers and infinities.
template <class F>
bool is_less(const Number<F>& a, const Number<F>& b) {
  if (a.kind == Kind::kZero && b.kind == Kind::kZero) return false;
  if (a.negative != b.negative) return a.negative;
  return a.negative ? a.magnitude() > b.magnitude() : a.magnitude() < b.magnitude();
}

template <class F, bool kMax>
typename F::Bits extreme(std::uint32_t& fpscr, typename F::Bits a, typename F::Bits b) {
  const Number<F> x = unpacked<F>(fpscr, a), y = unpacked<F>(fpscr, b);
  if (x.kind == Kind::kQuiet && !y.is_nan()) return y.bits;
  if (y.kind == Kind::kQuiet && !x.is_nan()) return x.bits;
  if (x.is_nan() || y.is_nan()) return nan_of(fpscr, x, y);
  if (x.kind == Kind::kZero && y.kind == Kind::kZero) {
    return zero<F>(kMax ? x.negative && y.negative : x.negative || y.negative);
  }
  return is_less(x, y) == kMax ? y.bits : x.bits;
}

}  // namespace

template <class F>
auto SoftFloat<F>::add(std::uint32_t& fpscr, Bits a, Bits b) -> Bits {
  return sum(fpscr, unpacked<F>(fpscr, a), unpacked<F>(fpscr, b));
}

template <class F>
auto SoftFloat<F>::subtract(std::uint32_t& fpscr, Bits a, Bits b) -> Bits {
  const Number<F> x = unpacked<F>(fpscr, a);
  Number<F> y = unpacked<F>(fpscr, b);
  if (!y.is_nan()) {  // a NaN keeps its sign
    y.negative = !y.negative;
    y.bits ^= kFpSign<F>;
  }
  return sum(fpscr, x, y);
}

template <class F>
auto SoftFloat<F>::multiply(std::uint32_t& fpscr, Bits a, Bits b) -> Bits {
  const Number<F> x = unpacked<F>(fpscr, a), y = unpacked<F>(fpscr, b);
  if (x.is_nan() || y.is_nan()) return nan_of(fpscr, x, y);
  const bool negative = x.negative != y.negative;
  if (x.kind == Kind::kInfinity || y.kind == Kind::kInfinity) {
    if (x.kind == Kind::kZero || y.kind == Kind::kZero) return invalid<F>(fpscr);
    return infinity<F>(negative);
  }
  if (x.kind == Kind::kZero || y.kind == Kind::kZero) return zero<F>(negative);
  return rounded<F>(fpscr, negative, Wide{x.significand} * y.significand, x.exponent + y.exponent,
                    rounding_of(fpscr));
}

template <class F>
auto SoftFloat<F>::divide(std::uint32_t& fpscr, Bits a, Bits b) -> Bits {
  const Number<F> x = unpacked<F>(fpscr, a), y = unpacked<F>(fpscr, b);
  if (x.is_nan() || y.is_nan()) return nan_of(fpscr, x, y);
  const bool negative = x.negative != y.negative;
  if (x.kind == y.kind && x.kind != Kind::kFinite) return invalid<F>(fpscr);  // 0/0, inf/inf
  if (x.kind == Kind::kInfinity) return infinity<F>(negative);
  if (x.kind == Kind::kZero || y.kind == Kind::kInfinity) return zero<F>(negative);
  if (y.kind == Kind::kZero) {
    fpscr |= kFpDivideByZero;
    return infinity<F>(negative);
  }
  constexpr int kScale = 63;
  const Wide dividend = Wide{x.significand} << kScale;
  const Wide quotient = dividend / y.significand;
  const bool rest = quotient * y.significand != dividend;
  return rounded<F>(fpscr, negative, quotient | (rest ? 1 : 0), x.exponent - y.exponent - kScale,
                    rounding_of(fpscr));
}

template <class F>
auto SoftFloat<F>::square_root(std::uint32_t& fpscr, Bits a) -> Bits {
  const Number<F> x = unpacked<F>(fpscr, a);
  if (x.is_nan()) return quieted(fpscr, x);
  if (x.kind == Kind::kZero) return x.bits;
  if (x.negative) return invalid<F>(fpscr);
  if (x.kind == Kind::kInfinity) return x.bits;
  // An even exponent, so that it can be halved. The significand's lowest bits are zero.
  const bool odd = (x.exponent & 1) != 0;
  constexpr int kScale = 62;
  Wide rest = Wide{odd ? x.significand >> 1 : x.significand} << kScale;
  const int exponent = x.exponent + (odd ? 1 : 0) - kScale;
  Wide root = 0;
  for (Wide bit = Wide{1} << 126; bit != 0; bit >>= 2) {
    if (rest >= root + bit) {
      rest -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
  }
  return rounded<F>(fpscr, false, root << 1 | (rest != 0 ? 1 : 0), exponent / 2 - 1,
                    rounding_of(fpscr));
}

template <class F>
auto SoftFloat<F>::multiply_add(std::uint32_t& fpscr, Bits addend, Bits a, Bits b) -> Bits {
  const Number<F> c = unpacked<F>(fpscr, addend);
  const Number<F> x = unpacked<F>(fpscr, a), y = unpacked<F>(fpscr, b);
  const bool infinite = x.kind == Kind::kInfinity || y.kind == Kind::kInfinity;
  const bool has_zero = x.kind == Kind::kZero || y.kind == Kind::kZero;
  // FPMulAdd: zero times infinity is invalid even when the addend is a quiet NaN.
  if (c.kind == Kind::kQuiet && infinite && has_zero) return invalid<F>(fpscr);
  if (c.is_nan() || x.is_nan() || y.is_nan()) return nan_of(fpscr, c, x, y);
  if (infinite && has_zero) return invalid<F>(fpscr);
  const bool negative = x.negative != y.negative;
  if (infinite) {
    if (c.kind == Kind::kInfinity && c.negative != negative) return invalid<F>(fpscr);
    return infinity<F>(negative);
  }
  if (c.kind == Kind::kInfinity) return c.bits;
  if (has_zero && c.kind == Kind::kZero) {
    if (c.negative == negative) return zero<F>(negative);
    return zero<F>(rounding_of(fpscr) == Rounding::kDown);
  }
  // Both with their top bit at or below bit 125; the product's lowest bits are zero.
  constexpr int kProductDrop = 2, kAddendGuard = 61;
  const Wide product = has_zero ? 0 : (Wide{x.significand} * y.significand) >> kProductDrop;
  const Wide other = c.kind == Kind::kZero ? 0 : Wide{c.significand} << kAddendGuard;
  int product_exponent = x.exponent + y.exponent + kProductDrop;
  int other_exponent = c.exponent - kAddendGuard;
  if (product == 0) product_exponent = other_exponent;
  if (other == 0) other_exponent = product_exponent;
  return rounded_sum<F>(fpscr, {negative, product}, product_exponent, {c.negative, other},
                        other_exponent);
}

template <class F>
auto SoftFloat<F>::max_number(std::uint32_t& fpscr, Bits a, Bits b) -> Bits {
  return extreme<F, true>(fpscr, a, b);
}

template <class F>
auto SoftFloat<F>::min_number(std::uint32_t& fpscr, Bits a, Bits b) -> Bits {
  return extreme<F, false>(fpscr, a, b);
}

template <class F>
std::uint32_t SoftFloat<F>::compare(std::uint32_t& fpscr, Bits a, Bits b, bool quiet_is_invalid) {
  const Number<F> x = unpacked<F>(fpscr, a), y = unpacked<F>(fpscr, b);
  if (x.is_nan() || y.is_nan()) {
    const bool signals = x.kind == Kind::kSignalling || y.kind == Kind::kSignalling;
    if (signals || quiet_is_invalid) fpscr |= kFpInvalid;
    return 0x30000000;
  }
  if (is_less(x, y)) return 0x80000000;
  return is_less(y, x) ? 0x20000000 : 0x60000000;
}

template struct SoftFloat<Half>;
template struct SoftFloat<Single>;
template struct SoftFloat<Double>;

}  // namespace boardless::isa::arm
