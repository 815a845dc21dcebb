// Layers without weights that multiply, add and average, and products of matrices.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "workloads/zoo/layer.h"

namespace boardless::workloads {
namespace {

using Shape = std::vector<std::int32_t>;

// The shape that two have together, if each extent of one is the other's or 1.
std::optional<Shape> broadcast(const Shape& first, const Shape& second) {
  if (first.size() != second.size()) return std::nullopt;
  Shape result = first;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (first[i] != second[i] && std::min(first[i], second[i]) != 1) return std::nullopt;
    result[i] = std::max(first[i], second[i]);
  }
  return result;
}

[[noreturn]] void fail_for_shapes(const ZooLayer& layer, const Shape& first, const Shape& second,
                                  const char* what) {
  layer.fail(fmt::format("shapes [{}] and [{}] {}", fmt::join(first, ", "), fmt::join(second, ", "),
                         what));
}

// SQUARED_DIFFERENCE has no activation.
Attributes arithmetic_attributes(ZooLayer& layer, OpKind op) {
  if (op == OpKind::kSquaredDifference) return NoAttributes{};
  return ArithmeticAttributes{layer.activation()};
}

}  // namespace

ZooOutputs zoo_arithmetic(ZooLayer& layer, OpKind op) {
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const std::vector<int> inputs = layer.named_inputs(2, 2);
  const Attributes attributes = arithmetic_attributes(layer, op);
  const bool only_same_shape = layer.choice("when", {"always", "same_shape"}) == 1;
  const Tensor& first = layer.tensor(inputs[0]);
  const Tensor& second = layer.tensor(inputs[1]);
  const bool is_same = first.shape == second.shape && first.type == second.type;
  if (only_same_shape && !is_same) return {layer.input};
  std::optional<Shape> shape = broadcast(first.shape, second.shape);
  if (!shape || first.type != second.type) {
    fail_for_shapes(layer, first.shape, second.shape, "differ");
  }
  return {layer.append_operator(op, inputs, std::move(*shape), attributes)};
}

// What convolution cannot fold in: a gain and a bias for each channel, then the activation.
ZooOutputs zoo_batch_norm(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const Activation activation = layer.activation();
  const Shape shape = layer.shape();
  const int gain = layer.append_weights("/gain", DataType::kInt8, {layer.channels()});
  const int scaled = layer.append_operator(OpKind::kMul, {layer.input, gain}, shape,
                                           ArithmeticAttributes{Activation::kNone});
  const int bias = layer.append_weights("/bias", DataType::kInt8, {layer.channels()});
  return {
      layer.append_operator(OpKind::kAdd, {scaled, bias}, shape, ArithmeticAttributes{activation})};
}

// Over height and width, or over the dimensions under `axes`, which then stay with an extent of 1.
ZooOutputs zoo_mean(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const YAML::Node node = layer.args.optional("axes");
  if (!node.IsDefined()) {
    layer.require_rank(4, "");
    const int axes = layer.append_int32s("/axes", {2}, {1, 2});
    return {layer.append_operator(OpKind::kMean, {layer.input, axes},
                                  {layer.shape()[0], layer.channels()}, ReduceAttributes{})};
  }
  if (!node.IsSequence() || node.size() == 0) layer.fail("'axes': expected a list of dimensions");
  std::vector<std::int32_t> axes;
  Shape shape = layer.shape();
  for (const YAML::Node& axis : node) {
    axes.push_back(static_cast<std::int32_t>(layer.dimension(axis)));
    shape[static_cast<std::size_t>(axes.back())] = 1;
  }
  const int table = layer.append_int32s("/axes", {static_cast<std::int32_t>(axes.size())}, axes);
  return {layer.append_operator(OpKind::kMean, {layer.input, table}, std::move(shape),
                                ReduceAttributes{.keep_dims = true})};
}

ZooOutputs zoo_scale(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const int factor = layer.append_number("/factor", layer.number("by", 1e-6, 1e6));
  return {layer.append_operator(OpKind::kMul, {layer.input, factor}, layer.shape(),
                                ArithmeticAttributes{})};
}

ZooOutputs zoo_one_minus(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const int one = layer.append_number("/one", 1);
  return {layer.append_operator(OpKind::kSub, {one, layer.input}, layer.shape(),
                                ArithmeticAttributes{})};
}

ZooOutputs zoo_batch_matmul(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const std::vector<int> inputs = layer.named_inputs(2, 2);
  const bool transposes_right = layer.choice("transpose_right", {"false", "true"}) == 1;
  const Shape& left = layer.tensor(inputs[0]).shape;
  const Shape& right = layer.tensor(inputs[1]).shape;
  const std::size_t rank = left.size();
  if (rank < 3 || right.size() != rank ||
      !std::equal(left.begin(), left.end() - 2, right.begin()) ||
      left[rank - 1] != right[rank - (transposes_right ? 1 : 2)]) {
    fail_for_shapes(layer, left, right, "cannot be multiplied");
  }
  Shape shape = left;
  shape.back() = right[rank - (transposes_right ? 2 : 1)];
  return {layer.append_operator(OpKind::kBatchMatmul, inputs, std::move(shape),
                                BatchMatmulAttributes{false, transposes_right})};
}

}  // namespace boardless::workloads
