// Draws shapes and attributes, operator by operator.
#include "tests/prediction/random_operator.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "tests/prediction/random_families.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

// `shape` with some extents 1, and perhaps leading ones left out.
Shape broadcastable(Dice& dice, Shape shape) {
  for (std::int32_t& extent : shape) {
    if (dice.one_in(3)) extent = 1;
  }
  if (dice.one_in(4))
    shape.erase(shape.begin(), shape.begin() + dice.between(0, static_cast<int>(shape.size()) - 1));
  return shape;
}

void add_or_mul(RandomBuilder& b) {
  Shape first = random_shape(b.dice);
  Shape second = first;
  Shape output = first;
  if (b.dice.one_in(2)) {
    second = broadcastable(b.dice, second);
    if (b.dice.one_in(3)) {  // both broadcast along different dimensions
      first[0] = 1;
      if (second.size() < first.size()) output[0] = 1;
      if (second.size() == first.size()) output[0] = second[0];
    }
    if (b.dice.one_in(2)) std::swap(first, second);
  }
  const float scale1 = b.dice.scale();
  const float scale2 = b.dice.one_in(4) ? scale1 : b.dice.scale();
  b.op().attributes = ArithmeticAttributes{b.dice.activation()};
  b.note("activation {}",
         static_cast<int>(std::get<ArithmeticAttributes>(b.op().attributes).activation));
  b.input(first, scale1);
  b.input(second, scale2);
  const bool is_add = b.op().kind == OpKind::kAdd;
  const double range = is_add ? std::max(scale1, scale2) : 64.0 * scale1 * scale2;
  b.output(output, static_cast<float>(range * b.dice.ratio(0.5, 3)));
}

void softmax(RandomBuilder& b) {
  Shape shape = random_shape(b.dice);
  if (b.dice.one_in(8)) shape = {2, b.dice.between(100, 1001)};
  const auto scale = static_cast<float>(std::exp2(b.dice.real(-8, 1)));
  const auto beta = static_cast<float>(b.dice.one_in(3) ? b.dice.real(0.25, 4) : 1.0);
  b.op().attributes = SoftmaxAttributes{beta};
  b.note("beta {}", beta);
  b.input(shape, scale);
  b.output(shape, 1.0F / 256, -128);
}

void mean(RandomBuilder& b) {
  const int most = b.dice.one_in(4) ? 20 : 8;
  const Shape shape = b.dice.one_in(2) ? Shape{b.dice.between(1, 2), b.dice.between(1, most),
                                               b.dice.between(1, most), b.dice.channels()}
                                       : random_shape(b.dice);
  const auto rank = static_cast<int>(shape.size());
  std::vector<std::int32_t> axes;
  for (int axis = 0; axis < rank; ++axis) {
    const bool global_pool = rank == 4 && b.dice.one_in(2);
    if (global_pool ? axis == 1 || axis == 2 : b.dice.one_in(2)) {
      axes.push_back(b.dice.one_in(4) ? axis - rank : axis);
    }
  }
  if (axes.empty()) axes.push_back(rank - 1);
  const bool keep_dims = b.dice.one_in(2);
  b.op().attributes = ReduceAttributes{keep_dims};
  const float scale = b.dice.scale();
  b.input(shape, scale);
  b.integers({static_cast<std::int32_t>(axes.size())}, axes);
  Shape output;
  std::int32_t count = 1;
  for (int axis = 0; axis < rank; ++axis) {
    const bool reduced =
        std::ranges::any_of(axes, [&](int a) { return (a + rank) % rank == axis; });
    const std::int32_t extent = shape[static_cast<std::size_t>(axis)];
    if (reduced) count *= extent;
    if (!reduced) output.push_back(extent);
    if (reduced && keep_dims) output.push_back(1);
  }
  const double ratio = b.dice.ratio(0.5, 2) / std::sqrt(static_cast<double>(count));
  b.output(output, static_cast<float>(scale * ratio));
}

void relu(RandomBuilder& b) {
  const Shape shape = random_shape(b.dice);
  const float scale = b.dice.scale();
  b.input(shape, scale);
  b.output(shape, static_cast<float>(scale * b.dice.ratio(0.5, 2)));
}

constexpr Drawn kDrawn[] = {
    {{OpKind::kAdd, 300}, add_or_mul},  {{OpKind::kMul, 300}, add_or_mul},
    {{OpKind::kSoftmax, 100}, softmax}, {{OpKind::kMean, 200}, mean},
    {{OpKind::kRelu, 60}, relu},        {{OpKind::kRelu6, 60}, relu},
};

// The only list: tests that go through every operator read it.
const std::vector<Drawn>& all_draws() {
  static const std::vector<Drawn> all = [] {
    std::vector<Drawn> draws(std::begin(kDrawn), std::end(kDrawn));
    for (const std::span<const Drawn> family :
         {weighted_draws(), recurrent_draws(), movement_draws(), choice_draws(), signal_draws()}) {
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

RandomModel random_model(const RandomKind& kind, std::uint64_t first_seed, int count) {
  const auto found = std::ranges::find_if(all_draws(), [&](const Drawn& drawn) {
    return drawn.kind.kind == kind.kind && drawn.kind.custom_name == kind.custom_name;
  });
  check(found != all_draws().end(), "an operator that is drawn is in the list");
  RandomModel model;
  model.graph.name = fmt::format("{} random {}", count, kind.name());
  std::vector<std::vector<std::uint8_t>> later;
  for (int i = 0; i < count; ++i) {
    RandomBuilder builder(kind, first_seed + static_cast<std::uint64_t>(i), model, later);
    found->draw(builder);
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
