// Joins the tensors that operators quantise alike, and settles those near a concatenation or a
// state.
#include "workloads/zoo/shared_quantisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "workloads/zoo/moves.h"
#include "workloads/zoo/states.h"

namespace boardless::workloads {
namespace {

bool is_never_negative(const Operator& op) {
  Activation activation = Activation::kNone;
  if (const auto* conv = std::get_if<ConvAttributes>(&op.attributes)) activation = conv->activation;
  if (const auto* sum = std::get_if<ArithmeticAttributes>(&op.attributes)) {
    activation = sum->activation;
  }
  return activation == Activation::kRelu || activation == Activation::kRelu6 ||
         op.kind == OpKind::kRelu || op.kind == OpKind::kRelu6 || op.kind == OpKind::kLogistic;
}

bool may_bring_negatives(const Operator& op) {
  return !keeps_quantisation(op.kind) && op.kind != OpKind::kReadVariable && !is_never_negative(op);
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

class Ties {
 public:
  explicit Ties(const Graph& graph) : graph_(graph), sets_(graph.tensors.size()) {
    join_moves();
    join_states();
  }

  std::vector<std::optional<ZooScale>> settle() {
    std::vector<std::optional<ZooScale>> known = known_by_set();
    std::vector<bool> negative(graph_.tensors.size());
    for (const Operator& op : graph_.operators) {
      for (const int output : op.outputs) {
        if (may_bring_negatives(op)) negative[sets_.find(output)] = true;
      }
    }
    constexpr double kReach = 6;
    std::vector<std::optional<ZooScale>> result(graph_.tensors.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
      const std::size_t set = sets_.find(static_cast<int>(i));
      if (known[set]) result[i] = known[set];
      if (!known[set] && is_tied_[set]) {
        result[i] = scale_for_range(negative[set] ? -kReach : 0, kReach);
      }
    }
    return result;
  }

 private:
  const Tensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }

  void join_moves() {
    for (const Operator& op : graph_.operators) {
      if (!keeps_quantisation(op.kind)) continue;
      // A learned constant may be joined too; the other constants are shapes.
      for (const int input : op.inputs) {
        if (tensor(input).type != DataType::kInt8) continue;
        for (const int output : op.outputs) sets_.join(input, output);
      }
    }
  }

  void join_states() {
    const std::map<int, std::string> names = state_names(graph_);
    std::map<std::string, int> values;
    const auto join = [&](int handle, int value) {
      const auto [found, is_first] = values.emplace(names.at(handle), value);
      if (!is_first) sets_.join(found->second, value);
    };
    for (const Operator& op : graph_.operators) {
      if (op.kind == OpKind::kReadVariable) join(op.inputs[0], op.outputs[0]);
      if (op.kind == OpKind::kAssignVariable) join(op.inputs[0], op.inputs[1]);
    }
    is_tied_.resize(graph_.tensors.size());
    for (const auto& [name, value] : values) is_tied_[sets_.find(value)] = true;
    for (const Operator& op : graph_.operators) {
      if (op.kind == OpKind::kConcatenation) is_tied_[sets_.find(op.outputs[0])] = true;
    }
  }

  std::vector<std::optional<ZooScale>> known_by_set() {
    std::vector<std::optional<ZooScale>> known(graph_.tensors.size());
    std::vector<int> from(graph_.tensors.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
      const Tensor& t = graph_.tensors[i];
      if (t.type != DataType::kInt8 || t.quantization.scale.empty()) continue;
      const ZooScale stated{t.quantization.scale[0],
                            static_cast<int>(t.quantization.zero_point[0])};
      const std::size_t set = sets_.find(static_cast<int>(i));
      if (known[set] && *known[set] != stated) {
        throw InputError(
            fmt::format("{}: '{}' (scale {}, zero point {}) and '{}' (scale {}, zero point {}) are "
                        "joined and must be quantised alike; put `requantize` behind one",
                        graph_.name, tensor(from[set]).name, known[set]->scale,
                        known[set]->zero_point, t.name, stated.scale, stated.zero_point));
      }
      known[set] = stated;
      from[set] = static_cast<int>(i);
    }
    return known;
  }

  const Graph& graph_;
  TensorSets sets_;
  std::vector<bool> is_tied_;
};

}  // namespace

ZooScale scale_for_range(double low, double high) {
  constexpr int kLowest = -128, kHighest = 127;
  const double range = high > low ? high - low : 1.0;
  ZooScale result;
  result.scale = static_cast<float>(range / (kHighest - kLowest));
  result.zero_point = static_cast<int>(
      std::clamp<double>(std::round(kLowest - low / result.scale), kLowest, kHighest));
  return result;
}

std::vector<std::optional<ZooScale>> shared_quantisation(const Graph& graph) {
  return Ties(graph).settle();
}

}  // namespace boardless::workloads
