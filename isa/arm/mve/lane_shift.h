// What shifts and narrowing moves do to one lane (DDI 0553 C2.4, VMOVL to VSRI). A function object
// that shifts by an immediate holds it: `shift`, within the encoding's range.
#pragma once

#include "isa/arm/mve/lane_multiply.h"

namespace boardless::isa::arm::mve {

struct ShiftLeft {
  int shift;  // 0 to kBits - 1
  template <class T>
  constexpr T operator()(T m) const {
    return static_cast<T>(static_cast<Unsigned<T>>(m) << shift);
  }
};

struct ShiftRight {
  int shift;  // 1 to kBits
  template <class T>
  constexpr T operator()(T m) const {
    return static_cast<T>(static_cast<T>(m >> (shift - 1)) >> 1);
  }
};

struct RoundingShiftRight {
  int shift;  // 1 to kBits
  template <class T>
  constexpr T operator()(T m) const {
    // What is left after all but one bit went, and that bit added: nothing wider than a lane.
    const auto last = static_cast<T>(m >> (shift - 1));
    return static_cast<T>((last >> 1) + (last & 1));
  }
};

// VSLI, VSRI: the bits that the shift leaves free keep the destination's.
struct ShiftLeftInsert {
  int shift;  // 0 to kBits - 1
  template <class T>
  constexpr T operator()(T d, T m) const {
    const auto kept = static_cast<Unsigned<T>>((std::uint32_t{1} << shift) - 1);
    return static_cast<T>(ShiftLeft{shift}(static_cast<Unsigned<T>>(m)) |
                          (static_cast<Unsigned<T>>(d) & kept));
  }
};

struct ShiftRightInsert {
  int shift;  // 1 to kBits
  template <class T>
  constexpr T operator()(T d, T m) const {
    using U = Unsigned<T>;
    const U taken = ShiftRight{shift}(std::numeric_limits<U>::max());
    return static_cast<T>(ShiftRight{shift}(static_cast<U>(m)) |
                          (static_cast<U>(d) & static_cast<U>(~taken)));
  }
};

// A signed type that holds a lane shifted to the left within its range.
template <class T>
using ShiftedWide = std::conditional_t<sizeof(T) == 1 || std::is_same_v<T, std::int16_t>,
                                       std::int32_t, std::int64_t>;

struct SaturatingShiftLeft {
  int shift;  // 0 to kBits - 1
  template <class T>
  constexpr T operator()(T m, T& saturated) const {
    using W = ShiftedWide<T>;
    return saturate<T>(static_cast<W>(W{m} * static_cast<W>(W{1} << shift)), saturated);
  }
};

// VQSHLU: the source is signed, the result unsigned.
struct SaturatingShiftLeftUnsigned {
  int shift;  // 0 to kBits - 1
  template <class T>
  constexpr T operator()(T m, T& saturated) const {
    using W = ShiftedWide<T>;
    Unsigned<T> flag = 0;
    const auto result =
        saturate<Unsigned<T>>(static_cast<W>(W{m} * static_cast<W>(W{1} << shift)), flag);
    saturated = static_cast<T>(flag);
    return static_cast<T>(result);
  }
};

struct ShiftLeftLong {
  int shift;  // 0 to kBits
  template <class T>
  constexpr Double<T> operator()(T m) const {
    return ShiftLeft{shift}(Double<T>{m});
  }
};

// VSHLL by the lane's width has an encoding of its own.
struct ShiftLeftLongByWidth {
  template <class T>
  constexpr Double<T> operator()(T m) const {
    return ShiftLeft{kBits<T>}(Double<T>{m});
  }
};

struct MoveLong {
  template <class T>
  constexpr Double<T> operator()(T m) const {
    return m;
  }
};

// VSHL, VRSHL, VQSHL and VQRSHL by a register: `by` is the low byte of the shift's lane, negative
// to the right.
template <bool kSaturates, bool kRounds>
struct ShiftByRegister {
  template <class T>
  static constexpr T shifted(T m, std::int8_t by, T& saturated) {
    saturated = 0;
    if (by < 0) {
      if constexpr (!kRounds) return ShiftRight{-by < kBits<T> ? -by : kBits<T>}(m);
      // Rounded, everything below half of the last bit is 0, for signed lanes too.
      return -by > kBits<T> ? T{0} : RoundingShiftRight{-by}(m);
    }
    if constexpr (!kSaturates) return by < kBits<T> ? ShiftLeft{by}(m) : T{0};
    if (by < kBits<T>) return SaturatingShiftLeft{by}(m, saturated);
    saturated = static_cast<T>(m != 0);
    return m == 0 ? T{0} : m < 0 ? std::numeric_limits<T>::min() : std::numeric_limits<T>::max();
  }

  template <class T>
  constexpr T operator()(T m, T by, T& saturated) const
    requires kSaturates
  {
    return shifted(m, static_cast<std::int8_t>(by), saturated);
  }
  template <class T>
  constexpr T operator()(T m, T by) const
    requires(!kSaturates)
  {
    T never = 0;
    return shifted(m, static_cast<std::int8_t>(by), never);
  }
};

// The type with half of T's bits.
template <class T>
struct NarrowerType;
template <>
struct NarrowerType<std::int16_t> {
  using Type = std::int8_t;
};
template <>
struct NarrowerType<std::uint16_t> {
  using Type = std::uint8_t;
};
template <>
struct NarrowerType<std::int32_t> {
  using Type = std::int16_t;
};
template <>
struct NarrowerType<std::uint32_t> {
  using Type = std::uint16_t;
};
template <class T>
using Half = typename NarrowerType<T>::Type;

// How a narrower lane is made from what is too large for it.
enum class Fit { kTruncate, kSaturate, kSaturateToUnsigned };

// A lane, shifted to the right (0: not at all), becomes half as wide.
template <bool kRounds, Fit kFit>
struct Narrow {
  int shift;  // 0 to the bits of the result

  template <class T>
  using Result = std::conditional_t<kFit == Fit::kSaturateToUnsigned, Unsigned<Half<T>>, Half<T>>;

  template <class T>
  constexpr T shifted(T m) const {
    if (shift == 0) return m;
    return kRounds ? RoundingShiftRight{shift}(m) : ShiftRight{shift}(m);
  }
  template <class T>
  constexpr Result<T> operator()(T m, Result<T>& saturated) const
    requires(kFit != Fit::kTruncate)
  {
    using W = std::conditional_t<std::is_same_v<T, std::uint32_t>, std::int64_t, std::int32_t>;
    return saturate<Result<T>>(W{shifted(m)}, saturated);
  }
  template <class T>
  constexpr Result<T> operator()(T m) const
    requires(kFit == Fit::kTruncate)
  {
    return static_cast<Result<T>>(shifted(m));
  }
};

}  // namespace boardless::isa::arm::mve
