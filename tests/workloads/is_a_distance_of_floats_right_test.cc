// Is the distance between floats how many of them lie between, and what of NaNs, zeros and values
// too small to be measured by their own units?
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tests/workloads/one_operator.h"
#include "workloads/operators/tolerance.h"

namespace boardless::workloads {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

std::int64_t distance(const std::vector<float>& a, const std::vector<float>& b, float unit = 0) {
  return ulp_distance(testing::as_bytes(a), testing::as_bytes(b), unit);
}

TEST(UlpDistance, CountsFloats) {
  EXPECT_EQ(distance({1.0F}, {1.0F}), 0);
  EXPECT_EQ(distance({1.0F}, {std::nextafter(1.0F, 2.0F)}), 1);
  EXPECT_EQ(distance({1.0F}, {1.0F + 0x1p-20F}), 8);
  EXPECT_EQ(distance({2.0F}, {4.0F}), 1 << 23);
  EXPECT_EQ(distance({std::numeric_limits<float>::max()}, {kInfinity}), 1);
  EXPECT_EQ(distance({-0x1p-149F}, {0x1p-149F}), 2);
}

TEST(UlpDistance, IsTheLargestOfAll) {
  EXPECT_EQ(distance({1, 2, 3}, {1, 2 + 0x1p-21F, 3}), 2);
  EXPECT_EQ(distance({}, {}), 0);
}

TEST(UlpDistance, HoldsZerosAndNansForAlike) {
  EXPECT_EQ(distance({0.0F}, {-0.0F}), 0);
  EXPECT_EQ(distance({kNan}, {-kNan}), 0);
  EXPECT_EQ(distance({kNan}, {1.0F}), kIncomparable);
  EXPECT_EQ(distance({kInfinity}, {kNan}), kIncomparable);
  EXPECT_EQ(distance({kNan}, {1.0F}, 1), kIncomparable);
}

TEST(UlpDistance, MeasuresSmallValuesByTheUnit) {
  EXPECT_EQ(distance({0x1p-23F}, {0.0F}, 1), 1);
  EXPECT_EQ(distance({-0x1p-23F}, {0x1p-22F}, 1), 3);
  EXPECT_EQ(distance({0x1p-40F}, {0.0F}, 1), 1);  // rounded up
  EXPECT_EQ(distance({4.0F}, {std::nextafter(4.0F, 5.0F)}, 1), 1);
}

TEST(Tolerance, SaysItsBound) {
  EXPECT_EQ(Tolerance{}.text(), "");
  EXPECT_TRUE(Tolerance{}.is_exact());
  EXPECT_EQ(Tolerance{.ulp = 2}.text(), "2 ULP");
  const Tolerance by_row{
      .ulp = 8,
      .ulp_per_term = 2,
      .terms = [](const PreparedOperator& op) { return std::int64_t{op.operator_index}; },
      .formula = "2 n + 8 ULP, n elements a row",
      .unit = 1};
  EXPECT_EQ(by_row.text(), "2 n + 8 ULP, n elements a row; below 1 in ULP of 1");
  EXPECT_EQ(by_row.bound({.operator_index = 5, .kernel = {}, .params = {}, .operands = {}}), 18);
}

}  // namespace
}  // namespace boardless::workloads
