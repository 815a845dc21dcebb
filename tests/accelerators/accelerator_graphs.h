// Small graphs to map and price.
#pragma once

#include <string>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::test {

// Grows a chain of operators on one activation after the other.
class ChainBuilder {
 public:
  ChainBuilder(int height, int width, int channels,
               workloads::DataType type = workloads::DataType::kInt8);
  ChainBuilder& conv(int filters, int kernel, int stride = 1, int dilation_w = 1);
  ChainBuilder& depthwise(int kernel, int stride = 1);
  // An operator with one input and an output of the same shape.
  ChainBuilder& plain(workloads::OpKind kind);
  workloads::Graph build();

 private:
  int add_tensor(const std::string& name, std::vector<std::int32_t> shape, bool constant);
  void add_window(workloads::OpKind kind, const std::vector<std::int32_t>& filter, int filters,
                  int stride, int dilation_w);

  workloads::Graph graph_;
  workloads::DataType type_;
  int last_ = 0;
};

}  // namespace boardless::test
