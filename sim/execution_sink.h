// What an engine reports while it runs: the contract between execution and everything that watches.
#pragma once

#include <concepts>
#include <cstdint>

namespace boardless::sim {

// on_block: a basic block of `size` bytes at `address` is about to execute, whole and in order.
// on_read: the block reported last reads `size` bytes at `address`, inside the watched range; reads
// come in program order.
// Both are called from the innermost loop: they must not allocate, block or throw.
template <class T>
concept ExecutionSink = requires(T sink, std::uint32_t address, std::uint32_t size) {
  { sink.on_block(address, size) } -> std::same_as<void>;
  { sink.on_read(address, size) } -> std::same_as<void>;
};

// Guest addresses whose reads are reported; empty when begin == end.
struct ReadWatch {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool empty() const { return begin == end; }
};

}  // namespace boardless::sim
