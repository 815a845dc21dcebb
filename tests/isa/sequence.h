// A sequence of instructions that tests run on more than one engine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "isa/decoder.h"

namespace boardless::isa {

// Instructions that stay together: one, an IT or VPT block, a loop, or a forward branch.
struct Piece {
  std::vector<std::uint8_t> bytes;
  int skips = 0;  // the piece is a conditional branch over as many of the pieces that follow
  // Unicorn's Q cannot be trusted afterwards: version 2.0.1 lets SMLAD set it when the sum of its
  // products alone overflows.
  bool spoils_q = false;
};
using Sequence = std::vector<Piece>;

// Puts the offsets into branches; a branch past the end goes to the end.
std::vector<std::uint8_t> assemble(const Sequence& sequence);

int instructions_in(const Sequence& sequence);

// The sequence as text, one instruction a line.
std::string disassembly(Decoder& decoder, const Sequence& sequence);

}  // namespace boardless::isa
