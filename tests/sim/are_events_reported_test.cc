// Does the engine report each block, and each read of the watched range, to whoever is attached?
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
  void on_block(std::uint32_t address, std::uint32_t size) { blocks.emplace_back(address, size); }
  void on_read(std::uint32_t address, std::uint32_t size) { reads.emplace_back(address, size); }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks, reads;
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
    caller_.machine.engine().call(kernels::kCodeBase, std::array{address}, kernels::kStackTop);
  }
};

TEST_F(EngineEvents, BlocksInOrder) {
  caller_.machine.engine().attach(recorder_, {});
  run(Caller::kInput);
  constexpr std::uint32_t kBase = kernels::kCodeBase;
  EXPECT_THAT(recorder_.blocks, ElementsAre(Pair(kBase, 10), Pair(kBase + 4, 6), Pair(kBase + 4, 6),
                                            Pair(kBase + 10, 2)));
  EXPECT_THAT(recorder_.reads, IsEmpty());
}

TEST_F(EngineEvents, ReadsOfTheWatchedRange) {
  caller_.machine.engine().attach(recorder_, {kernels::kArenaBase, kernels::kStackBase});
  run(Caller::kInput);
  EXPECT_THAT(recorder_.reads,
              ElementsAre(Pair(Caller::kInput, 4), Pair(Caller::kInput + 1, 1),
                          Pair(Caller::kInput + 1, 1), Pair(Caller::kInput + 1, 1)));
}

TEST_F(EngineEvents, NoReadsOfOtherRanges) {
  caller_.machine.engine().attach(recorder_, {kernels::kCodeBase, kernels::kArenaBase});
  run(Caller::kInput);
  EXPECT_THAT(recorder_.reads, IsEmpty());
  run(kernels::kConstantsBase);
  EXPECT_EQ(recorder_.reads.size(), 4U);
}

TEST_F(EngineEvents, TheEndOfTheRangeIsNotInIt) {
  caller_.machine.engine().attach(recorder_, {Caller::kInput + 1, Caller::kInput + 2});
  run(Caller::kInput + 4);
  EXPECT_THAT(recorder_.reads, IsEmpty());
  run(Caller::kInput + 1);  // the byte at + 2 is outside
  EXPECT_THAT(recorder_.reads, ElementsAre(Pair(Caller::kInput + 1, 4)));
}

TEST_F(EngineEvents, NothingOnceDetached) {
  caller_.machine.engine().attach(recorder_, {kernels::kArenaBase, kernels::kStackBase});
  caller_.machine.engine().detach();
  run(Caller::kInput);
  EXPECT_THAT(recorder_.blocks, IsEmpty());
  EXPECT_THAT(recorder_.reads, IsEmpty());
}

TEST_F(EngineEvents, TheSinkAttachedLastHearsThem) {
  Recorder second;
  caller_.machine.engine().attach(recorder_, {});
  caller_.machine.engine().attach(second, {});
  run(Caller::kInput);
  EXPECT_THAT(recorder_.blocks, IsEmpty());
  EXPECT_EQ(second.blocks.size(), 4U);
}

}  // namespace
}  // namespace boardless::sim::testing
