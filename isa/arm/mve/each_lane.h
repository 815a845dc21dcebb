// Instructions that compute every lane of a vector register by itself, as bodies: what a handler
// computes, which operands it has, and whether it may saturate. A function object of
// lane_arithmetic.h, lane_multiply.h or lane_shift.h does the work of one lane.
//
// In an Op, a vector register is the word of State::s at which it starts, a scalar the number of
// its core register. Saturation is a flag per lane, 0 or 1 in the byte whose predicate bit decides
// whether it counts.
#pragma once

#include <type_traits>

#include "isa/arm/mve/lane_shift.h"
#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm::mve {

template <class T>
inline T scalar(const State& s, std::uint8_t core_register) {
  return static_cast<T>(s.r[core_register]);
}

// The function object, with its shift if it has one.
template <class F>
inline F function_of(const Op& op) {
  if constexpr (requires(F f) { f.shift; }) return F{static_cast<int>(op.imm)};
  return F{};
}

// Fills result[i] from f's arguments; saturated[i] becomes other than 0 where f says so.
template <class F, class R, class... T>
inline void apply(const F& f, R& result, R& saturated, T... arguments) {
  if constexpr (std::is_invocable_v<F, T..., R&>) {
    result = f(arguments..., saturated);
  } else {
    result = f(arguments...);
  }
}

template <class F, class R, class... T>
constexpr bool kMaySaturate = std::is_invocable_v<F, T..., R&>;

// 0 for the members of a family that have no immediate.
inline std::uint32_t optional_imm(const Decoded& d, std::size_t index) {
  return index < d.operands.size() && !d.operands[index].is_register() ? imm(d, index) : 0;
}

// Qd = f(Qm), with an immediate after the registers for those that shift.
template <class T, class F>
struct Unary {
  using Lane = T;
  static constexpr bool kSaturates = kMaySaturate<F, T, T>;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rm = quad(d, 1);
    if constexpr (requires(F f) { f.shift; }) op.imm = imm(d, 2);
  }
  static Lanes<T> of(const State& s, const Op& op, Lanes<T>& saturated) {
    const F f = function_of<F>(op);
    const Lanes<T> m = read_lanes<T>(s, op.rm);
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) apply(f, result[i], saturated[i], m[i]);
    return result;
  }
};

// Qd = f(Qd, Qm), with an immediate likewise.
template <class T, class F>
struct UnaryIntoDestination {
  using Lane = T;
  static constexpr bool kSaturates = kMaySaturate<F, T, T, T>;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rm = quad(d, 2);
    if constexpr (requires(F f) { f.shift; }) op.imm = imm(d, 3);
  }
  static Lanes<T> of(const State& s, const Op& op, Lanes<T>& saturated) {
    const F f = function_of<F>(op);
    const Lanes<T> d = read_lanes<T>(s, op.rd), m = read_lanes<T>(s, op.rm);
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) apply(f, result[i], saturated[i], d[i], m[i]);
    return result;
  }
};

// Qd = f(Qn, Qm).
template <class T, class F>
struct Binary {
  using Lane = T;
  static constexpr bool kSaturates = kMaySaturate<F, T, T, T>;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rn = quad(d, 1);
    op.rm = quad(d, 2);
  }
  static Lanes<T> of(const State& s, const Op& op, Lanes<T>& saturated) {
    const Lanes<T> n = read_lanes<T>(s, op.rn), m = read_lanes<T>(s, op.rm);
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) apply(F(), result[i], saturated[i], n[i], m[i]);
    return result;
  }
};

// Qd = f(Qn, Rm).
template <class T, class F>
struct BinaryScalar {
  using Lane = T;
  static constexpr bool kSaturates = kMaySaturate<F, T, T, T>;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rn = quad(d, 1);
    op.rm = reg(d, 2);
  }
  static Lanes<T> of(const State& s, const Op& op, Lanes<T>& saturated) {
    const Lanes<T> n = read_lanes<T>(s, op.rn);
    const T m = scalar<T>(s, op.rm);
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) apply(F(), result[i], saturated[i], n[i], m);
    return result;
  }
};

// Qda = f(Qda, Qn, Rm).
template <class T, class F>
struct AccumulateScalar {
  using Lane = T;
  static constexpr bool kSaturates = kMaySaturate<F, T, T, T, T>;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rn = quad(d, 2);
    op.rm = reg(d, 3);
  }
  static Lanes<T> of(const State& s, const Op& op, Lanes<T>& saturated) {
    const Lanes<T> d = read_lanes<T>(s, op.rd), n = read_lanes<T>(s, op.rn);
    const T m = scalar<T>(s, op.rm);
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i)
      apply(F(), result[i], saturated[i], d[i], n[i], m);
    return result;
  }
};

// The bottom (even) or the top (odd) lane of a pair that a twice as wide lane holds.
template <class T, bool kTop>
constexpr T half_of(Double<T> pair) {
  return static_cast<T>(kTop ? pair >> kBits<T> : pair);
}

// Qd = f(bottom or top lanes of Qm), twice as wide.
template <class T, class F, bool kTop>
struct UnaryLong {
  using Lane = Double<T>;
  static constexpr bool kSaturates = false;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rm = quad(d, 1);
    if constexpr (requires(F f) { f.shift; }) op.imm = imm(d, 2);
  }
  static Lanes<Lane> of(const State& s, const Op& op, Lanes<Lane>&) {
    const F f = function_of<F>(op);
    const Lanes<Lane> m = read_lanes<Lane>(s, op.rm);
    Lanes<Lane> result;
    for (std::size_t i = 0; i < kLaneCount<Lane>; ++i) result[i] = f(half_of<T, kTop>(m[i]));
    return result;
  }
};

template <class T, class F>
using UnaryLongBottom = UnaryLong<T, F, false>;
template <class T, class F>
using UnaryLongTop = UnaryLong<T, F, true>;

// Qd = f(bottom or top lanes of Qn and of Qm, or Rm), twice as wide.
template <class T, class F, bool kTop, bool kScalar>
struct BinaryLong {
  using Lane = Double<T>;
  static constexpr bool kSaturates = kMaySaturate<F, Lane, T, T>;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rn = quad(d, 1);
    op.rm = kScalar ? reg(d, 2) : quad(d, 2);
  }
  static Lanes<Lane> of(const State& s, const Op& op, Lanes<Lane>& saturated) {
    const Lanes<Lane> n = read_lanes<Lane>(s, op.rn);
    Lanes<Lane> result;
    if constexpr (kScalar) {
      const T m = scalar<T>(s, op.rm);
      for (std::size_t i = 0; i < kLaneCount<Lane>; ++i) {
        apply(F(), result[i], saturated[i], half_of<T, kTop>(n[i]), m);
      }
    } else {
      const Lanes<Lane> m = read_lanes<Lane>(s, op.rm);
      for (std::size_t i = 0; i < kLaneCount<Lane>; ++i) {
        apply(F(), result[i], saturated[i], half_of<T, kTop>(n[i]), half_of<T, kTop>(m[i]));
      }
    }
    // A 64-bit lane saturates when either of its words is active, a 32-bit one when the half
    // that it comes from is.
    if constexpr (kSaturates && sizeof(T) == 4) {
      for (Lane& flag : saturated) flag |= flag << kBits<T>;
    } else if constexpr (kSaturates && kTop) {
      for (Lane& flag : saturated) flag <<= kBits<T>;
    }
    return result;
  }
};

template <class T, class F>
using BinaryLongBottom = BinaryLong<T, F, false, false>;
template <class T, class F>
using BinaryLongTop = BinaryLong<T, F, true, false>;
template <class T, class F>
using ScalarLongBottom = BinaryLong<T, F, false, true>;
template <class T, class F>
using ScalarLongTop = BinaryLong<T, F, true, true>;

// The bottom or top lanes of Qd = f(Qm), half as wide; the others keep their value.
template <class T, class F, bool kTop>
struct NarrowInto {
  using Lane = T;
  using Result = typename F::template Result<T>;
  static constexpr bool kSaturates = std::is_invocable_v<F, T, Result&>;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rm = quad(d, 2);
    op.imm = optional_imm(d, 3);
  }
  static Lanes<T> of(const State& s, const Op& op, Lanes<T>& saturated) {
    using U = Unsigned<T>;
    constexpr U kHalf = static_cast<U>(in_half(static_cast<Result>(-1)));
    const F f = function_of<F>(op);
    const Lanes<T> d = read_lanes<T>(s, op.rd), m = read_lanes<T>(s, op.rm);
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) {
      Result narrowed = 0, flag = 0;
      apply(f, narrowed, flag, m[i]);
      result[i] =
          static_cast<T>((static_cast<U>(d[i]) & static_cast<U>(~kHalf)) | in_half(narrowed));
      // At the byte whose predicate bit decides whether it counts.
      if constexpr (kSaturates) saturated[i] = static_cast<T>(in_half(flag));
    }
    return result;
  }
  static constexpr Unsigned<T> in_half(Result value) {
    using U = Unsigned<T>;
    const U bits = static_cast<Unsigned<Result>>(value);
    return static_cast<U>(kTop ? bits << kBits<Result> : bits);
  }
};
template <class T, class F>
using NarrowBottom = NarrowInto<T, F, false>;
template <class T, class F>
using NarrowTop = NarrowInto<T, F, true>;

}  // namespace boardless::isa::arm::mve
