// Draws the operators that keep a state, over several invocations.
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "tests/prediction/random_families.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

constexpr int kInvocations = 3;

Quantization quantized(double scale, int zero_point = 0) {
  return {{static_cast<float>(scale)}, {zero_point}, 0};
}

// Values within `most` of zero.
template <class Value>
std::vector<Value> values_within(Dice& dice, std::int32_t count, int most) {
  std::vector<Value> values(static_cast<std::size_t>(count));
  for (Value& value : values) value = static_cast<Value>(dice.between(-most, most));
  return values;
}

// Standard deviation of a value whose bits are random.
double spread(DataType type) { return type == DataType::kInt16 ? kSpread * 256 : kSpread; }

void svdf(RandomBuilder& b) {
  b.invoke(kInvocations);
  constexpr DataType kStates[] = {DataType::kInt8, DataType::kInt16, DataType::kFloat32};
  const DataType state = kStates[b.dice.between(0, 2)];
  const bool is_float = state == DataType::kFloat32;
  const DataType data = is_float ? DataType::kFloat32 : DataType::kInt8;
  const int batches = b.dice.of({1, 1, 2}), inputs = b.dice.between(1, 20);
  const int rank = b.dice.between(1, 3), units = b.dice.between(1, 6);
  const int memory = b.dice.between(1, b.dice.one_in(5) ? 30 : 8), filters = rank * units;
  b.op().attributes =
      SvdfAttributes{rank, b.dice.one_in(2) ? Activation::kRelu : Activation::kNone};
  b.note("rank {}", rank);
  const Scaling input = random_scaling(b.dice, data);
  // So that features fill most of a state, and sums over time most of an output.
  const double features = input.scale * 0.01 * std::sqrt(inputs) * kSpread * kSpread;
  const double state_scale = features / (1.5 * spread(state));
  const double over_time =
      state_scale * 0.01 * std::sqrt(rank * memory) * spread(state) * spread(state) / 1.5;
  b.input(data, {batches, inputs}, input);
  b.constant(data, {filters, inputs}, is_float ? Quantization{} : quantized(0.01));
  b.constant(state, {filters, memory}, is_float ? Quantization{} : quantized(0.01));
  if (is_float) {
    b.constant(DataType::kFloat32, {units}, values_within<float>(b.dice, units, 20));
  } else {
    const int most = static_cast<int>(over_time / (state_scale * 0.01) / 2);
    b.constant(DataType::kInt32, {units}, values_within<std::int32_t>(b.dice, units, most),
               quantized(state_scale * 0.01));
  }
  b.variable(state, {batches, memory * filters},
             is_float ? Quantization{} : quantized(state_scale, 0));
  Scaling output = random_scaling(b.dice, data);
  output.scale = static_cast<float>(over_time / 50);
  b.output(data, {batches, units}, is_float ? Scaling{} : output);
}

// Gates of two units or so, as below.
void float_lstm(RandomBuilder& b, int batches, int inputs, int units, const Shape& first) {
  const auto values = [&](std::int32_t count, double most) {
    std::vector<float> drawn(static_cast<std::size_t>(count));
    for (float& value : drawn) value = static_cast<float>(b.dice.real(-most, most));
    return drawn;
  };
  const Shape shape{first[0], first[1], inputs};
  b.float_input(shape, values(elements_of(shape) * b.invocations(), 2));
  for (const int depth : {inputs, units}) {
    const double most = 2 / std::sqrt(depth);
    for (int gate = 0; gate < 4; ++gate) {
      b.constant(DataType::kFloat32, {units, depth}, values(units * depth, most));
    }
  }
  b.absent(3);
  for (int gate = 0; gate < 4; ++gate) b.constant(DataType::kFloat32, {units}, values(units, 1));
  b.absent(2);
  for (int state = 0; state < 2; ++state) b.variable(DataType::kFloat32, {batches, units}, {});
  b.absent(4);
  b.float_output({first[0], first[1], units});
}

void lstm(RandomBuilder& b) {
  b.invoke(kInvocations);
  const DataType data =
      std::array{DataType::kInt8, DataType::kInt16,
                 DataType::kFloat32}[static_cast<std::size_t>(b.dice.between(0, 2))];
  const int batches = b.dice.of({1, 1, 2}), steps = b.dice.between(1, 4);
  // Long rows now and then, and more units than a kernel keeps sums of.
  const bool is_long = b.dice.one_in(5);
  const int inputs = b.dice.between(1, is_long ? 75 : 12);
  const int units = b.dice.between(1, is_long ? 40 : 9);
  const bool time_major = b.dice.one_in(2);
  const float clip = b.dice.one_in(2) ? 0.0F : 1.5F;
  b.op().attributes = LstmAttributes{Activation::kTanh, clip, 0.0F, time_major};
  b.note("time major {} clip {}", time_major, clip);
  if (data == DataType::kFloat32) {
    float_lstm(b, batches, inputs, units,
               time_major ? Shape{steps, batches} : Shape{batches, steps});
    return;
  }
  const Scaling input = random_scaling(b.dice, data);
  const Scaling hidden = data == DataType::kInt8 ? Scaling{1.0F / 128, b.dice.of({0, 0, -5, 7})}
                                                 : Scaling{1.0F / 32768, 0};
  const Shape first = time_major ? Shape{steps, batches} : Shape{batches, steps};
  b.input(data, {first[0], first[1], inputs}, input);
  // Gates of two units or so.
  const double input_weights = 2 / (input.scale * std::sqrt(inputs) * spread(data) * kSpread);
  const double hidden_weights = 2 / (hidden.scale * std::sqrt(units) * spread(data) * kSpread);
  for (int gate = 0; gate < 4; ++gate) {
    b.constant(DataType::kInt8, {units, inputs}, quantized(input_weights * b.dice.real(0.5, 1)));
  }
  for (int gate = 0; gate < 4; ++gate) {
    b.constant(DataType::kInt8, {units, units}, quantized(hidden_weights * b.dice.real(0.5, 1)));
  }
  b.absent(3);
  const int most = static_cast<int>(std::min(1 / (input.scale * input_weights), 1e6));
  for (int gate = 0; gate < 4; ++gate) {
    if (data == DataType::kInt8) {
      b.constant(DataType::kInt32, {units}, values_within<std::int32_t>(b.dice, units, most));
    } else {
      b.constant(DataType::kInt64, {units}, values_within<std::int64_t>(b.dice, units, most));
    }
  }
  b.absent(2);
  b.variable(data, {batches, units}, quantized(hidden.scale, hidden.zero_point));
  b.variable(DataType::kInt16, {batches, units},
             quantized(std::ldexp(1.0, b.dice.between(-15, -9))));
  b.absent(4);
  b.output(data, {first[0], first[1], units}, hidden);
}

using enum RandomKind::Optimized;

constexpr Drawn kDrawn[] = {{{OpKind::kSvdf, 240, kSometimes}, svdf},
                            {{OpKind::kUnidirectionalSequenceLstm, 240, kSometimes}, lstm}};

}  // namespace

std::span<const Drawn> recurrent_draws() { return kDrawn; }

}  // namespace boardless::prediction
