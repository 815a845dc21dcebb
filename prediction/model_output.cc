// Reads the elements of an output tensor.
#include "prediction/model_output.h"

#include <cstring>

#include "base/error.h"

namespace boardless::prediction {
namespace {

template <class Element>
int argmax(std::span<const std::uint8_t> bytes, std::size_t count) {
  check(count > 0 && bytes.size() >= count * sizeof(Element), "the output tensor is there");
  const auto element = [&](std::size_t i) {
    Element value;
    std::memcpy(&value, bytes.data() + i * sizeof value, sizeof value);
    return value;
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < count; ++i) {
    if (element(i) > element(best)) best = i;
  }
  return static_cast<int>(best);
}

}  // namespace

int output_argmax(const workloads::Graph& graph, std::span<const std::uint8_t> bytes) {
  const workloads::Tensor& output = graph.tensors[static_cast<std::size_t>(graph.outputs.front())];
  const auto count = static_cast<std::size_t>(output.elements());
  switch (output.type) {
    case workloads::DataType::kFloat32:
      return argmax<float>(bytes, count);
    case workloads::DataType::kUInt8:
      return argmax<std::uint8_t>(bytes, count);
    default:
      check(output.type == workloads::DataType::kInt8, "prepare() admits no other output types");
      return argmax<std::int8_t>(bytes, count);
  }
}

}  // namespace boardless::prediction
