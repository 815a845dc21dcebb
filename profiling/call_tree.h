// Who called whom, with what each path cost: a tree of call paths and the stack of calls in
// progress. Bounded, whatever the program: calls that go too deep, or are on too many paths, are
// counted on a path that begins at the called function.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/units.h"

namespace boardless::profiling {

class CallTree {
 public:
  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::uint32_t kMostDepth = 256;      // functions on one path
  static constexpr std::size_t kMostPaths = 1U << 16U;  // beside one for each function

  struct Node {
    std::uint32_t parent = kRoot;
    std::uint32_t function = 0;
    std::uint32_t depth = 0;
    std::uint32_t last_child = kRoot;  // the one called last; kRoot: none yet
    std::uint64_t calls = 0;
    Cycles self = 0;                          // cycles in the function itself on this path
    std::uint32_t lowest_stack = 0xffffffff;  // the stack pointer's least value on this path
  };

  CallTree() { nodes_.emplace_back(); }

  // The node of `function` called from `parent`, made at its first call.
  std::uint32_t child(std::uint32_t parent, std::uint32_t function) {
    const std::uint32_t last = nodes_[parent].last_child;
    if (last != kRoot && nodes_[last].function == function) return last;
    return other_child(parent, function);
  }

  Node& operator[](std::uint32_t node) { return nodes_[node]; }
  const Node& operator[](std::uint32_t node) const { return nodes_[node]; }
  std::size_t size() const { return nodes_.size(); }

  // Whether some path begins at a function that another called.
  bool is_cut() const { return cut_; }
  // Cycles of each node with all it called, by node.
  std::vector<Cycles> totals() const;
  // Functions from the outermost to the node's own.
  std::vector<std::uint32_t> path(std::uint32_t node) const;

 private:
  std::uint32_t other_child(std::uint32_t parent, std::uint32_t function);

  std::vector<Node> nodes_;                                    // a parent comes before its children
  std::unordered_map<std::uint64_t, std::uint32_t> children_;  // by parent and function
  bool cut_ = false;
};

}  // namespace boardless::profiling
