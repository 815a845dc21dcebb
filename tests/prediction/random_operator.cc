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

int window_positions(int input, int filter, int stride, int dilation, Padding padding) {
  const int span = (filter - 1) * dilation + 1;
  return padding == Padding::kSame ? (input + stride - 1) / stride : (input - span) / stride + 1;
}

struct Window {
  int input_h = 1, input_w = 1, filter_h = 1, filter_w = 1, stride_h = 1, stride_w = 1;
  int dilation_h = 1, dilation_w = 1, output_h = 1, output_w = 1;
  Padding padding = Padding::kSame;
};

Window random_window(Dice& dice, bool may_dilate) {
  Window w;
  w.padding = dice.one_in(2) ? Padding::kSame : Padding::kValid;
  const bool square = !dice.one_in(3);
  w.filter_h = dice.of({1, 1, 2, 3, 3, 3, 4, 5});
  w.filter_w = square ? w.filter_h : dice.between(1, 6);
  w.stride_h = dice.of({1, 1, 2, 2, 3});
  w.stride_w = square ? w.stride_h : dice.between(1, 3);
  if (may_dilate && dice.one_in(4)) {
    w.dilation_h = dice.between(1, 3);
    w.dilation_w = dice.between(1, 3);
  }
  const int span_h = (w.filter_h - 1) * w.dilation_h + 1;
  const int span_w = (w.filter_w - 1) * w.dilation_w + 1;
  const bool same = w.padding == Padding::kSame;
  w.input_h = dice.between(same ? 1 : span_h, std::max(span_h, 9));
  w.input_w = dice.between(same ? 1 : span_w, std::max(span_w, 11));
  w.output_h = window_positions(w.input_h, w.filter_h, w.stride_h, w.dilation_h, w.padding);
  w.output_w = window_positions(w.input_w, w.filter_w, w.stride_w, w.dilation_w, w.padding);
  return w;
}

ConvAttributes conv_attributes(RandomBuilder& b, const Window& w) {
  const ConvAttributes a{.padding = w.padding,
                         .stride_h = w.stride_h,
                         .stride_w = w.stride_w,
                         .dilation_h = w.dilation_h,
                         .dilation_w = w.dilation_w,
                         .depth_multiplier = 1,
                         .activation = b.dice.activation()};
  b.note("{} stride {}x{} dilation {}x{} activation {}",
         w.padding == Padding::kSame ? "SAME" : "VALID", w.stride_h, w.stride_w, w.dilation_h,
         w.dilation_w, static_cast<int>(a.activation));
  return a;
}

void conv_2d(RandomBuilder& b) {
  const Window w = random_window(b.dice, true);
  const int batches = b.dice.of({1, 1, 1, 2, 3});
  const int input_c = b.dice.channels(), output_c = b.dice.channels();
  const float scale = b.dice.scale();
  b.op().attributes = conv_attributes(b, w);
  b.input({batches, w.input_h, w.input_w, input_c}, scale);
  const float output_scale = b.weights({output_c, w.filter_h, w.filter_w, input_c}, 0,
                                       w.filter_h * w.filter_w * input_c, scale);
  b.output({batches, w.output_h, w.output_w, output_c}, output_scale);
}

void depthwise_conv_2d(RandomBuilder& b) {
  const Window w = random_window(b.dice, true);
  const int batches = b.dice.of({1, 1, 1, 2});
  const int input_c = b.dice.channels();
  const int multiplier = b.dice.of({1, 1, 1, 2, 3, 8});
  const int output_c = input_c * multiplier;
  const float scale = b.dice.scale();
  ConvAttributes attributes = conv_attributes(b, w);
  attributes.depth_multiplier = multiplier;
  b.op().attributes = attributes;
  b.input({batches, w.input_h, w.input_w, input_c}, scale);
  const float output_scale =
      b.weights({1, w.filter_h, w.filter_w, output_c}, 3, w.filter_h * w.filter_w, scale);
  b.output({batches, w.output_h, w.output_w, output_c}, output_scale);
}

void fully_connected(RandomBuilder& b) {
  const int batches = b.dice.of({1, 1, 2, 3});
  const int input_depth = b.dice.of({b.dice.between(1, 9), b.dice.between(1, 200)});
  const int output_depth = b.dice.between(1, 21);
  const float scale = b.dice.scale();
  b.op().attributes = FullyConnectedAttributes{.activation = b.dice.activation()};
  if (input_depth % 2 == 0 && b.dice.one_in(3)) {
    b.input({batches, 1, 2, input_depth / 2}, scale);
  } else {
    b.input({batches, input_depth}, scale);
  }
  const float output_scale = b.weights({output_depth, input_depth}, 0, input_depth, scale);
  b.output({batches, output_depth}, output_scale);
}

void pool_2d(RandomBuilder& b) {
  Window w = random_window(b.dice, false);
  int channels = b.dice.channels();
  if (b.dice.one_in(4)) {  // the whole image, sometimes one of more taps than 8 bits count
    if (b.dice.one_in(3)) {
      w.input_h = b.dice.between(14, 20);
      w.input_w = b.dice.between(14, 20);
      channels = b.dice.between(1, 9);
    }
    w.filter_h = w.input_h;
    w.filter_w = w.input_w;
    w.output_h = window_positions(w.input_h, w.filter_h, w.stride_h, 1, w.padding);
    w.output_w = window_positions(w.input_w, w.filter_w, w.stride_w, 1, w.padding);
  }
  const int batches = b.dice.of({1, 1, 2});
  const float scale = b.dice.scale();
  const int zero_point = b.dice.zero_point();
  const PoolAttributes attributes{.padding = w.padding,
                                  .stride_h = w.stride_h,
                                  .stride_w = w.stride_w,
                                  .filter_h = w.filter_h,
                                  .filter_w = w.filter_w,
                                  .activation = b.dice.activation()};
  b.op().attributes = attributes;
  b.note("{} filter {}x{} stride {}x{} activation {}",
         w.padding == Padding::kSame ? "SAME" : "VALID", w.filter_h, w.filter_w, w.stride_h,
         w.stride_w, static_cast<int>(attributes.activation));
  b.input({batches, w.input_h, w.input_w, channels}, scale, zero_point);
  b.output({batches, w.output_h, w.output_w, channels}, scale, zero_point);
}

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
    {{OpKind::kConv2D, 240}, conv_2d},
    {{OpKind::kDepthwiseConv2D, 240}, depthwise_conv_2d},
    {{OpKind::kFullyConnected, 300}, fully_connected},
    {{OpKind::kAveragePool2D, 200}, pool_2d},
    {{OpKind::kMaxPool2D, 200}, pool_2d},
    {{OpKind::kAdd, 300}, add_or_mul},
    {{OpKind::kMul, 300}, add_or_mul},
    {{OpKind::kSoftmax, 100}, softmax},
    {{OpKind::kMean, 200}, mean},
    {{OpKind::kRelu, 60}, relu},
    {{OpKind::kRelu6, 60}, relu},
};

// The only list: tests that go through every operator read it.
const std::vector<Drawn>& all_draws() {
  static const std::vector<Drawn> all = [] {
    std::vector<Drawn> draws(std::begin(kDrawn), std::end(kDrawn));
    for (const std::span<const Drawn> family : {movement_draws()}) {
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

RandomModel random_model(OpKind kind, std::uint64_t first_seed, int count) {
  const auto found = std::ranges::find_if(
      all_draws(), [&](const Drawn& drawn) { return drawn.kind.kind == kind; });
  check(found != all_draws().end(), "an operator that is drawn is in the list");
  RandomModel model;
  model.graph.name = fmt::format("{} random {}", count, operator_name(kind));
  for (int i = 0; i < count; ++i) {
    RandomBuilder builder(kind, first_seed + static_cast<std::uint64_t>(i), model);
    found->draw(builder);
  }
  return model;
}

}  // namespace boardless::prediction
