// Conversions in integers: to and from fixed point, to integers in place, between formats.
#include <bit>

#include "isa/arm/soft_float_number.h"

namespace boardless::isa::arm {

using namespace soft;

namespace {

struct Integer {
  std::uint64_t magnitude;
  bool is_inexact;
  bool is_too_large;  // for 64 bits
};

// The magnitude of the finite `number`, times 2^fraction_bits, as an integer.
template <class F>
Integer rounded_integer(const Number<F>& number, int fraction_bits, Rounding rounding) {
  const int top = number.exponent + 63 + fraction_bits;  // exponent of the leading bit
  if (top > 63) return {0, false, true};
  Wide value = Wide{number.significand} << 64;
  value = shifted_right_sticky(value, 63 - top);
  const auto whole = static_cast<std::uint64_t>(value >> 64);
  const auto rest = static_cast<std::uint64_t>(value);
  const bool up =
      rounds_up(rounding, number.negative, (whole & 1) != 0, rest, std::uint64_t{1} << 63);
  if (up && whole == ~std::uint64_t{0}) return {0, false, true};
  return {whole + (up ? 1 : 0), rest != 0, false};
}

template <class F>
bool is_alternative(std::uint32_t fpscr) {
  return F::kFraction == Half::kFraction && (fpscr & kFpAlternativeHalf) != 0;
}

// FPConvertNaN: as much of the payload as fits, quiet.
template <class To, class From>
typename To::Bits converted_nan(const Number<From>& nan) {
  constexpr int kShift = To::kFraction - From::kFraction;
  const std::uint64_t payload = nan.bits & ((std::uint64_t{1} << From::kFraction) - 1);
  const std::uint64_t fraction = kShift >= 0 ? payload << (kShift & 63) : payload >> (-kShift & 63);
  return static_cast<typename To::Bits>(infinity<To>(nan.negative) | kQuietBit<To> | fraction);
}

// FPConvert.
template <class To, class From>
typename To::Bits convert(std::uint32_t& fpscr, typename From::Bits a) {
  constexpr bool kFromHalf = From::kFraction == Half::kFraction;
  constexpr bool kToHalf = To::kFraction == Half::kFraction;
  const Number<From> x = unpacked<From>(fpscr, a, is_alternative<From>(fpscr), !kFromHalf);
  const bool alternative = is_alternative<To>(fpscr);
  if (x.is_nan()) {
    if (x.kind == Kind::kSignalling || alternative) fpscr |= kFpInvalid;
    if (alternative) return zero<To>(x.negative);
    if ((fpscr & kFpDefaultNan) != 0) return kFpInfinity<To> | kQuietBit<To>;
    return converted_nan<To>(x);
  }
  if (x.kind == Kind::kInfinity) {
    if (!alternative) return infinity<To>(x.negative);
    fpscr |= kFpInvalid;
    return static_cast<typename To::Bits>(x.negative ? 0xffffU : 0x7fffU);
  }
  if (x.kind == Kind::kZero) return zero<To>(x.negative);
  return rounded<To>(fpscr, x.negative, x.significand, x.exponent, rounding_of(fpscr), alternative,
                     !kToHalf);
}

}  // namespace

template <class F>
auto SoftConvert<F>::round_to_integer(std::uint32_t& fpscr, Bits a, Rounding rounding, bool exact)
    -> Bits {
  const Number<F> x = unpacked<F>(fpscr, a);
  if (x.is_nan()) return quieted(fpscr, x);
  // Infinities, zeros, and what is too large to have a fraction.
  if (x.kind != Kind::kFinite || x.exponent + 63 >= F::kFraction) return x.bits;
  const Integer integer = rounded_integer(x, 0, rounding);
  if (integer.is_inexact && exact) fpscr |= kFpInexact;
  if (integer.magnitude == 0) return zero<F>(x.negative);
  return rounded<F>(fpscr, x.negative, integer.magnitude, 0, rounding);
}

template <class F>
std::uint64_t SoftConvert<F>::to_fixed(std::uint32_t& fpscr, Bits a, int width, int fraction_bits,
                                       bool is_unsigned, Rounding rounding) {
  const Number<F> x = unpacked<F>(fpscr, a);
  if (x.is_nan()) {
    fpscr |= kFpInvalid;
    return 0;
  }
  if (x.kind == Kind::kZero) return 0;
  // The largest magnitude of this sign.
  const std::uint64_t all = ~std::uint64_t{0} >> (64 - width);
  const std::uint64_t most =
      is_unsigned ? (x.negative ? 0 : all) : (all >> 1) + (x.negative ? 1 : 0);
  std::uint64_t magnitude = most;
  bool saturated = true;
  if (x.kind == Kind::kFinite) {
    const Integer integer = rounded_integer(x, fraction_bits, rounding);
    saturated = integer.is_too_large || integer.magnitude > most;
    if (!saturated) {
      magnitude = integer.magnitude;
      if (integer.is_inexact) fpscr |= kFpInexact;
    }
  }
  if (saturated) fpscr |= kFpInvalid;
  return x.negative ? ~magnitude + 1 : magnitude;
}

template <class F>
auto SoftConvert<F>::from_fixed(std::uint32_t& fpscr, std::uint64_t value, int fraction_bits,
                                bool is_unsigned, Rounding rounding) -> Bits {
  if (value == 0) return 0;
  const bool negative = !is_unsigned && value >> 63 != 0;
  return rounded<F>(fpscr, negative, negative ? ~value + 1 : value, -fraction_bits, rounding);
}

template <class F>
auto SoftConvert<F>::from_half(std::uint32_t& fpscr, std::uint16_t a) -> Bits {
  return convert<F, Half>(fpscr, a);
}

template <class F>
auto SoftConvert<F>::from_single(std::uint32_t& fpscr, std::uint32_t a) -> Bits {
  return convert<F, Single>(fpscr, a);
}

template <class F>
auto SoftConvert<F>::from_double(std::uint32_t& fpscr, std::uint64_t a) -> Bits {
  return convert<F, Double>(fpscr, a);
}

template struct SoftConvert<Half>;
template struct SoftConvert<Single>;
template struct SoftConvert<Double>;

}  // namespace boardless::isa::arm
