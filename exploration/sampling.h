// Vectors that fill the unit cube evenly, for samples of a space. The same seed gives the same
// vectors on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace boardless::exploration {

// Each with a coordinate in [0, 1) for every dimension.
using UnitVectors = std::vector<std::vector<double>>;

// In each dimension one of `count` equal slices holds one vector.
UnitVectors latin_hypercube(std::size_t count, std::size_t dimensions, std::uint64_t seed);

// `count` vectors of Sobol's sequence from number `first` on, shifted digit by digit by the seed.
UnitVectors sobol(std::size_t first, std::size_t count, std::size_t dimensions, std::uint64_t seed);

}  // namespace boardless::exploration
