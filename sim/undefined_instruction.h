// Says what an undefined instruction of an M-profile core is. Programs may run into the same one
// millions of times: what was said last is remembered.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace boardless::sim {

class UndefinedInstruction {
 public:
  // `code` begins with the instruction at `address`.
  const std::string& describe(std::uint32_t address, std::span<const std::uint8_t> code);

 private:
  std::array<std::uint8_t, 4> bytes_{};  // of the one described last
  std::uint32_t address_ = 0;
  std::string text_;
};

}  // namespace boardless::sim
