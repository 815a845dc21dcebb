// Does a sweep answer each point as a prediction of it alone, whatever the threads, the store and
// the bounds do?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <vector>

#include "exploration/advice.h"
#include "exploration/sweep.h"
#include "exploration/views.h"
#include "prediction/session.h"
#include "store/result_store.h"
#include "tests/exploration/space_file.h"

namespace boardless::exploration {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;
using State = Outcome::State;

constexpr char kMixed[] =
    "models: ['kws:width=0.4', 'mobilenet_v1:width=0.1,resolution=32,classes=2']\n"
    "targets: [stm32l4r5zi, rp2040, stm32f103c8, esp32-c3, alif-e3-he, coral-usb3]\n"
    "clock: [16, 40]\n"
    "kernels: [auto, reference]\n"
    "constraints: [latency_ms <= 150, fits]\n"
    "objectives: [{minimize: energy_uj}, {minimize: latency_ms}]\n";

SweepOptions with_jobs(unsigned jobs) {
  SweepOptions options;
  options.jobs = jobs;
  return options;
}

TEST(Sweep, AnswersEachPointAsAPredictionOfItAlone) {
  const SpaceFile file(kMixed);
  const Grid grid = file.grid();
  SweepOptions options = with_jobs(2);
  options.pruning = {false, false, false};
  const SweepResult result = run_sweep(grid, file.points(), options, {});
  ASSERT_EQ(result.points.size(), 2U * (5 * 2 * 2 + 1));
  for (std::size_t i = 0; i < result.points.size(); i += 3) {
    const Point& point = result.points[i];
    const Device& device = grid.devices[point.device];
    prediction::Question question;
    question.models = {grid.models[point.model].argument};
    question.targets = {device.target};
    if (!device.is_accelerator) {
      question.clock_hz = device.clock_hz;
      question.kernels = grid.options[point.options].kernels;
    }
    const prediction::Document document = prediction::answer(question, {});
    ASSERT_THAT(document.predictions, SizeIs(1)) << grid.name_of(point);
    const prediction::Prediction& expected = document.predictions.front();
    ASSERT_EQ(result.outcomes[i].state, State::kAnswered) << grid.name_of(point);
    const Figures& figures = *result.outcomes[i].figures;
    EXPECT_EQ(figures.cycles, expected.cycles) << grid.name_of(point);
    EXPECT_EQ(figures.latency_ms, expected.latency_ms);
    EXPECT_EQ(figures.energy_uj, expected.energy_uj);
    EXPECT_EQ(figures.sram_bytes, expected.sram.total_bytes);
    EXPECT_EQ(figures.flash_bytes, expected.flash.total_bytes);
    EXPECT_EQ(figures.fits, expected.fits);
    EXPECT_EQ(figures.kernels, expected.kernels);
    EXPECT_EQ(figures.model_sha256, expected.model_sha256);
  }
}

// Also with as many threads as there are kernel images, so that batches are divided.
TEST(Sweep, GivesTheSameBytesWhateverTheThreadsAndTheStoreDo) {
  const SpaceFile file(kMixed);
  const Grid grid = file.grid();
  const SweepResult alone = run_sweep(grid, file.points(), with_jobs(1), {});
  const std::string expected = to_json(grid, alone) + to_csv(grid, alone);
  for (const unsigned jobs : {2U, 16U}) {
    const SweepResult result = run_sweep(grid, file.points(), with_jobs(jobs), {});
    EXPECT_TRUE(to_json(grid, result) + to_csv(grid, result) == expected) << jobs;
  }
  store::ResultStore store = store::ResultStore::open(file.folder() / "s.db", store::Access::kWrite,
                                                      store::Damage::kRefuse);
  SweepOptions options = with_jobs(2);
  options.store = &store;
  for (const bool is_known : {false, true}) {
    const SweepResult result = run_sweep(grid, file.points(), options, {});
    EXPECT_TRUE(to_json(grid, result) + to_csv(grid, result) == expected);
    EXPECT_EQ(result.runs == 0, is_known);
    EXPECT_EQ(result.stored > 0, is_known);
  }
}

// What the bounds leave out is on nobody's front and meets nobody's constraints.
TEST(Sweep, FindsTheSameFrontWithAndWithoutBounds) {
  const SpaceFile file(
      "networks: [{network: mobilenet_v1, parameters: {width: [0.1, 0.2], resolution: [32, 48], "
      "classes: 2}}]\n"
      "targets: ['!ideal-*', '!*-an547']\n"
      "constraints: latency_ms <= 20\n"
      "objectives: [{minimize: latency_ms}, {maximize: macs}]\n");
  const Grid grid = file.grid();
  const auto best = [&](Pruning pruning) {
    SweepOptions options = with_jobs(2);
    options.pruning = pruning;
    const SweepResult result = run_sweep(grid, file.points(), options, {});
    std::set<std::string> front, meets;
    std::size_t pruned = 0;
    for (std::size_t i = 0; i < result.points.size(); ++i) {
      const Outcome& outcome = result.outcomes[i];
      if (outcome.on_front) front.insert(grid.name_of(result.points[i]));
      if (outcome.meets) meets.insert(grid.name_of(result.points[i]));
      if (outcome.state != State::kPruned) continue;
      ++pruned;
      EXPECT_NE(outcome.reason, "");
      EXPECT_NE(outcome.bound, Outcome::Bound::kNone);
    }
    return std::tuple(front, meets, pruned);
  };
  const auto [front, meets, none] = best({false, false, false});
  EXPECT_EQ(none, 0U);
  EXPECT_GT(front.size(), 1U);
  const auto [front_within, meets_within, some] = best({true, true, false});
  EXPECT_GT(some, 0U);
  EXPECT_EQ(front_within, front);
  EXPECT_EQ(meets_within, meets);
  EXPECT_EQ(std::get<0>(best({true, true, true})), front);
}

TEST(Sweep, PrunesWhatCannotReachTheFront) {
  // A wave is 16 batches: the later ones are behind the first ones' front.
  const SpaceFile file(
      "networks: [{network: mnist_mlp}, {network: mobilenet_v1, parameters: {width: {from: 0.1, "
      "to: "
      "0.3, count: 21}, resolution: 32, classes: 2}}]\n"
      "targets: ideal-cortex-m55\n"
      "objectives: [{minimize: latency_ms}]\n");
  const Grid grid = file.grid();
  const SweepResult result = run_sweep(grid, file.points(), with_jobs(2), {});
  std::size_t behind = 0;
  for (const Outcome& outcome : result.outcomes) {
    behind += outcome.bound == Outcome::Bound::kFront ? 1 : 0;
  }
  EXPECT_GT(behind, 0U);
  EXPECT_TRUE(result.outcomes.front().on_front);
}

TEST(Sweep, GivesEachPointThatCannotBeAnsweredItsReason) {
  const SpaceFile file(
      "models: [kws, broken.tflite]\ntargets: [stm32l4r5zi, stm32f103c8]\nclock: [64, 100]\n");
  file.folder().write("broken.tflite", "this is no model");
  const Grid grid = file.grid();
  const SweepResult result = run_sweep(grid, file.points(), with_jobs(2), {});
  ASSERT_EQ(result.points.size(), 8U);
  EXPECT_EQ(result.outcomes[0].state, State::kAnswered);
  EXPECT_EQ(result.outcomes[3].state, State::kRefused);
  EXPECT_THAT(result.outcomes[3].reason, HasSubstr("cannot run at 100000000 Hz"));
  for (std::size_t i = 4; i < 8; ++i) {
    EXPECT_EQ(result.outcomes[i].state, State::kRefused);
    EXPECT_EQ(result.outcomes[i].kind, prediction::Unanswered::Kind::kBadInput);
    EXPECT_THAT(result.outcomes[i].reason, HasSubstr("broken.tflite"));
  }
}

TEST(Sweep, IsDealtOutToShardsWithNothingLostAndNothingTwice) {
  const SpaceFile file(kMixed);
  const Grid grid = file.grid();
  store::ResultStore all = store::ResultStore::open(file.folder() / "all.db", store::Access::kWrite,
                                                    store::Damage::kRefuse);
  std::set<std::size_t> seen;
  for (std::uint64_t number = 1; number <= 3; ++number) {
    const std::string name = file.folder() / ("shard" + std::to_string(number) + ".db");
    {
      store::ResultStore store =
          store::ResultStore::open(name, store::Access::kWrite, store::Damage::kRefuse);
      SweepOptions options = with_jobs(2);
      options.shard = {number, 3};
      options.store = &store;
      const SweepResult part = run_sweep(grid, file.points(), options, {});
      for (std::size_t i = 0; i < part.points.size(); ++i) {
        if (part.outcomes[i].state == State::kPending) continue;
        EXPECT_TRUE(seen.insert(i).second);
      }
    }
    all.merge(name);
  }
  EXPECT_EQ(seen.size(), file.points().size());
  SweepOptions options = with_jobs(2);
  options.store = &all;
  const SweepResult merged = run_sweep(grid, file.points(), options, {});
  EXPECT_EQ(merged.runs, 0U);
  const SweepResult alone = run_sweep(grid, file.points(), with_jobs(2), {});
  EXPECT_TRUE(to_json(grid, merged) == to_json(grid, alone));
}

TEST(Sweep, KeepsWhatIsDoneWhenItIsInterrupted) {
  const SpaceFile file(
      "networks: [{network: mobilenet_v1, parameters: {width: {from: 0.1, to: 0.4, count: 31}, "
      "resolution: 32, classes: 2}}]\n"
      "targets: [nrf52840, rp2040]\n");
  const Grid grid = file.grid();
  store::ResultStore store = store::ResultStore::open(file.folder() / "s.db", store::Access::kWrite,
                                                      store::Damage::kRefuse);
  SweepOptions options = with_jobs(2);
  options.pruning.front = false;
  options.store = &store;
  std::atomic<std::size_t> done = 0;
  SweepWatcher watcher;
  watcher.progress = [&](std::size_t points, std::size_t) { done = points; };
  watcher.interrupted = [&] { return done >= 6; };
  const SweepResult part = run_sweep(grid, file.points(), options, watcher);
  EXPECT_TRUE(part.interrupted);
  std::size_t answered = 0;
  for (const Outcome& outcome : part.outcomes) {
    EXPECT_NE(outcome.state, State::kRefused) << outcome.reason;
    answered += outcome.state == State::kAnswered ? 1 : 0;
  }
  EXPECT_GE(answered, 6U);
  EXPECT_LT(answered, part.points.size());
  EXPECT_EQ(store.rows(), answered);
  const SweepResult whole = run_sweep(grid, file.points(), options, {});
  EXPECT_FALSE(whole.interrupted);
  EXPECT_EQ(whole.stored, answered);
}

TEST(Sweep, RecommendsAndSaysWhy) {
  const SpaceFile file(
      "models: kws\ntargets: [nrf52840, stm32f446re, stm32u575zi, rp2040]\n"
      "constraints: latency_ms <= 80\n"
      "objectives: [{minimize: price_usd}, {minimize: latency_ms}, {minimize: energy_uj}]\n");
  const Grid grid = file.grid();
  SweepOptions options = with_jobs(2);
  options.pruning = {false, false, false};
  const SweepResult result = run_sweep(grid, file.points(), options, {});
  const std::vector<std::string> advice = recommendation(grid, result);
  ASSERT_FALSE(advice.empty());
  EXPECT_THAT(advice.front(), AllOf(HasSubstr("Cheapest that fits and meets latency_ms <= 80"),
                                    HasSubstr("USD"), HasSubstr(" ms")));
  // rp2040 takes 122 ms.
  std::size_t slow = 0;
  while (grid.devices[result.points[slow].device].target != "rp2040") ++slow;
  EXPECT_FALSE(result.outcomes[slow].meets);
  const std::vector<std::string> told = why(grid, result, slow);
  std::string text;
  for (const std::string& line : told) text += line + '\n';
  EXPECT_THAT(text, AllOf(HasSubstr("latency_ms <= 80 is missed"), HasSubstr("% higher"),
                          HasSubstr("MHz"), HasSubstr("target nrf52840@64 instead of rp2040@133")));
}

TEST(Sweep, PlansWhatItWouldDo) {
  const SpaceFile file(kMixed);
  const Grid grid = file.grid();
  SweepOptions options = with_jobs(2);
  options.pruning.front = false;
  const SweepPlan plan = plan_sweep(grid, file.points(), options);
  const SweepResult result = run_sweep(grid, file.points(), options, {});
  EXPECT_EQ(plan.points, result.points.size());
  EXPECT_EQ(plan.runs, result.runs);
  std::size_t pruned = 0;
  for (const Outcome& outcome : result.outcomes) {
    pruned += outcome.state == State::kPruned ? 1 : 0;
  }
  EXPECT_EQ(plan.misfits + plan.beyond_constraints, pruned);
  EXPECT_EQ(plan.to_run + pruned + plan.refused, plan.points);
  EXPECT_FALSE(plan.samples.empty());
}

}  // namespace
}  // namespace boardless::exploration
