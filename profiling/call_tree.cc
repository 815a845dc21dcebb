// Finding and adding nodes, and sums over the tree.
#include "profiling/call_tree.h"

#include <algorithm>

namespace boardless::profiling {

std::uint32_t CallTree::child(std::uint32_t parent, std::uint32_t function) {
  std::uint32_t* link = &nodes_[parent].first_child;
  while (*link != 0 && nodes_[*link].function != function) link = &nodes_[*link].next_sibling;
  if (*link != 0) return *link;
  const auto added = static_cast<std::uint32_t>(nodes_.size());
  *link = added;
  nodes_.push_back({.parent = parent, .function = function});
  return added;
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
