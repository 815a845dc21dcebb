// What turns the bytes of one instruction into a Decoded: LLVM's disassembler, or a table of our
// own for what LLVM does not know.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "isa/machine_operand.h"

namespace boardless::isa {

class InstructionSource {
 public:
  virtual ~InstructionSource() = default;

  // Forgets what earlier instructions said of those behind them (Arm's IT blocks).
  virtual void restart() {}
  // The instruction that `bytes` start with; nothing when it is none of this source's. Throws
  // NotModelled for one that it can name and boardless has no record of.
  virtual std::optional<Decoded> next(std::uint32_t address,
                                      std::span<const std::uint8_t> bytes) = 0;
  // Its assembly text, as if outside any block; empty when it is none of this source's.
  virtual std::string text(std::uint32_t address, std::span<const std::uint8_t> bytes) = 0;
};

}  // namespace boardless::isa
