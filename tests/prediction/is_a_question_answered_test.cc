// Does a session answer a question as its parts would, say how far it is, and stop when asked to?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "prediction/session.h"
#include "reports/views.h"
#include "workloads/zoo/zoo.h"

namespace boardless::prediction {
namespace {

using testing::SizeIs;
using Kind = Unanswered::Kind;

Question question() {
  Question asked;
  asked.models = {"mnist_mlp:hidden=8", "mnist_mlp:hidden=12"};
  asked.targets = {"rp2040", "stm32f446re", "coral-usb3"};
  return asked;
}

TEST(Session, HasARowForEachPairInTheOrderAsked) {
  const Document document = answer(question(), {});
  ASSERT_THAT(document.predictions, SizeIs(6));
  EXPECT_TRUE(document.unanswered.empty());
  EXPECT_EQ(document.predictions[0].target, "rp2040");
  EXPECT_EQ(document.predictions[2].target, "coral-usb3");
  EXPECT_EQ(document.predictions[3].model, "mnist_mlp:hidden=12");
}

Prediction on_f746(const std::vector<std::string>& places,
                   const std::vector<std::string>& without) {
  Question asked;
  asked.models = {"mnist_mlp:hidden=8"};
  asked.targets = {"stm32f746ng"};
  for (const std::string& word : places) targets::add_placement(asked.chip, word, "place");
  for (const std::string& word : without) targets::add_without(asked.chip, word, "without");
  return answer(asked, {}).predictions.at(0);
}

TEST(Session, SetsChipsUpAsAsked) {
  const Prediction usual = on_f746({}, {});
  // Weights in tightly coupled memory need no cache, and without one in flash every load waits.
  EXPECT_LT(on_f746({"constants=dtcm"}, {}).cycles, usual.cycles);
  EXPECT_GT(on_f746({}, {"cache"}).cycles, 2 * usual.cycles);
  const Prediction all_coupled = on_f746({"code=itcm", "constants=dtcm", "arena=dtcm"}, {});
  EXPECT_EQ(on_f746({"code=itcm", "constants=dtcm", "arena=dtcm"}, {"cache"}).cycles,
            all_coupled.cycles);
  EXPECT_EQ(all_coupled.output_sha256, usual.output_sha256);
  EXPECT_THAT(on_f746({"arena=dtcm"}, {}).reasons,
              testing::Contains("set up with --place arena=dtcm"));
}

TEST(Session, SaysWhichChipsCannotBeSetUpSo) {
  Question asked = question();
  targets::add_placement(asked.chip, "arena=dtcm", "place");
  asked.targets = {"stm32f746ng", "stm32f446re", "coral-usb3"};
  const Document document = answer(asked, {});
  EXPECT_THAT(document.predictions, SizeIs(4));
  ASSERT_THAT(document.unanswered, SizeIs(2));
  EXPECT_EQ(document.unanswered[0].kind, Kind::kNotPossible);
  EXPECT_THAT(document.unanswered[0].reason, testing::HasSubstr("no memory 'dtcm'"));
}

TEST(Session, GivesTheSameBytesEachTime) {
  EXPECT_EQ(reports::to_json(answer(question(), {})), reports::to_json(answer(question(), {})));
}

TEST(Session, SaysHowFarItIsOverTheWholeQuestion) {
  std::vector<std::pair<std::size_t, std::size_t>> calls;
  Watcher watcher;
  watcher.progress = [&](const std::string&, std::size_t done, std::size_t total) {
    calls.emplace_back(done, total);
  };
  (void)answer(question(), watcher);
  ASSERT_FALSE(calls.empty());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    EXPECT_EQ(calls[i], std::pair(i + 1, calls.size()));
  }
}

TEST(Session, HandsOutEachModelsOutputOnce) {
  std::vector<std::string> models;
  Watcher watcher;
  watcher.outputs = [&](const std::string& model, const std::vector<OutputTensor>& outputs) {
    models.push_back(model);
    ASSERT_THAT(outputs, SizeIs(1));
    EXPECT_EQ(outputs[0].shape, (std::vector<std::int32_t>{1, 10}));
    EXPECT_THAT(outputs[0].bytes,
                SizeIs(outputs[0].type == workloads::DataType::kFloat32 ? 40 : 10));
  };
  (void)answer(question(), watcher);
  EXPECT_EQ(models, question().models);
}

TEST(Session, KeepsWhatWasDoneWhenInterrupted) {
  int operators = 0;
  Watcher watcher;
  watcher.progress = [&](const std::string&, std::size_t, std::size_t) { ++operators; };
  int model_operators = 0;
  {
    Question one = question();
    one.models.resize(1);
    (void)answer(one, watcher);
    model_operators = std::exchange(operators, 0);
  }
  watcher.interrupted = [&] { return operators > model_operators; };  // within the second model
  const Document document = answer(question(), watcher);
  ASSERT_THAT(document.predictions, SizeIs(3));
  ASSERT_THAT(document.unanswered, SizeIs(3));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(document.predictions[i].model, "mnist_mlp:hidden=8");
    EXPECT_EQ(document.unanswered[i].row, 3 + i);
    EXPECT_EQ(document.unanswered[i].kind, Kind::kInterrupted);
  }
}

TEST(Session, RefusesAQuestionThatCannotBeUnderstoodAtOnce) {
  const auto expect_refused = [](const auto& change) {
    Question asked = question();
    change(asked);
    Watcher watcher;
    watcher.progress = [](const std::string&, std::size_t, std::size_t) {
      ADD_FAILURE() << "something was run before the question was understood";
    };
    EXPECT_THROW((void)answer(asked, watcher), InputError);
  };
  expect_refused([](Question& q) { q.models.emplace_back("mnist_mpl"); });
  expect_refused([](Question& q) { q.models.emplace_back("mnist_mlp:hiden=8"); });
  expect_refused([](Question& q) { q.models.emplace_back("none.tflite"); });
  expect_refused([](Question& q) { q.targets.emplace_back("rp2041"); });
  expect_refused([](Question& q) { q.runtime = "none"; });
  expect_refused([](Question& q) { q.kernels.kernels = "referense"; });
  expect_refused([](Question& q) { q.accelerator.link = "usb5"; });
  expect_refused([](Question& q) {
    q.targets = {"rp2040"};
    q.clock_hz = 500'000'000;
  });
}

}  // namespace
}  // namespace boardless::prediction
