// Sizes of tensors, and whether a graph has its contents.
#include "workloads/graph/graph.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "workloads/graph/packed_int4.h"

namespace boardless::workloads {

std::int64_t Tensor::elements() const {
  std::int64_t product = 1;
  for (const std::int32_t extent : shape) {
    if (extent <= 0) return 0;
    product *= extent;
  }
  return product;
}

std::int64_t Tensor::bytes() const {
  return type == DataType::kInt4 ? packed_int4_bytes(elements())
                                 : elements() * data_type_size(type);
}

std::string shape_text(const Tensor& tensor) {
  return tensor.shape.empty() ? "scalar" : fmt::format("{}", fmt::join(tensor.shape, "x"));
}

std::vector<std::uint8_t> initial_value(const Tensor& tensor) {
  if (!tensor.data.empty()) return tensor.data;
  const bool has_zero_point =
      tensor.type == DataType::kInt8 && !tensor.quantization.zero_point.empty();
  const std::int64_t zero = has_zero_point ? tensor.quantization.zero_point[0] : 0;
  return std::vector<std::uint8_t>(static_cast<std::size_t>(tensor.bytes()),
                                   static_cast<std::uint8_t>(zero));
}

void require_contents(const Graph& graph, std::string_view purpose) {
  for (const Tensor& tensor : graph.tensors) {
    if (!tensor.shape_only) continue;
    throw InputError(
        fmt::format("{}: constant '{}' was made for its shape only and has no contents, which {} "
                    "needs",
                    graph.name, tensor.name, purpose));
  }
}

}  // namespace boardless::workloads
