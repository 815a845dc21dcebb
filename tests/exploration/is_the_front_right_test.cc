// Is the front what nothing dominates?
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "exploration/front.h"

namespace boardless::exploration {
namespace {

TEST(Front, DominatesWhatIsNowhereBetterAndSomewhereWorse) {
  EXPECT_TRUE(dominates({1, 2}, {1, 3}));
  EXPECT_FALSE(dominates({1, 2}, {1, 2}));
  EXPECT_FALSE(dominates({1, 3}, {2, 2}));
}

TEST(Front, HoldsWhatNothingElseDominates) {
  std::mt19937 random(7);
  for (const std::size_t objectives : {1U, 2U, 3U, 4U}) {
    std::vector<Costs> all(300);
    for (Costs& costs : all) {
      for (std::size_t i = 0; i < objectives; ++i)
        costs.push_back(static_cast<double>(random() % 12));
    }
    Front front;
    for (const Costs& costs : all) front.add(costs);
    std::set<Costs> expected;
    for (const Costs& costs : all) {
      const bool dominated =
          std::ranges::any_of(all, [&](const Costs& other) { return dominates(other, costs); });
      if (!dominated) expected.insert(costs);
      EXPECT_EQ(front.is_dominated(costs), dominated);
    }
    EXPECT_EQ(std::set<Costs>(front.costs().begin(), front.costs().end()), expected);
    EXPECT_EQ(front.costs().size(), expected.size());
  }
}

}  // namespace
}  // namespace boardless::exploration
