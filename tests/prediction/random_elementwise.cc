// Draws the operators that make each element of one or two others.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tests/prediction/random_families.h"
#include "tests/prediction/random_typed.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

using enum DataType;

struct Shapes {
  Shape first, second, output;
};

// `shape` with some extents 1, and perhaps leading ones left out.
Shape broadcastable(Dice& dice, Shape shape) {
  if (shape.size() > 4) {  // along neighbours, so that loops can be joined
    const int from = dice.between(0, 4);
    for (int i = from; i < dice.between(from + 1, 5); ++i) shape[static_cast<std::size_t>(i)] = 1;
    return shape;
  }
  for (std::int32_t& extent : shape) {
    if (dice.one_in(3)) extent = 1;
  }
  if (dice.one_in(4))
    shape.erase(shape.begin(), shape.begin() + dice.between(0, static_cast<int>(shape.size()) - 1));
  return shape;
}

Shapes random_shapes(Dice& dice) {
  Shape first = random_shape(dice);
  if (dice.one_in(6)) first = {2, dice.between(1, 3), 2, dice.between(1, 3), dice.between(1, 4)};
  Shape second = first;
  Shape output = first;
  if (dice.one_in(2)) {
    second = broadcastable(dice, second);
    if (dice.one_in(3)) {  // both broadcast along different dimensions
      first[0] = 1;
      if (second.size() < first.size()) output[0] = 1;
      if (second.size() == first.size()) output[0] = second[0];
    }
    if (dice.one_in(2)) std::swap(first, second);
  }
  return {first, second, output};
}

void draw_activation(RandomBuilder& b) {
  b.op().attributes = ArithmeticAttributes{b.dice.activation()};
  b.note("activation {}",
         static_cast<int>(std::get<ArithmeticAttributes>(b.op().attributes).activation));
}

void sum(RandomBuilder& b, DataType type) {
  const Shapes shapes = random_shapes(b.dice);
  const float scale1 = b.dice.scale();
  const float scale2 = b.dice.one_in(4) ? scale1 : b.dice.scale();
  draw_activation(b);
  typed_input(b, type, shapes.first, scale1);
  typed_input(b, type, shapes.second, scale2);
  typed_output(b, type, shapes.output, std::max(scale1, scale2) * b.dice.ratio(0.5, 3));
}

void add(RandomBuilder& b) {
  sum(b, one_of(b.dice, {kInt8, kInt8, kInt8, kInt16, kInt32, kFloat32, kUInt8}));
}
void sub(RandomBuilder& b) { sum(b, one_of(b.dice, {kInt8, kInt8, kInt16, kInt32, kFloat32})); }

void mul(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt8, kInt8, kInt16, kInt32, kFloat32, kUInt8});
  const Shapes shapes = random_shapes(b.dice);
  const float scale1 = b.dice.scale();
  const float scale2 = b.dice.scale();
  draw_activation(b);
  typed_input(b, type, shapes.first, scale1);
  typed_input(b, type, shapes.second, scale2);
  typed_output(b, type, shapes.output, 64.0 * scale1 * scale2 * steps(type) * b.dice.ratio(0.5, 3));
}

void squared_difference(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt8, kInt16, kInt32, kFloat32});
  const Shapes shapes = random_shapes(b.dice);
  const float scale1 = b.dice.scale();
  const float scale2 = static_cast<float>(scale1 * b.dice.ratio(0.3, 3));
  const double most = std::max(scale1, scale2);
  typed_input(b, type, shapes.first, scale1);
  typed_input(b, type, shapes.second, scale2);
  typed_output(b, type, shapes.output, 100 * most * most * steps(type) * b.dice.ratio(0.5, 3));
}

void div(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt8, kInt32, kFloat32});
  const Shapes shapes = random_shapes(b.dice);
  const float scale1 = b.dice.scale();
  const float scale2 = b.dice.scale();
  draw_activation(b);
  typed_input(b, type, shapes.first, scale1);
  typed_input(b, type, shapes.second, scale2);
  typed_output(b, type, shapes.output, scale1 / scale2 * b.dice.ratio(0.01, 0.2));
}

void two_floats(RandomBuilder& b) {
  const Shapes shapes = random_shapes(b.dice);
  typed_input(b, kFloat32, shapes.first, 0);
  typed_input(b, kFloat32, shapes.second, 0);
  b.float_output(shapes.output);
}

void extreme(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt8, kInt16, kInt32, kInt64, kFloat32, kUInt8});
  const Shapes shapes = random_shapes(b.dice);
  const Scaling scaling = random_scaling(b.dice, type);
  for (const Shape& shape : {shapes.first, shapes.second}) {
    if (type == kFloat32) b.float_input(shape, random_floats(b.dice, shape));
    if (type != kFloat32) b.input(type, shape, scaling);
  }
  b.output(type, shapes.output, scaling);
}

// Scales below 1, as TFLite has it; some elements are equal.
void comparison(RandomBuilder& b) {
  const bool is_equality = b.op().kind == OpKind::kEqual || b.op().kind == OpKind::kNotEqual;
  const DataType further = b.op().kind == OpKind::kGreater ? kInt16 : is_equality ? kBool : kInt8;
  const DataType type = one_of(b.dice, {kInt8, kInt8, kInt32, kInt64, kFloat32, further});
  const Shapes shapes = random_shapes(b.dice);
  const auto scale = static_cast<float>(std::exp2(b.dice.real(-8, -0.5)));
  typed_input(b, type, shapes.first, scale);
  typed_input(b, type, shapes.second, b.dice.one_in(2) ? scale : scale * 0.75F);
  b.output(kBool, shapes.output, {});
}

void logical(RandomBuilder& b) {
  const Shapes shapes = random_shapes(b.dice);
  b.input(kBool, shapes.first, {});
  b.input(kBool, shapes.second, {});
  b.output(kBool, shapes.output, {});
}

// TFLite Micro's answer is the definition's where the zero point is 0.
void add_n(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kFloat32});
  const Shape shape = random_shape(b.dice);
  const float scale = b.dice.scale();
  const int inputs = b.dice.between(2, 5);
  for (int i = 0; i < inputs; ++i) {
    if (type == kInt8) b.input(shape, scale, 0);
    if (type == kFloat32) b.float_input(shape, random_floats(b.dice, shape));
  }
  typed_output(b, type, shape, scale * b.dice.ratio(0.7, 3));
}

void cumsum(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kFloat32});
  const Shape shape = random_shape(b.dice);
  const auto rank = static_cast<int>(shape.size());
  const int axis = b.dice.between(-rank, rank - 1);
  const float scale = b.dice.scale();
  b.op().attributes = CumsumAttributes{b.dice.one_in(2), b.dice.one_in(2)};
  const auto& a = std::get<CumsumAttributes>(b.op().attributes);
  b.note("axis {} exclusive {} reverse {}", axis, a.exclusive, a.reverse);
  if (type == kInt8) b.input(shape, scale, 0);
  if (type == kFloat32) b.float_input(shape, random_floats(b.dice, shape));
  b.integers({1}, {axis});
  typed_output(b, type, shape, scale * b.dice.ratio(0.7, 3));
}

void one_float(RandomBuilder& b) {
  const Shape shape = random_shape(b.dice);
  b.float_input(shape, random_floats(b.dice, shape));
  b.float_output(shape);
}

void logical_not(RandomBuilder& b) {
  const Shape shape = random_shape(b.dice);
  b.input(kBool, shape, {});
  b.output(kBool, shape, {});
}

void absolute(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt16, kFloat32});
  const Shape shape = random_shape(b.dice);
  const float scale = b.dice.scale();
  typed_input(b, type, shape, scale);
  typed_output(b, type, shape, b.dice.one_in(2) ? scale : scale * b.dice.ratio(0.5, 2));
}

// Quantised values have roots where they are above the zero point.
void rsqrt(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt16, kFloat32});
  if (type == kFloat32) {
    one_float(b);
    return;
  }
  const Shape shape = random_shape(b.dice);
  const float scale = b.dice.scale();
  b.input(type, shape, {scale, type == kInt8 ? -128 : 0});
  typed_output(b, type, shape, 0.02 / std::sqrt(scale * steps(type)) / steps(type));
}

void sigmoid(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt8, kInt16, kFloat32});
  const bool is_tanh = b.op().kind == OpKind::kTanh;
  const Shape shape = random_shape(b.dice);
  const int power = b.dice.between(-13, -10);
  const double scale = type == kInt8      ? std::exp2(b.dice.real(-8, 0))
                       : b.dice.one_in(3) ? std::exp2(power)
                                          : std::exp2(b.dice.real(-16, -8));
  typed_input(b, type, shape, static_cast<float>(scale));
  if (type == kFloat32) b.float_output(shape);
  if (type == kInt16) b.output(type, shape, {1.0F / 32768, 0});
  if (type == kInt8)
    b.output(type, shape, is_tanh ? Scaling{1.0F / 128, 0} : Scaling{1.0F / 256, -128});
}

void rectifier(RandomBuilder& b, std::initializer_list<DataType> types) {
  const DataType type = one_of(b.dice, types);
  const Shape shape = random_shape(b.dice);
  const float scale = b.dice.scale();
  typed_input(b, type, shape, scale);
  typed_output(b, type, shape, scale * b.dice.ratio(0.5, 2));
}

void relu(RandomBuilder& b) { rectifier(b, {kInt8, kInt8, kInt16, kFloat32}); }
void relu6(RandomBuilder& b) { rectifier(b, {kInt8, kInt16, kFloat32}); }
void elu(RandomBuilder& b) { rectifier(b, {kInt8, kFloat32}); }

void leaky_relu(RandomBuilder& b) {
  const auto slope =
      static_cast<float>(b.dice.one_in(4) ? b.dice.real(-1, 0) : b.dice.real(0, 1.5));
  b.op().attributes = LeakyReluAttributes{slope};
  b.note("slope {}", slope);
  rectifier(b, {kInt8, kInt16, kFloat32});
}

void prelu(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt8, kInt16, kFloat32});
  const Shape shape = random_shape(b.dice);
  const Shape slopes = b.dice.one_in(3) ? shape : Shape{shape.back()};
  const float scale = b.dice.scale();
  typed_input(b, type, shape, scale);
  typed_input(b, type == kFloat32 ? kFloat32 : kInt8, slopes, 0.01F);
  typed_output(b, type, shape, scale * b.dice.ratio(0.7, 2));
}

void hard_swish(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kFloat32});
  const Shape shape = random_shape(b.dice);
  const auto scale = static_cast<float>(std::exp2(b.dice.real(-7, 0)));
  typed_input(b, type, shape, scale);
  typed_output(b, type, shape, scale * b.dice.ratio(0.3, 1.5));
}

using enum RandomKind::Optimized;

constexpr Drawn kDrawn[] = {
    {{OpKind::kAdd, 300, kSometimes}, add},
    {{OpKind::kMul, 300, kSometimes}, mul},
    {{OpKind::kSub, 100, kSometimes}, sub},
    {{OpKind::kSquaredDifference, 60, kNever}, squared_difference},
    {{OpKind::kDiv, 60, kNever}, div},
    {{OpKind::kFloorDiv, 20, kNever}, two_floats},
    {{OpKind::kFloorMod, 20, kNever}, two_floats},
    {{OpKind::kMaximum, 60, kNever}, extreme},
    {{OpKind::kMinimum, 60, kNever}, extreme},
    {{OpKind::kEqual, 40, kNever}, comparison},
    {{OpKind::kNotEqual, 40, kNever}, comparison},
    {{OpKind::kGreater, 40, kNever}, comparison},
    {{OpKind::kGreaterEqual, 40, kNever}, comparison},
    {{OpKind::kLess, 40, kNever}, comparison},
    {{OpKind::kLessEqual, 40, kNever}, comparison},
    {{OpKind::kLogicalAnd, 20, kNever}, logical},
    {{OpKind::kLogicalOr, 20, kNever}, logical},
    {{OpKind::kAddN, 40, kNever}, add_n},
    {{OpKind::kCumsum, 60, kNever}, cumsum},
    {{OpKind::kAbs, 40, kNever}, absolute},
    {{OpKind::kRsqrt, 60, kNever}, rsqrt},
    {{OpKind::kNeg, 20, kNever}, one_float},
    {{OpKind::kSqrt, 20, kNever}, one_float},
    {{OpKind::kSquare, 20, kNever}, one_float},
    {{OpKind::kExp, 40, kNever}, one_float},
    {{OpKind::kLog, 40, kNever}, one_float},
    {{OpKind::kSin, 40, kNever}, one_float},
    {{OpKind::kCos, 40, kNever}, one_float},
    {{OpKind::kCeil, 20, kNever}, one_float},
    {{OpKind::kFloor, 20, kNever}, one_float},
    {{OpKind::kRound, 20, kNever}, one_float},
    {{OpKind::kLogicalNot, 20, kNever}, logical_not},
    {{OpKind::kLogistic, 100, kSometimes}, sigmoid},
    {{OpKind::kTanh, 100, kSometimes}, sigmoid},
    {{OpKind::kRelu, 60, kSometimes}, relu},
    {{OpKind::kRelu6, 60, kNever}, relu6},
    {{OpKind::kLeakyRelu, 60, kNever}, leaky_relu},
    {{OpKind::kPrelu, 60, kNever}, prelu},
    {{OpKind::kElu, 60, kNever}, elu},
    {{OpKind::kHardSwish, 60, kSometimes}, hard_swish},
};

}  // namespace

std::span<const Drawn> elementwise_draws() { return kDrawn; }

}  // namespace boardless::prediction
