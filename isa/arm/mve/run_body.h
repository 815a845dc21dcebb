// Handlers and builders made of the bodies in each_lane.h, lane_pairs.h and reduction.h: the whole
// vector in one go where the predicate allows it.
#pragma once

#include "isa/arm/mve/each_lane.h"
#include "isa/arm/mve/reduction.h"

namespace boardless::isa::arm::mve {

// The slow paths are functions of their own, so that the fast ones need no frame.
template <class Body>
[[gnu::noinline]] const Op* run_on_active_bytes(State& s, const Op* op) {
  using T = typename Body::Lane;
  Lanes<T> saturated{};
  const Lanes<T> result = Body::of(s, *op, saturated);
  const std::uint32_t active = active_bytes(s);
  if constexpr (Body::kSaturates) {
    note_active_saturation<std::uint8_t>(s, std::bit_cast<VectorBits>(saturated));
  }
  write_bytes(s, op->rd, std::bit_cast<VectorBits>(result), active);
  return next(s, op);
}

template <class Body>
const Op* run_vector(State& s, const Op* op) {
  if (!works_on_whole_vectors(s)) [[unlikely]]
    return run_on_active_bytes<Body>(s, op);
  using T = typename Body::Lane;
  Lanes<T> saturated;
  const Lanes<T> result = Body::of(s, *op, saturated);
  if constexpr (Body::kSaturates) {
    const auto flags = std::bit_cast<std::array<std::uint64_t, 2>>(saturated);
    if ((flags[0] | flags[1]) != 0) s.fpscr |= kFpSaturated;
  }
  write_all_lanes(s, op->rd, result);
  return next(s, op);
}

// All ones in the lanes whose lowest byte is active.
template <class T>
inline Lanes<T> active_lanes(const State& s) {
  constexpr std::uint32_t kLowest = sizeof(T) == 1 ? 0xffff : sizeof(T) == 2 ? 0x5555 : 0x1111;
  constexpr std::uint32_t kAllOfLane = (1U << sizeof(T)) - 1;
  return std::bit_cast<Lanes<T>>(byte_mask((active_bytes(s) & kLowest) * kAllOfLane));
}

template <class Body>
[[gnu::noinline]] const Op* reduce_active_lanes(State& s, const Op* op) {
  using T = typename Body::Lane;
  Body::run(s, *op, SomeLanes<T>{active_lanes<T>(s)});
  return next(s, op);
}

template <class Body>
const Op* run_reduction(State& s, const Op* op) {
  if (!works_on_whole_vectors(s)) [[unlikely]]
    return reduce_active_lanes<Body>(s, op);
  Body::run(s, *op, AllLanes{});
  return next(s, op);
}

template <class Body>
void build_body(const Decoded& d, Op op, OpList& out) {
  Body::operands(d, op);
  if constexpr (requires { Body::kSaturates; }) {
    append_vector(d, op, run_vector<Body>, out);
  } else {
    append_vector(d, op, run_reduction<Body>, out);
  }
}

}  // namespace boardless::isa::arm::mve
