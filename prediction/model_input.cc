// Made-up inputs and inputs from files.
#include "prediction/model_input.h"

#include <fmt/format.h>

#include <cstring>

#include "base/error.h"
#include "workloads/operators/operator_record.h"
#include "workloads/zoo/seeded_random.h"

namespace boardless::prediction {
namespace {

using workloads::DataType;
using workloads::Tensor;

const Tensor& input_tensor(const workloads::Graph& graph, std::size_t input) {
  return graph.tensors[static_cast<std::size_t>(graph.inputs[input])];
}

std::vector<std::uint8_t> float_bytes(std::span<const float> values) {
  std::vector<std::uint8_t> bytes(values.size_bytes());
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::size_t input_bytes(const workloads::Graph& graph) {
  std::size_t total = 0;
  for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
    total += static_cast<std::size_t>(input_tensor(graph, i).bytes());
  }
  return total;
}

workloads::Inputs split(const workloads::Graph& graph, std::span<const std::uint8_t> bytes) {
  workloads::Inputs inputs;
  for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
    const auto size = static_cast<std::size_t>(input_tensor(graph, i).bytes());
    inputs.emplace_back(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    bytes = bytes.subspan(size);
  }
  return inputs;
}

workloads::Inputs from_pixels(std::span<const std::uint8_t> bytes) {
  std::vector<float> values;
  for (const std::uint8_t byte : bytes) values.push_back(static_cast<float>(byte) / 255.0F);
  return {float_bytes(values)};
}

// Integers of `bytes` each, below `limit`.
std::vector<std::uint8_t> random_indices(workloads::SeededRandom& random, std::size_t elements,
                                         std::size_t bytes, std::int64_t limit) {
  std::vector<std::uint8_t> result(elements * bytes);
  for (std::size_t i = 0; i < elements; ++i) {
    const auto index = static_cast<std::int64_t>(random.bits() >> 33) % limit;
    std::memcpy(result.data() + i * bytes, &index, bytes);
  }
  return result;
}

}  // namespace

workloads::Inputs random_inputs(const workloads::Graph& graph) {
  workloads::SeededRandom random(1);
  workloads::Inputs inputs;
  for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
    const Tensor& tensor = input_tensor(graph, i);
    const auto elements = static_cast<std::size_t>(tensor.elements());
    if (tensor.type == DataType::kFloat32) {
      std::vector<float> values(elements);
      for (float& value : values) value = static_cast<float>(random.bits() >> 40) * 0x1p-24F;
      inputs.push_back(float_bytes(values));
      continue;
    }
    const std::int64_t limit = workloads::index_limit(graph, graph.inputs[i]);
    if (limit > 0 && (tensor.type == DataType::kInt32 || tensor.type == DataType::kInt64)) {
      const auto size = static_cast<std::size_t>(workloads::data_type_size(tensor.type));
      inputs.push_back(random_indices(random, elements, size, limit));
      continue;
    }
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(tensor.bytes()));
    const unsigned bits = tensor.type == DataType::kBool ? 1 : 8;
    for (std::uint8_t& byte : bytes) {
      byte = static_cast<std::uint8_t>(random.bits() >> (64 - bits));
    }
    inputs.push_back(std::move(bytes));
  }
  return inputs;
}

std::vector<workloads::Inputs> inputs_from_file(const workloads::Graph& graph,
                                                std::span<const std::uint8_t> bytes,
                                                int invocations) {
  const auto count = static_cast<std::size_t>(invocations);
  const bool takes_pixels =
      graph.inputs.size() == 1 && input_tensor(graph, 0).type == DataType::kFloat32;
  const std::size_t total = input_bytes(graph);
  const auto pixels =
      takes_pixels ? static_cast<std::size_t>(input_tensor(graph, 0).elements()) : 0;
  const auto is_one_or_all = [&](std::size_t size) {
    return bytes.size() == size || bytes.size() == size * count;
  };
  const bool are_tensors = is_one_or_all(total);
  if (!are_tensors && !(takes_pixels && is_one_or_all(pixels))) {
    const std::string times = count > 1 ? fmt::format(", or {} times that", count) : "";
    throw InputError(
        fmt::format("the input file has {} bytes; {} takes {}{}{}", bytes.size(), graph.name, total,
                    takes_pixels ? fmt::format(" (or {} pixels)", pixels) : "", times));
  }
  const std::size_t size = are_tensors ? total : pixels;
  std::vector<workloads::Inputs> sequence;
  do {
    const auto one = bytes.first(size);
    sequence.push_back(are_tensors ? split(graph, one) : from_pixels(one));
    bytes = bytes.subspan(size);
  } while (!bytes.empty());
  return sequence;
}

}  // namespace boardless::prediction
