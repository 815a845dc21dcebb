// Draws the operators that move values or bring them to another type.
#include <cmath>
#include <vector>

#include "tests/prediction/random_families.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

void reshape(RandomBuilder& b) {
  const Shape shape = random_shape(b.dice);
  const std::int32_t elements = elements_of(shape);
  const float scale = b.dice.scale();
  const int zero_point = b.dice.zero_point();
  b.input(shape, scale, zero_point);
  b.output({1, elements}, scale, zero_point);
}

void pad(RandomBuilder& b) {
  Shape shape = random_shape(b.dice);
  const float scale = b.dice.scale();
  const int zero_point = b.dice.zero_point();
  b.input(shape, scale, zero_point);
  std::vector<std::int32_t> amounts;
  for (std::int32_t& extent : shape) {
    const bool is_padded = b.dice.one_in(2);
    for (int side = 0; side < 2; ++side) {
      amounts.push_back(is_padded ? b.dice.between(0, 5) : 0);
      extent += amounts.back();
    }
  }
  b.integers({static_cast<std::int32_t>(shape.size()), 2}, amounts);
  b.output(shape, scale, zero_point);
}

void concatenation(RandomBuilder& b) {
  Shape shape = random_shape(b.dice);
  const auto rank = static_cast<int>(shape.size());
  const int axis = b.dice.between(0, rank - 1);
  const int inputs = b.dice.of({1, 2, 2, 3, 4, 7, 16});
  b.op().attributes = ConcatenationAttributes{b.dice.one_in(2) ? axis : axis - rank};
  b.note("axis {}", axis);
  const float scale = b.dice.scale();
  const int zero_point = b.dice.zero_point();
  std::int32_t joined = 0;
  for (int i = 0; i < inputs; ++i) {
    shape[static_cast<std::size_t>(axis)] = b.dice.between(1, 9);
    joined += shape[static_cast<std::size_t>(axis)];
    b.input(shape, scale, zero_point);
  }
  shape[static_cast<std::size_t>(axis)] = joined;
  b.output(shape, scale, zero_point);
}

void quantize(RandomBuilder& b) {
  const Shape shape = random_shape(b.dice);
  const float scale = b.dice.scale();
  if (b.dice.one_in(2)) {
    b.input(shape, scale);
    b.output(shape, static_cast<float>(scale * b.dice.ratio(0.3, 2)));
    return;
  }
  const std::int32_t elements = elements_of(shape);
  std::vector<float> values(static_cast<std::size_t>(elements));
  for (float& value : values) {
    // Halves are where the rounding shows.
    value = b.dice.one_in(4) ? scale * (static_cast<float>(b.dice.between(-300, 300)) + 0.5F)
                             : static_cast<float>(b.dice.real(-150, 150) * scale);
  }
  b.float_input(shape, values);
  b.output(shape, scale);
}

void dequantize(RandomBuilder& b) {
  const Shape shape = random_shape(b.dice);
  b.input(shape, b.dice.scale());
  b.float_output(shape);
}

using enum RandomKind::Optimized;

constexpr Drawn kDrawn[] = {
    {{OpKind::kReshape, 40}, reshape},
    {{OpKind::kPad, 100}, pad},
    {{OpKind::kConcatenation, 100, kNever}, concatenation},
    {{OpKind::kQuantize, 100, kSometimes}, quantize},
    {{OpKind::kDequantize, 60, kNever}, dequantize},
};

}  // namespace

std::span<const Drawn> movement_draws() { return kDrawn; }

}  // namespace boardless::prediction
