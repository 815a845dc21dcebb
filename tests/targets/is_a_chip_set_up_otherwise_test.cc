// Does a what-if change what it names on a chip, and nothing else?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "targets/what_if.h"

namespace boardless::targets {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

WhatIf placed(const std::string& word) {
  WhatIf what_if;
  add_placement(what_if, word, "--place");
  return what_if;
}

std::string refusal(const std::string& target, const WhatIf& what_if) {
  try {
    (void)set_up(load_target(target), what_if);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(WhatIf, PutsAWindowIntoAnotherMemory) {
  const Target target = load_target("stm32f746ng");
  const ConfiguredTarget set = set_up(target, placed("constants=dtcm"));
  EXPECT_EQ(set.target.placement.constants, "dtcm");
  EXPECT_EQ(set.target.placement.code, target.placement.code);
  EXPECT_EQ(set.target.placement.arena, target.placement.arena);
  EXPECT_THAT(set.remarks, IsEmpty());
}

TEST(WhatIf, RefusesAMemoryThatIsNotThereOrNotWritable) {
  EXPECT_THAT(refusal("stm32f446re", placed("arena=dtcm")),
              HasSubstr("stm32f446re has no memory 'dtcm'; it has flash"));
  EXPECT_THAT(refusal("stm32f446re", placed("arena=flash")),
              HasSubstr("the arena cannot be written in 'flash'"));
  EXPECT_EQ(refusal("stm32f446re", placed("code=sram")), "");
}

TEST(WhatIf, RefusesWordsThatSayNothing) {
  WhatIf what_if;
  for (const char* word : {"constant=dtcm", "constants", "constants=", "=dtcm", ""}) {
    EXPECT_THROW(add_placement(what_if, word, "--place"), InputError) << word;
  }
  EXPECT_THROW(add_without(what_if, "caches", "--without"), InputError);
  EXPECT_TRUE(what_if.asks_nothing());
}

TEST(WhatIf, SwitchesOffWhatStandsBeforeTheMemories) {
  WhatIf what_if;
  add_without(what_if, "prefetch", "--without");
  const ConfiguredTarget without_prefetch = set_up(load_target("stm32f446re"), what_if);
  for (const Memory& memory : without_prefetch.target.memories) {
    EXPECT_FALSE(memory.fetch.sequential_prefetch) << memory.name;
  }
  add_without(what_if, "cache", "--without");
  const ConfiguredTarget without_both = set_up(load_target("stm32f446re"), what_if);
  for (const Memory& memory : without_both.target.memories) {
    EXPECT_EQ(memory.fetch.kind, ReadPath::Kind::kNone) << memory.name;
    EXPECT_EQ(memory.data.kind, ReadPath::Kind::kNone) << memory.name;
  }
  EXPECT_THAT(without_both.remarks, IsEmpty());
}

TEST(WhatIf, SaysWhatHasNoEffect) {
  WhatIf what_if;
  add_without(what_if, "cache", "--without");
  add_without(what_if, "prefetch", "--without");
  EXPECT_THAT(set_up(load_target("ideal-cortex-m4"), what_if).remarks,
              testing::ElementsAre(HasSubstr("no prefetch"), HasSubstr("no cache")));
}

}  // namespace
}  // namespace boardless::targets
