// Does the engine report each block, and each access to watched pages, to whoever is attached?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "tests/sim/kernel_calls.h"

namespace boardless::sim::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

struct Recorder {
  void on_block(const isa::CodeBlock& block) {
    blocks.emplace_back(block.address, block.end - block.address);
  }
  void on_read(std::uint32_t address, std::uint32_t size) { reads.emplace_back(address, size); }
  void on_write(std::uint32_t address, std::uint32_t size) { writes.emplace_back(address, size); }
  void on_operands(isa::OperandTimed, std::uint32_t first, std::uint32_t second) {
    divisions.emplace_back(first, second);
  }
  std::uint64_t now() const { return 0; }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks, reads, writes, divisions;
};

class EngineEvents : public ::testing::Test {
 protected:
  // Reads a word, then a byte in each of three rounds.
  const ElfImage image_ = hand_made_image({0x6802,    // 0: ldr r2, [r0]
                                           0x2303,    // 2: movs r3, #3
                                           0x7844,    // 4: ldrb r4, [r0, #1]
                                           0x3b01,    // 6: subs r3, #1
                                           0xd1fc,    // 8: bne 4
                                           0x4770});  // 10: bx lr
  Caller caller_{isa::find_variant("v7-m"), image_};
  Recorder recorder_;

  void run(std::uint32_t address) {
    caller_.machine.call_function(kernels::kCodeBase, std::array{address}, kernels::kStackTop);
  }
};

TEST_F(EngineEvents, BlocksInOrder) {
  caller_.machine.attach(recorder_, {});
  run(Caller::kInput);
  constexpr std::uint32_t kBase = kernels::kCodeBase;
  EXPECT_THAT(recorder_.blocks, ElementsAre(Pair(kBase, 10), Pair(kBase + 4, 6), Pair(kBase + 4, 6),
                                            Pair(kBase + 10, 2)));
  EXPECT_THAT(recorder_.reads, IsEmpty());
}

TEST_F(EngineEvents, ReadsOfTheWatchedRange) {
  caller_.machine.attach(recorder_, {kernels::kArenaBase, kernels::kStackBase, 0, 0});
  run(Caller::kInput);
  EXPECT_THAT(recorder_.reads,
              ElementsAre(Pair(Caller::kInput, 4), Pair(Caller::kInput + 1, 1),
                          Pair(Caller::kInput + 1, 1), Pair(Caller::kInput + 1, 1)));
}

TEST_F(EngineEvents, NoReadsOfOtherRanges) {
  caller_.machine.attach(recorder_, {kernels::kCodeBase, kernels::kArenaBase, 0, 0});
  run(Caller::kInput);
  EXPECT_THAT(recorder_.reads, IsEmpty());
  run(kernels::kConstantsBase);
  EXPECT_EQ(recorder_.reads.size(), 4U);
}

TEST_F(EngineEvents, OfWholePages) {
  caller_.machine.attach(recorder_, {Caller::kInput + 1, Caller::kInput + 2, 0, 0});
  run(Caller::kInput + isa::kPageBytes);
  EXPECT_THAT(recorder_.reads, IsEmpty());
  run(Caller::kInput + isa::kPageBytes - 4);  // in the page of the byte that is watched
  EXPECT_EQ(recorder_.reads.size(), 4U);
}

TEST_F(EngineEvents, UnalignedReadsOnceAndWhole) {
  caller_.put(Caller::kInput, {0, 1, 2, 3, 4});
  caller_.machine.attach(recorder_, {kernels::kArenaBase, kernels::kStackBase, 0, 0});
  run(Caller::kInput + 1);
  EXPECT_EQ(recorder_.reads.front(), (std::pair{Caller::kInput + 1, 4U}));
}

TEST(EngineEventsOfStores, WatchedPagesOnly) {
  const ElfImage image = hand_made_image({0x6001,    // str r1, [r0]
                                          0x8081,    // strh r1, [r0, #4]
                                          0x4770});  // bx lr
  Caller caller(isa::find_variant("v7-m"), image);
  Recorder recorder;
  const auto run = [&] {
    caller.machine.call_function(kernels::kCodeBase, std::array{Caller::kOutput, 7U},
                                 kernels::kStackTop);
  };
  caller.machine.attach(recorder, {0, 0, kernels::kStackBase, kernels::kStackTop});
  run();
  EXPECT_THAT(recorder.writes, IsEmpty());
  caller.machine.attach(recorder, {0, 0, kernels::kArenaBase, kernels::kStackBase});
  run();
  EXPECT_THAT(recorder.writes, ElementsAre(Pair(Caller::kOutput, 4), Pair(Caller::kOutput + 4, 2)));
  EXPECT_THAT(caller.values(Caller::kOutput, 6), ElementsAre(7, 0, 0, 0, 7, 0));
}

TEST(EngineEventsOfDivisions, WithTheirOperands) {
  const ElfImage image = hand_made_image({0xfbb0, 0xf0f1,  // udiv r0, r0, r1
                                          0x4770});        // bx lr
  Caller caller(isa::find_variant("v7-m"), image);
  Recorder recorder;
  caller.machine.attach(recorder, {});
  EXPECT_EQ(
      caller.machine.call_function(kernels::kCodeBase, std::array{100U, 7U}, kernels::kStackTop),
      14U);
  EXPECT_THAT(recorder.divisions, ElementsAre(Pair(100, 7)));
}

TEST_F(EngineEvents, NothingOnceDetached) {
  caller_.machine.attach(recorder_, {kernels::kArenaBase, kernels::kStackBase, 0, 0});
  caller_.machine.detach();
  run(Caller::kInput);
  EXPECT_THAT(recorder_.blocks, IsEmpty());
  EXPECT_THAT(recorder_.reads, IsEmpty());
}

TEST_F(EngineEvents, TheSinkAttachedLastHearsThem) {
  Recorder second;
  caller_.machine.attach(recorder_, {});
  caller_.machine.attach(second, {});
  run(Caller::kInput);
  EXPECT_THAT(recorder_.blocks, IsEmpty());
  EXPECT_EQ(second.blocks.size(), 4U);
}

}  // namespace
}  // namespace boardless::sim::testing
