// Accesses that fault when they are not aligned, whatever CCR.UNALIGN_TRP says: LDRD, LDM,
// exclusives, load-acquire and store-release, and floating point (DDI 0403E A3.2.1).
#pragma once

#include "isa/arm/state.h"

namespace boardless::isa::arm {

[[noreturn]] void fault_unaligned(State& s, const Op* op, std::uint32_t address,
                                  std::uint32_t bytes, bool is_store);

inline void require_aligned(State& s, const Op* op, std::uint32_t address, std::uint32_t bytes,
                            bool is_store) {
  if ((address & (bytes - 1)) != 0) [[unlikely]]
    fault_unaligned(s, op, address, bytes, is_store);
}

}  // namespace boardless::isa::arm
