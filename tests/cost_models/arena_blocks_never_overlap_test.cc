// Does the arena planner keep buffers apart that live at the same time, on random lifetimes?
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "cost_models/arena_planner.h"

namespace boardless::cost_models {
namespace {

Bytes aligned(Bytes bytes, Bytes alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

// Requests of a random network: most live from one operator to the next, some skip far ahead.
std::vector<ArenaRequest> random_requests(std::mt19937& random) {
  const int operators = 1 + static_cast<int>(random() % 40);
  std::vector<ArenaRequest> requests(1 + random() % 60);
  for (ArenaRequest& request : requests) {
    request.first_op = static_cast<int>(random() % static_cast<unsigned>(operators));
    const int longest = random() % 4 == 0 ? operators : 2;
    request.last_op =
        std::min(operators - 1,
                 request.first_op + static_cast<int>(random() % static_cast<unsigned>(longest)));
    request.bytes = random() % 8 == 0 ? random() % 4 : random() % 5000;
  }
  return requests;
}

// The most bytes alive at one operator: no plan can be smaller.
Bytes lower_bound(const std::vector<ArenaRequest>& requests, Bytes alignment) {
  Bytes most = 0;
  for (int op = 0; op < 40; ++op) {
    Bytes alive = 0;
    for (const ArenaRequest& request : requests) {
      if (request.first_op <= op && op <= request.last_op)
        alive += aligned(request.bytes, alignment);
    }
    most = std::max(most, alive);
  }
  return most;
}

class RandomArena : public testing::TestWithParam<Bytes> {};

TEST_P(RandomArena, KeepsBuffersApartAndWithinItsBounds) {
  const Bytes alignment = GetParam();
  std::mt19937 random(20260401);
  for (int round = 0; round < 300; ++round) {
    const std::vector<ArenaRequest> requests = random_requests(random);
    const ArenaPlan plan = plan_arena(requests, alignment);
    ASSERT_EQ(plan.offsets.size(), requests.size());
    Bytes sum = 0;
    for (std::size_t a = 0; a < requests.size(); ++a) {
      const Bytes a_end = plan.offsets[a] + requests[a].bytes;
      sum += aligned(requests[a].bytes, alignment);
      ASSERT_EQ(plan.offsets[a] % alignment, 0U);
      ASSERT_LE(a_end, plan.bytes);
      for (std::size_t b = 0; b < a; ++b) {
        const bool meet = requests[a].first_op <= requests[b].last_op &&
                          requests[b].first_op <= requests[a].last_op;
        const bool apart =
            a_end <= plan.offsets[b] || plan.offsets[b] + requests[b].bytes <= plan.offsets[a];
        ASSERT_TRUE(!meet || apart || requests[a].bytes == 0 || requests[b].bytes == 0)
            << "round " << round << ", requests " << b << " and " << a;
      }
    }
    EXPECT_LE(plan.bytes, sum);
    EXPECT_GE(plan.bytes, lower_bound(requests, alignment));
    const ArenaPlan again = plan_arena(requests, alignment);
    EXPECT_EQ(again.offsets, plan.offsets);
  }
}

INSTANTIATE_TEST_SUITE_P(Alignments, RandomArena, testing::Values(1, 4, 16, 64));

}  // namespace
}  // namespace boardless::cost_models
