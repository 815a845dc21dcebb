// Draws the operators between several tensors and one, those that choose values, and those that
// bring them to another type.
#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/prediction/random_families.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

using enum DataType;

DataType draw_type(Dice& dice, std::initializer_list<DataType> types) {
  return types.begin()[dice.between(0, static_cast<int>(types.size()) - 1)];
}

std::size_t at(int index) { return static_cast<std::size_t>(index); }

void concatenation(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kInt8, kFloat32, kInt16, kInt32, kInt64, kBool});
  const Scaling scaling = random_scaling(b.dice, type);
  Shape shape = random_shape(b.dice);
  const auto rank = static_cast<int>(shape.size());
  const int axis = b.dice.between(0, rank - 1);
  const int inputs = b.dice.of({1, 2, 2, 3, 4, 7, 10});
  b.op().attributes = ConcatenationAttributes{b.dice.one_in(2) ? axis : axis - rank};
  b.note("axis {}", axis);
  std::int32_t joined = 0;
  for (int i = 0; i < inputs; ++i) {
    shape[at(axis)] = b.dice.between(1, 9);
    joined += shape[at(axis)];
    b.input(type, shape, scaling);
  }
  shape[at(axis)] = joined;
  b.output(type, shape, scaling);
}

void pack_or_unpack(RandomBuilder& b) {
  const bool packs = b.op().kind == OpKind::kPack;
  const DataType type = packs ? draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32, kInt64})
                              : draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32});
  const Scaling scaling = random_scaling(b.dice, type);
  const Shape part = b.dice.one_in(6) ? Shape{} : random_shape(b.dice);
  const int count = b.dice.between(1, 6);
  const auto rank = static_cast<int>(part.size()) + 1;
  const int axis = b.dice.between(0, rank - 1);
  b.op().attributes = PackAttributes{count, b.dice.one_in(2) ? axis : axis - rank};
  b.note("axis {}", axis);
  Shape whole = part;
  whole.insert(whole.begin() + axis, count);
  if (!packs) b.input(type, whole, scaling);
  for (int i = 0; i < count; ++i) {
    if (packs) b.input(type, part, scaling);
    if (!packs) b.output(type, part, scaling);
  }
  if (packs) b.output(type, whole, scaling);
}

void split(RandomBuilder& b) {
  const bool is_even = b.op().kind == OpKind::kSplit;
  const DataType type = draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32});
  const Scaling scaling = random_scaling(b.dice, type);
  Shape input = random_shape(b.dice);
  const auto rank = static_cast<int>(input.size());
  const int axis = b.dice.between(0, rank - 1);
  const int parts = b.dice.between(1, 5);
  const std::int32_t named = b.dice.one_in(2) ? axis : axis - rank;
  Shape sizes;
  for (int i = 0; i < parts; ++i) {
    sizes.push_back(is_even && i > 0 ? sizes[0] : b.dice.between(1, 5));
  }
  input[at(axis)] = 0;
  for (const std::int32_t size : sizes) input[at(axis)] += size;
  b.op().attributes = SplitAttributes{parts};
  if (is_even) b.integers({1}, {named});
  b.input(type, input, scaling);
  if (!is_even) {
    b.integers({parts}, sizes);
    b.integers({1}, {named});
  }
  for (const std::int32_t size : sizes) {
    input[at(axis)] = size;
    b.output(type, input, scaling);
  }
}

// Indices in a constant or in an input of the graph.
void indices(RandomBuilder& b, const Shape& shape, const std::vector<std::int32_t>& values) {
  if (b.dice.one_in(2)) {
    b.integers(shape, values);
  } else {
    b.integer_input(shape, values);
  }
}

void gather(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32});
  const Scaling scaling = random_scaling(b.dice, type);
  const Shape input = random_shape(b.dice);
  const auto rank = static_cast<int>(input.size());
  const int axis = b.dice.between(0, rank - 1);
  const int batch = b.dice.one_in(2) ? 0 : b.dice.between(0, axis);
  Shape places(input.begin(), input.begin() + batch);
  for (int i = b.dice.between(batch == 0 ? 1 : 0, 2); i > 0; --i)
    places.push_back(b.dice.between(1, 4));
  std::vector<std::int32_t> values;
  for (std::int32_t i = elements_of(places); i > 0; --i) {
    values.push_back(b.dice.between(0, input[at(axis)] - 1));
  }
  Shape output(input.begin(), input.begin() + axis);
  output.insert(output.end(), places.begin() + batch, places.end());
  output.insert(output.end(), input.begin() + axis + 1, input.end());
  b.op().attributes = GatherAttributes{b.dice.one_in(2) ? axis : axis - rank, batch};
  b.note("axis {} batch {}", axis, batch);
  b.input(type, input, scaling);
  indices(b, places, values);
  b.output(type, output, scaling);
}

void gather_nd(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32});
  const Scaling scaling = random_scaling(b.dice, type);
  const Shape input = random_shape(b.dice);
  const int length = b.dice.between(1, static_cast<int>(input.size()));
  Shape places;
  for (int i = b.dice.between(0, 2); i > 0; --i) places.push_back(b.dice.between(1, 4));
  std::vector<std::int32_t> values;
  for (std::int32_t i = elements_of(places); i > 0; --i) {
    for (int d = 0; d < length; ++d) values.push_back(b.dice.between(0, input[at(d)] - 1));
  }
  Shape output = places;
  output.insert(output.end(), input.begin() + length, input.end());
  places.push_back(length);
  b.input(type, input, scaling);
  indices(b, places, values);
  b.output(type, output, scaling);
}

void embedding_lookup(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32});
  const bool is_scaled = type == kInt8 && b.dice.one_in(2);
  const Scaling scaling = is_scaled ? Scaling{b.dice.scale(), 0} : random_scaling(b.dice, type);
  Shape values{b.dice.between(1, 9), b.dice.between(1, 9)};
  if (b.dice.one_in(3)) values.push_back(b.dice.between(1, 4));
  std::vector<std::int32_t> lookup(at(b.dice.between(1, 6)));
  for (std::int32_t& row : lookup) row = b.dice.between(0, values[0] - 1);
  const auto count = static_cast<std::int32_t>(lookup.size());
  indices(b, {count}, lookup);
  b.constant(type, values, scaling.quantization());
  values[0] = count;
  b.output(is_scaled ? kFloat32 : type, values, is_scaled ? Scaling{} : scaling);
}

void dynamic_update_slice(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32});
  const Scaling scaling = random_scaling(b.dice, type);
  const Shape input = random_shape(b.dice);
  Shape update;
  std::vector<std::int32_t> start;
  for (const std::int32_t extent : input) {
    update.push_back(b.dice.between(1, extent));
    start.push_back(b.dice.between(-1, extent));  // also where it would not fit
  }
  b.input(type, input, scaling);
  b.input(type, update, scaling);
  indices(b, {static_cast<std::int32_t>(start.size())}, start);
  b.output(type, input, scaling);
}

void fill(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32, kInt32});
  const Scaling scaling = random_scaling(b.dice, type);
  const Shape output = random_shape(b.dice);
  b.integers({static_cast<std::int32_t>(output.size())}, output, b.dice.one_in(3));
  b.input(type, {}, scaling);
  b.output(type, output, scaling);
}

void zeros_like(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32, kInt32, kInt64});
  const Scaling scaling = random_scaling(b.dice, type);
  const Shape shape = random_shape(b.dice);
  b.input(type, shape, scaling);
  b.output(type, shape, scaling);
}

// `to` with some extents 1, and perhaps without the first ones.
Shape spread_to(Dice& dice, Shape to) {
  for (std::int32_t& extent : to) extent = dice.one_in(3) ? 1 : extent;
  to.erase(to.begin(),
           to.begin() + (dice.one_in(3) ? dice.between(0, static_cast<int>(to.size())) : 0));
  return to;
}

void broadcast_to(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32, kInt64, kBool});
  const Scaling scaling = random_scaling(b.dice, type);
  const Shape output = random_shape(b.dice);
  b.input(type, spread_to(b.dice, output), scaling);
  b.integers({static_cast<std::int32_t>(output.size())}, output, b.dice.one_in(3));
  b.output(type, output, scaling);
}

void broadcast_args(RandomBuilder& b) {
  const Shape output = random_shape(b.dice);
  const auto shape_input = [&](const Shape& shape) {
    b.integer_input({static_cast<std::int32_t>(shape.size())}, shape);
  };
  Shape other = spread_to(b.dice, output);
  if (other.empty()) other = {1};
  shape_input(output);
  shape_input(other);
  b.output(kInt32, {static_cast<std::int32_t>(output.size())}, {});
}

void select(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32, kInt16});
  const Scaling scaling = random_scaling(b.dice, type);
  const Shape output = random_shape(b.dice);
  const bool is_spread = b.dice.one_in(2);
  const auto operand = [&] { return is_spread ? spread_to(b.dice, output) : output; };
  b.input(kBool, operand(), {});
  b.input(type, operand(), scaling);
  b.input(type, output, scaling);
  b.output(type, output, scaling);
}

void arg(RandomBuilder& b) {
  const DataType type = draw_type(b.dice, {kInt8, kFloat32});
  const Shape input = random_shape(b.dice);
  const auto rank = static_cast<int>(input.size());
  const int axis = b.dice.between(0, rank - 1);
  Shape output = input;
  output.erase(output.begin() + axis);
  b.op().attributes = ArgMaxAttributes{kInt32};
  b.input(type, input, random_scaling(b.dice, type));
  b.integers({1}, {b.dice.one_in(2) ? axis : axis - rank});
  b.output(kInt32, output, {});
}

void cast(RandomBuilder& b) {
  const DataType from = draw_type(b.dice, {kInt8, kInt16, kInt32, kUInt32, kBool, kFloat32});
  const DataType to = draw_type(b.dice, {kInt8, kInt16, kInt32, kUInt32, kFloat32});
  const Shape shape = random_shape(b.dice);
  b.input(from, shape, {});
  b.output(to, shape, {});
}

void quantize(RandomBuilder& b) {
  const Shape shape = random_shape(b.dice);
  const float scale = b.dice.scale();
  if (b.dice.one_in(3)) {
    std::vector<float> values(at(elements_of(shape)));
    for (float& value : values) {
      // Halves are where the rounding shows.
      value = b.dice.one_in(4) ? scale * (static_cast<float>(b.dice.between(-300, 300)) + 0.5F)
                               : static_cast<float>(b.dice.real(-150, 150) * scale);
    }
    const DataType to = draw_type(b.dice, {kInt8, kInt16});
    b.float_input(shape, values);
    b.output(to, shape, {scale, to == kInt8 ? b.dice.zero_point() : 0});
    return;
  }
  const DataType from = draw_type(b.dice, {kInt8, kInt8, kUInt8, kInt16, kInt32});
  const DataType to = from == kUInt8   ? kInt8
                      : from == kInt32 ? draw_type(b.dice, {kInt8, kInt16})
                      : from == kInt16 ? draw_type(b.dice, {kInt8, kInt16, kInt32})
                                       : draw_type(b.dice, {kInt8, kUInt8, kInt16, kInt32});
  // As many steps of one as of the other's range, or nearly.
  const auto bits = [](DataType type) { return 8 * data_type_size(type); };
  const double range = std::exp2(std::max(bits(from) - bits(to), 0));
  Scaling input = random_scaling(b.dice, from), output = random_scaling(b.dice, to);
  input.scale = scale;
  output.scale = static_cast<float>(scale * range * b.dice.ratio(0.3, 2));
  b.input(from, shape, input);
  b.output(to, shape, output);
}

void dequantize(RandomBuilder& b) {
  const DataType from = draw_type(b.dice, {kInt8, kUInt8, kInt16});
  const Shape shape = random_shape(b.dice);
  b.input(from, shape, random_scaling(b.dice, from));
  b.float_output(shape);
}

using enum RandomKind::Optimized;

constexpr Drawn kDrawn[] = {
    {{OpKind::kConcatenation, 100, kSometimes}, concatenation},
    {{OpKind::kPack, 40, kNever}, pack_or_unpack},
    {{OpKind::kUnpack, 40, kNever}, pack_or_unpack},
    {{OpKind::kSplit, 40, kNever}, split},
    {{OpKind::kSplitV, 40, kNever}, split},
    {{OpKind::kGather, 60, kNever}, gather},
    {{OpKind::kGatherNd, 40, kNever}, gather_nd},
    {{OpKind::kEmbeddingLookup, 40, kNever}, embedding_lookup},
    {{OpKind::kDynamicUpdateSlice, 40, kNever}, dynamic_update_slice},
    {{OpKind::kFill, 20, kNever}, fill},
    {{OpKind::kZerosLike, 20, kNever}, zeros_like},
    {{OpKind::kBroadcastTo, 40, kNever}, broadcast_to},
    {{OpKind::kBroadcastArgs, 20, kNever}, broadcast_args},
    {{OpKind::kSelectV2, 60, kNever}, select},
    {{OpKind::kArgMax, 40, kNever}, arg},
    {{OpKind::kArgMin, 40, kNever}, arg},
    {{OpKind::kCast, 100, kNever}, cast},
    {{OpKind::kQuantize, 140, kSometimes}, quantize},
    {{OpKind::kDequantize, 60, kNever}, dequantize},
};

}  // namespace

std::span<const Drawn> choice_draws() { return kDrawn; }

}  // namespace boardless::prediction
