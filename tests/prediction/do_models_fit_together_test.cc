// Is what several models take together in one device what they share once, and the rest of each?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "prediction/session.h"
#include "tests/scratch_folder.h"

namespace boardless::prediction {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Document ask(std::vector<std::string> models, const std::string& target,
             const std::string& runtime = "ahead-of-time") {
  Question question;
  question.models = std::move(models);
  question.targets = {target};
  question.runtime = runtime;
  question.together = true;
  return answer(question, {});
}

TEST(Together, SharesArenaStackAndCode) {
  const Document document = ask({"mnist_mlp", "ad"}, "nrf52840");
  ASSERT_EQ(document.predictions.size(), 2U);
  const Prediction &a = document.predictions[0], &b = document.predictions[1];
  ASSERT_TRUE(document.together);
  ASSERT_EQ(document.together->size(), 1U);
  const Together& both = document.together->front();
  EXPECT_EQ(both.target, "nrf52840");
  EXPECT_THAT(both.models, ElementsAre(a.model, b.model));
  EXPECT_EQ(both.sram->arena_bytes, std::max(a.sram.arena_bytes, b.sram.arena_bytes));
  EXPECT_EQ(both.sram->stack_bytes, std::max(a.sram.stack_bytes, b.sram.stack_bytes));
  EXPECT_EQ(both.sram->total_bytes,
            both.sram->arena_bytes + both.sram->stack_bytes + both.sram->static_bytes);
  EXPECT_EQ(both.flash->weights_bytes, a.flash.weights_bytes + b.flash.weights_bytes);
  // Both have FULLY_CONNECTED.
  EXPECT_LT(both.flash->code_bytes, a.flash.code_bytes + b.flash.code_bytes);
  EXPECT_GE(both.flash->code_bytes, std::max(a.flash.code_bytes, b.flash.code_bytes));
  EXPECT_LT(both.flash->runtime_bytes, a.flash.runtime_bytes + b.flash.runtime_bytes);
  EXPECT_TRUE(both.fits);
}

TEST(Together, OfOneModelIsWhatItTakesAlone) {
  for (const char* runtime : {"ahead-of-time", "interpreter"}) {
    const Document document = ask({"mnist_mlp"}, "rp2040", runtime);
    const Prediction& alone = document.predictions.front();
    const Together& together = document.together->front();
    EXPECT_EQ(together.sram->total_bytes, alone.sram.total_bytes);
    EXPECT_EQ(together.flash->total_bytes, alone.flash.total_bytes);
    EXPECT_EQ(together.sram->tensor_arena_bytes.value_or(0),
              alone.sram.tensor_arena_bytes.value_or(0));
  }
}

// As the runtime's allocator has it that several interpreters are given.
TEST(Together, OfAnInterpreterKeepsTheRecordsOfAll) {
  const Document document = ask({"mnist_mlp", "ad"}, "nrf52840", "interpreter");
  const Prediction &a = document.predictions[0], &b = document.predictions[1];
  const Together& both = document.together->front();
  // The resolver of 12 bytes, its entries of operators that both have, and the allocator are there
  // once.
  EXPECT_LT(both.sram->static_bytes, a.sram.static_bytes + b.sram.static_bytes);
  EXPECT_GT(both.sram->static_bytes, std::max(a.sram.static_bytes, b.sram.static_bytes) + 208);
  EXPECT_GE(*both.sram->tensor_arena_bytes, *a.sram.tensor_arena_bytes);
  EXPECT_LE(*both.sram->tensor_arena_bytes,
            *a.sram.tensor_arena_bytes + *b.sram.tensor_arena_bytes);
}

TEST(Together, MayNotFitWhereEachDoes) {
  const Document document = ask({"mnist_mlp:hidden=40", "mnist_mlp:hidden=41"}, "stm32f103c8");
  EXPECT_TRUE(document.predictions[0].fits);
  EXPECT_TRUE(document.predictions[1].fits);
  const Together& both = document.together->front();
  EXPECT_FALSE(both.fits);
  ASSERT_EQ(both.reasons.size(), 1U);
  EXPECT_THAT(both.reasons[0], HasSubstr("flash needs "));
}

TEST(Together, IsNotAnsweredWhereAModelIsNot) {
  const ScratchFolder folder;
  const Document document = ask({"mnist_mlp", folder.write("broken.tflite", "?")}, "nrf52840");
  const Together& both = document.together->front();
  EXPECT_FALSE(both.sram || both.flash || both.fits);
  ASSERT_EQ(both.reasons.size(), 1U);
  EXPECT_THAT(both.reasons[0], HasSubstr("broken is not answered: "));
}

TEST(Together, IsNotModelledOnAnAccelerator) {
  const Document document = ask({"mnist_mlp"}, "ethos-u55-128");
  EXPECT_FALSE(document.together->front().sram);
  EXPECT_THAT(document.together->front().reasons,
              ElementsAre("several models in an accelerator at once are not modelled"));
}

TEST(Together, IsSaidWhenAskedFor) {
  Question question;
  question.models = {"mnist_mlp"};
  question.targets = {"nrf52840"};
  EXPECT_FALSE(answer(question, {}).together);
}

}  // namespace
}  // namespace boardless::prediction
