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

namespace boardless::workloads {
namespace {

// Beyond what a microcontroller can address; keeps every size computed later within 64 bits.
constexpr std::int64_t kMaxTensorBytes = std::numeric_limits<std::int32_t>::max();

constexpr int kAny = std::numeric_limits<int>::max();

// What the format's definition of an operator says about its operands.
struct Signature {
  OpKind kind;
  int min_inputs, max_inputs;
  int first_optional;  // inputs from here on may be absent
  int data_rank;       // of input 0 and output 0; 0: any
  int weights_rank;    // of input 1; 0: any
  int max_outputs = 1;
};

constexpr Signature kSignatures[] = {
    {OpKind::kAdd, 2, 2, kAny, 0, 0},
    {OpKind::kAveragePool2D, 1, 1, kAny, 4, 0},
    {OpKind::kConcatenation, 1, kAny, kAny, 0, 0},
    {OpKind::kConv2D, 2, 3, 2, 4, 4},
    {OpKind::kDepthwiseConv2D, 2, 3, 2, 4, 4},
    {OpKind::kDequantize, 1, 1, kAny, 0, 0},
    {OpKind::kFullyConnected, 2, 3, 2, 0, 2},
    {OpKind::kMaxPool2D, 1, 1, kAny, 4, 0},
    {OpKind::kMul, 2, 2, kAny, 0, 0},
    {OpKind::kRelu, 1, 1, kAny, 0, 0},
    {OpKind::kRelu6, 1, 1, kAny, 0, 0},
    {OpKind::kReshape, 1, 2, kAny, 0, 0},
    {OpKind::kSoftmax, 1, 1, kAny, 0, 0},
    {OpKind::kSvdf, 5, 5, 3, 2, 2},
    {OpKind::kPad, 2, 2, kAny, 0, 0},
    {OpKind::kMean, 2, 2, kAny, 0, 0},
    {OpKind::kUnidirectionalSequenceLstm, 20, 24, 1, 3, 0},
    {OpKind::kL2Normalization, 1, 1, kAny, 0, 0},
    {OpKind::kLogistic, 1, 1, kAny, 0, 0},
    {OpKind::kTanh, 1, 1, kAny, 0, 0},
    {OpKind::kResizeBilinear, 2, 2, kAny, 4, 0},
    {OpKind::kBatchToSpaceNd, 3, 3, kAny, 0, 0},
    {OpKind::kSpaceToBatchNd, 3, 3, kAny, 0, 0},
    {OpKind::kTranspose, 2, 2, kAny, 0, 0},
    {OpKind::kSub, 2, 2, kAny, 0, 0},
    {OpKind::kStridedSlice, 4, 4, kAny, 0, 0},
    {OpKind::kSplit, 2, 2, kAny, 0, 0, kAny},
    {OpKind::kPrelu, 2, 2, kAny, 0, 0},
    {OpKind::kMaximum, 2, 2, kAny, 0, 0},
    {OpKind::kArgMax, 2, 2, kAny, 0, 0},
    {OpKind::kMinimum, 2, 2, kAny, 0, 0},
    {OpKind::kTransposeConv, 3, 4, 3, 0, 4},  // input 0 is the output's shape
    {OpKind::kPack, 1, kAny, kAny, 0, 0},
    {OpKind::kResizeNearestNeighbor, 2, 2, kAny, 4, 0},
    {OpKind::kLeakyRelu, 1, 1, kAny, 0, 0},
    {OpKind::kHardSwish, 1, 1, kAny, 0, 0},
    {OpKind::kQuantize, 1, 1, kAny, 0, 0},
};

// Inclusive range of a quantised type's values.
std::pair<std::int64_t, std::int64_t> value_range(DataType type) {
  const auto range_of = [](auto value) {
    using Limits = std::numeric_limits<decltype(value)>;
    return std::pair<std::int64_t, std::int64_t>(Limits::min(), Limits::max());
  };
  switch (type) {
    case DataType::kInt8:
      return range_of(std::int8_t{});
    case DataType::kUInt8:
      return range_of(std::uint8_t{});
    case DataType::kInt16:
      return range_of(std::int16_t{});
    case DataType::kUInt16:
      return range_of(std::uint16_t{});
    case DataType::kInt32:
      return range_of(std::int32_t{});
    default:
      return range_of(std::int64_t{});
  }
}

class Checker {
 public:
  Checker(const Graph& graph, const std::vector<bool>& variable, std::string_view source)
      : graph_(graph), variable_(variable), source_(source), used_(graph.tensors.size()) {}

  void run() {
    if (graph_.operators.empty()) fail("has no operators");
    if (graph_.outputs.empty()) fail("has no outputs");
    for (int i = 0; i < static_cast<int>(graph_.operators.size()); ++i) check_operands(i);
    for (const int index : graph_.inputs) use(index, "a graph input");
    for (const int index : graph_.outputs) use(index, "a graph output");
    for (int i = 0; i < static_cast<int>(graph_.tensors.size()); ++i) check_tensor(i);
    for (int i = 0; i < static_cast<int>(graph_.operators.size()); ++i) check_ranks(i);
    check_order();
  }

 private:
  template <class... Args>
  [[noreturn]] void fail(fmt::format_string<Args...> message, Args&&... args) const {
    throw InputError(
        fmt::format("{}: {}", source_, fmt::format(message, std::forward<Args>(args)...)));
  }

  const Tensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }
  const Operator& op(int index) const { return graph_.operators[static_cast<std::size_t>(index)]; }

  void use(int index, std::string_view role) {
    if (index < 0 || static_cast<std::size_t>(index) >= graph_.tensors.size()) {
      fail("{} has tensor index {}, the model has tensors 0 to {}", role, index,
           static_cast<std::int64_t>(graph_.tensors.size()) - 1);
    }
    used_[static_cast<std::size_t>(index)] = true;
  }

  static const Signature* signature(OpKind kind) {
    const auto found =
        std::find_if(std::begin(kSignatures), std::end(kSignatures),
                     [kind](const Signature& candidate) { return candidate.kind == kind; });
    return found == std::end(kSignatures) ? nullptr : found;
  }

  void check_operands(int index) {
    const std::string label = operator_label(graph_, index);
    const Signature* expected = signature(op(index).kind);
    const auto inputs = static_cast<int>(op(index).inputs.size());
    const auto outputs = static_cast<int>(op(index).outputs.size());
    if (expected != nullptr) {
      if (inputs < expected->min_inputs) {
        fail("{} has {} inputs, it needs at least {}", label, inputs, expected->min_inputs);
      }
      if (inputs > expected->max_inputs) {
        fail("{} has {} inputs, it takes at most {}", label, inputs, expected->max_inputs);
      }
      if (outputs != 1 && expected->max_outputs == 1) {
        fail("{} has {} outputs, it has exactly one", label, outputs);
      }
      if (outputs < 1) fail("{} has no outputs, it has at least one", label);
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
    if (t.type == DataType::kInt4) {
      fail("{} is int4; int4 is not supported, int8 is", tensor_label(graph_, index));
    }
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
      if (in_use && extent <= 0) {
        fail(
            "{} has extent {} in dimension {}; every extent must be fixed and at least 1 (export "
            "the model with a fixed batch and input size)",
            tensor_label(graph_, index), extent, axis);
      }
      bytes *= std::max(extent, 1);
      if (bytes > kMaxTensorBytes) {
        fail("{} of shape {} takes more than {} bytes", tensor_label(graph_, index), shape_text(t),
             kMaxTensorBytes);
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
    // A channel of weights that are all zero may have scale 0.
    for (const float scale : q.scale) {
      if (!std::isfinite(scale) || scale < 0.0F || (scale == 0.0F && !t.is_constant())) {
        complain(fmt::format("scale {} is not a positive number", scale));
      }
    }
    const auto [low, high] = value_range(t.type);
    for (const std::int64_t zero_point : q.zero_point) {
      if (zero_point < low || zero_point > high) {
        complain(fmt::format("zero point {} is outside {} to {} ({})", zero_point, low, high,
                             data_type_name(t.type)));
      }
    }
  }

  void check_ranks(int index) const {
    const Operator& o = op(index);
    const Signature* expected = signature(o.kind);
    if (expected == nullptr) return;
    const auto expect_rank = [&](int operand, int rank, std::string_view role) {
      if (rank == 0 || static_cast<int>(tensor(operand).shape.size()) == rank) return;
      fail("{}: {} has shape {}, it must have {} dimensions", operator_label(graph_, index), role,
           shape_text(tensor(operand)), rank);
    };
    expect_rank(o.inputs[0], expected->data_rank, "the input");
    expect_rank(o.outputs[0], expected->data_rank, "the output");
    if (expected->weights_rank > 0) expect_rank(o.inputs[1], expected->weights_rank, "the filter");
  }

  void check_order() const {
    std::vector<bool> written = variable_;
    const auto mark = [&](int index, std::string_view writer) {
      const auto i = static_cast<std::size_t>(index);
      if (tensor(index).is_constant()) {
        fail("{} is {}, but also a constant", tensor_label(graph_, index), writer);
      }
      if (written[i]) {
        fail("{} is {}, but it already has a value", tensor_label(graph_, index), writer);
      }
      written[i] = true;
    };
    for (const int index : graph_.inputs) mark(index, "a graph input");
    for (int i = 0; i < static_cast<int>(graph_.operators.size()); ++i) {
      for (const int index : op(i).inputs) {
        if (index < 0 || tensor(index).is_constant() || written[static_cast<std::size_t>(index)]) {
          continue;
        }
        fail("{} reads {} before anything has written it", operator_label(graph_, i),
             tensor_label(graph_, index));
      }
      for (const int index : op(i).outputs) mark(index, "written by " + operator_label(graph_, i));
    }
    for (const int index : graph_.outputs) {
      if (written[static_cast<std::size_t>(index)]) continue;
      fail("graph output {} is {}", tensor_label(graph_, index),
           tensor(index).is_constant() ? "a constant" : "never written");
    }
  }

  const Graph& graph_;
  const std::vector<bool>& variable_;
  std::string_view source_;
  std::vector<bool> used_;
};

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
  return fmt::format("tensor {} '{}'", index,
                     printable(graph.tensors[static_cast<std::size_t>(index)].name));
}

std::string operator_label(const Graph& graph, int index) {
  const Operator& op = graph.operators[static_cast<std::size_t>(index)];
  return op.custom_name.empty() ? fmt::format("operator {} ({})", index, operator_name(op.kind))
                                : fmt::format("operator {} ({} {})", index, operator_name(op.kind),
                                              printable(op.custom_name));
}

void check_graph(const Graph& graph, const std::vector<bool>& variable, std::string_view source) {
  Checker(graph, variable, source).run();
}

}  // namespace boardless::workloads
