// Draws the operators that make one element of many, and those that go along rows.
#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/prediction/random_families.h"
#include "tests/prediction/random_typed.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

using enum DataType;

struct Reduction {
  Shape input, output;
  std::vector<std::int32_t> axes;
  int count = 1;
};

Reduction random_reduction(RandomBuilder& b) {
  Reduction r;
  const int most = b.dice.one_in(4) ? 20 : 8;
  r.input = b.dice.one_in(2) ? Shape{b.dice.between(1, 2), b.dice.between(1, most),
                                     b.dice.between(1, most), b.dice.channels()}
                             : random_shape(b.dice);
  const auto rank = static_cast<int>(r.input.size());
  const bool is_global_pool = rank == 4 && b.dice.one_in(2);
  for (int axis = 0; axis < rank; ++axis) {
    if (is_global_pool ? axis == 1 || axis == 2 : b.dice.one_in(2)) {
      r.axes.push_back(b.dice.one_in(4) ? axis - rank : axis);
    }
  }
  if (r.axes.empty()) r.axes.push_back(rank - 1);
  const bool keep_dims = b.dice.one_in(2);
  b.op().attributes = ReduceAttributes{keep_dims};
  for (int axis = 0; axis < rank; ++axis) {
    const bool reduced =
        std::ranges::any_of(r.axes, [&](int a) { return (a + rank) % rank == axis; });
    const std::int32_t extent = r.input[static_cast<std::size_t>(axis)];
    if (reduced) r.count *= extent;
    if (!reduced) r.output.push_back(extent);
    if (reduced && keep_dims) r.output.push_back(1);
  }
  return r;
}

void add_axes(RandomBuilder& b, const Reduction& r) {
  b.integers({static_cast<std::int32_t>(r.axes.size())}, r.axes);
}

void mean_or_sum(RandomBuilder& b) {
  const bool is_mean = b.op().kind == OpKind::kMean;
  const DataType type =
      one_of(b.dice, {kInt8, kInt8, kInt8, kInt16, kFloat32, is_mean ? kUInt8 : kInt8});
  const Reduction r = random_reduction(b);
  const float scale = b.dice.scale();
  const double root = std::sqrt(static_cast<double>(r.count));
  const double ratio = is_mean ? 1 / root : root;
  typed_input(b, type, r.input, scale);
  add_axes(b, r);
  typed_output(b, type, r.output, scale * ratio * b.dice.ratio(0.5, 2));
}

void extreme(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kFloat32});
  const Reduction r = random_reduction(b);
  const Scaling scaling = random_scaling(b.dice, type);
  if (type == kFloat32) b.float_input(r.input, random_floats(b.dice, r.input));
  if (type == kInt8) b.input(type, r.input, scaling);
  add_axes(b, r);
  b.output(type, r.output, scaling);
}

void all_of(RandomBuilder& b) {
  const Reduction r = random_reduction(b);
  b.input(kBool, r.input, {});
  add_axes(b, r);
  b.output(kBool, r.output, {});
}

void softmax(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kInt8, kInt8, kInt16, kUInt8, kFloat32});
  Shape shape = random_shape(b.dice);
  if (b.dice.one_in(8)) shape = {2, b.dice.between(100, 1001)};
  const auto scale = static_cast<float>(std::exp2(b.dice.real(-8, 1)) / steps(type));
  const auto beta = static_cast<float>(b.dice.one_in(3) ? b.dice.real(0.25, 4) : 1.0);
  b.op().attributes = SoftmaxAttributes{beta};
  b.note("beta {}", beta);
  typed_input(b, type, shape, scale);
  if (type == kInt16) b.output(type, shape, {1.0F / 32768, 0});
  if (type == kUInt8) b.output(type, shape, {1.0F / 256, 0});
  if (type == kFloat32) b.float_output(shape);
  if (type != kInt8) return;
  if (b.dice.one_in(4)) {
    b.output(kInt16, shape, {1.0F / 65536, -32768});
  } else {
    b.output(shape, 1.0F / 256, -128);
  }
}

void log_softmax(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kFloat32});
  const Shape shape = random_shape(b.dice);
  typed_input(b, type, shape, static_cast<float>(std::exp2(b.dice.real(-8, 1))));
  if (type == kFloat32) b.float_output(shape);
  if (type == kInt8) b.output(shape, 1.0F / 16, 127);
}

void l2_normalization(RandomBuilder& b) {
  const DataType type = one_of(b.dice, {kInt8, kFloat32});
  const Shape shape = random_shape(b.dice);
  b.op().attributes = ArithmeticAttributes{};
  typed_input(b, type, shape, b.dice.scale());
  if (type == kFloat32) b.float_output(shape);
  if (type == kInt8) b.output(shape, 1.0F / 128, 0);
}

using enum RandomKind::Optimized;

constexpr Drawn kDrawn[] = {
    {{OpKind::kMean, 200, kSometimes}, mean_or_sum},
    {{OpKind::kSum, 60, kNever}, mean_or_sum},
    {{OpKind::kReduceMax, 40, kNever}, extreme},
    {{OpKind::kReduceMin, 40, kNever}, extreme},
    {{OpKind::kReduceAll, 20, kNever}, all_of},
    {{OpKind::kSoftmax, 100, kSometimes}, softmax},
    {{OpKind::kLogSoftmax, 40, kNever}, log_softmax},
    {{OpKind::kL2Normalization, 40, kNever}, l2_normalization},
};

}  // namespace

std::span<const Drawn> reduction_draws() { return kDrawn; }

}  // namespace boardless::prediction
