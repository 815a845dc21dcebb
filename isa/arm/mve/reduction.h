// Instructions that add up or compare across the lanes of vectors into core registers, as bodies
// (DDI 0553 C2.4, VABAV, VADDV to VADDLV, VMAXV, VMINV, VMLADAV to VMLSLDAV, VRMLALDAVH). Sums are
// written for what host vectors do well: products of 16 bits, added in pairs.
#pragma once

#include <bit>

#include "isa/arm/mve/each_lane.h"

namespace boardless::isa::arm::mve {

// Which lanes take part: all of them, or those of a mask that is all ones in an active lane.
struct AllLanes {
  template <class T>
  Lanes<T> or_zero(const Lanes<T>& lanes) const {
    return lanes;
  }
  template <class T>
  Lanes<T> or_else(const Lanes<T>& lanes, T) const {
    return lanes;
  }
};

template <class T>
struct SomeLanes {
  Lanes<T> mask;

  template <class U>
  Lanes<U> or_zero(const Lanes<U>& lanes) const {
    static_assert(std::is_same_v<T, U>);
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) result[i] = static_cast<T>(lanes[i] & mask[i]);
    return result;
  }
  Lanes<T> or_else(const Lanes<T>& lanes, T instead) const {
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) result[i] = mask[i] != 0 ? lanes[i] : instead;
    return result;
  }
};

// The forms of an instruction: it adds to what Rda holds (A); products of odd lanes count negative
// (VMLS...); each lane of a pair of Qm meets the other one's of Qn (X).
template <bool kAccumulates, bool kSubtracts = false, bool kExchanges = false>
struct Form {
  static constexpr bool kAdds = kAccumulates, kMinus = kSubtracts, kCross = kExchanges;
};

// A 64-bit accumulator: RdaLo in rd, RdaHi in ra.
inline std::uint64_t read_long(const State& s, const Op& op) {
  return std::uint64_t{s.r[op.ra]} << 32 | s.r[op.rd];
}
inline void write_long(State& s, const Op& op, std::uint64_t value) {
  s.r[op.rd] = static_cast<std::uint32_t>(value);
  s.r[op.ra] = static_cast<std::uint32_t>(value >> 32);
}

// VADDV, VADDVA: Rda = sum of Qm [+ Rda].
template <class T, class F>
struct AddAcross {
  using Lane = T;
  static void operands(const Decoded& d, Op& op) {
    op.rd = reg(d, 0);
    op.rm = quad(d, F::kAdds ? 2 : 1);
  }
  template <class Active>
  static void run(State& s, const Op& op, const Active& active) {
    const Lanes<T> m = active.or_zero(read_lanes<T>(s, op.rm));
    std::uint32_t sum = F::kAdds ? s.r[op.rd] : 0;
    for (const T lane : m) sum += static_cast<std::uint32_t>(lane);
    s.r[op.rd] = sum;
  }
};

// VADDLV, VADDLVA.
template <class T, class F>
struct AddLongAcross {
  using Lane = T;
  static void operands(const Decoded& d, Op& op) {
    op.rd = reg(d, 0);
    op.ra = reg(d, 1);
    op.rm = quad(d, F::kAdds ? 4 : 2);
  }
  template <class Active>
  static void run(State& s, const Op& op, const Active& active) {
    const Lanes<T> m = active.or_zero(read_lanes<T>(s, op.rm));
    std::uint64_t sum = F::kAdds ? read_long(s, op) : 0;
    for (const T lane : m) sum += static_cast<std::uint64_t>(lane);
    write_long(s, op, sum);
  }
};

// VABAV: Rda += sum of |Qn - Qm|.
template <class T, class F>
struct AddAbsoluteDifferences {
  using Lane = T;
  static void operands(const Decoded& d, Op& op) {
    op.rd = reg(d, 0);
    op.rn = quad(d, 2);
    op.rm = quad(d, 3);
  }
  template <class Active>
  static void run(State& s, const Op& op, const Active& active) {
    const Lanes<T> n = active.or_zero(read_lanes<T>(s, op.rn));
    const Lanes<T> m = active.or_zero(read_lanes<T>(s, op.rm));
    std::uint32_t sum = s.r[op.rd];
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) {
      sum += static_cast<Unsigned<T>>(AbsoluteDifference()(n[i], m[i]));
    }
    s.r[op.rd] = sum;
  }
};

// VMAXV, VMINV: Rda's low bits against every lane.
template <class T, class F>
struct ExtremeAcross {
  using Lane = T;
  static void operands(const Decoded& d, Op& op) {
    op.rd = reg(d, 0);
    op.rm = quad(d, 2);
  }
  template <class Active>
  static void run(State& s, const Op& op, const Active& active) {
    T extreme = static_cast<T>(s.r[op.rd]);
    const Lanes<T> m = active.or_else(read_lanes<T>(s, op.rm), extreme);
    for (const T lane : m) extreme = F()(extreme, lane);
    s.r[op.rd] = static_cast<std::uint32_t>(extreme);
  }
};

// VMAXAV, VMINAV: unsigned Rda against the magnitudes of signed lanes.
template <class T, class F>
struct ExtremeMagnitudeAcross {
  using Lane = T;
  static void operands(const Decoded& d, Op& op) { ExtremeAcross<T, F>::operands(d, op); }
  template <class Active>
  static void run(State& s, const Op& op, const Active& active) {
    auto extreme = static_cast<Unsigned<T>>(s.r[op.rd]);
    // Of no lane that is not active, but then `extreme` again: its magnitude as a signed lane
    // would be another value.
    Lanes<Unsigned<T>> magnitudes;
    const Lanes<T> m = read_lanes<T>(s, op.rm);
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) magnitudes[i] = magnitude(m[i]);
    const auto taken = std::bit_cast<Lanes<Unsigned<T>>>(
        active.or_else(std::bit_cast<Lanes<T>>(magnitudes), static_cast<T>(extreme)));
    for (const Unsigned<T> lane : taken) extreme = F()(extreme, lane);
    s.r[op.rd] = extreme;
  }
};

// The 8-bit lanes of a register as 16-bit ones: those of even number, then those of odd number.
template <class T>
inline std::array<std::int16_t, 16> even_then_odd(const Lanes<T>& bytes) {
  const auto pairs = std::bit_cast<Lanes<Double<T>>>(bytes);
  std::array<std::int16_t, 16> result;
  for (std::size_t i = 0; i < 8; ++i) {
    const auto even = static_cast<Double<T>>(pairs[i] << 8);
    result[i] = static_cast<std::int16_t>(even >> 8);
    result[8 + i] = static_cast<std::int16_t>(pairs[i] >> 8);
  }
  return result;
}

// VMLADAV, VMLSDAV: Rda = sum of Qn * Qm [+ Rda].
template <class T, class F>
struct DotProduct {
  using Lane = T;
  static void operands(const Decoded& d, Op& op) {
    constexpr std::size_t kFirst = F::kAdds ? 2 : 1;
    op.rd = reg(d, 0);
    op.rn = quad(d, kFirst);
    op.rm = quad(d, kFirst + 1);
  }
  template <class Active>
  static void run(State& s, const Op& op, const Active& active) {
    const Lanes<T> n = read_lanes<T>(s, op.rn), m = active.or_zero(read_lanes<T>(s, op.rm));
    const std::uint32_t before = F::kAdds ? s.r[op.rd] : 0;
    s.r[op.rd] = before + dot(n, m);
  }

  static std::uint32_t dot(const Lanes<T>& n, const Lanes<T>& m) {
    if constexpr (sizeof(T) == 1) {
      constexpr std::size_t kHalf = F::kCross ? 8 : 0;
      const std::array<std::int16_t, 16> a = even_then_odd<T>(n);
      std::array<std::int16_t, 16> b = even_then_odd<T>(m);
      if constexpr (F::kMinus) {
        for (std::size_t i = 8; i < 16; ++i) b[i] = static_cast<std::int16_t>(-b[i]);
      }
      // In this form GCC multiplies 16-bit lanes and adds neighbours in one instruction. The sum
      // fits.
      std::int32_t sum = 0;
      for (std::size_t i = 0; i < 16; ++i) sum += a[i ^ kHalf] * b[i];
      return static_cast<std::uint32_t>(sum);
    } else {
      std::uint32_t sum = 0;
      for (std::size_t i = 0; i < kLaneCount<T>; ++i) {
        const auto one = static_cast<std::uint32_t>(product(n[F::kCross ? i ^ 1 : i], m[i]));
        sum += F::kMinus && i % 2 != 0 ? 0U - one : one;
      }
      return sum;
    }
  }
};

// VMLALDAV, VMLSLDAV: the same in 64 bits.
template <class T, class F>
struct LongDotProduct {
  using Lane = T;
  static void operands(const Decoded& d, Op& op) {
    constexpr std::size_t kFirst = F::kAdds ? 4 : 2;
    op.rd = reg(d, 0);
    op.ra = reg(d, 1);
    op.rn = quad(d, kFirst);
    op.rm = quad(d, kFirst + 1);
  }
  template <class Active>
  static void run(State& s, const Op& op, const Active& active) {
    const Lanes<T> n = read_lanes<T>(s, op.rn), m = active.or_zero(read_lanes<T>(s, op.rm));
    std::uint64_t sum = F::kAdds ? read_long(s, op) : 0;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) {
      const auto one = static_cast<std::uint64_t>(product(n[F::kCross ? i ^ 1 : i], m[i]));
      sum += F::kMinus && i % 2 != 0 ? 0U - one : one;
    }
    write_long(s, op, sum);
  }
};

// VRMLALDAVH, VRMLSLDAVH: the accumulator is the high 64 bits of 72, and each beat leaves only
// those: every product is rounded by itself.
template <class T, class F>
struct RoundingLongDotProduct {
  using Lane = T;
  static void operands(const Decoded& d, Op& op) { LongDotProduct<T, F>::operands(d, op); }
  template <class Active>
  static void run(State& s, const Op& op, const Active& active) {
    const Lanes<T> n = read_lanes<T>(s, op.rn), m = active.or_zero(read_lanes<T>(s, op.rm));
    std::uint64_t sum = F::kAdds ? read_long(s, op) : 0;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) {
      const Double<T> positive = product(n[F::kCross ? i ^ 1 : i], m[i]);
      const Double<T> one = F::kMinus && i % 2 != 0 ? -positive : positive;
      sum += static_cast<std::uint64_t>(RoundingShiftRight{8}(one));
    }
    write_long(s, op, sum);
  }
};

}  // namespace boardless::isa::arm::mve
