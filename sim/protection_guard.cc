// When the unit holds, and for which addresses.
#include "sim/protection_guard.h"

namespace boardless::sim {
namespace {

// The private peripheral bus is never protected (DDI 0403E B3.5.1).
bool is_private(std::uint32_t address) { return address - 0xe0000000U < 0x100000; }

MemoryProtection::Access as_unit_has_it(AccessGuard::Access access) {
  return access == AccessGuard::Access::kWrite ? MemoryProtection::Access::kWrite
                                               : MemoryProtection::Access::kRead;
}

}  // namespace

bool ProtectionGuard::holds() const {
  if (paused_ || !unit_.enabled()) return false;
  return unit_.holds_at_negative_priority() || interrupts_.execution_priority(state_) >= 0;
}

void ProtectionGuard::require(std::uint32_t address, std::uint32_t bytes, Access access) const {
  if (is_private(address) || !holds()) return;
  if (unit_.permits(address, as_unit_has_it(access), state_.accesses_privileged())) return;
  throw isa::MemoryFault(isa::MemoryFault::Kind::kProtected, address, bytes,
                         access == Access::kWrite);
}

bool ProtectionGuard::is_open(std::uint32_t page, Access access) const {
  return unit_.is_open(page, isa::kPageBytes, as_unit_has_it(access));
}

bool ProtectionGuard::executes(std::uint32_t address) const {
  return !holds() ||
         unit_.permits(address, MemoryProtection::Access::kExecute, state_.privileged());
}

}  // namespace boardless::sim
