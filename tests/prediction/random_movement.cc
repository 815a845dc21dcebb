// Draws the operators that move one tensor's values: their shape, their order, a part of them, what
// is around them.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "tests/prediction/random_families.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

using enum DataType;

// Rank from `lowest` to `highest`, with small odd extents.
Shape shape_of_rank(Dice& dice, int lowest, int highest) {
  Shape shape;
  for (int rank = dice.between(lowest, highest); rank > 0; --rank) {
    shape.push_back(dice.between(1, rank > 4 ? 2 : 6));
  }
  return shape;
}

int rank_of(const Shape& shape) { return static_cast<int>(shape.size()); }

// A type that the operator takes, and how its tensors are quantised.
struct Drawing {
  DataType type;
  Scaling scaling;
};
Drawing draw_type(Dice& dice, std::initializer_list<DataType> types) {
  const DataType type = types.begin()[dice.between(0, static_cast<int>(types.size()) - 1)];
  return {type, random_scaling(dice, type)};
}

void reshape(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kInt8, kFloat32, kInt16, kInt32, kBool});
  const Shape shape = random_shape(b.dice);
  b.input(type, shape, scaling);
  b.output(type, {1, elements_of(shape)}, scaling);
}

void squeeze(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32});
  Shape shape = shape_of_rank(b.dice, 1, 5);
  SqueezeAttributes attributes;
  Shape output;
  const bool is_named = b.dice.one_in(2);
  for (int i = 0; i < rank_of(shape); ++i) {
    std::int32_t& extent = shape[static_cast<std::size_t>(i)];
    if (b.dice.one_in(2)) extent = 1;
    const bool goes = extent == 1 && (!is_named || b.dice.one_in(2));
    if (goes && is_named) attributes.axes.push_back(b.dice.one_in(2) ? i : i - rank_of(shape));
    if (!goes) output.push_back(extent);
  }
  if (is_named && attributes.axes.empty()) {
    output.clear();
    std::ranges::copy_if(shape, std::back_inserter(output), [](int extent) { return extent != 1; });
  }
  b.op().attributes = attributes;
  b.input(type, shape, scaling);
  b.output(type, output, scaling);
}

void expand_dims(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32, kInt16});
  const Shape shape = shape_of_rank(b.dice, 1, 4);
  const int axis = b.dice.between(0, rank_of(shape));
  Shape output = shape;
  output.insert(output.begin() + axis, 1);
  b.input(type, shape, scaling);
  b.integers({1}, {b.dice.one_in(2) ? axis : axis - rank_of(output)});
  b.output(type, output, scaling);
}

void shape(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32});
  const Shape input = shape_of_rank(b.dice, 1, 5);
  b.input(type, input, scaling);
  b.output(kInt32, {rank_of(input)}, {});
}

void slice(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32, kBool});
  const Shape input = shape_of_rank(b.dice, 1, 5);
  Shape begin, size, output;
  for (const std::int32_t extent : input) {
    begin.push_back(b.dice.between(0, extent - 1));
    const int most = extent - begin.back();
    output.push_back(b.dice.one_in(3) ? most : b.dice.between(1, most));
    size.push_back(output.back() == most && b.dice.one_in(2) ? -1 : output.back());
  }
  b.input(type, input, scaling);
  const bool is_wide = b.dice.one_in(3);
  b.integers({rank_of(input)}, begin, is_wide);
  b.integers({rank_of(input)}, size, is_wide);
  b.output(type, output, scaling);
}

void strided_slice(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32, kInt16, kInt32, kBool});
  const Shape input = shape_of_rank(b.dice, 1, 4);
  StridedSliceAttributes masks;
  Shape begin, end, stride, output;
  for (int i = 0; i < rank_of(input); ++i) {
    const std::int32_t extent = input[static_cast<std::size_t>(i)];
    const int first = b.dice.between(0, extent - 1), last = b.dice.between(first, extent - 1);
    const bool is_forward = !b.dice.one_in(4);
    const int step = b.dice.of({1, 1, 1, 2, 3});
    const int count = (last - first) / step + 1;
    // Behind the last, which has no number from the end where it is the end itself.
    const int stop = is_forward ? last + 1 : first - 1;
    const bool is_negative = b.dice.one_in(3);
    const auto named = [&](int at) { return is_negative && at < extent ? at - extent : at; };
    begin.push_back(named(is_forward ? first : last));
    end.push_back(stop < 0 ? -extent - 1 : named(stop));
    stride.push_back(is_forward ? step : -step);
    if (b.dice.one_in(4)) {  // an element of its own
      masks.shrink_axis_mask |= 1 << i;
      begin.back() = named(first);
      end.back() = first + 1;
      stride.back() = 1;
      continue;
    }
    output.push_back(count);
    if (first == 0 && is_forward && b.dice.one_in(2)) {
      masks.begin_mask |= 1 << i;
      begin.back() = b.dice.between(-9, 9);
    }
    if (last == extent - 1 && is_forward && b.dice.one_in(2)) {
      masks.end_mask |= 1 << i;
      end.back() = b.dice.between(-9, 9);
    }
  }
  b.op().attributes = masks;
  b.input(type, input, scaling);
  for (const Shape& operand : {begin, end, stride}) b.integers({rank_of(input)}, operand);
  b.output(type, output, scaling);
  b.note("masks begin {} end {} shrink {}", masks.begin_mask, masks.end_mask,
         masks.shrink_axis_mask);
}

// Amounts on both sides of each dimension; `shape` grows by them.
Shape random_margins(Dice& dice, Shape& shape, int most) {
  Shape amounts;
  for (std::int32_t& extent : shape) {
    const bool is_padded = dice.one_in(2);
    const int largest = std::min(most, extent);
    for (int side = 0; side < 2; ++side) {
      amounts.push_back(is_padded ? dice.between(0, most == 5 ? most : largest) : 0);
    }
    extent += amounts[amounts.size() - 2] + amounts.back();
  }
  return amounts;
}

void pad(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kInt8, kFloat32, kInt16, kInt32});
  Shape shape = b.dice.one_in(6) ? shape_of_rank(b.dice, 5, 5) : random_shape(b.dice);
  b.input(type, shape, scaling);
  const Shape amounts = random_margins(b.dice, shape, 5);
  b.integers({rank_of(shape), 2}, amounts);
  if (b.op().kind == OpKind::kPadV2) {
    if (b.dice.one_in(3)) {
      b.input(type, {1}, scaling);
    } else {
      b.constant(type, {1}, scaling.quantization());
    }
  }
  b.output(type, shape, scaling);
}

void mirror_pad(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32});
  const bool is_symmetric = b.dice.one_in(2);
  Shape shape = shape_of_rank(b.dice, 1, 4);
  b.op().attributes = MirrorPadAttributes{is_symmetric};
  b.note("{}", is_symmetric ? "symmetric" : "reflect");
  b.input(type, shape, scaling);
  Shape amounts;
  for (std::int32_t& extent : shape) {
    const int most = is_symmetric ? extent : extent - 1;
    for (int side = 0; side < 2; ++side) amounts.push_back(b.dice.between(0, most));
    extent += amounts[amounts.size() - 2] + amounts.back();
  }
  b.integers({rank_of(shape), 2}, amounts, b.dice.one_in(3));
  b.output(type, shape, scaling);
}

void transpose(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32, kInt16});
  const Shape input = shape_of_rank(b.dice, 1, 5);
  Shape order(input.size());
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1],
              order[static_cast<std::size_t>(b.dice.between(0, static_cast<int>(i) - 1))]);
  }
  Shape output;
  for (const std::int32_t axis : order) output.push_back(input[static_cast<std::size_t>(axis)]);
  b.input(type, input, scaling);
  b.integers({rank_of(input)}, order);
  b.output(type, output, scaling);
}

void reverse(RandomBuilder& b) {
  const auto [type, scaling] =
      draw_type(b.dice, {kInt8, kUInt8, kFloat32, kInt16, kInt32, kInt64, kBool});
  const Shape input = shape_of_rank(b.dice, 1, 5);
  const int first = b.dice.between(0, rank_of(input) - 1);
  Shape axes;
  for (int axis = first; axis <= b.dice.between(first, rank_of(input) - 1); ++axis) {
    axes.push_back(b.dice.one_in(3) ? axis - rank_of(input) : axis);
  }
  if (b.dice.one_in(2)) std::ranges::reverse(axes);
  b.input(type, input, scaling);
  b.integers({static_cast<std::int32_t>(axes.size())}, axes);
  b.output(type, input, scaling);
}

void depth_block(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32});
  const int block = b.dice.of({1, 2, 2, 3, 4});
  const Shape spread{b.dice.between(1, 2), block * b.dice.between(1, 3),
                     block * b.dice.between(1, 3), b.dice.between(1, 5)};
  const Shape deep{spread[0], spread[1] / block, spread[2] / block, spread[3] * block * block};
  b.op().attributes = BlockAttributes{block};
  b.note("block {}", block);
  const bool deepens = b.op().kind == OpKind::kSpaceToDepth;
  b.input(type, deepens ? spread : deep, scaling);
  b.output(type, deepens ? deep : spread, scaling);
}

void batch_block(RandomBuilder& b) {
  const auto [type, scaling] = draw_type(b.dice, {kInt8, kFloat32});
  const int dimensions = b.dice.one_in(4) ? 1 : 2;
  Shape spread{b.dice.between(1, 2)}, batched{spread[0]}, blocks, margins;
  for (int i = 0; i < dimensions; ++i) {
    blocks.push_back(b.dice.between(1, 3));
    batched.push_back(b.dice.between(1, 4));
    batched[0] *= blocks.back();
    const int whole = batched.back() * blocks.back();
    margins.push_back(b.dice.between(0, std::min(2, whole - 1)));
    margins.push_back(b.dice.between(0, std::min(2, whole - 1 - margins.back())));
    spread.push_back(whole - margins[margins.size() - 2] - margins.back());
  }
  const int depth = b.dice.between(1, 5);
  spread.push_back(depth);
  batched.push_back(depth);
  const bool makes_batches = b.op().kind == OpKind::kSpaceToBatchNd;
  b.input(type, makes_batches ? spread : batched, scaling);
  b.integers({dimensions}, blocks);
  b.integers({dimensions, 2}, margins);
  b.output(type, makes_batches ? batched : spread, scaling);
}

void resize(RandomBuilder& b) {
  const bool is_nearest = b.op().kind == OpKind::kResizeNearestNeighbor;
  const auto [type, scaling] = is_nearest ? draw_type(b.dice, {kInt8, kFloat32, kInt16})
                                          : draw_type(b.dice, {kInt8, kFloat32});
  const ResizeAttributes attributes = b.dice.one_in(3)   ? ResizeAttributes{true, false}
                                      : b.dice.one_in(2) ? ResizeAttributes{false, true}
                                                         : ResizeAttributes{};
  const Shape input{b.dice.between(1, 2), b.dice.between(1, 7), b.dice.between(1, 7),
                    b.dice.between(1, 5)};
  const Shape output{input[0], b.dice.between(1, 14), b.dice.between(1, 14), input[3]};
  b.op().attributes = attributes;
  b.note("align {} half {}", attributes.align_corners, attributes.half_pixel_centers);
  b.input(type, input, scaling);
  b.integers({2}, {output[1], output[2]});
  b.output(type, output, scaling);
}

using enum RandomKind::Optimized;

constexpr Drawn kDrawn[] = {
    {{OpKind::kReshape, 40}, reshape},
    {{OpKind::kSqueeze, 20}, squeeze},
    {{OpKind::kExpandDims, 20}, expand_dims},
    {{OpKind::kShape, 20}, shape},
    {{OpKind::kSlice, 40, kNever}, slice},
    {{OpKind::kStridedSlice, 80, kNever}, strided_slice},
    {{OpKind::kPad, 100, kSometimes}, pad},
    {{OpKind::kPadV2, 60, kSometimes}, pad},
    {{OpKind::kMirrorPad, 40, kNever}, mirror_pad},
    {{OpKind::kTranspose, 60, kSometimes}, transpose},
    {{OpKind::kReverseV2, 60, kNever}, reverse},
    {{OpKind::kSpaceToDepth, 20, kNever}, depth_block},
    {{OpKind::kDepthToSpace, 20, kNever}, depth_block},
    {{OpKind::kSpaceToBatchNd, 40, kNever}, batch_block},
    {{OpKind::kBatchToSpaceNd, 40, kNever}, batch_block},
    {{OpKind::kResizeNearestNeighbor, 40, kNever}, resize},
    {{OpKind::kResizeBilinear, 60, kNever}, resize},
};

}  // namespace

std::span<const Drawn> movement_draws() { return kDrawn; }

}  // namespace boardless::prediction
