// Joins the tensors that operators keep the quantisation of, and ranges those near a concatenation.
#include "workloads/zoo/shared_ranges.h"

#include <numeric>

namespace boardless::workloads {
namespace {

bool keeps_quantisation(OpKind kind) {
  switch (kind) {
    case OpKind::kAveragePool2D:
    case OpKind::kConcatenation:
    case OpKind::kMaxPool2D:
    case OpKind::kPad:
    case OpKind::kReshape:
    case OpKind::kResizeBilinear:
    case OpKind::kResizeNearestNeighbor:
    case OpKind::kSplit:
      return true;
    default:
      return false;
  }
}

bool is_never_negative(const Operator& op) {
  Activation activation = Activation::kNone;
  if (const auto* conv = std::get_if<ConvAttributes>(&op.attributes)) activation = conv->activation;
  if (const auto* sum = std::get_if<ArithmeticAttributes>(&op.attributes)) {
    activation = sum->activation;
  }
  return activation == Activation::kRelu || activation == Activation::kRelu6 ||
         op.kind == OpKind::kRelu || op.kind == OpKind::kRelu6 || op.kind == OpKind::kLogistic;
}

// Disjoint sets of tensors.
class TensorSets {
 public:
  explicit TensorSets(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(int tensor) {
    auto at = static_cast<std::size_t>(tensor);
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  void join(int a, int b) { parent_[find(a)] = find(b); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<std::optional<ZooRange>> shared_ranges(const Graph& graph) {
  constexpr double kReach = 6;
  TensorSets sets(graph.tensors.size());
  const auto is_data = [&](int index) {
    const Tensor& tensor = graph.tensors[static_cast<std::size_t>(index)];
    return !tensor.is_constant() && tensor.type == DataType::kInt8;
  };
  for (const Operator& op : graph.operators) {
    if (!keeps_quantisation(op.kind)) continue;
    for (const int input : op.inputs) {
      if (!is_data(input)) continue;
      for (const int output : op.outputs) sets.join(input, output);
    }
  }
  std::vector<bool> joined(graph.tensors.size());
  std::vector<bool> negative(graph.tensors.size());
  for (const Operator& op : graph.operators) {
    const bool negative_source = !keeps_quantisation(op.kind) && !is_never_negative(op);
    for (const int output : op.outputs) {
      const std::size_t set = sets.find(output);
      if (op.kind == OpKind::kConcatenation) joined[set] = true;
      if (negative_source) negative[set] = true;
    }
  }
  // The input's own quantisation is given: what it is connected to keeps that.
  for (const int input : graph.inputs) joined[sets.find(input)] = false;
  std::vector<std::optional<ZooRange>> ranges(graph.tensors.size());
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::size_t set = sets.find(static_cast<int>(i));
    if (joined[set]) ranges[i] = ZooRange{negative[set] ? -kReach : 0, kReach};
  }
  return ranges;
}

}  // namespace boardless::workloads
