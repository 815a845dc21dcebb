// Sums that saturate: shapes come from strangers.
#include "prediction/memory_limit.h"

#include <fmt/format.h>
#include <unistd.h>

#include <limits>

namespace boardless::prediction {
namespace {

void add(Bytes& sum, std::int64_t bytes) {
  constexpr Bytes kMost = std::numeric_limits<Bytes>::max();
  const auto more = static_cast<Bytes>(bytes);
  sum = more > kMost - sum ? kMost : sum + more;
}

}  // namespace

Bytes default_memory_limit() {
  const auto pages = static_cast<Bytes>(sysconf(_SC_PHYS_PAGES));
  return pages * static_cast<Bytes>(sysconf(_SC_PAGE_SIZE)) / 2;
}

Bytes evaluation_bytes(const workloads::Graph& graph) {
  Bytes sum = 0;
  for (const workloads::Tensor& tensor : graph.tensors) add(sum, tensor.bytes());
  for (const int input : graph.inputs) {
    add(sum, graph.tensors[static_cast<std::size_t>(input)].bytes());
  }
  return sum;
}

std::optional<std::string> beyond_memory(const workloads::Graph& graph, Bytes limit) {
  const Bytes needed = evaluation_bytes(graph);
  if (needed <= limit) return std::nullopt;
  return fmt::format("its tensors need {} bytes of this machine; --memory-limit is {}", needed,
                     limit);
}

}  // namespace boardless::prediction
