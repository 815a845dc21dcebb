// Checks a graph read from a file against itself: indices, shapes, constants, quantisation, order.
#include "workloads/graph/graph_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include "base/error.h"
#include "workloads/graph/element_type.h"
#include "workloads/graph/subgraphs.h"
#include "workloads/operators/operator_record.h"

namespace boardless::workloads {
namespace {

// Beyond what a microcontroller can address; keeps every size computed later within 64 bits.
constexpr std::int64_t kMaxTensorBytes = std::numeric_limits<std::int32_t>::max();

class Checker {
 public:
  Checker(const Graph& graph, std::string_view source)
      : graph_(graph), source_(source), used_(graph.tensors.size()), part_(subgraph(graph, 0)) {}

  void run() {
    if (graph_.outputs.empty()) fail("has no outputs");
    for (int number = 0; number < subgraph_count(graph_); ++number) check_indices(number);
    for (int i = 0; i < static_cast<int>(graph_.tensors.size()); ++i) check_tensor(i);
    for (int i = 0; i < static_cast<int>(graph_.operators.size()); ++i) check_ranks(i);
    for (int number = 0; number < subgraph_count(graph_); ++number) check_order(number);
    check_calls(graph_, source_);
  }

 private:
  template <class... Args>
  [[noreturn]] void fail(fmt::format_string<Args...> message, Args&&... args) const {
    throw InputError(
        fmt::format("{}: {}", source_, fmt::format(message, std::forward<Args>(args)...)));
  }

  // For a graph that is sound, but asks for what nothing here can do.
  template <class... Args>
  [[noreturn]] void not_modelled(fmt::format_string<Args...> message, Args&&... args) const {
    throw NotModelled(
        fmt::format("{}: {}", source_, fmt::format(message, std::forward<Args>(args)...)));
  }

  const Tensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }
  const Operator& op(int index) const { return graph_.operators[static_cast<std::size_t>(index)]; }

  // Of the subgraph that is looked at.
  void use(int index, std::string_view role) {
    const std::int64_t own = std::int64_t{index} - (index < 0 ? 0 : part_.first_tensor);
    if (own < 0 || own >= part_.tensors) {
      fail("{} has tensor index {}, the {} has tensors 0 to {}", role, own,
           graph_.subgraphs.empty() ? "model" : "subgraph", std::int64_t{part_.tensors} - 1);
    }
    used_[static_cast<std::size_t>(index)] = true;
  }

  void check_indices(int number) {
    part_ = subgraph(graph_, number);
    for (int i = 0; i < part_.operators; ++i) check_operands(part_.first_operator + i);
    const std::string owner = number == 0 ? "a graph" : fmt::format("a subgraph {}", number);
    for (const int index : part_.inputs) use(index, owner + " input");
    for (const int index : part_.outputs) use(index, owner + " output");
  }

  static const Signature* signature(const Operator& op) {
    const OperatorRecord* record = find_operator(op);
    return record == nullptr || !record->signature ? nullptr : &*record->signature;
  }

  void check_operands(int index) {
    const std::string label = operator_label(graph_, index);
    const Signature* expected = signature(op(index));
    const auto inputs = static_cast<int>(op(index).inputs.size());
    const auto outputs = static_cast<int>(op(index).outputs.size());
    if (expected != nullptr) {
      if (inputs < expected->min_inputs) {
        fail("{} has {} inputs, it needs at least {}", label, inputs, expected->min_inputs);
      }
      if (inputs > expected->max_inputs) {
        fail("{} has {} inputs, it takes at most {}", label, inputs, expected->max_inputs);
      }
      if (outputs != 1 && expected->min_outputs == 1 && expected->max_outputs == 1) {
        fail("{} has {} outputs, it has exactly one", label, outputs);
      }
      if (outputs < expected->min_outputs) {
        fail("{} has {} outputs, it has at least {}", label, outputs, expected->min_outputs);
      }
      if (outputs > expected->max_outputs) {
        fail("{} has {} outputs, it has at most {}", label, outputs, expected->max_outputs);
      }
    }
    for (int i = 0; i < inputs; ++i) {
      const int operand = op(index).inputs[static_cast<std::size_t>(i)];
      const bool optional = expected == nullptr || i >= expected->first_optional;
      if (operand == -1 && optional) continue;
      use(operand, fmt::format("{} input {}", label, i));
    }
    for (const int operand : op(index).outputs) use(operand, label + " output");
  }

  void check_tensor(int index) const {
    check_shape(index);
    const Tensor& t = tensor(index);
    const int element = data_type_size(t.type);
    if (!t.data.empty() && element > 0 && static_cast<std::int64_t>(t.data.size()) != t.bytes()) {
      fail("{} holds {} bytes, its shape {} of {} takes {}", tensor_label(graph_, index),
           t.data.size(), shape_text(t), data_type_name(t.type), t.bytes());
    }
    check_quantization(index);
  }

  void check_shape(int index) const {
    const Tensor& t = tensor(index);
    const bool in_use = used_[static_cast<std::size_t>(index)];
    std::int64_t bytes = std::max(data_type_size(t.type), 1);
    for (std::size_t axis = 0; axis < t.shape.size(); ++axis) {
      const std::int32_t extent = t.shape[axis];
      if (in_use && extent < -1) {
        fail("{} has extent {} in dimension {}", tensor_label(graph_, index), extent, axis);
      }
      if (in_use && extent <= 0) {
        not_modelled(
            "{} has extent {} in dimension {}; every extent must be fixed and at least 1 (export "
            "the model with a fixed batch and input size)",
            tensor_label(graph_, index), extent, axis);
      }
      bytes *= std::max(extent, 1);
      if (bytes > kMaxTensorBytes) {
        not_modelled("{} of shape {} takes more than {} bytes", tensor_label(graph_, index),
                     shape_text(t), kMaxTensorBytes);
      }
    }
  }

  void check_quantization(int index) const {
    const Tensor& t = tensor(index);
    const Quantization& q = t.quantization;
    const auto complain = [&](const std::string& what) {
      fail("{}: {}", tensor_label(graph_, index), what);
    };
    if (q.zero_point.size() != q.scale.size()) {
      complain(fmt::format("{} scales but {} zero points", q.scale.size(), q.zero_point.size()));
    }
    if (q.per_channel()) {
      if (q.axis < 0 || static_cast<std::size_t>(q.axis) >= t.shape.size()) {
        complain(fmt::format("quantised along dimension {} of shape {}", q.axis, shape_text(t)));
      }
      const std::int32_t slices = t.shape[static_cast<std::size_t>(q.axis)];
      if (slices < 0 || q.scale.size() != static_cast<std::size_t>(slices)) {
        complain(
            fmt::format("{} scales along dimension {} of shape {}; one, or one per slice, is "
                        "accepted",
                        q.scale.size(), q.axis, shape_text(t)));
      }
    }
    // Weights may have any scale: training leaves dead channels with 0 or less.
    for (const float scale : q.scale) {
      if (!std::isfinite(scale) || (scale <= 0.0F && !t.is_constant())) {
        complain(fmt::format("scale {} is not a positive number", scale));
      }
    }
    const std::int64_t low = element_type(t.type).lowest;
    const std::int64_t high = element_type(t.type).highest;
    for (const std::int64_t zero_point : q.zero_point) {
      if (zero_point < low || zero_point > high) {
        complain(fmt::format("zero point {} is outside {} to {} ({})", zero_point, low, high,
                             data_type_name(t.type)));
      }
    }
  }

  void check_ranks(int index) const {
    const Operator& o = op(index);
    const Signature* expected = signature(o);
    if (expected == nullptr) return;
    const auto expect_rank = [&](int operand, int rank, std::string_view role) {
      if (rank == 0 || static_cast<int>(tensor(operand).shape.size()) == rank) return;
      fail("{}: {} has shape {}, it must have {} dimensions", operator_label(graph_, index), role,
           shape_text(tensor(operand)), rank);
    };
    if (expected->data_rank > 0) {
      expect_rank(o.inputs[0], expected->data_rank, "the input");
      expect_rank(o.outputs[0], expected->data_rank, "the output");
    }
    if (expected->weights_rank > 0) expect_rank(o.inputs[1], expected->weights_rank, "the filter");
  }

  void check_order(int number) const {
    const Subgraph part = subgraph(graph_, number);
    const std::string owner = number == 0 ? "graph" : fmt::format("subgraph {}", number);
    std::vector<bool> written(graph_.tensors.size());
    const auto has_value = [&](int index) {
      return written[static_cast<std::size_t>(index)] || tensor(index).is_variable;
    };
    const auto mark = [&](int index, std::string_view writer) {
      const auto i = static_cast<std::size_t>(index);
      if (tensor(index).is_constant()) {
        fail("{} is {}, but also a constant", tensor_label(graph_, index), writer);
      }
      if (written[i] && !tensor(index).is_variable) {
        fail("{} is {}, but it already has a value", tensor_label(graph_, index), writer);
      }
      written[i] = true;
    };
    for (const int index : part.inputs) mark(index, fmt::format("a {} input", owner));
    for (int i = part.first_operator; i < part.first_operator + part.operators; ++i) {
      for (const int index : op(i).inputs) {
        if (index < 0 || tensor(index).is_constant() || has_value(index)) continue;
        fail("{} reads {} before anything has written it", operator_label(graph_, i),
             tensor_label(graph_, index));
      }
      for (const int index : op(i).outputs) mark(index, "written by " + operator_label(graph_, i));
    }
    for (const int index : part.outputs) {
      if (has_value(index)) continue;
      const std::string label = tensor_label(graph_, index);
      if (!tensor(index).is_constant()) fail("{} output {} is never written", owner, label);
      if (number == 0) not_modelled("graph output {} is a constant", label);
    }
  }

  const Graph& graph_;
  std::string_view source_;
  std::vector<bool> used_;
  Subgraph part_;
};

// Before what belongs to another subgraph than the main one.
std::string owner_label(int number) {
  return number == 0 ? "" : fmt::format("subgraph {} ", number);
}

}  // namespace

std::string printable(std::string_view name) {
  constexpr std::size_t kLongest = 60;
  std::string result;
  for (const char c : name.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20U || byte == 0x7FU ? '?' : c;
  }
  if (name.size() > kLongest) result += "...";
  return result;
}

std::string tensor_label(const Graph& graph, int index) {
  const int number = subgraph_of_tensor(graph, index);
  return fmt::format("{}tensor {} '{}'", owner_label(number),
                     index - subgraph(graph, number).first_tensor,
                     printable(graph.tensors[static_cast<std::size_t>(index)].name));
}

std::string operator_label(const Graph& graph, int index) {
  const Operator& op = graph.operators[static_cast<std::size_t>(index)];
  const int number = subgraph_of_operator(graph, index);
  const std::string custom = op.custom_name.empty() ? "" : ' ' + printable(op.custom_name);
  return fmt::format("{}operator {} ({}{})", owner_label(number),
                     index - subgraph(graph, number).first_operator, operator_name(op.kind),
                     custom);
}

void check_graph(const Graph& graph, std::string_view source) { Checker(graph, source).run(); }

}  // namespace boardless::workloads
