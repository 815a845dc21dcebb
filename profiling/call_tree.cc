// Finding and adding nodes, and sums over the tree.
#include "profiling/call_tree.h"

#include <algorithm>

namespace boardless::profiling {

std::uint32_t CallTree::other_child(std::uint32_t parent, std::uint32_t function) {
  const auto key = [&] { return std::uint64_t{parent} << 32U | function; };
  auto known = children_.find(key());
  const bool is_full = nodes_[parent].depth >= kMostDepth || nodes_.size() >= kMostPaths;
  if (known == children_.end() && is_full && parent != kRoot) {
    cut_ = true;
    parent = kRoot;
    known = children_.find(key());
  }
  if (known == children_.end()) {
    const auto added = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({.parent = parent, .function = function, .depth = nodes_[parent].depth + 1});
    known = children_.emplace(key(), added).first;
  }
  nodes_[parent].last_child = known->second;
  return known->second;
}

std::vector<Cycles> CallTree::totals() const {
  std::vector<Cycles> totals;
  for (const Node& node : nodes_) totals.push_back(node.self);
  for (std::size_t i = nodes_.size(); i-- > 1;) totals[nodes_[i].parent] += totals[i];
  return totals;
}

std::vector<std::uint32_t> CallTree::path(std::uint32_t node) const {
  std::vector<std::uint32_t> functions;
  for (; node != kRoot; node = nodes_[node].parent) functions.push_back(nodes_[node].function);
  std::ranges::reverse(functions);
  return functions;
}

}  // namespace boardless::profiling
