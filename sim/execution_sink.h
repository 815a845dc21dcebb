// What an engine reports while it runs: the contract between execution and everything that watches.
#pragma once

#include <concepts>
#include <cstdint>

#include "isa/code_block.h"
#include "isa/memory_port.h"

namespace boardless::sim {

// on_block: the block is about to execute, whole and in order (unless one of its instructions
// traps). on_read, on_write: the block reported last accesses memory, on a watched page, in a
// device or not aligned; in program order. on_operands: the block reported last executes an
// operation whose duration may depend on its operands. now: cycles that have passed; engines
// compare it with their deadline between blocks. All are called from the innermost loop: they must
// not allocate (but at first sight of a block), block or throw.
template <class T>
concept ExecutionSink =
    requires(T sink, const isa::CodeBlock& block, isa::OperandTimed operation, std::uint32_t word) {
      { sink.on_block(block) } -> std::same_as<void>;
      { sink.on_read(word, word) } -> std::same_as<void>;
      { sink.on_write(word, word) } -> std::same_as<void>;
      { sink.on_operands(operation, word, word) } -> std::same_as<void>;
      { sink.now() } -> std::same_as<std::uint64_t>;
    };

// Guest addresses whose accesses are reported; empty when begin == end.
struct AccessWatch {
  std::uint32_t read_begin = 0, read_end = 0;
  std::uint32_t write_begin = 0, write_end = 0;
};

}  // namespace boardless::sim
