// Is every number that changes a result among those that the result names as its sources?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "prediction/model_run.h"
#include "prediction/predict.h"
#include "reports/views.h"
#include "tests/ledger_changes.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/random_operator.h"
#include "tests/prediction/real_models.h"
#include "tests/scratch_folder.h"
#include "tests/yaml_numbers.h"

namespace boardless::prediction {
namespace {

using workloads::OpKind;

std::string text_of(const std::string& folder, const std::string& name) {
  const auto bytes = read_file(data_directory() / "targets" / folder / (name + ".yaml"));
  return {bytes.begin(), bytes.end()};
}

Workload small_workload(OpKind kind) {
  const RandomModel model = random_model(kind, 910'000, 2);
  return make_workload(model.graph, "", model.inputs);
}

bool among(const targets::UsedNumbers& used, const std::string& number) {
  return std::ranges::any_of(used.entries(), [&](const targets::NumberRef& entry) {
    return entry->key + " " + entry->value == number;
  });
}

bool same_costs(const ModelRun& run, std::size_t a, std::size_t b) {
  return std::ranges::all_of(run.operators, [&](const OperatorRun& op) {
    return op.costs[a].cycles == op.costs[b].cycles && op.costs[a].stalls == op.costs[b].stalls;
  });
}

class CoreNumbers : public testing::TestWithParam<const char*> {};

// One functional run prices the core, and the core with each of its numbers changed.
TEST_P(CoreNumbers, ThatChangeTheCyclesAreUsed) {
  const std::string name = GetParam();
  const targets::Target target = targets::load_target("ideal-" + name);
  const std::string text = text_of("cores", name);
  const ScratchFolder folder;
  const cost_models::CoreModel core = cost_models::load_core_model(folder.write("core.yaml", text));
  struct Changed {
    std::vector<std::string> numbers;
    cost_models::CoreModel core;
  };
  std::deque<Changed> changed;
  for (const YamlNumber& number : numbers_of(text)) {
    try {
      Changed one{{},
                  cost_models::load_core_model(folder.write("core.yaml", raised(text, number)))};
      one.numbers = changed_numbers(core.numbers, one.core.numbers);
      // Several where an anchor repeats the number.
      EXPECT_FALSE(one.numbers.empty())
          << name << ":" << number.line << ": " << number.digits << " is entered";
      changed.push_back(std::move(one));
    } catch (const InputError&) {
      continue;  // such as a size that must be a power of two
    }
  }
  ASSERT_GT(changed.size(), core.numbers.size() * 9 / 10);
  const std::string image = target.fpu && !core.fpu_image.empty() ? core.fpu_image : core.image;
  std::vector<PricedTarget> priced{{&target, &core}};
  for (const Changed& one : changed) priced.push_back({&target, &one.core});
  std::size_t moved = 0;
  for (const OpKind kind : {OpKind::kConv2D, OpKind::kSoftmax}) {
    const ModelRun run = run_model(small_workload(kind), isa::find_variant(image),
                                   built_image(image), {}, priced, {});
    for (std::size_t i = 0; i < changed.size(); ++i) {
      if (same_costs(run, 0, i + 1)) continue;
      ++moved;
      EXPECT_TRUE(std::ranges::any_of(
          changed[i].numbers,
          [&](const std::string& number) { return among(run.used[0], number); }))
          << changed[i].numbers.at(0) << " changes the cycles of "
          << workloads::operator_name(kind);
    }
  }
  EXPECT_GT(moved, 8U) << "some numbers matter";
}

INSTANTIATE_TEST_SUITE_P(Some, CoreNumbers,
                         testing::Values("cortex-m0plus", "cortex-m4", "cortex-m7", "cortex-m55",
                                         "sifive-e31"),
                         [](const auto& name) {
                           std::string word = name.param;
                           std::ranges::replace(word, '-', '_');
                           return word;
                         });

// Everything of the document but what it says about its sources.
std::string without_sources(Prediction prediction) {
  prediction.estimates.clear();
  prediction.sources.clear();
  prediction.data_sha256.reset();  // of all numbers, whatever they change
  prediction.target.clear();
  return reports::to_json({"test", {prediction}, {}});
}

class TargetNumbers : public testing::TestWithParam<const char*> {};

TEST_P(TargetNumbers, ThatChangeThePredictionAreNamed) {
  const std::string text = text_of("mcus", GetParam());
  const ScratchFolder folder;
  std::vector<targets::Target> all{targets::load_target(folder.write("chip.yaml", text).string())};
  std::vector<std::vector<std::string>> numbers{{}};
  for (const YamlNumber& number : numbers_of(text)) {
    try {
      all.push_back(targets::load_target(folder.write("chip.yaml", raised(text, number)).string()));
      numbers.push_back(changed_numbers(all.front().numbers, all.back().numbers));
    } catch (const InputError&) {
      continue;  // memories that overlap, sizes that must be powers of two
    }
  }
  ASSERT_GT(all.size(), 8U);
  const std::vector<Prediction> predictions =
      predict(small_workload(OpKind::kConv2D), all, predict_options());
  std::size_t moved = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (without_sources(predictions[0]) == without_sources(predictions[i])) continue;
    ++moved;
    for (const std::string& number : numbers[i]) {
      EXPECT_THAT(predictions[0].sources, testing::Contains(testing::HasSubstr(number)))
          << number << " changes the prediction";
    }
  }
  EXPECT_GT(moved, 3U) << "some numbers matter";
}

INSTANTIATE_TEST_SUITE_P(Some, TargetNumbers,
                         testing::Values("stm32f446re", "stm32h743zi", "stm32f103c8", "alif-e3-he",
                                         "fe310-g002", "rp2040"),
                         [](const auto& name) {
                           std::string word = name.param;
                           std::ranges::replace(word, '-', '_');
                           return word;
                         });

// What was not used is not cited: memory that nothing is placed in, flash settings that 0 wait
// states leave without effect.
TEST(Sources, NameNothingThatTookNoPart) {
  const targets::Target slow = targets::with_clock(targets::load_target("stm32f446re"), 16'000'000);
  const std::vector<Prediction> predictions =
      predict(small_workload(OpKind::kConv2D), std::vector{slow}, predict_options());
  for (const std::string& line : predictions[0].sources) {
    EXPECT_EQ(line.find("flash.fetch"), std::string::npos) << line;
    EXPECT_EQ(line.find(".base"), std::string::npos) << line;
  }
  EXPECT_THAT(predictions[0].sources,
              testing::Contains(testing::StartsWith("clock_hz 16 MHz: asked for by the user")));
}

}  // namespace
}  // namespace boardless::prediction
