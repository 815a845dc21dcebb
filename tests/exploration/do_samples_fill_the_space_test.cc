// Do samples fill the unit cube evenly, and are they the same every time?
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "exploration/sampling.h"

namespace boardless::exploration {
namespace {

void expect_in_unit_cube(const UnitVectors& vectors, std::size_t count, std::size_t dimensions) {
  ASSERT_EQ(vectors.size(), count);
  for (const auto& vector : vectors) {
    ASSERT_EQ(vector.size(), dimensions);
    for (const double coordinate : vector) {
      EXPECT_GE(coordinate, 0);
      EXPECT_LT(coordinate, 1);
    }
  }
}

// Slices of a dimension that hold a vector.
std::size_t slices(const UnitVectors& vectors, std::size_t dimension, std::size_t count) {
  std::set<int> hit;
  for (const auto& vector : vectors) {
    hit.insert(static_cast<int>(vector[dimension] * static_cast<double>(count)));
  }
  return hit.size();
}

TEST(LatinHypercube, HasOneVectorInEachSliceOfEachDimension) {
  for (const std::size_t count : {1U, 7U, 100U}) {
    const UnitVectors vectors = latin_hypercube(count, 5, 3);
    expect_in_unit_cube(vectors, count, 5);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(slices(vectors, i, count), count);
  }
}

// Of 2^k consecutive ones from the beginning each of the 2^k slices holds one; and boxes of two
// dimensions hold as many as they are large.
TEST(Sobol, IsEvenInEachDimensionAndInPairsOfThem) {
  const UnitVectors vectors = sobol(0, 256, 6, 5);
  expect_in_unit_cube(vectors, 256, 6);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_GE(slices(vectors, i, 256), 255U) << i;
  for (int x = 0; x < 4; ++x) {
    for (int y = 0; y < 4; ++y) {
      int inside = 0;
      for (const auto& vector : vectors) {
        inside += static_cast<int>(vector[0] * 4) == x && static_cast<int>(vector[1] * 4) == y;
      }
      EXPECT_NEAR(inside, 16, 1) << x << ' ' << y;
    }
  }
}

TEST(Sobol, GoesOnWhereItEnded) {
  const UnitVectors whole = sobol(0, 20, 3, 9), rest = sobol(12, 8, 3, 9);
  for (std::size_t i = 0; i < rest.size(); ++i) EXPECT_EQ(rest[i], whole[12 + i]);
}

TEST(Samples, FollowFromTheirSeed) {
  EXPECT_EQ(latin_hypercube(20, 3, 1), latin_hypercube(20, 3, 1));
  EXPECT_NE(latin_hypercube(20, 3, 1), latin_hypercube(20, 3, 2));
  EXPECT_EQ(sobol(0, 20, 3, 1), sobol(0, 20, 3, 1));
  EXPECT_NE(sobol(0, 20, 3, 1), sobol(0, 20, 3, 2));
}

}  // namespace
}  // namespace boardless::exploration
