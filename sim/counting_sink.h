// The simplest clock: one cycle per instruction.
#pragma once

#include <cstdint>

#include "sim/execution_sink.h"
#include "sim/run_end.h"

namespace boardless::sim {

class CountingSink {
 public:
  void on_block(const isa::CodeBlock& block) {
    instructions_ += block.instructions.size();
    now_ += block.instructions.size();
  }
  void on_read(std::uint32_t, std::uint32_t) {}
  void on_write(std::uint32_t, std::uint32_t) {}
  void on_operands(isa::OperandTimed, std::uint32_t, std::uint32_t) {}
  std::uint64_t now() const { return now_; }
  void advance(std::uint64_t cycles, Pause) { now_ += cycles; }

  std::uint64_t instructions() const { return instructions_; }

 private:
  std::uint64_t now_ = 0, instructions_ = 0;
};

}  // namespace boardless::sim
