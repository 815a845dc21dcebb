// IEEE 754 arithmetic as the Arm manual specifies it, in integers: every rounding mode, flush to
// zero, default NaN, alternative half precision and all exception flags (DDI 0403E A2.5, DDI 0553
// E1).
//
// Functions read the modes from `fpscr` and accumulate exceptions into it. They are exact and slow;
// isa/arm/fp_arithmetic.h has the short way for operands and modes where the host's arithmetic
// gives the same answer. Nothing here touches the host's floating-point environment.
#pragma once

#include <cstdint>

namespace boardless::isa::arm {

// FPSCR.
constexpr std::uint32_t kFpInvalid = 1U << 0;        // IOC
constexpr std::uint32_t kFpDivideByZero = 1U << 1;   // DZC
constexpr std::uint32_t kFpOverflow = 1U << 2;       // OFC
constexpr std::uint32_t kFpUnderflow = 1U << 3;      // UFC
constexpr std::uint32_t kFpInexact = 1U << 4;        // IXC
constexpr std::uint32_t kFpInputDenormal = 1U << 7;  // IDC
constexpr std::uint32_t kFpFlushHalf = 1U << 19;     // FZ16
constexpr std::uint32_t kFpRoundingShift = 22;       // RMode
constexpr std::uint32_t kFpRoundingMask = 3U << 22;
constexpr std::uint32_t kFpFlush = 1U << 24;            // FZ
constexpr std::uint32_t kFpDefaultNan = 1U << 25;       // DN
constexpr std::uint32_t kFpAlternativeHalf = 1U << 26;  // AHP

// The first four are RMode's encoding.
enum class Rounding : std::uint8_t { kNearestEven, kUp, kDown, kZero, kNearestAway };

constexpr Rounding rounding_of(std::uint32_t fpscr) {
  return static_cast<Rounding>(fpscr >> kFpRoundingShift & 3);
}

struct Half {
  using Bits = std::uint16_t;
  using Host = float;  // what the host computes in
  static constexpr int kFraction = 10, kExponent = 5;
  static constexpr std::uint32_t kFlushBit = kFpFlushHalf;
};
struct Single {
  using Bits = std::uint32_t;
  using Host = float;
  static constexpr int kFraction = 23, kExponent = 8;
  static constexpr std::uint32_t kFlushBit = kFpFlush;
};
struct Double {
  using Bits = std::uint64_t;
  using Host = double;
  static constexpr int kFraction = 52, kExponent = 11;
  static constexpr std::uint32_t kFlushBit = kFpFlush;
};

template <class F>
constexpr typename F::Bits kFpSign =
    static_cast<typename F::Bits>(typename F::Bits{1} << (F::kFraction + F::kExponent));
template <class F>
constexpr typename F::Bits kFpInfinity =
    static_cast<typename F::Bits>(((typename F::Bits{1} << F::kExponent) - 1) << F::kFraction);

template <class F>
struct SoftFloat {  // for Half, Single and Double
  using Bits = typename F::Bits;

  static Bits add(std::uint32_t& fpscr, Bits a, Bits b);
  static Bits subtract(std::uint32_t& fpscr, Bits a, Bits b);
  static Bits multiply(std::uint32_t& fpscr, Bits a, Bits b);
  static Bits divide(std::uint32_t& fpscr, Bits a, Bits b);
  static Bits square_root(std::uint32_t& fpscr, Bits a);
  // addend + a * b, rounded once.
  static Bits multiply_add(std::uint32_t& fpscr, Bits addend, Bits a, Bits b);
  // FPMaxNum and FPMinNum: a quiet NaN loses against a number.
  static Bits max_number(std::uint32_t& fpscr, Bits a, Bits b);
  static Bits min_number(std::uint32_t& fpscr, Bits a, Bits b);
  // NZCV in bits 31-28, as FPSCR has them. `quiet_is_invalid`: VCMPE.
  static std::uint32_t compare(std::uint32_t& fpscr, Bits a, Bits b, bool quiet_is_invalid);
};

template <class F>
struct SoftConvert {  // for Half, Single and Double
  using Bits = typename F::Bits;

  // To an integer in the same format; `exact` reports inexactness (VRINTX).
  static Bits round_to_integer(std::uint32_t& fpscr, Bits a, Rounding rounding, bool exact);
  // To a fixed-point number of `width` bits, saturated, then sign- or zero-extended to 64 bits.
  static std::uint64_t to_fixed(std::uint32_t& fpscr, Bits a, int width, int fraction_bits,
                                bool is_unsigned, Rounding rounding);
  // From a fixed-point number, already extended to 64 bits.
  static Bits from_fixed(std::uint32_t& fpscr, std::uint64_t value, int fraction_bits,
                         bool is_unsigned, Rounding rounding);
  // From another format. Half precision is IEEE's or Arm's alternative one as FPSCR.AHP says.
  static Bits from_half(std::uint32_t& fpscr, std::uint16_t a);
  static Bits from_single(std::uint32_t& fpscr, std::uint32_t a);
  static Bits from_double(std::uint32_t& fpscr, std::uint64_t a);
};

extern template struct SoftFloat<Half>;
extern template struct SoftFloat<Single>;
extern template struct SoftFloat<Double>;
extern template struct SoftConvert<Half>;
extern template struct SoftConvert<Single>;
extern template struct SoftConvert<Double>;

}  // namespace boardless::isa::arm
