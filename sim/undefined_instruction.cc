// The instruction's name where a larger core has it.
#include "sim/undefined_instruction.h"

#include <algorithm>

#include "isa/arm/missing_feature.h"

namespace boardless::sim {

const std::string& UndefinedInstruction::describe(std::uint32_t address,
                                                  std::span<const std::uint8_t> code) {
  std::array<std::uint8_t, 4> bytes{};
  std::copy_n(code.begin(), std::min(code.size(), bytes.size()), bytes.begin());
  if (!text_.empty() && address == address_ && bytes == bytes_) return text_;
  address_ = address;
  bytes_ = bytes;
  const std::string missing = isa::arm::missing_feature(address, code);
  text_ = "an undefined instruction" + (missing.empty() ? "" : ": " + missing);
  return text_;
}

}  // namespace boardless::sim
