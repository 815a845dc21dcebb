// Writes models of one operator each, of shapes that networks of the zoo have, for
// scripts/compare_kernel_libraries.py to compare kernel libraries on.
//
//   write_operator_models FOLDER
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/prediction/random_builder.h"
#include "tests/prediction/write_file.h"
#include "workloads/tflite/tflite.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

using enum DataType;

constexpr double kWeightScale = 0.005;

Quantization quantized(double scale, int zero_point = 0) {
  return {{static_cast<float>(scale)}, {zero_point}, 0};
}

Scaling input_scaling(DataType type) {
  return type == kInt16 ? Scaling{0.02F / 256, 0} : Scaling{0.02F, 3};
}

// Standard deviation of a value whose bits are random.
double spread(DataType type) { return type == kInt16 ? kSpread * 256 : kSpread; }

// That brings sums of `taps` products into the type.
Scaling output_scaling(DataType type, int taps) {
  const double scale = 0.02 * kWeightScale * kSpread * std::sqrt(taps) * 1.5;
  return type == kInt16 ? Scaling{static_cast<float>(scale / 256), 0}
                        : Scaling{static_cast<float>(scale), -5};
}

void weights(RandomBuilder& b, const Shape& shape, int axis) {
  std::vector<float> scales;
  for (int i = 0; i < shape[static_cast<std::size_t>(axis)]; ++i) {
    scales.push_back(static_cast<float>(kWeightScale * b.dice.real(0.5, 1)));
  }
  b.constant(kInt8, shape, {scales, std::vector<std::int64_t>(scales.size()), axis});
}

void bias(RandomBuilder& b, DataType data, int channels, int most) {
  if (data == kInt16) {
    std::vector<std::int64_t> values;
    for (int i = 0; i < channels; ++i) values.push_back(b.dice.between(-most, most) * 256);
    b.constant(kInt64, {channels}, values);
  } else {
    std::vector<std::int32_t> values;
    for (int i = 0; i < channels; ++i) values.push_back(b.dice.between(-most, most));
    b.constant(kInt32, {channels}, values);
  }
}

void conv(RandomBuilder& b, DataType type, const Shape& image, int filter, int channels) {
  ConvAttributes attributes;
  attributes.activation = Activation::kRelu;
  b.op().attributes = attributes;
  b.input(type, image, input_scaling(type));
  weights(b, {channels, filter, filter, image[3]}, 0);
  bias(b, type, channels, 20000);
  b.output(type, {1, image[1], image[2], channels},
           output_scaling(type, filter * filter * image[3]));
}

void conv_3x3(RandomBuilder& b, DataType type) { conv(b, type, {1, 32, 32, 16}, 3, 16); }
void conv_1x1(RandomBuilder& b, DataType type) { conv(b, type, {1, 25, 5, 64}, 1, 64); }

void depthwise_conv(RandomBuilder& b, DataType type) {
  ConvAttributes attributes;
  attributes.activation = Activation::kRelu;
  b.op().attributes = attributes;
  b.input(type, {1, 25, 5, 64}, input_scaling(type));
  weights(b, {1, 3, 3, 64}, 3);
  bias(b, type, 64, 20000);
  b.output(type, {1, 25, 5, 64}, output_scaling(type, 9));
}

void fully_connected(RandomBuilder& b, DataType type) {
  b.op().attributes = FullyConnectedAttributes{.activation = Activation::kRelu};
  b.input(type, {1, 640}, input_scaling(type));
  b.constant(kInt8, {128, 640}, quantized(kWeightScale));
  bias(b, type, 128, 20000);
  b.output(type, {1, 128}, output_scaling(type, 640));
}

void arithmetic(RandomBuilder& b, DataType type) {
  const Shape image{1, 32, 32, 16};
  Scaling first = input_scaling(type), second = first, output = first;
  second.scale *= 0.7F;
  // Products of two of these, and sums, fill the type.
  output.scale *= b.op().kind == OpKind::kMul ? 1.3F : 1.5F;
  if (type == kInt8) second.zero_point = -7;
  b.op().attributes = ArithmeticAttributes{};
  b.input(type, image, first);
  b.input(type, image, second);
  b.output(type, image, output);
}

void extreme(RandomBuilder& b, DataType type) {
  const Shape image{1, 32, 32, 16};
  for (int i = 0; i < 2; ++i) b.input(type, image, input_scaling(type));
  b.output(type, image, input_scaling(type));
}

void max_pool(RandomBuilder& b, DataType type) {
  b.op().attributes = PoolAttributes{.stride_h = 2, .stride_w = 2, .filter_h = 2, .filter_w = 2};
  b.input(type, {1, 32, 32, 16}, input_scaling(type));
  b.output(type, {1, 16, 16, 16}, input_scaling(type));
}

void average_pool(RandomBuilder& b, DataType type) {
  b.op().attributes = PoolAttributes{.stride_h = 8, .stride_w = 8, .filter_h = 8, .filter_w = 8};
  b.input(type, {1, 8, 8, 64}, input_scaling(type));
  b.output(type, {1, 1, 1, 64}, input_scaling(type));
}

void softmax(RandomBuilder& b, DataType type) {
  const Shape shape{98, 98};
  b.op().attributes = SoftmaxAttributes{};
  b.input(type, shape, input_scaling(type));
  b.output(type, shape, type == kInt16 ? Scaling{1.0F / 32768, 0} : Scaling{1.0F / 256, -128});
}

// 28 steps of 28 inputs, 20 units.
void lstm(RandomBuilder& b, DataType type) {
  constexpr int kSteps = 28, kInputs = 28, kUnits = 20;
  b.op().attributes = LstmAttributes{Activation::kTanh, 10.0F, 0.0F, false};
  const Scaling input = input_scaling(type);
  const Scaling hidden = type == kInt16 ? Scaling{1.0F / 32768, 0} : Scaling{1.0F / 128, 0};
  b.input(type, {1, kSteps, kInputs}, input);
  // Gates of two units or so.
  for (const auto& [depth, scale] : {std::pair{kInputs, input.scale}, {kUnits, hidden.scale}}) {
    const double step = 2 / (scale * std::sqrt(depth) * spread(type) * kSpread);
    for (int gate = 0; gate < 4; ++gate) b.constant(kInt8, {kUnits, depth}, quantized(step));
  }
  b.absent(3);
  for (int gate = 0; gate < 4; ++gate) bias(b, type, kUnits, 2000);
  b.absent(2);
  b.variable(type, {1, kUnits}, quantized(hidden.scale, hidden.zero_point));
  b.variable(kInt16, {1, kUnits}, quantized(0x1p-11));
  b.absent(4);
  b.output(type, {1, kSteps, kUnits}, hidden);
}

// `type` is the state's.
void svdf(RandomBuilder& b, DataType type) {
  constexpr int kFeatures = 96, kUnits = 64, kMemory = 10;
  b.op().attributes = SvdfAttributes{1, Activation::kRelu};
  const Scaling input = input_scaling(kInt8);
  const double features = input.scale * 0.01 * std::sqrt(kFeatures) * kSpread * kSpread;
  const double state = features / (1.5 * spread(type));
  const double sums = state * 0.01 * std::sqrt(kMemory) * spread(type) * spread(type) / 1.5;
  b.input(kInt8, {1, kFeatures}, input);
  b.constant(kInt8, {kUnits, kFeatures}, quantized(0.01));
  b.constant(type, {kUnits, kMemory}, quantized(0.01));
  bias(b, kInt8, kUnits, 100);
  b.variable(type, {1, kMemory * kUnits}, quantized(state));
  b.output(kInt8, {1, kUnits}, {static_cast<float>(sums / 50), -128});
}

void pad(RandomBuilder& b, DataType type) {
  b.input(type, {1, 32, 32, 16}, input_scaling(type));
  b.integers({4, 2}, {0, 0, 1, 1, 1, 1, 0, 0});
  b.output(type, {1, 34, 34, 16}, input_scaling(type));
}

void transpose(RandomBuilder& b, DataType type) {
  b.input(type, {1, 32, 32, 16}, input_scaling(type));
  b.integers({4}, {0, 3, 1, 2});
  b.output(type, {1, 16, 32, 32}, input_scaling(type));
}

void batch_matmul(RandomBuilder& b, DataType type) {
  constexpr int kFrames = 98, kDepth = 64;
  b.op().attributes = BatchMatmulAttributes{false, true};
  const Scaling input = input_scaling(type);
  for (int i = 0; i < 2; ++i) b.input(type, {1, kFrames, kDepth}, input);
  const double sum = input.scale * input.scale * std::sqrt(kDepth) * spread(type) * 1.5;
  Scaling output = input;
  output.scale = static_cast<float>(sum);
  b.output(type, {1, kFrames, kFrames}, output);
}

void transpose_conv(RandomBuilder& b, DataType type) {
  b.op().attributes = TransposeConvAttributes{Padding::kSame, 2, 2, Activation::kNone};
  b.integers({4}, {1, 16, 16, 16});
  weights(b, {16, 3, 3, 32}, 0);
  b.input(type, {1, 8, 8, 32}, input_scaling(type));
  bias(b, type, 16, 20000);
  b.output(type, {1, 16, 16, 16}, output_scaling(type, 3 * 32));
}

struct Measured {
  OpKind kind;
  std::string_view what;
  std::vector<DataType> types;
  void (*draw)(RandomBuilder&, DataType);
};

const std::vector<Measured>& all_measured() {
  static const std::vector<Measured> all = {
      {OpKind::kConv2D, "3x3, 32x32x16 to 16 channels", {kInt8, kInt16}, conv_3x3},
      {OpKind::kConv2D, "1x1, 25x5x64 to 64 channels", {kInt8, kInt16}, conv_1x1},
      {OpKind::kDepthwiseConv2D, "3x3, 25x5x64", {kInt8, kInt16}, depthwise_conv},
      {OpKind::kFullyConnected, "640 to 128", {kInt8, kInt16}, fully_connected},
      {OpKind::kAdd, "32x32x16", {kInt8, kInt16}, arithmetic},
      {OpKind::kMul, "32x32x16", {kInt8, kInt16}, arithmetic},
      {OpKind::kMaxPool2D, "2x2, 32x32x16", {kInt8, kInt16}, max_pool},
      {OpKind::kAveragePool2D, "8x8, 8x8x64", {kInt8, kInt16}, average_pool},
      {OpKind::kSoftmax, "98 rows of 98", {kInt8, kInt16}, softmax},
      {OpKind::kUnidirectionalSequenceLstm, "28 steps of 28, 20 units", {kInt8, kInt16}, lstm},
      {OpKind::kSvdf, "96 features, 64 units, memory 10", {kInt8, kInt16}, svdf},
      {OpKind::kBatchMatmul, "98x64 by 64x98", {kInt8, kInt16}, batch_matmul},
      {OpKind::kTransposeConv, "3x3 stride 2, 8x8x32 to 16 channels", {kInt8}, transpose_conv},
      {OpKind::kMinimum, "32x32x16", {kInt8}, extreme},
      {OpKind::kMaximum, "32x32x16", {kInt8}, extreme},
      {OpKind::kPad, "32x32x16 by 1", {kInt8}, pad},
      {OpKind::kTranspose, "32x32x16 to 16x32x32", {kInt8}, transpose},
  };
  return all;
}

void write_models(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  nlohmann::json list = nlohmann::json::array();
  for (const Measured& measured : all_measured()) {
    for (const DataType type : measured.types) {
      RandomModel model;
      std::vector<std::vector<std::uint8_t>> later;
      RandomBuilder builder({.kind = measured.kind}, 1, model, later);
      measured.draw(builder, type);
      const std::string name = fmt::format("{:02}-{}", list.size(), operator_name(measured.kind));
      model.graph.name = name;
      write_file(folder / (name + ".tflite"), write_tflite(model.graph));
      write_file(folder / (name + ".input"), model.inputs);
      list.push_back({{"name", name},
                      {"operator", operator_name(measured.kind)},
                      {"what", measured.what},
                      {"type", data_type_name(type)}});
    }
  }
  write_document(folder / "models.json", list);
}

}  // namespace
}  // namespace boardless::prediction

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: write_operator_models FOLDER\n");
    return 2;
  }
  try {
    boardless::prediction::write_models(argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
