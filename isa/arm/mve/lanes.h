// Vector registers as lanes, which of their bytes an MVE instruction may change, and handlers made
// of a function of elements.
//
// A lane function is a pure function of elements that returns the element of the result. From
// `add_lanes<T>` and what it reads, run_lanes() makes a handler:
//
//   run_lanes<add_lanes<std::uint8_t>, Qn<std::uint8_t>, Qm<std::uint8_t>>      VADD.I8 Qd, Qn, Qm
//   run_lanes<add_lanes<std::uint8_t>, Qn<std::uint8_t>, Rm<std::uint8_t>>      VADD.I8 Qd, Qn, Rm
//
// All lanes are computed, whether predicated or not, so that the host's vector instructions can do
// it; only then are the bytes written that the predicate allows (DDI 0553 B5.3, B5.6).
#pragma once

#include <array>
#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include "isa/arm/state.h"

namespace boardless::isa::arm {

constexpr std::size_t kVectorBytes = 16;
constexpr std::uint32_t kAllBytes = 0xffff;

template <class T>
constexpr std::size_t kLaneCount = kVectorBytes / sizeof(T);
template <class T>
using Lanes = std::array<T, kLaneCount<T>>;

// A register on its way between functions: in a host register, so that handlers can end in a jump.
using VectorBits [[gnu::vector_size(kVectorBytes)]] = std::uint8_t;

// --- Registers. `quad`: the word of State::s at which the register starts. ---

template <class T>
inline Lanes<T> read_lanes(const State& s, std::uint8_t quad) {
  Lanes<T> lanes;
  std::memcpy(lanes.data(), &s.s[quad], kVectorBytes);
  return lanes;
}

// Whatever the predicate says.
template <class T>
inline void write_all_lanes(State& s, std::uint8_t quad, const Lanes<T>& lanes) {
  std::memcpy(&s.s[quad], lanes.data(), kVectorBytes);
}

// --- Predication ---

// Whether no lane is predicated away: the one test of a fast path.
inline bool works_on_whole_vectors(const State& s) { return s.r[14] >= s.whole_vector_from; }

// The bytes that the current instruction may change, one bit each: VPR.P0 in a VPT block, and the
// elements that a loop with tail predication has left.
std::uint32_t active_bytes(const State& s);

// Likewise, with the fast path.
inline std::uint32_t current_bytes(const State& s) {
  return works_on_whole_vectors(s) ? kAllBytes : active_bytes(s);
}

// Whether lane `lane` counts as active for what is not written byte by byte: reductions, saturation
// flags, memory accesses. The lowest of its bytes decides.
template <class T>
inline bool is_active(std::uint32_t bytes, std::size_t lane) {
  return (bytes >> (lane * sizeof(T)) & 1) != 0;
}

// All bytes of the lanes that is_active() calls active.
template <class T>
inline std::uint32_t whole_lanes(std::uint32_t bytes) {
  constexpr std::uint32_t kLowest = sizeof(T) == 1   ? 0xffff
                                    : sizeof(T) == 2 ? 0x5555
                                    : sizeof(T) == 4 ? 0x1111
                                                     : 0x0101;
  return (bytes & kLowest) * ((1U << sizeof(T)) - 1);
}

// All bits set in the bytes of `bytes`.
VectorBits byte_mask(std::uint32_t bytes);

// Changes the bytes `bytes` of a register, whatever the predicate says.
void write_bytes(State& s, std::uint8_t quad, VectorBits value, std::uint32_t bytes);
// Changes the active bytes of a register: the slow path of write_lanes().
void write_active_bytes(State& s, std::uint8_t quad, VectorBits value);

// Changes the active bytes of a register.
template <class T>
inline void write_lanes(State& s, std::uint8_t quad, const Lanes<T>& lanes) {
  if (works_on_whole_vectors(s)) [[likely]] {
    write_all_lanes(s, quad, lanes);
  } else {
    write_active_bytes(s, quad, std::bit_cast<VectorBits>(lanes));
  }
}

// Changes the active bytes of the lower (bottom) or upper (top) halves of a register's elements:
// `T` is the type of a half.
template <class T, bool kTop>
inline void write_half_lanes(State& s, std::uint8_t quad, const Lanes<T>& halves) {
  constexpr std::uint32_t kBottoms = sizeof(T) == 1 ? 0x5555 : sizeof(T) == 2 ? 0x3333 : 0x0f0f;
  constexpr std::uint32_t kHalves = kTop ? kBottoms << sizeof(T) : kBottoms;
  const std::uint32_t active = current_bytes(s);
  write_bytes(s, quad, std::bit_cast<VectorBits>(halves), kHalves & active);
}

// --- What lane functions read: types whose read() gives something to index by lane ---

template <class T>
struct Qd {
  static Lanes<T> read(const State& s, const Op* op) { return read_lanes<T>(s, op->rd); }
};
template <class T>
struct Qn {
  static Lanes<T> read(const State& s, const Op* op) { return read_lanes<T>(s, op->rn); }
};
template <class T>
struct Qm {
  static Lanes<T> read(const State& s, const Op* op) { return read_lanes<T>(s, op->rm); }
};

// The same for all lanes.
template <class T>
struct EveryLane {
  T value;
  constexpr T operator[](std::size_t) const { return value; }
};
template <class T>
struct Rm {
  static EveryLane<T> read(const State& s, const Op* op) { return {static_cast<T>(s.r[op->rm])}; }
};
template <class T>
struct Immediate {  // op->imm
  static EveryLane<T> read(const State&, const Op* op) { return {static_cast<T>(op->imm)}; }
};

// The bottom or top halves of a register's elements, for widening: T is the type of a half.
template <class T, bool kTop>
struct HalfLanes {
  Lanes<T> all;
  constexpr T operator[](std::size_t lane) const { return all[2 * lane + kTop]; }
};
template <class Register, bool kTop>
struct HalfOf {
  static auto read(const State& s, const Op* op) {
    const auto lanes = Register::read(s, op);
    return HalfLanes<typename decltype(lanes)::value_type, kTop>{lanes};
  }
};

// --- Handlers ---

// The lanes of a result, from what the inputs' read() returned.
template <auto kFunction, class... Inputs>
constexpr auto map_lanes(const Inputs&... inputs) {
  using T = decltype(kFunction(inputs[0]...));
  Lanes<T> result;
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = kFunction(inputs[i]...);
  return result;
}

// Qd <- kFunction of the inputs, lane by lane.
template <auto kFunction, class... Inputs>
const Op* run_lanes(State& s, const Op* op) {
  write_lanes(s, op->rd, map_lanes<kFunction>(Inputs::read(s, op)...));
  return next(s, op);
}

// What a lane function returns that may saturate.
template <class T>
struct Saturated {
  T value;
  bool saturated;
};

// Sets FPSCR.QC if a lane saturated that is active; `saturated`: not 0 in such lanes.
template <class T>
[[gnu::noinline]] void note_active_saturation(State& s, VectorBits saturated) {
  const auto lanes = std::bit_cast<Lanes<T>>(saturated);
  const std::uint32_t active = active_bytes(s);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (lanes[i] != 0 && is_active<T>(active, i)) s.fpscr |= kFpSaturated;
  }
}

template <class T>
inline void note_saturation(State& s, const Lanes<T>& saturated) {
  if (works_on_whole_vectors(s)) [[likely]] {
    const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(saturated);
    if ((halves[0] | halves[1]) != 0) s.fpscr |= kFpSaturated;
  } else {
    note_active_saturation<T>(s, std::bit_cast<VectorBits>(saturated));
  }
}

// Likewise, of a function that returns Saturated<T>; sets FPSCR.QC.
template <auto kFunction, class... Inputs>
const Op* run_saturating_lanes(State& s, const Op* op) {
  const auto compute = [&s, op](const auto&... inputs) {
    using T = decltype(kFunction(inputs[0]...).value);
    using Flag = std::make_unsigned_t<T>;
    Lanes<T> result;
    Lanes<Flag> flags;
    for (std::size_t i = 0; i < result.size(); ++i) {
      const Saturated<T> lane = kFunction(inputs[i]...);
      result[i] = lane.value;
      flags[i] = static_cast<Flag>(lane.saturated);
    }
    note_saturation<Flag>(s, flags);
    write_lanes(s, op->rd, result);
  };
  compute(Inputs::read(s, op)...);
  return next(s, op);
}

// `start` combined with the active lanes, in their order: total = kFunction(total, lanes...).
template <auto kFunction, class T, class Total, class... Inputs>
inline Total fold_lanes(const State& s, Total total, const Inputs&... inputs) {
  if (works_on_whole_vectors(s)) [[likely]] {
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) total = kFunction(total, inputs[i]...);
    return total;
  }
  const std::uint32_t active = active_bytes(s);
  for (std::size_t i = 0; i < kLaneCount<T>; ++i) {
    if (is_active<T>(active, i)) total = kFunction(total, inputs[i]...);
  }
  return total;
}

}  // namespace boardless::isa::arm
