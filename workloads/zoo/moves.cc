// Padding, joining, splitting, transposing, slicing and resizing of int8 values.
#include "workloads/zoo/moves.h"

#include <algorithm>

#include "base/error.h"

namespace boardless::workloads {
namespace {

const Tensor& tensor_at(const Graph& graph, int index) {
  return graph.tensors[static_cast<std::size_t>(index)];
}

std::ptrdiff_t extent_from(const Tensor& tensor, std::size_t axis) {
  std::ptrdiff_t product = 1;
  for (std::size_t i = axis; i < tensor.shape.size(); ++i) product *= tensor.shape[i];
  return product;
}

std::int32_t int32_at(const Tensor& table, std::size_t i) {
  std::uint32_t value = 0;
  for (std::size_t byte = 4; byte-- > 0;) value = value << 8 | table.data[4 * i + byte];
  return static_cast<std::int32_t>(value);
}

ZooValues pad(const Graph& graph, const Operator& op, std::int32_t samples, const ZooValues& input,
              std::int8_t zero) {
  const std::vector<std::int32_t>& from = tensor_at(graph, op.inputs[0]).shape;
  const std::vector<std::int32_t>& to = tensor_at(graph, op.outputs[0]).shape;
  // Rows of the table are dimensions (before, after).
  const auto before = [&](std::size_t dim) {
    return int32_at(tensor_at(graph, op.inputs[1]), 2 * dim);
  };
  ZooValues output(static_cast<std::size_t>(tensor_at(graph, op.outputs[0]).elements() * samples),
                   zero);
  const std::int64_t row = std::int64_t{from[2]} * from[3];
  for (std::int64_t sample = 0; sample < samples; ++sample) {
    for (std::int64_t y = 0; y < from[1]; ++y) {
      const std::int64_t target = ((sample * to[1] + y + before(1)) * to[2] + before(2)) * to[3];
      std::copy_n(input.begin() + (sample * from[1] + y) * row, row, output.begin() + target);
    }
  }
  return output;
}

ZooValues join(const Graph& graph, const Operator& op,
               const std::vector<const ZooValues*>& inputs) {
  const auto axis = static_cast<std::size_t>(std::get<ConcatenationAttributes>(op.attributes).axis);
  ZooValues output;
  const std::ptrdiff_t first = extent_from(tensor_at(graph, op.inputs[0]), axis);
  const std::ptrdiff_t rows = static_cast<std::ptrdiff_t>(inputs[0]->size()) / first;
  for (std::ptrdiff_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const std::ptrdiff_t extent = extent_from(tensor_at(graph, op.inputs[i]), axis);
      const auto begin = inputs[i]->begin() + row * extent;
      output.insert(output.end(), begin, begin + extent);
    }
  }
  return output;
}

std::vector<ZooValues> split(const Graph& graph, const Operator& op, const ZooValues& input) {
  std::vector<ZooValues> outputs(op.outputs.size());
  for (auto at = input.begin(); at != input.end();) {
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const std::int32_t part = tensor_at(graph, op.outputs[i]).shape.back();
      outputs[i].insert(outputs[i].end(), at, at + part);
      at += part;
    }
  }
  return outputs;
}

ZooValues transpose(const Graph& graph, const Operator& op, std::int32_t samples,
                    const ZooValues& input) {
  const Tensor& from = tensor_at(graph, op.inputs[0]);
  const std::vector<std::int32_t>& to = tensor_at(graph, op.outputs[0]).shape;
  std::vector<std::ptrdiff_t> step(to.size());  // in the input, along each dimension of the output
  for (std::size_t i = 0; i < to.size(); ++i) {
    const std::int32_t axis = int32_at(tensor_at(graph, op.inputs[1]), i);
    step[i] = extent_from(from, static_cast<std::size_t>(axis) + 1);
  }
  ZooValues output;
  for (std::int64_t sample = 0; sample < samples; ++sample) {
    for (std::int64_t i = 0; i < from.elements(); ++i) {
      std::int64_t rest = i, at = sample * from.elements();
      for (std::size_t axis = to.size(); axis-- > 0;) {
        at += rest % to[axis] * step[axis];
        rest /= to[axis];
      }
      output.push_back(input[static_cast<std::size_t>(at)]);
    }
  }
  return output;
}

// The layer leaves one dimension shorter: from its beginning, or to its end.
ZooValues slice(const Graph& graph, const Operator& op, const ZooValues& input) {
  const Tensor& from = tensor_at(graph, op.inputs[0]);
  const Tensor& to = tensor_at(graph, op.outputs[0]);
  const auto [shorter, same] =
      std::mismatch(from.shape.begin(), from.shape.end(), to.shape.begin());
  if (shorter == from.shape.end()) return input;
  const auto axis = static_cast<std::size_t>(shorter - from.shape.begin());
  const std::ptrdiff_t all = extent_from(from, axis), some = extent_from(to, axis);
  const bool is_last = int32_at(tensor_at(graph, op.inputs[1]), axis) < 0;
  ZooValues output;
  for (auto at = input.begin(); at != input.end(); at += all) {
    const auto begin = at + (is_last ? all - some : 0);
    output.insert(output.end(), begin, begin + some);
  }
  return output;
}

ZooValues resize(const Graph& graph, const Operator& op, std::int32_t samples,
                 const ZooValues& input) {
  const std::vector<std::int32_t>& from = tensor_at(graph, op.inputs[0]).shape;
  const std::vector<std::int32_t>& to = tensor_at(graph, op.outputs[0]).shape;
  ZooValues output;
  for (std::int64_t sample = 0; sample < samples; ++sample) {
    for (std::int64_t y = 0; y < to[1]; ++y) {
      for (std::int64_t x = 0; x < to[2]; ++x) {
        const std::int64_t row = sample * from[1] + y * from[1] / to[1];
        const auto pixel = input.begin() + (row * from[2] + x * from[2] / to[2]) * from[3];
        output.insert(output.end(), pixel, pixel + from[3]);
      }
    }
  }
  return output;
}

}  // namespace

bool moves_values(OpKind kind) {
  switch (kind) {
    case OpKind::kConcatenation:
    case OpKind::kPad:
    case OpKind::kReshape:
    case OpKind::kResizeBilinear:
    case OpKind::kResizeNearestNeighbor:
    case OpKind::kSplit:
    case OpKind::kStridedSlice:
    case OpKind::kTranspose:
    case OpKind::kQuantize:  // float tensors are held in their quantised form too
    case OpKind::kDequantize:
      return true;
    default:
      return false;
  }
}

bool keeps_quantisation(OpKind kind) {
  if (kind == OpKind::kQuantize || kind == OpKind::kDequantize) return false;
  return moves_values(kind) || kind == OpKind::kAveragePool2D || kind == OpKind::kMaxPool2D;
}

std::vector<ZooValues> move_values(const Graph& graph, const Operator& op, std::int32_t samples,
                                   const std::vector<const ZooValues*>& inputs, std::int8_t zero) {
  switch (op.kind) {
    case OpKind::kConcatenation:
      return {join(graph, op, inputs)};
    case OpKind::kPad:
      return {pad(graph, op, samples, *inputs[0], zero)};
    case OpKind::kResizeBilinear:
    case OpKind::kResizeNearestNeighbor:
      return {resize(graph, op, samples, *inputs[0])};
    case OpKind::kSplit:
      return split(graph, op, *inputs[0]);
    case OpKind::kTranspose:
      return {transpose(graph, op, samples, *inputs[0])};
    case OpKind::kStridedSlice:
      return {slice(graph, op, *inputs[0])};
    default:
      check(moves_values(op.kind), "only what moves values is asked to");
      return {*inputs[0]};
  }
}

}  // namespace boardless::workloads
