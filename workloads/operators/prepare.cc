// Chooses a kernel for each operator of a graph and lets the operator's own code fill its
// parameters.
#include <algorithm>
#include <iterator>

#include "workloads/graph/graph_checks.h"
#include "workloads/operators/prepare_operator.h"

namespace boardless::workloads {
namespace {

struct Supported {
  OpKind kind;
  PrepareFunction prepare;
};

constexpr Supported kSupported[] = {
    {OpKind::kConv2D, prepare_conv_2d},
    {OpKind::kDepthwiseConv2D, prepare_depthwise_conv_2d},
    {OpKind::kFullyConnected, prepare_fully_connected},
    {OpKind::kAveragePool2D, prepare_pool_2d},
    {OpKind::kMaxPool2D, prepare_pool_2d},
    {OpKind::kAdd, prepare_add},
    {OpKind::kMul, prepare_mul},
    {OpKind::kSoftmax, prepare_softmax},
    {OpKind::kReshape, prepare_reshape},
    {OpKind::kPad, prepare_pad},
    {OpKind::kMean, prepare_mean},
    {OpKind::kQuantize, prepare_quantize},
    {OpKind::kDequantize, prepare_dequantize},
    {OpKind::kRelu, prepare_relu},
    {OpKind::kRelu6, prepare_relu},
};

PrepareFunction prepare_function(const OperatorView& view) {
  const auto found = std::ranges::find(kSupported, view.op().kind, &Supported::kind);
  if (found != std::end(kSupported)) return found->prepare;
  std::string names;
  for (const Supported& supported : kSupported) {
    names += names.empty() ? "" : ", ";
    names += operator_name(supported.kind);
  }
  view.not_modelled("no kernel; supported: {}", names);
}

// What operators write and what can be compared; an input handed through may be anything else.
void check_output(const Graph& graph, int index) {
  const DataType type = graph.tensors[static_cast<std::size_t>(index)].type;
  if (type == DataType::kInt8 || type == DataType::kUInt8 || type == DataType::kFloat32) return;
  throw InputError(fmt::format("{}: output {} has type {}; supported: int8, float32", graph.name,
                               tensor_label(graph, index), data_type_name(type)));
}

}  // namespace

PreparedModel prepare(const Graph& graph) {
  PreparedModel model;
  const int count = static_cast<int>(graph.operators.size());
  // Before the graph's own rules, so that an operator without a kernel is called that and nothing
  // else.
  for (int i = 0; i < count; ++i) (void)prepare_function(OperatorView(graph, i, model));
  require_contents(graph, "a run");
  check_graph(graph, std::vector<bool>(graph.tensors.size()),
              graph.name.empty() ? "the model" : graph.name);

  model.operators.reserve(graph.operators.size());
  for (int i = 0; i < count; ++i) {
    const OperatorView view(graph, i, model);
    model.operators.push_back(prepare_function(view)(view));
  }
  for (const int output : graph.outputs) check_output(graph, output);
  return model;
}

}  // namespace boardless::workloads
