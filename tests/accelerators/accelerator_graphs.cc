// Builds chains whose weights have shapes and no contents.
#include "tests/accelerators/accelerator_graphs.h"

namespace boardless::test {

using workloads::OpKind;

ChainBuilder::ChainBuilder(int height, int width, int channels, workloads::DataType type)
    : type_(type) {
  graph_.name = "chain";
  last_ = add_tensor("input", {1, height, width, channels}, false);
  graph_.inputs = {last_};
}

int ChainBuilder::add_tensor(const std::string& name, std::vector<std::int32_t> shape,
                             bool constant) {
  workloads::Tensor tensor;
  tensor.name = name;
  tensor.type = type_;
  tensor.shape = std::move(shape);
  tensor.shape_only = constant;
  graph_.tensors.push_back(std::move(tensor));
  return static_cast<int>(graph_.tensors.size()) - 1;
}

void ChainBuilder::add_window(OpKind kind, const std::vector<std::int32_t>& filter, int filters,
                              int stride, int dilation_w) {
  const std::vector<std::int32_t> in = graph_.tensors[static_cast<std::size_t>(last_)].shape;
  const std::string number = std::to_string(graph_.operators.size());
  workloads::Operator op;
  op.kind = kind;
  workloads::ConvAttributes attributes;
  attributes.stride_h = attributes.stride_w = stride;
  attributes.dilation_w = dilation_w;
  op.attributes = attributes;
  const int weights = add_tensor("weights" + number, filter, true);
  const int bias = add_tensor("bias" + number, {filters}, true);
  const auto shrunk = [stride](std::int32_t extent) { return (extent + stride - 1) / stride; };
  const int out = add_tensor("out" + number, {1, shrunk(in[1]), shrunk(in[2]), filters}, false);
  op.inputs = {last_, weights, bias};
  op.outputs = {out};
  graph_.operators.push_back(op);
  last_ = out;
}

ChainBuilder& ChainBuilder::conv(int filters, int kernel, int stride, int dilation_w) {
  const int depth = graph_.tensors[static_cast<std::size_t>(last_)].shape[3];
  add_window(OpKind::kConv2D, {filters, kernel, kernel, depth}, filters, stride, dilation_w);
  return *this;
}

ChainBuilder& ChainBuilder::depthwise(int kernel, int stride) {
  const int depth = graph_.tensors[static_cast<std::size_t>(last_)].shape[3];
  add_window(OpKind::kDepthwiseConv2D, {1, kernel, kernel, depth}, depth, stride, 1);
  return *this;
}

ChainBuilder& ChainBuilder::plain(OpKind kind) {
  workloads::Operator op;
  op.kind = kind;
  op.inputs = {last_};
  last_ = add_tensor("out" + std::to_string(graph_.operators.size()),
                     graph_.tensors[static_cast<std::size_t>(last_)].shape, false);
  op.outputs = {last_};
  graph_.operators.push_back(op);
  return *this;
}

workloads::Graph ChainBuilder::build() {
  graph_.outputs = {last_};
  return graph_;
}

}  // namespace boardless::test
