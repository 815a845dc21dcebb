// c + a * b of singles by the host's fused multiply-add, where its processor has one, instead of in
// double precision (see host_vectors.h).
#pragma once

#include "isa/arm/mve/float_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace boardless::isa::arm::mve {

#if defined(__x86_64__)

inline bool host_has_fused() { return __builtin_cpu_supports("fma") != 0; }

[[gnu::target("fma")]] inline bool host_vector_fused(Words a, Words b, Words c, Words& result) {
  using namespace host_vectors;
  result = std::bit_cast<Words>(
      _mm_fmadd_ps(std::bit_cast<__m128>(a), std::bit_cast<__m128>(b), std::bit_cast<__m128>(c)));
  // A zero that all terms are: another may have been rounded to.
  const Ints no_product = ((a << 1) == 0) | ((b << 1) == 0);
  const Ints is_zero = no_product & ((c << 1) == 0) & ((result << 1) == 0);
  const Ints good = is_well_inside(result << 1) | is_zero;
  return !any(is_denormal(a) | is_denormal(b) | is_denormal(c) | ~good);
}

template <auto kRead, auto kChange>
[[gnu::target("fma")]] const Op* run_host_fused(State& s, const Op* op) {
  constexpr Op::Handler kSlow =
      run_vector_slow<Single, VectorOperation::kMultiplyAdd, kRead, kChange>;
  if (!allows_host_vectors<Single>(s)) [[unlikely]]
    return kSlow(s, op);
  const VectorOperands<Single> in = kRead(s, op);
  LanesOf<Single> result;
  if (!host_vector_fused(in.a, in.b, in.c, result)) [[unlikely]]
    return kSlow(s, op);
  return finish(s, op, kChange(result), kAllBytes);
}

#else

inline bool host_has_fused() { return false; }

inline bool host_vector_fused(Words a, Words b, Words c, Words& result) {
  return host_vector<VectorOperation::kMultiplyAdd>(a, b, c, result);
}

template <auto kRead, auto kChange>
constexpr Op::Handler run_host_fused =
    run_vector<Single, VectorOperation::kMultiplyAdd, kRead, kChange>;

#endif

}  // namespace boardless::isa::arm::mve
