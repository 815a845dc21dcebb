// The simplest clock: one cycle per instruction.
#pragma once

#include <cstdint>

#include "sim/execution_sink.h"
#include "sim/run_end.h"

namespace boardless::sim {

class CountingSink {
 public:
  void on_block(const isa::CodeBlock& block) {
    block_ = block.instructions.size();
    instructions_ += block_;
    now_ += block_;
  }
  void on_read(std::uint32_t, std::uint32_t) {}
  void on_write(std::uint32_t, std::uint32_t) {}
  void on_operands(isa::OperandTimed, std::uint32_t, std::uint32_t) {}
  std::uint64_t now() const { return now_; }
  std::uint64_t cycles_left(std::size_t index) const { return block_ - index; }
  void advance(std::uint64_t cycles, Pause) { now_ += cycles; }

  std::uint64_t instructions() const { return instructions_; }

 private:
  std::uint64_t now_ = 0, instructions_ = 0;
  std::uint64_t block_ = 0;  // instructions of the block reported last
};

}  // namespace boardless::sim
