// Draws what random operators are made of: numbers, quantisation, tensors, weights.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/prediction/random_operator.h"
#include "workloads/graph/graph.h"

namespace boardless::prediction {

using Shape = std::vector<std::int32_t>;

// Standard deviation of a uniform int8.
inline constexpr double kSpread = 74;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  // low to high, both included.
  int between(int low, int high) {
    const std::uint64_t drawn = engine_() % static_cast<std::uint64_t>(high - low + 1);
    return low + (least_.contains(draws_++) ? 0 : static_cast<int>(drawn));
  }
  // These draws, by number, give `low` from now on.
  void take_least(const std::vector<int>& draws) { least_ = {draws.begin(), draws.end()}; }
  int draws() const { return draws_; }
  bool one_in(int n) { return between(1, n) == 1; }
  double real(double low, double high) {
    return low + (high - low) * static_cast<double>(engine_() >> 11) * 0x1p-53;
  }
  int of(std::initializer_list<int> choices) {
    return choices.begin()[between(0, static_cast<int>(choices.size()) - 1)];
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(engine_() >> 56); }

  int zero_point() { return of({0, -128, 127, between(-128, 127), between(-128, 127)}); }
  // Powers of two now and then: only there do results lie halfway between two values.
  float scale() { return static_cast<float>(std::exp2(one_in(4) ? between(-6, 0) : real(-10, 2))); }
  double ratio(double low, double high) { return one_in(4) ? between(1, 2) : real(low, high); }
  workloads::Activation activation() {
    return static_cast<workloads::Activation>(
        of({0, 0, 1, 2, 3}));  // none, RELU, RELU_N1_TO_1, RELU6
  }
  // Mostly small; the channels that kernels step by, and their neighbours.
  int channels() { return of({1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, between(1, 40)}); }

 private:
  std::mt19937_64 engine_;
  std::set<int> least_;
  int draws_ = 0;
};

// Rank 1 to 4, with small odd extents.
Shape random_shape(Dice& dice);
std::int32_t elements_of(const Shape& shape);

// Floats of both signs and several magnitudes; booleans; whole bytes for the rest.
std::vector<std::uint8_t> random_values(Dice& dice, const workloads::Tensor& tensor);

// One scale and zero point; scale 0 is not quantised.
struct Scaling {
  float scale = 0;
  int zero_point = 0;
  workloads::Quantization quantization() const;
};
// What a tensor of `type` may have: none for types that are not quantised, zero point 0 for int16.
Scaling random_scaling(Dice& dice, workloads::DataType type);

// Adds one operator to a model.
class RandomBuilder {
 public:
  // `later` holds the inputs of the invocations behind the first.
  RandomBuilder(const RandomKind& kind, std::uint64_t seed, RandomModel& model,
                std::vector<std::vector<std::uint8_t>>& later);

  // All operators of a kind have the same; to be called before any input.
  void invoke(int invocations) { later_.resize(static_cast<std::size_t>(invocations) - 1); }
  int invocations() const { return 1 + static_cast<int>(later_.size()); }

  // An input of the operator and of the graph, with random values; the zero point is drawn if not
  // given.
  void input(const Shape& shape, float scale) { input(shape, scale, dice.zero_point()); }
  void input(const Shape& shape, float scale, int zero_point);
  // Of any type, with random values of it.
  void input(workloads::DataType type, const Shape& shape, Scaling scaling);
  void float_input(const Shape& shape, const std::vector<float>& values);
  void output(const Shape& shape, float scale) { output(shape, scale, dice.zero_point()); }
  void output(const Shape& shape, float scale, int zero_point);
  void output(workloads::DataType type, const Shape& shape, Scaling scaling);
  void float_output(const Shape& shape);
  // Without quantisation; the bytes of all invocations.
  void input_bytes(workloads::DataType type, const Shape& shape,
                   const std::vector<std::uint8_t>& bytes);
  void constant_bytes(workloads::DataType type, const Shape& shape,
                      std::vector<std::uint8_t> bytes);
  // An int32 operand: an input of the graph, or a constant.
  void integer_input(const Shape& shape, const std::vector<std::int32_t>& values);
  void integers(const Shape& shape, const std::vector<std::int32_t>& values, bool is_wide = false);
  // A constant operand with random values, and one with these.
  void constant(workloads::DataType type, const Shape& shape, workloads::Quantization quantization);
  template <class Value>
  void constant(workloads::DataType type, const Shape& shape, const std::vector<Value>& values,
                workloads::Quantization quantization = {}) {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(Value));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    add_constant(type, shape, std::move(quantization), std::move(bytes));
  }
  // An operand that keeps its value.
  void variable(workloads::DataType type, const Shape& shape, workloads::Quantization quantization);
  // This many optional operands that are not there.
  void absent(int count) {
    op().inputs.insert(op().inputs.end(), static_cast<std::size_t>(count), -1);
  }

  // Adds to the operator's text.
  template <class... Args>
  void note(fmt::format_string<Args...> format, Args&&... args) {
    model_.texts.back() += ", " + fmt::format(format, std::forward<Args>(args)...);
  }

  workloads::Operator& op() { return model_.graph.operators.back(); }

  Dice dice;

 private:
  int add(workloads::Tensor tensor);
  void add_input(workloads::Tensor tensor, const std::vector<std::uint8_t>& bytes);
  void finish(workloads::Tensor tensor);
  void add_constant(workloads::DataType type, const Shape& shape,
                    workloads::Quantization quantization, std::vector<std::uint8_t> bytes);

  RandomModel& model_;
  std::vector<std::vector<std::uint8_t>>& later_;
};

}  // namespace boardless::prediction
