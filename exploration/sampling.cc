// Boost's table of Sobol's directions, and shuffled slices.
#include "exploration/sampling.h"

#include <boost/random/sobol.hpp>
#include <numeric>
#include <random>
#include <utility>

namespace boardless::exploration {
namespace {

// The distributions of the standard library differ between its makers; the engine does not.
double unit(std::uint64_t bits) { return static_cast<double>(bits >> 11U) * 0x1p-53; }

}  // namespace

UnitVectors latin_hypercube(std::size_t count, std::size_t dimensions, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  UnitVectors vectors(count, std::vector<double>(dimensions));
  std::vector<std::size_t> slices(count);
  for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
    std::iota(slices.begin(), slices.end(), std::size_t{0});
    for (std::size_t i = count; i > 1; --i) std::swap(slices[i - 1], slices[random() % i]);
    for (std::size_t i = 0; i < count; ++i) {
      vectors[i][dimension] =
          (static_cast<double>(slices[i]) + unit(random())) / static_cast<double>(count);
    }
  }
  return vectors;
}

UnitVectors sobol(std::size_t first, std::size_t count, std::size_t dimensions,
                  std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint64_t> shift(dimensions);
  for (std::uint64_t& digits : shift) digits = random();
  boost::random::sobol sequence(dimensions);
  sequence.discard(std::uint64_t{first} * dimensions);
  UnitVectors vectors(count, std::vector<double>(dimensions));
  for (std::vector<double>& vector : vectors) {
    for (std::size_t i = 0; i < dimensions; ++i) vector[i] = unit(sequence() ^ shift[i]);
  }
  return vectors;
}

}  // namespace boardless::exploration
