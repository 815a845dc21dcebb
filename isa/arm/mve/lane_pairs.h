// Instructions that compute a lane from its neighbour too: complex additions and dual multiplies
// (DDI 0553 C2.4, VCADD, VHCADD, VQDMLADH, VQDMLSDH). Bodies as in each_lane.h.
#pragma once

#include "isa/arm/mve/each_lane.h"

namespace boardless::isa::arm::mve {

// Qd = Qn + Qm turned by 90 or 270 degrees, real parts in even lanes: one part gets the sum with
// the other part of Qm, the other the difference.
struct WrappingParts {
  using Sum = Add;
  using Difference = Subtract;
};
struct HalvingParts {
  using Sum = HalvingAdd;
  using Difference = HalvingSubtract;
};
template <class T, class Parts>
struct RotatedAdd {
  using Lane = T;
  static constexpr bool kSaturates = false;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rn = quad(d, 1);
    op.rm = quad(d, 2);
    op.imm = imm(d, 3);  // 0: 90 degrees, 1: 270
  }
  static Lanes<T> of(const State& s, const Op& op, Lanes<T>&) {
    const Lanes<T> n = read_lanes<T>(s, op.rn), m = read_lanes<T>(s, op.rm);
    const bool adds_in_even_lanes = op.imm != 0;
    Lanes<T> result;
    for (std::size_t i = 0; i < kLaneCount<T>; ++i) {
      const T sum = typename Parts::Sum()(n[i], m[i ^ 1]);
      const T difference = typename Parts::Difference()(n[i], m[i ^ 1]);
      result[i] = (i % 2 == 0) == adds_in_even_lanes ? sum : difference;
    }
    return result;
  }
};

// The even lanes of Qd = f(Qn[even], Qm[even], Qn[odd], Qm[odd]); or, exchanging, the odd lanes =
// f(Qn[odd], Qm[even], Qn[even], Qm[odd]). The other lanes of Qd keep their value.
template <class T, class F, bool kExchanges>
struct DualMultiply {
  using Lane = T;
  static constexpr bool kSaturates = true;
  static void operands(const Decoded& d, Op& op) {
    op.rd = quad(d, 0);
    op.rn = quad(d, 2);
    op.rm = quad(d, 3);
  }
  static Lanes<T> of(const State& s, const Op& op, Lanes<T>& saturated) {
    const Lanes<T> n = read_lanes<T>(s, op.rn), m = read_lanes<T>(s, op.rm);
    Lanes<T> result = read_lanes<T>(s, op.rd);
    saturated = {};
    for (std::size_t even = 0; even < kLaneCount<T>; even += 2) {
      const std::size_t written = even + (kExchanges ? 1 : 0);
      const std::size_t other = even + (kExchanges ? 0 : 1);
      result[written] = F()(n[written], m[even], n[other], m[even + 1], saturated[written]);
    }
    return result;
  }
};

template <class T, class F>
using DirectDualMultiply = DualMultiply<T, F, false>;
template <class T, class F>
using ExchangingDualMultiply = DualMultiply<T, F, true>;

}  // namespace boardless::isa::arm::mve
