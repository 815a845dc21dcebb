// Reads the elements of an output tensor.
#include "prediction/model_output.h"

#include <cstring>

#include "base/error.h"
#include "workloads/graph/element_type.h"

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
  return workloads::visit_element(
      output.type, [&]<class E>(E) { return argmax<typename E::Storage>(bytes, count); });
}

}  // namespace boardless::prediction
