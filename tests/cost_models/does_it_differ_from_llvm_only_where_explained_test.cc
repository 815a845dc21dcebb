// Do the core models differ from LLVM's scheduling models only where the golden file says why?
// tests/cost_models/golden/llvm_mca.yaml; LLVM's figures are recorded, not computed here.
#include <yaml-cpp/yaml.h>

#include <cmath>

#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

// Cycles per repetition, once repetition has settled.
double repeated(TimedCore& core, const std::string& text) {
  constexpr int kRepetitions = 200;
  const auto code = core.code(text);
  const BlockTimer timer(core.core(), std::nullopt);
  PipelineState state;
  Cycles cycles = 0;
  for (int i = 0; i < 2 * kRepetitions; ++i) {
    const BlockCost cost = timer.time(code, state, Arrival::kSequential);
    state = cost.exit;
    if (i >= kRepetitions) cycles += cost.cycles;
  }
  return static_cast<double>(cycles) / kRepetitions;
}

TEST(DoesItDifferFromLlvmOnlyWhereExplained, InEverySnippet) {
  const YAML::Node golden =
      YAML::LoadFile(std::string(BOARDLESS_SOURCE_DIR) + "/tests/cost_models/golden/llvm_mca.yaml");
  ASSERT_GT(golden["snippets"].size(), 15U);
  for (const char* name : {"cortex-m4", "cortex-m7", "cortex-m33", "cortex-m55", "cortex-m85"}) {
    TimedCore core(name);
    std::size_t compared = 0;
    for (const YAML::Node& snippet : golden["snippets"]) {
      const YAML::Node row = snippet[name];
      if (!row) continue;  // vectors
      ++compared;
      const double ours = repeated(core, snippet["code"].as<std::string>());
      EXPECT_DOUBLE_EQ(ours, row["boardless"].as<double>())
          << name << ": " << snippet["name"].as<std::string>();
      if (row["llvm"].IsNull()) continue;  // llvm-mca fails on it
      if (std::abs(ours - row["llvm"].as<double>()) > 0.02) {
        EXPECT_FALSE(row["why"].as<std::string>().empty())
            << name << ": " << snippet["name"].as<std::string>() << " differs from LLVM's "
            << row["llvm"].as<double>() << " without a reason";
      }
    }
    EXPECT_GT(compared, 15U) << name;
  }
}

}  // namespace
}  // namespace boardless::cost_models
