// Branch offsets, and text.
#include "tests/isa/sequence.h"

#include <fmt/format.h>

#include <algorithm>

namespace boardless::isa {

std::vector<std::uint8_t> assemble(const Sequence& sequence) {
  std::vector<std::uint8_t> code;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const Piece& piece = sequence[i];
    const std::size_t at = code.size();
    code.insert(code.end(), piece.bytes.begin(), piece.bytes.end());
    if (piece.skips == 0) continue;
    std::size_t skipped = 0;
    for (int k = 1; k <= piece.skips && i + static_cast<std::size_t>(k) < sequence.size(); ++k) {
      skipped += sequence[i + static_cast<std::size_t>(k)].bytes.size();
    }
    // Offsets count halfwords from the branch plus 4.
    const auto halfwords = static_cast<std::int32_t>(skipped / 2) - 1;
    if ((code[at + 1] & 0xf0) == 0xd0) {  // B<c>
      code[at] = static_cast<std::uint8_t>(halfwords);
    } else if (halfwords >= 0 && halfwords < 64) {  // CBZ, CBNZ
      code[at] = static_cast<std::uint8_t>((code[at] & 7) | (halfwords & 31) << 3);
      code[at + 1] = static_cast<std::uint8_t>(code[at + 1] | (halfwords >> 5) << 1);
    } else {  // which cannot branch to what follows, or so far: a NOP instead
      code[at] = 0x00;
      code[at + 1] = 0x46;  // mov r0, r0
    }
  }
  return code;
}

int instructions_in(const Sequence& sequence) {
  int count = 0;
  for (const Piece& piece : sequence) {
    for (std::size_t at = 0; at < piece.bytes.size(); ++count) {
      at += piece.bytes[at + 1] >= 0xe8 ? 4 : 2;  // the first halfword says how long
    }
  }
  return count;
}

std::string disassembly(Decoder& decoder, const Sequence& sequence) {
  const std::vector<std::uint8_t> code = assemble(sequence);
  std::string text;
  std::size_t offset = 0;
  const std::span<const std::uint8_t> all(code);
  while (offset < code.size()) {
    decoder.restart();
    const auto decoded = decoder.next(static_cast<std::uint32_t>(offset), all.subspan(offset));
    const std::size_t size = decoded ? decoded->facts.size : 2;
    std::string encoding;
    for (std::size_t i = 0; i < size; i += 2) {
      encoding += fmt::format("{:02x}{:02x} ", code[offset + i + 1], code[offset + i]);
    }
    text += fmt::format("  {:<10} {}\n", encoding,
                        decoder.text(static_cast<std::uint32_t>(offset), all.subspan(offset)));
    offset += size;
  }
  return text;
}

}  // namespace boardless::isa
