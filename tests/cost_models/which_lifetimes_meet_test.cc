// Does the index find each lifetime that meets another once, whatever the number of operators?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "cost_models/lifetime_index.h"

namespace boardless::cost_models {
namespace {

using Lifetime = std::pair<std::size_t, std::size_t>;

TEST(LifetimeIndex, FindsWhatASearchThroughAllFinds) {
  std::mt19937 random(20261129);
  for (std::size_t operators = 1; operators < 70; ++operators) {
    const auto any = [&] {
      const std::size_t a = random() % operators, b = random() % operators;
      return Lifetime(std::min(a, b), std::max(a, b));
    };
    LifetimeIndex index(operators);
    std::vector<Lifetime> added;
    for (std::uint32_t item = 0; item < 50; ++item) {
      const Lifetime asked = any();
      std::vector<std::uint32_t> expected, found;
      for (std::uint32_t other = 0; other < item; ++other) {
        if (added[other].first <= asked.second && asked.first <= added[other].second) {
          expected.push_back(other);
        }
      }
      index.for_each_meeting(asked.first, asked.second,
                             [&](std::uint32_t other) { found.push_back(other); });
      ASSERT_THAT(found, testing::UnorderedElementsAreArray(expected)) << operators;
      added.push_back(any());
      index.add(added.back().first, added.back().second, item);
    }
  }
}

}  // namespace
}  // namespace boardless::cost_models
