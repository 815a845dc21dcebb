// Does the arena planner place known cases where the greedy-by-size rule puts them?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cost_models/arena_planner.h"

namespace boardless::cost_models {
namespace {

using testing::ElementsAre;

TEST(Arena, NothingNeedsNothing) {
  EXPECT_EQ(plan_arena({}).bytes, 0U);
  const ArenaPlan plan = plan_arena({{"empty", 0, 0, 5}});
  EXPECT_EQ(plan.bytes, 0U);
  EXPECT_THAT(plan.offsets, ElementsAre(0));
}

TEST(Arena, SizesRoundUpToTheAlignment) {
  EXPECT_EQ(plan_arena({{"a", 1, 0, 0}}).bytes, 16U);
  EXPECT_EQ(plan_arena({{"a", 16, 0, 0}}).bytes, 16U);
  EXPECT_EQ(plan_arena({{"a", 17, 0, 0}}).bytes, 32U);
  EXPECT_EQ(plan_arena({{"a", 17, 0, 0}}, 1).bytes, 17U);
}

// input -> op 0 -> x -> op 1 -> y -> op 2 -> output: neighbours alternate between both ends.
TEST(Arena, ChainNeedsItsLargestPairOfNeighbours) {
  const ArenaPlan plan = plan_arena(
      {{"input", 1024, 0, 0}, {"x", 4096, 0, 1}, {"y", 2048, 1, 2}, {"output", 16, 2, 2}});
  EXPECT_EQ(plan.bytes, 4096U + 2048U);
  EXPECT_THAT(plan.offsets, ElementsAre(4096, 0, 4096, 0));
}

TEST(Arena, BuffersThatNeverMeetShareTheirBytes) {
  const ArenaPlan plan = plan_arena({{"a", 100, 0, 0}, {"b", 200, 1, 1}, {"c", 50, 2, 2}});
  EXPECT_EQ(plan.bytes, 208U);
  EXPECT_THAT(plan.offsets, ElementsAre(0, 0, 0));
}

// A skip connection is alive across three operators and is kept out of all their ways.
TEST(Arena, SkipConnectionStaysAlive) {
  const ArenaPlan plan = plan_arena({{"skip", 320, 0, 3},
                                     {"a", 640, 0, 1},
                                     {"b", 640, 1, 2},
                                     {"c", 320, 2, 3},
                                     {"sum", 320, 3, 3}});
  EXPECT_EQ(plan.bytes, 640U + 640U + 320U);
  EXPECT_THAT(plan.offsets, ElementsAre(1280, 0, 640, 0, 320));
}

TEST(Arena, SmallBufferFillsTheLowestGap) {
  // big [0,1000) and late [1000,1600) leave a gap at 0 while big is dead.
  const ArenaPlan plan =
      plan_arena({{"big", 992, 0, 1}, {"late", 608, 1, 3}, {"small", 32, 2, 2}, {"s2", 32, 2, 3}});
  EXPECT_THAT(plan.offsets, ElementsAre(0, 992, 0, 32));
  EXPECT_EQ(plan.bytes, 1600U);
}

TEST(Arena, GapThatIsTooSmallIsPassedOver) {
  // At op 1: a [0,64), gap of 16 where b lived only at op 0, c behind it.
  const ArenaPlan plan = plan_arena(
      {{"a", 64, 0, 1}, {"b", 48, 0, 0}, {"c", 48, 1, 1}, {"scratch", 32, 1, 1}, {"d", 32, 0, 0}});
  EXPECT_THAT(plan.offsets, ElementsAre(0, 64, 64, 112, 112));
  EXPECT_EQ(plan.bytes, 144U);
}

TEST(Arena, EqualSizesKeepTheirOrder) {
  EXPECT_THAT(plan_arena({{"a", 30, 0, 1}, {"b", 32, 0, 1}, {"c", 20, 0, 1}}).offsets,
              ElementsAre(0, 32, 64));
}

// TFLite Micro's planner, which fills the list that it sorts from its end.
TEST(Arena, OfEqualSizesTheLaterMayComeFirst) {
  const std::vector<ArenaRequest> requests{{"a", 30, 0, 1}, {"b", 32, 0, 1}, {"c", 20, 0, 1}};
  EXPECT_THAT(plan_arena(requests, 16, Ties::kLaterFirst).offsets, ElementsAre(64, 32, 0));
}

// Nothing uses them, and so they meet one another and nothing else.
TEST(Arena, WhatNothingUsesHasRoomAllTheSame) {
  const ArenaPlan plan = plan_arena(
      {{"unused", 4096, -1, -1}, {"also", 16, -1, -1}, {"a", 512, 0, 0}, {"b", 512, 0, 1}});
  EXPECT_THAT(plan.offsets, ElementsAre(0, 4096, 0, 512));
  EXPECT_EQ(plan.bytes, 4112U);
}

}  // namespace
}  // namespace boardless::cost_models
