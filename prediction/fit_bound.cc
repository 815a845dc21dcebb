// Adds up constants and the largest working set.
#include "prediction/fit_bound.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace boardless::prediction {
namespace {

void check(const char* what, Bytes needed, const targets::Memory& memory, std::string& reason) {
  if (needed <= memory.size_bytes) return;
  reason += fmt::format("{}{} needs at least {} bytes ({}) and has {}", reason.empty() ? "" : "; ",
                        memory.name, needed, what, memory.size_bytes.value());
}

}  // namespace

FitBound fit_bound(const workloads::Graph& graph, bool may_overlap) {
  FitBound bound;
  std::set<int> weights;
  for (const workloads::Operator& op : graph.operators) {
    std::set<int> activations(op.outputs.begin(), op.outputs.end());
    for (const int input : op.inputs) {
      if (input < 0) continue;
      if (!graph.tensors[static_cast<std::size_t>(input)].is_constant()) {
        activations.insert(input);
      } else if (macs(graph, op) > 0) {
        weights.insert(input);
      }
    }
    Bytes working = 0;
    for (const int tensor : activations) {
      const auto bytes =
          static_cast<Bytes>(graph.tensors[static_cast<std::size_t>(tensor)].bytes());
      working = may_overlap ? std::max(working, bytes) : working + bytes;
    }
    bound.activations_bytes = std::max(bound.activations_bytes, working);
  }
  for (const int tensor : weights) {
    bound.weights_bytes +=
        static_cast<Bytes>(graph.tensors[static_cast<std::size_t>(tensor)].bytes());
  }
  return bound;
}

bool is_simulated_only_where_it_fits(const workloads::Graph& graph, const FitBound& bound) {
  constexpr std::int64_t kMacs = 100'000'000;
  constexpr Bytes kBytes = 64U << 20U;
  return macs(graph) > kMacs || bound.activations_bytes > kBytes || bound.weights_bytes > kBytes;
}

std::optional<std::string> cannot_fit(const FitBound& bound, const targets::Target& target) {
  std::string reason;
  check("weights", bound.weights_bytes, target.memory(target.placement.constants), reason);
  check("activations of one operator", bound.activations_bytes,
        target.memory(target.placement.arena), reason);
  if (reason.empty()) return std::nullopt;
  return reason;
}

}  // namespace boardless::prediction
