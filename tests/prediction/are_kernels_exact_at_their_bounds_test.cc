// Do kernels give the host reference's answer where random operators seldom come: the most negative
// weights, runs and filters longer than what a kernel keeps, biases that leave no room for a sum,
// floats that are no numbers?
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "prediction/model_run.h"
#include "prediction/predict.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/random_builder.h"
#include "tests/prediction/real_models.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

// An operator with int8 weights on an image of one batch, of int8 or int16.
struct Filter {
  OpKind kind = OpKind::kConv2D;
  DataType data = DataType::kInt8;
  int input_h = 1, input_w = 1, input_c = 1;
  int filter_h = 1, filter_w = 1, stride = 1, dilation = 1;
  int output_c = 1;  // of a depthwise convolution: input_c
  Padding padding = Padding::kSame;
  float output_scale = 1;
  std::vector<std::int8_t> weights = {};  // repeated over the filter; random if empty
  std::vector<std::int32_t> biases = {};  // repeated over the channels; none if empty
  int input = 0;                          // every byte of the input, if not 0
};

template <class Value>
std::vector<Value> repeated(const std::vector<Value>& values, std::size_t count) {
  std::vector<Value> result(count);
  for (std::size_t i = 0; i < count; ++i) result[i] = values[i % values.size()];
  return result;
}

int positions(const Filter& f, int input, int filter) {
  return f.padding == Padding::kSame ? (input + f.stride - 1) / f.stride
                                     : (input - (filter - 1) * f.dilation - 1) / f.stride + 1;
}

RandomModel model_of(const Filter& f) {
  RandomModel model;
  model.graph.name = "bounds";
  std::vector<std::vector<std::uint8_t>> later;
  RandomBuilder b({.kind = f.kind}, 1, model, later);
  const bool is_dense = f.kind == OpKind::kFullyConnected;
  const bool is_depthwise = f.kind == OpKind::kDepthwiseConv2D;
  const int output_c = is_depthwise ? f.input_c : f.output_c;
  const ConvAttributes window{.padding = f.padding,
                              .stride_h = f.stride,
                              .stride_w = f.stride,
                              .dilation_h = f.dilation,
                              .dilation_w = f.dilation};
  if (is_dense) {
    b.op().attributes = FullyConnectedAttributes{};
  } else {
    b.op().attributes = window;
  }
  b.input(f.data, is_dense ? Shape{1, f.input_c} : Shape{1, f.input_h, f.input_w, f.input_c},
          {1, f.data == DataType::kInt8 ? -3 : 0});
  if (f.input != 0) std::ranges::fill(model.inputs, static_cast<std::uint8_t>(f.input));
  const Shape filter = is_dense       ? Shape{output_c, f.input_c}
                       : is_depthwise ? Shape{1, f.filter_h, f.filter_w, f.input_c}
                                      : Shape{output_c, f.filter_h, f.filter_w, f.input_c};
  const Quantization quantization{{1}, {0}, 0};
  if (f.weights.empty()) {
    b.constant(DataType::kInt8, filter, quantization);
  } else {
    b.constant(DataType::kInt8, filter,
               repeated(f.weights, static_cast<std::size_t>(elements_of(filter))), quantization);
  }
  if (!f.biases.empty()) {
    b.constant(DataType::kInt32, {output_c},
               repeated(f.biases, static_cast<std::size_t>(output_c)));
  }
  b.output(f.data,
           is_dense ? Shape{1, output_c}
                    : Shape{1, positions(f, f.input_h, f.filter_h),
                            positions(f, f.input_w, f.filter_w), output_c},
           {f.output_scale, f.data == DataType::kInt8 ? 5 : 0});
  return model;
}

// How many different output bytes there are: where all are the same, little is compared.
std::size_t expect_same_answers(const Filter& filter) {
  const RandomModel model = model_of(filter);
  const Workload workload = make_workload(model.graph, "", model.inputs, 1);
  std::vector<std::uint8_t> output;
  for (const KernelLibrary& library : all_libraries()) {
    const ModelRun run =
        run_model(workload, *library.variant, *library.image, library.preference, {}, {});
    EXPECT_TRUE(run.operators.at(0).equals_reference)
        << library.name() << ": " << run.operators[0].kernel.function << ": " << model.texts[0];
    output = run.output();
  }
  std::ranges::sort(output);
  const auto rest = std::ranges::unique(output);
  return output.size() - rest.size();
}

TEST(KernelBounds, TheMostNegativeWeights) {
  for (const OpKind kind : {OpKind::kConv2D, OpKind::kFullyConnected}) {
    for (const std::vector<std::int8_t>& weights :
         {std::vector<std::int8_t>{-128}, {-128, -128, 127}, {-128, -127}, {-128, 0, 3}}) {
      for (const int input : {-128, 127, 0}) {
        if (kIsSlowBuild && input != -128) continue;
        for (const int input_c : {1, 2, 7, 8, 13, 40}) {
          expect_same_answers({.kind = kind,
                               .input_h = 3,
                               .input_w = 7,
                               .input_c = input_c,
                               .output_c = 3,
                               .output_scale = 3000.F * static_cast<float>(input_c),
                               .weights = weights,
                               .input = input});
        }
      }
    }
  }
}

TEST(KernelBounds, LongRunsOfOutputs) {
  struct Sides {
    int height, width;
  };
  for (const DataType data : {DataType::kInt8, DataType::kInt16}) {
    for (const Sides filter : {Sides{3, 3}, {5, 5}, {2, 7}, {9, 1}}) {
      if (data == DataType::kInt16 && filter.width != 3) continue;  // others have no runs
      for (const Sides input : {Sides{70, 2}, {1, 66}, {9, 97}}) {
        for (const int stride : {1, 2, 3}) {
          if (kIsSlowBuild && stride == 3) continue;
          for (const Padding padding : {Padding::kSame, Padding::kValid}) {
            const bool fits = input.height >= filter.height && input.width >= filter.width;
            if (padding == Padding::kValid && !fits) continue;
            EXPECT_GT(expect_same_answers({.kind = OpKind::kDepthwiseConv2D,
                                           .data = data,
                                           .input_h = input.height,
                                           .input_w = input.width,
                                           .input_c = 5,
                                           .filter_h = filter.height,
                                           .filter_w = filter.width,
                                           .stride = stride,
                                           .padding = padding,
                                           .output_scale = 300}),
                      20U);
          }
        }
      }
    }
  }
}

TEST(KernelBounds, LongFilters) {
  for (const int input_c : {64, 65, 130}) {
    EXPECT_GT(expect_same_answers({.input_h = 4,
                                   .input_w = 5,
                                   .input_c = input_c,
                                   .filter_h = 3,
                                   .filter_w = 3,
                                   .output_c = 5,
                                   .output_scale = 2000}),
              20U);
  }
  // On int16, more taps than sums of 32 bits have room for.
  for (const OpKind kind : {OpKind::kConv2D, OpKind::kFullyConnected}) {
    for (const int input_c : {56, 57, 64, 130}) {
      const bool is_dense = kind == OpKind::kFullyConnected;
      EXPECT_GT(expect_same_answers({.kind = kind,
                                     .data = DataType::kInt16,
                                     .input_h = 4,
                                     .input_w = 5,
                                     .input_c = is_dense ? 9 * input_c : input_c,
                                     .filter_h = is_dense ? 1 : 3,
                                     .filter_w = is_dense ? 1 : 3,
                                     .output_c = 13,
                                     .output_scale = 5000}),
                10U);
    }
  }
  // More taps than the sums of 2^30 and less have room for.
  for (const OpKind kind : {OpKind::kConv2D, OpKind::kFullyConnected}) {
    for (const int input_c : {10950, 10952, 35000}) {
      for (const int input : {0, -128}) {
        expect_same_answers({.kind = kind,
                             .input_c = input_c,
                             .output_c = 3,
                             .output_scale = input == 0 ? 20000.F : 5e6F,
                             .weights = input == 0 ? std::vector<std::int8_t>{}
                                                   : std::vector<std::int8_t>{-128, 127, -128},
                             .input = input});
      }
    }
  }
}

TEST(KernelBounds, BiasesThatLeaveNoRoom) {
  constexpr std::int32_t kRoom = 1 << 29, kHalf = 1 << 30;
  for (const OpKind kind : {OpKind::kConv2D, OpKind::kDepthwiseConv2D, OpKind::kFullyConnected}) {
    for (const float output_scale : {3.F, 3000.F, 4e6F}) {
      expect_same_answers({.kind = kind,
                           .input_h = 3,
                           .input_w = 4,
                           .input_c = 9,
                           .filter_h = kind == OpKind::kFullyConnected ? 1 : 3,
                           .filter_w = kind == OpKind::kFullyConnected ? 1 : 3,
                           .output_c = 9,
                           .output_scale = output_scale,
                           .biases = {kRoom, -kRoom, kRoom - 5000000, 5000000 - kRoom, kHalf,
                                      -kHalf, 2000000000, -2000000000, 12}});
    }
  }
}

// An operator on floats with `special` among its inputs.
RandomModel float_model(OpKind kind, Activation activation, float special) {
  RandomModel model;
  model.graph.name = "floats";
  std::vector<std::vector<std::uint8_t>> later;
  RandomBuilder b({.kind = kind}, 1, model, later);
  constexpr int kSide = 5, kChannels = 9;
  const bool is_dense = kind == OpKind::kFullyConnected;
  const Shape input = is_dense ? Shape{2, kChannels} : Shape{1, kSide, kSide, kChannels};
  const Shape filter = is_dense ? Shape{kChannels, kChannels}
                                : Shape{kind == OpKind::kConv2D ? kChannels : 1, 3, 3, kChannels};
  const auto floats = [&](const Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(elements_of(shape)));
    for (float& value : values) value = static_cast<float>(b.dice.real(-3, 3));
    return values;
  };
  std::vector<float> values = floats(input);
  values[1] = special;
  values[values.size() - 3] = -special;
  if (is_dense) {
    b.op().attributes = FullyConnectedAttributes{.activation = activation};
  } else {
    b.op().attributes = ConvAttributes{.padding = Padding::kSame, .activation = activation};
  }
  b.float_input(input, values);
  b.constant(DataType::kFloat32, filter, floats(filter));
  b.constant(DataType::kFloat32, {kChannels}, floats({kChannels}));
  b.float_output(input);
  b.note("activation {} special {}", static_cast<int>(activation), special);
  return model;
}

TEST(KernelBounds, FloatsThatAreNoNumbers) {
  using Limits = std::numeric_limits<float>;
  for (const OpKind kind : {OpKind::kConv2D, OpKind::kDepthwiseConv2D, OpKind::kFullyConnected}) {
    for (const Activation activation : {Activation::kNone, Activation::kRelu, Activation::kRelu6}) {
      for (const float special :
           {Limits::infinity(), Limits::quiet_NaN(), Limits::max(), Limits::denorm_min(), 0.F}) {
        const RandomModel model = float_model(kind, activation, special);
        const Workload workload = make_workload(model.graph, "", model.inputs, 1);
        for (const KernelLibrary& library : all_libraries()) {
          const ModelRun run =
              run_model(workload, *library.variant, *library.image, library.preference, {}, {});
          EXPECT_TRUE(run.operators.at(0).is_as_reference())
              << library.name() << ": " << run.operators[0].kernel.function << ": "
              << model.texts[0];
        }
      }
    }
  }
}

}  // namespace
}  // namespace boardless::prediction
