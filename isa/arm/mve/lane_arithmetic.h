// What additions, differences, comparisons and counts do to one lane (DDI 0553 C2.4, VADD to
// VSUB). Every function object computes a lane from lanes; one that may saturate takes a third
// argument that it sets to other than 0 when it did. They are written for loops over all lanes of
// a register that the compiler turns into host vector instructions.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace boardless::isa::arm::mve {

// An integer type that holds the sum, the difference and (signed) the product of two lanes.
template <class T>
using Wide = std::conditional_t<sizeof(T) == 4, std::int64_t, std::int32_t>;

template <class T>
using Unsigned = std::make_unsigned_t<T>;

template <class T>
constexpr int kBits = 8 * static_cast<int>(sizeof(T));

// SatQ() of the manual (DDI 0553 E2.1): the nearest value that T can hold.
template <class T, std::signed_integral W>
constexpr T saturate(W value, T& saturated) {
  constexpr W kMost = static_cast<W>(std::numeric_limits<T>::max());
  constexpr W kLeast = static_cast<W>(std::numeric_limits<T>::min());
  const W clamped = value > kMost ? kMost : value < kLeast ? kLeast : value;
  saturated = static_cast<T>(clamped != value);
  return static_cast<T>(clamped);
}

// The magnitude of a lane; of the most negative one too.
template <class T>
constexpr Unsigned<T> magnitude(T value) {
  const auto bits = static_cast<Unsigned<T>>(value);
  return value < 0 ? static_cast<Unsigned<T>>(0U - bits) : bits;
}

struct Add {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return static_cast<T>(static_cast<Unsigned<T>>(n) + static_cast<Unsigned<T>>(m));
  }
};

struct Subtract {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return static_cast<T>(static_cast<Unsigned<T>>(n) - static_cast<Unsigned<T>>(m));
  }
};

struct SaturatingAdd {
  template <class T>
  constexpr T operator()(T n, T m, T& saturated) const {
    return saturate<T>(static_cast<Wide<T>>(Wide<T>{n} + Wide<T>{m}), saturated);
  }
};

struct SaturatingSubtract {
  template <class T>
  constexpr T operator()(T n, T m, T& saturated) const {
    return saturate<T>(static_cast<Wide<T>>(Wide<T>{n} - Wide<T>{m}), saturated);
  }
};

// The halves of n and m and what their lowest bits add up to: never wider than a lane.
struct HalvingAdd {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return static_cast<T>((n >> 1) + (m >> 1) + (n & m & 1));
  }
};

struct RoundingHalvingAdd {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return static_cast<T>((n >> 1) + (m >> 1) + ((n | m) & 1));
  }
};

struct HalvingSubtract {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return static_cast<T>(Subtract()(static_cast<T>(n >> 1), static_cast<T>(m >> 1)) -
                          (~n & m & 1));
  }
};

struct AbsoluteDifference {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return n > m ? Subtract()(n, m) : Subtract()(m, n);
  }
};

struct Maximum {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return n > m ? n : m;
  }
};

struct Minimum {
  template <class T>
  constexpr T operator()(T n, T m) const {
    return n < m ? n : m;
  }
};

// VMAXA, VMINA: the destination is unsigned, the source's magnitude is taken.
struct MaximumAbsolute {
  template <class T>
  constexpr T operator()(T d, T m) const {
    return static_cast<T>(Maximum()(static_cast<Unsigned<T>>(d), magnitude(m)));
  }
};

struct MinimumAbsolute {
  template <class T>
  constexpr T operator()(T d, T m) const {
    return static_cast<T>(Minimum()(static_cast<Unsigned<T>>(d), magnitude(m)));
  }
};

struct Absolute {
  template <class T>
  constexpr T operator()(T m) const {
    return static_cast<T>(magnitude(m));
  }
};

struct Negate {
  template <class T>
  constexpr T operator()(T m) const {
    return static_cast<T>(0U - static_cast<Unsigned<T>>(m));
  }
};

struct SaturatingAbsolute {
  template <class T>
  constexpr T operator()(T m, T& saturated) const {
    saturated = static_cast<T>(m == std::numeric_limits<T>::min());
    return static_cast<T>(magnitude(m) - static_cast<Unsigned<T>>(saturated));
  }
};

struct SaturatingNegate {
  template <class T>
  constexpr T operator()(T m, T& saturated) const {
    saturated = static_cast<T>(m == std::numeric_limits<T>::min());
    return static_cast<T>(0U - static_cast<Unsigned<T>>(m) - static_cast<Unsigned<T>>(saturated));
  }
};

struct CountLeadingZeros {
  template <class T>
  constexpr T operator()(T m) const {
    return static_cast<T>(std::countl_zero(static_cast<Unsigned<T>>(m)));
  }
};

// The bits below the highest that equal it.
struct CountLeadingSigns {
  template <class T>
  constexpr T operator()(T m) const {
    return static_cast<T>(std::countl_zero(static_cast<Unsigned<T>>(m < 0 ? ~m : m)) - 1);
  }
};

}  // namespace boardless::isa::arm::mve
