// What a network costs at the least, proven before anything is run: multiplications that no kernel
// can leave out, and how many of them a core can do in one cycle.
#pragma once

#include <array>
#include <cstddef>

#include "base/units.h"
#include "cost_models/core_model.h"
#include "isa/variant.h"
#include "targets/target.h"
#include "workloads/graph/graph.h"

namespace boardless::exploration {

// By the narrowest element that takes part: 1, 2, 4 bytes. Vectors hold 16, 8 or 4 of them.
constexpr std::size_t kWidths = 3;

// Multiply-accumulates with taps that lie in the picture, of CONV_2D, DEPTHWISE_CONV_2D and
// FULLY_CONNECTED in the main subgraph. Taps in the padding, and all other operators, count 0: a
// kernel may have a way around them.
std::array<double, kWidths> least_macs(const workloads::Graph& graph);

// Multiply-accumulates that a core finishes in a cycle at the most; 0: not known, because the
// instruction set has what no standard defines.
//
// A scalar instruction has one product, two with the DSP extension or of bytes, which 32 bits hold
// in pairs; a Helium instruction one for each lane of 128 bits. A core issues as many of the former
// as its pairs allow, and of the latter as its pipes finish (cost_models/core_model.h); both may go
// on at once. Elements of four bytes may be floats: there both units count. Kernels are taken to
// multiply every weight with what it is for: an algorithm with fewer multiplications (Winograd's)
// would do with less.
std::array<double, kWidths> most_macs_per_cycle(const cost_models::CoreModel& core,
                                                const isa::Variant& variant);

// Cycles at the least; 0 where the core's most is not known.
double least_cycles(const std::array<double, kWidths>& macs,
                    const std::array<double, kWidths>& macs_per_cycle);

}  // namespace boardless::exploration
