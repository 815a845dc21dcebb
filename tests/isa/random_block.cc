// Pieces of more than one instruction: IT and VPT blocks, loops, and branches over what follows.
#include <bit>
#include <span>

#include "base/error.h"
#include "isa/opcode.h"
#include "tests/isa/random_sequence.h"

namespace boardless::isa {

using enum InstructionClass;

// IT and the instructions that it governs.
Piece SequenceGenerator::it_block() {
  for (;;) {
    const auto condition = static_cast<std::uint32_t>(random_() % 14);
    const std::uint32_t mask = 1 + static_cast<std::uint32_t>(random_() % 15);
    Piece piece;
    piece.bytes = bytes_of(0xbf00 | condition << 4 | mask, 2);
    const int length = 4 - std::countr_zero(mask);
    std::vector<std::string> names{"t2IT"};
    for (int i = 0; i < length; ++i) {
      const Choice choice = choose();
      piece.spoils_q = piece.spoils_q || spoils_q(choice.name);
      piece.bytes.insert(piece.bytes.end(), choice.bytes.begin(), choice.bytes.end());
      names.push_back(choice.name);
    }
    // Some encodings mean something else inside, or are not allowed there.
    decoder_.restart();
    bool good = true;
    std::size_t offset = 0;
    for (const std::string& name : names) {
      const auto d = decoder_.next(static_cast<std::uint32_t>(offset),
                                   std::span<const std::uint8_t>(piece.bytes).subspan(offset));
      good = good && d && !d->unpredictable && d->opcode->name == name && name != "tMOVSr" &&
             (name == "t2IT" || d->facts.predicated) &&
             d->facts.instruction_class != kBarrier;  // Unicorn forgets the rest of the IT block
      if (!good) break;
      offset += d->facts.size;
    }
    decoder_.restart();
    if (!good) continue;
    for (const std::string& name : names) ++covered_[name];
    return piece;
  }
}

// A conditional branch over the next few pieces.
Piece SequenceGenerator::branch() {
  const int skips = 1 + static_cast<int>(random_() % 3);
  if (variant_.has(Feature::kBaseline) && random_() % 2 == 0) {
    const std::uint32_t compare = random_() % 2 == 0 ? 0xb100 : 0xb900;
    ++covered_[compare == 0xb100 ? "tCBZ" : "tCBNZ"];
    return {bytes_of(compare | static_cast<std::uint32_t>(random_() % 8), 2), skips, false};
  }
  ++covered_["tBcc"];
  return {bytes_of(0xd000 | static_cast<std::uint32_t>(random_() % 14) << 8, 2), skips, false};
}

}  // namespace boardless::isa
