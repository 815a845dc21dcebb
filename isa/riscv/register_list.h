// The register lists of Zcmp's push and pop instructions (Zc extension 1.0, "PUSH/POP register
// instructions").
#pragma once

#include <cstdint>

namespace boardless::isa::riscv {

// The registers of an encoded list, 4 to 15, as bits 1-31: ra, then s0, s1, … in ascending order.
// 15 adds s10 and s11 together, so that no list ends with s10.
constexpr std::uint32_t zcmp_registers(std::uint32_t list) {
  constexpr std::uint32_t kRa = 1U << 1, kS0 = 1U << 8, kS1 = 1U << 9;
  std::uint32_t mask = kRa;
  if (list >= 5) mask |= kS0;
  if (list >= 6) mask |= kS1;
  const std::uint32_t more = list < 7 ? 0 : list == 15 ? 10 : list - 6;  // s2 and on are x18 and on
  return mask | ((1U << more) - 1) << 18;
}

}  // namespace boardless::isa::riscv
