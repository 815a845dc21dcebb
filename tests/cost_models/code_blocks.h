// Blocks of given or plain code for tests of what is indexed by blocks.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "isa/code_block.h"
#include "isa/decoder.h"
#include "isa/variant.h"

namespace boardless::cost_models {

// A table over `code` at `base`, whose blocks begin and end where a test says.
class CodeBlocks {
 public:
  CodeBlocks(std::uint32_t base, std::vector<std::uint8_t> code)
      : base_(base), code_(std::move(code)), decoder_(isa::find_variant("v7e-m")) {}

  const isa::CodeBlock& block(std::uint32_t address, std::uint32_t bytes) {
    const auto [known, added] = ids_.try_emplace({address, bytes}, 0);
    if (added) {
      known->second =
          table_
              .add(address,
                   decoder_.decode(address, std::span(code_).subspan(address - base_, bytes)))
              .id;
    }
    return table_[known->second];
  }
  const isa::BlockTable& table() const { return table_; }

 private:
  std::uint32_t base_;
  std::vector<std::uint8_t> code_;
  isa::Decoder decoder_;
  isa::BlockTable table_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> ids_;
};

// Repeats one 16-bit instruction.
inline std::vector<std::uint8_t> repeated(std::uint16_t encoding, std::size_t count) {
  std::vector<std::uint8_t> code;
  for (std::size_t i = 0; i < count; ++i) {
    code.push_back(static_cast<std::uint8_t>(encoding));
    code.push_back(static_cast<std::uint8_t>(encoding >> 8));
  }
  return code;
}
constexpr std::uint16_t kAdds = 0x1888;  // adds r0, r1, r2: one cycle

}  // namespace boardless::cost_models
