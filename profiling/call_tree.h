// Who called whom, with what each path cost: a tree of call paths and the stack of calls in
// progress.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/units.h"

namespace boardless::profiling {

class CallTree {
 public:
  static constexpr std::uint32_t kRoot = 0;

  struct Node {
    std::uint32_t parent = kRoot;
    std::uint32_t function = 0;
    std::uint32_t first_child = 0, next_sibling = 0;  // 0: none
    std::uint64_t calls = 0;
    Cycles self = 0;                          // cycles in the function itself on this path
    std::uint32_t lowest_stack = 0xffffffff;  // the stack pointer's least value on this path
  };

  CallTree() { nodes_.emplace_back(); }

  // The node of `function` called from `parent`, made at its first call.
  std::uint32_t child(std::uint32_t parent, std::uint32_t function);

  Node& operator[](std::uint32_t node) { return nodes_[node]; }
  const Node& operator[](std::uint32_t node) const { return nodes_[node]; }
  std::size_t size() const { return nodes_.size(); }

  // Cycles of each node with all it called, by node.
  std::vector<Cycles> totals() const;
  // Functions from the outermost to the node's own.
  std::vector<std::uint32_t> path(std::uint32_t node) const;

 private:
  std::vector<Node> nodes_;  // a parent comes before its children
};

}  // namespace boardless::profiling
