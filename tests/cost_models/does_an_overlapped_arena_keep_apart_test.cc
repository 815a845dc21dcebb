// Does the overlapped planner let requests overlap as it was allowed to, and only so?
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "cost_models/overlapped_planner.h"

namespace boardless::cost_models {
namespace {

struct Case {
  std::vector<ArenaRequest> requests;
  std::vector<ArenaOverlap> overlaps;
};

// A chain of operators with skips and scratch; most outputs may reach into their input.
Case random_case(std::mt19937& random) {
  Case result;
  const int operators = 2 + static_cast<int>(random() % 20);
  const auto bytes = [&] { return 1 + random() % 3000; };
  std::size_t input = 0;
  result.requests.push_back({"input", bytes(), 0, 0});
  for (int op = 0; op < operators; ++op) {
    const bool is_skip = random() % 5 == 0;
    const std::size_t output = result.requests.size();
    result.requests[input].last_op = std::max(result.requests[input].last_op, op);
    result.requests.push_back(
        {"output", bytes(), op, std::min(op + (is_skip ? 4 : 1), operators - 1)});
    if (random() % 3 != 0 && result.requests[input].last_op == op) {
      const Bytes steps[] = {1, 1, 16, 24, 40};
      const Bytes step = steps[random() % 5];
      result.overlaps.push_back({input, output, random() % 50 * step, step});
    }
    if (random() % 4 == 0) result.requests.push_back({"scratch", bytes(), op, op});
    input = output;
  }
  return result;
}

bool may_overlap(const Case& tested, const ArenaPlan& plan, std::size_t a, std::size_t b) {
  return std::ranges::any_of(tested.overlaps, [&](const ArenaOverlap& overlap) {
    const bool is_pair =
        (overlap.input == a && overlap.output == b) || (overlap.input == b && overlap.output == a);
    if (!is_pair || plan.offsets[overlap.output] + overlap.distance > plan.offsets[overlap.input]) {
      return false;
    }
    const Bytes before = plan.offsets[overlap.input] - plan.offsets[overlap.output];
    return (before - overlap.distance) % overlap.step == 0;
  });
}

TEST(OverlappedArena, KeepsToWhatIsAllowed) {
  std::mt19937 random(20261130);
  int overlapping = 0, smaller = 0;
  for (int round = 0; round < 200; ++round) {
    const Case tested = random_case(random);
    const ArenaPlan plan = plan_overlapped(tested.requests, tested.overlaps);
    for (std::size_t a = 0; a < tested.requests.size(); ++a) {
      const ArenaRequest& first = tested.requests[a];
      ASSERT_EQ(plan.offsets[a] % 16, 0U);
      ASSERT_LE(plan.offsets[a] + first.bytes, plan.bytes);
      for (std::size_t b = 0; b < a; ++b) {
        const ArenaRequest& second = tested.requests[b];
        const bool meet = first.first_op <= second.last_op && second.first_op <= first.last_op;
        const bool apart = plan.offsets[a] + first.bytes <= plan.offsets[b] ||
                           plan.offsets[b] + second.bytes <= plan.offsets[a];
        if (!meet || apart) continue;
        ++overlapping;
        ASSERT_TRUE(may_overlap(tested, plan, a, b))
            << "round " << round << ", requests " << b << " and " << a;
      }
    }
    const Bytes alone = plan_arena(tested.requests).bytes;
    EXPECT_LE(plan.bytes, alone);
    smaller += plan.bytes < alone ? 1 : 0;
    EXPECT_EQ(plan_overlapped(tested.requests, tested.overlaps).offsets, plan.offsets);
  }
  EXPECT_GT(overlapping, 200);
  EXPECT_GT(smaller, 100);
}

TEST(OverlappedArena, WorksInPlace) {
  const ArenaPlan plan = plan_overlapped({{"in", 4096, 0, 0}, {"out", 4096, 0, 0}}, {{0, 1, 0, 1}});
  EXPECT_EQ(plan.bytes, 4096U);
}

// A wider output begins before its input, a narrower one almost at it.
TEST(OverlappedArena, KeepsTheDistance) {
  const ArenaPlan wider =
      plan_overlapped({{"in", 1024, 0, 0}, {"out", 4096, 0, 0}}, {{0, 1, 4096 - 1024 + 8, 1}});
  EXPECT_EQ(wider.bytes, 4096U + 16);
  const ArenaPlan narrower =
      plan_overlapped({{"in", 4096, 0, 0}, {"out", 1024, 0, 0}}, {{0, 1, 1, 1}});
  EXPECT_EQ(narrower.bytes, 4096U + 16);
}

// Pixels of 24 bytes: what is aligned and whole pixels away is 48 bytes apart.
TEST(OverlappedArena, StaysWholeStepsAway) {
  const ArenaPlan plan = plan_overlapped({{"in", 960, 0, 0}, {"out", 960, 0, 0}}, {{0, 1, 24, 24}});
  EXPECT_EQ(plan.bytes, 960U + 48);
}

// An input that somebody reads later is not overlapped, as no overlap names it.
TEST(OverlappedArena, NeedsAsMuchAsTheGreedyOneWithoutOverlaps) {
  const std::vector<ArenaRequest> requests{
      {"input", 1024, 0, 0}, {"x", 4096, 0, 1}, {"y", 2048, 1, 2}, {"output", 16, 2, 2}};
  EXPECT_EQ(plan_overlapped(requests, {}).bytes, 4096U + 2048U);
  EXPECT_EQ(plan_overlapped({}, {}).bytes, 0U);
}

}  // namespace
}  // namespace boardless::cost_models
