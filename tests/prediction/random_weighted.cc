// Draws the operators with filters, and pooling, in every type they take.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tests/prediction/random_families.h"
#include "tests/prediction/random_window.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

// The types an operator's data and filter may have together.
struct Types {
  DataType data = DataType::kInt8, filter = DataType::kInt8;
};

Types random_types(Dice& dice) {
  constexpr Types kTypes[] = {{DataType::kInt8, DataType::kInt8},
                              {DataType::kInt8, DataType::kInt4},
                              {DataType::kUInt8, DataType::kUInt8},
                              {DataType::kInt16, DataType::kInt8},
                              {DataType::kFloat32, DataType::kFloat32}};
  return kTypes[dice.one_in(2) ? 0 : dice.between(1, 4)];
}

// Standard deviation of a value whose bits are random.
double spread(DataType type) {
  if (type == DataType::kInt16) return kSpread * 256;
  return type == DataType::kInt4 ? kSpread / 16 : kSpread;
}

std::vector<float> random_scales(Dice& dice, const Types& types, std::int32_t count) {
  std::vector<float> scales;
  // One channel's scale may be far larger, so that its multiplier is above 1, or have died.
  const int special = dice.one_in(6) ? dice.between(0, count - 1) : -1;
  const int largest = types.data == DataType::kInt16 ? 20 : 2000;
  const int factor = dice.of({20, largest / 10, largest, -1, 0});
  for (std::int32_t c = 0; c < count; ++c) {
    const double scale = dice.real(0.001, 0.01);
    scales.push_back(static_cast<float>(c == special && count > 1 ? scale * factor : scale));
  }
  return scales;
}

void filter(RandomBuilder& b, const Types& types, const Shape& shape, int axis, bool per_channel) {
  Quantization quantization;
  const bool is_quantized = types.filter != DataType::kFloat32;
  if (is_quantized) {
    const auto channels = per_channel ? shape[static_cast<std::size_t>(axis)] : 1;
    quantization = {random_scales(b.dice, types, channels), {}, axis};
    quantization.zero_point.resize(quantization.scale.size());
  }
  if (types.filter == DataType::kUInt8) quantization.zero_point[0] = b.dice.zero_point() + 128;
  b.constant(types.filter, shape, std::move(quantization));
  if (per_channel && is_quantized) b.note("per channel");
}

template <class Value>
void bias_values(RandomBuilder& b, DataType type, std::int32_t channels, int most) {
  std::vector<Value> values(static_cast<std::size_t>(channels));
  for (Value& value : values) value = static_cast<Value>(b.dice.between(-most, most));
  b.constant(type, {channels}, values);
}

// Perhaps: returns whether sums of int16 are kept in 32 bits.
bool bias(RandomBuilder& b, DataType data, std::int32_t channels, bool may_be_narrow) {
  if (b.dice.one_in(5)) {
    if (b.dice.one_in(2)) b.op().inputs.push_back(-1);
    b.note("no bias");
    return may_be_narrow && data == DataType::kInt16 && b.dice.one_in(2);
  }
  const int most = b.dice.one_in(4) ? 1 << 20 : 20000;
  if (data == DataType::kFloat32) {
    bias_values<float>(b, DataType::kFloat32, channels, most / 5000);
  } else if (data == DataType::kInt16 && !(may_be_narrow && b.dice.one_in(3))) {
    bias_values<std::int64_t>(b, DataType::kInt64, channels, most * 256);
  } else {
    bias_values<std::int32_t>(b, DataType::kInt32, channels, most);
  }
  return false;
}

// A scaling as the input of such an operator may have it.
Scaling random_input(Dice& dice, const Types& types) { return random_scaling(dice, types.data); }

// The output's scaling that brings sums of `taps` products into its type.
Scaling output_scaling(Dice& dice, const Types& types, Scaling input, int taps) {
  if (types.data == DataType::kFloat32) return {};
  const double sum = std::sqrt(static_cast<double>(taps)) * kSpread * spread(types.filter);
  Scaling scaling = random_scaling(dice, types.data);
  scaling.scale = static_cast<float>(input.scale * 0.005 * sum / 50 * dice.real(0.5, 2));
  return scaling;
}

// Sums of int16 in 32 bits have room for few products.
bool fits_narrow(int taps) { return taps <= 100; }

ConvAttributes conv_attributes(RandomBuilder& b, const Window& w) {
  ConvAttributes a;
  a.padding = w.padding;
  a.stride_h = w.stride_h;
  a.stride_w = w.stride_w;
  a.dilation_h = w.dilation_h;
  a.dilation_w = w.dilation_w;
  a.activation = b.dice.activation();
  b.note("{} stride {}x{} dilation {}x{} activation {}",
         w.padding == Padding::kSame ? "SAME" : "VALID", w.stride_h, w.stride_w, w.dilation_h,
         w.dilation_w, static_cast<int>(a.activation));
  return a;
}

void conv_2d(RandomBuilder& b) {
  const Types types = random_types(b.dice);
  const Window w = random_window(b.dice, true);
  const int batches = b.dice.of({1, 1, 1, 2, 3});
  int input_c = b.dice.channels(), output_c = b.dice.channels(), depth = input_c;
  if (b.dice.one_in(6)) {
    const int groups = b.dice.of({2, 2, 3, 5});
    depth = b.dice.between(1, 6);
    input_c = groups * depth;
    output_c = groups * b.dice.between(1, 4);
  }
  const int taps = w.filter_h * w.filter_w * depth;
  ConvAttributes attributes = conv_attributes(b, w);
  const Scaling input = random_input(b.dice, types);
  b.input(types.data, {batches, w.input_h, w.input_w, input_c}, input);
  filter(b, types, {output_c, w.filter_h, w.filter_w, depth}, 0,
         types.filter != DataType::kUInt8 && !b.dice.one_in(4));
  if (bias(b, types.data, output_c, fits_narrow(taps))) attributes.stated_bias = DataType::kInt32;
  b.op().attributes = attributes;
  b.output(types.data, {batches, w.output_h, w.output_w, output_c},
           output_scaling(b.dice, types, input, taps));
}

void depthwise_conv_2d(RandomBuilder& b) {
  const Types types = random_types(b.dice);
  const Window w = random_window(b.dice, true);
  const int batches = b.dice.of({1, 1, 1, 2});
  const int input_c = b.dice.channels();
  const int multiplier = b.dice.of({1, 1, 1, 2, 3, 8});
  const int output_c = input_c * multiplier;
  ConvAttributes attributes = conv_attributes(b, w);
  attributes.depth_multiplier = multiplier;
  b.op().attributes = attributes;
  const Scaling input = random_input(b.dice, types);
  b.input(types.data, {batches, w.input_h, w.input_w, input_c}, input);
  filter(b, types, {1, w.filter_h, w.filter_w, output_c}, 3,
         types.filter != DataType::kUInt8 && !b.dice.one_in(4));
  bias(b, types.data, output_c, false);
  b.output(types.data, {batches, w.output_h, w.output_w, output_c},
           output_scaling(b.dice, types, input, w.filter_h * w.filter_w));
}

void fully_connected(RandomBuilder& b) {
  const Types types = random_types(b.dice);
  const int batches = b.dice.of({1, 1, 2, 3});
  const int input_depth = b.dice.of({b.dice.between(1, 9), b.dice.between(1, 200)});
  const int output_depth = b.dice.between(1, 21);
  FullyConnectedAttributes attributes{.activation = b.dice.activation()};
  const Scaling input = random_input(b.dice, types);
  const bool is_split = input_depth % 2 == 0 && b.dice.one_in(3);
  b.input(types.data,
          is_split ? Shape{batches, 1, 2, input_depth / 2} : Shape{batches, input_depth}, input);
  const bool one_scale = types.filter == DataType::kUInt8 || types.filter == DataType::kInt4;
  filter(b, types, {output_depth, input_depth}, 0, !one_scale && !b.dice.one_in(4));
  if (bias(b, types.data, output_depth, fits_narrow(input_depth))) {
    attributes.stated_bias = DataType::kInt32;
  }
  b.op().attributes = attributes;
  b.output(types.data, {batches, output_depth}, output_scaling(b.dice, types, input, input_depth));
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
    place(w);
  }
  const int batches = b.dice.of({1, 1, 2});
  const DataType type =
      b.op().kind == OpKind::kL2Pool2D ? DataType::kFloat32 : random_types(b.dice).data;
  const Scaling scaling = random_scaling(b.dice, type);
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
  b.input(type, {batches, w.input_h, w.input_w, channels}, scaling);
  b.output(type, {batches, w.output_h, w.output_w, channels}, scaling);
}

void transpose_conv(RandomBuilder& b) {
  Types types = random_types(b.dice);
  if (types.filter == DataType::kInt4 || types.filter == DataType::kUInt8) types = {};
  const Window w = random_window(b.dice, false);
  // The output takes the part of a convolution's input.
  const int batches = b.dice.of({1, 1, 2});
  const int input_c = b.dice.between(1, 9), output_c = b.dice.between(1, 9);
  TransposeConvAttributes attributes{w.padding, w.stride_h, w.stride_w, b.dice.activation()};
  b.op().attributes = attributes;
  b.note("{} stride {}x{} activation {}", w.padding == Padding::kSame ? "SAME" : "VALID",
         w.stride_h, w.stride_w, static_cast<int>(attributes.activation));
  const Shape output{batches, w.input_h, w.input_w, output_c};
  b.integers({4}, output);
  filter(b, types, {output_c, w.filter_h, w.filter_w, input_c}, 0, !b.dice.one_in(4));
  const Scaling input = random_input(b.dice, types);
  b.input(types.data, {batches, w.output_h, w.output_w, input_c}, input);
  if (types.data == DataType::kInt16 && b.dice.one_in(3)) {
    bias_values<std::int16_t>(b, DataType::kInt16, output_c, 20000);
  } else {
    bias(b, types.data, output_c, false);
  }
  b.output(types.data, output, output_scaling(b.dice, types, input, input_c * 4));
}

void batch_matmul(RandomBuilder& b) {
  constexpr DataType kTypes[] = {DataType::kInt8, DataType::kInt16, DataType::kFloat32};
  const DataType type = kTypes[b.dice.between(0, 2)];
  const BatchMatmulAttributes attributes{b.dice.one_in(2), b.dice.one_in(2)};
  b.op().attributes = attributes;
  b.note("transposed {} {}", attributes.transpose_left, attributes.transpose_right);
  const int rows = b.dice.between(1, 7), depth = b.dice.between(1, 40);
  const int columns = b.dice.between(1, 7);
  Shape left, right, output;
  for (int extra = b.dice.between(0, 3); extra > 0; --extra) {
    const int extent = b.dice.between(1, 3);
    left.push_back(b.dice.one_in(3) ? 1 : extent);
    right.push_back(b.dice.one_in(3) ? 1 : extent);
    output.push_back(std::max(left.back(), right.back()));
  }
  left.insert(left.end(),
              {attributes.transpose_left ? depth : rows, attributes.transpose_left ? rows : depth});
  right.insert(right.end(), {attributes.transpose_right ? columns : depth,
                             attributes.transpose_right ? depth : columns});
  output.insert(output.end(), {rows, columns});
  const Scaling by_left = random_scaling(b.dice, type);
  Scaling by_right = random_scaling(b.dice, type);
  b.input(type, left, by_left);
  if (b.dice.one_in(2)) {
    b.input(type, right, by_right);
  } else {
    Quantization quantization;
    if (by_right.scale != 0) quantization = {{by_right.scale}, {by_right.zero_point}, 0};
    b.constant(type, right, quantization);
  }
  Scaling scaling = random_scaling(b.dice, type);
  const double sum = std::sqrt(static_cast<double>(depth)) * spread(type);
  scaling.scale = static_cast<float>(by_left.scale * by_right.scale * sum * b.dice.real(0.7, 3));
  b.output(type, output, scaling);
}

using enum RandomKind::Optimized;

constexpr Drawn kDrawn[] = {
    {{OpKind::kConv2D, 500, kOnInt8}, conv_2d},
    {{OpKind::kDepthwiseConv2D, 500, kOnInt8}, depthwise_conv_2d},
    {{OpKind::kFullyConnected, 600, kOnInt8}, fully_connected},
    {{OpKind::kTransposeConv, 300, kSometimes}, transpose_conv},
    {{OpKind::kBatchMatmul, 300, kSometimes}, batch_matmul},
    {{OpKind::kAveragePool2D, 400, kOnInt8}, pool_2d},
    {{OpKind::kMaxPool2D, 400, kOnInt8}, pool_2d},
    {{OpKind::kL2Pool2D, 60, kNever}, pool_2d},
};

}  // namespace

std::span<const Drawn> weighted_draws() { return kDrawn; }

}  // namespace boardless::prediction
