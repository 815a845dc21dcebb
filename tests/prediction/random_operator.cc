// Puts the families' operators together.
#include "tests/prediction/random_operator.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "tests/prediction/random_families.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

// The only list: tests that go through every operator read it.
const std::vector<Drawn>& all_draws() {
  static const std::vector<Drawn> all = [] {
    std::vector<Drawn> draws;
    for (const std::span<const Drawn> family :
         {weighted_draws(), recurrent_draws(), elementwise_draws(), reduction_draws(),
          movement_draws(), choice_draws(), signal_draws(), detection_draws()}) {
      draws.insert(draws.end(), family.begin(), family.end());
    }
    return draws;
  }();
  return all;
}

}  // namespace

std::span<const RandomKind> random_kinds() {
  static const std::vector<RandomKind> kinds = [] {
    std::vector<RandomKind> all;
    for (const Drawn& drawn : all_draws()) all.push_back(drawn.kind);
    return all;
  }();
  return kinds;
}

RandomModel random_model(const RandomKind& kind, std::uint64_t first_seed, int count,
                         const std::vector<int>& least) {
  const auto found = std::ranges::find_if(all_draws(), [&](const Drawn& drawn) {
    return drawn.kind.kind == kind.kind && drawn.kind.custom_name == kind.custom_name;
  });
  check(found != all_draws().end(), "an operator that is drawn is in the list");
  RandomModel model;
  model.graph.name = fmt::format("{} random {}", count, kind.name());
  std::vector<std::vector<std::uint8_t>> later;
  for (int i = 0; i < count; ++i) {
    RandomBuilder builder(kind, first_seed + static_cast<std::uint64_t>(i), model, later);
    builder.dice.take_least(least);
    found->draw(builder);
    model.draws += builder.dice.draws();
  }
  for (const std::vector<std::uint8_t>& inputs : later) {
    model.inputs.insert(model.inputs.end(), inputs.begin(), inputs.end());
  }
  model.invocations = 1 + static_cast<int>(later.size());
  return model;
}

RandomModel random_model(OpKind kind, std::uint64_t first_seed, int count) {
  return random_model(RandomKind{.kind = kind}, first_seed, count);
}

}  // namespace boardless::prediction
