// Priorities and the NVIC's registers (DDI 0403E B1.5.4 and B3.4).
#include "sim/interrupt_controller.h"

#include <algorithm>

#include "base/error.h"

namespace boardless::sim {

InterruptController::InterruptController(unsigned lines, unsigned priority_bits)
    : end_(exception::kFirstLine + lines), priority_mask_(0xffU & ~(0xffU >> priority_bits)) {
  check(end_ <= kExceptions, "an NVIC has at most 496 lines");
  // The configurable faults start disabled (SHCSR), the other system exceptions cannot be.
  for (unsigned number = 1; number < exception::kFirstLine; ++number) {
    enabled_[number] = number < exception::kMemManage || number > exception::kUsageFault + 1;
  }
}

void InterruptController::activate(unsigned number) {
  active_[number] = true;
  pending_[number] = false;
}

void InterruptController::deactivate(unsigned number) {
  active_[number] = false;
  if (high_[number]) set_pending(number, true);
}

void InterruptController::set_line(unsigned line, bool level) {
  const unsigned number = exception::kFirstLine + line;
  check(number < end_, "a device's interrupt line exists");
  if (level && !high_[number]) set_pending(number, true);
  high_[number] = level;
}

std::uint32_t InterruptController::group_mask() const {
  // PRIGROUP n: bits [7:n+1] are the group priority (DDI 0403E table B1-5).
  return 0xffU & ~((2U << prigroup_) - 1);
}

int InterruptController::group_priority(unsigned number) const {
  if (number <= exception::kHardFault) return static_cast<int>(number) - 4;
  return static_cast<int>(priority_[number] & group_mask());
}

void InterruptController::set_priority(unsigned number, std::uint32_t value) {
  if (number <= exception::kHardFault || number >= end_) return;
  priority_[number] = static_cast<std::uint8_t>(value & priority_mask_);
}

int InterruptController::active_priority() const {
  int priority = kThreadPriority;
  if (active_.none()) return priority;
  for (unsigned number = 1; number < end_; ++number) {
    if (active_[number]) priority = std::min(priority, group_priority(number));
  }
  return priority;
}

int InterruptController::execution_priority(const isa::arm::State& state) const {
  int priority = active_priority();
  if (state.basepri != 0) {
    priority = std::min(priority, static_cast<int>(state.basepri & group_mask()));
  }
  if ((state.primask & 1U) != 0) priority = std::min(priority, 0);
  if ((state.faultmask & 1U) != 0) priority = std::min(priority, -1);
  return priority;
}

unsigned InterruptController::most_urgent() const {
  const Set candidates = pending_ & enabled_;
  if (candidates.none()) return 0;
  unsigned best = 0;
  for (auto number = static_cast<unsigned>(candidates._Find_first()); number < end_;
       number = static_cast<unsigned>(candidates._Find_next(number))) {
    // By group priority, then subpriority, then number (DDI 0403E B1.5.4).
    const auto is_better = [&] {
      const int group = group_priority(number), best_group = group_priority(best);
      if (group != best_group) return group < best_group;
      return priority_[number] < priority_[best];
    };
    if (best == 0 || is_better()) best = number;
  }
  return best;
}

bool InterruptController::can_preempt(int priority) const {
  // SVCall and faults are of the running code's own making; NMI has no source here.
  for (unsigned number = exception::kPendSv; number < end_; ++number) {
    if (enabled_[number] && group_priority(number) < priority) return true;
  }
  return false;
}

std::uint32_t InterruptController::read(std::uint32_t offset) const {
  std::uint32_t value = 0;
  if (offset >= 0x400 && offset < 0x5f0) {
    const unsigned first = exception::kFirstLine + (offset - 0x400);
    for (unsigned i = 0; i < 4 && first + i < kExceptions; ++i) {
      value |= std::uint32_t{priority_[first + i]} << 8 * i;
    }
    return value;
  }
  const Set& set = offset < 0x200 ? enabled_ : offset < 0x300 ? pending_ : active_;
  const unsigned first = first_of_word(offset);
  for (unsigned i = 0; i < 32 && first + i < end_; ++i) {
    value |= static_cast<std::uint32_t>(set[first + i]) << i;
  }
  return value;
}

void InterruptController::write(std::uint32_t offset, std::uint32_t value, std::uint32_t bytes) {
  if (offset == 0xf00) {  // STIR
    const unsigned number = exception::kFirstLine + (value & 0x1ff);
    if (number < end_) set_pending(number, true);
    return;
  }
  if (offset >= 0x400) {
    for (unsigned i = 0; i < bytes; ++i) {
      set_priority(exception::kFirstLine + (offset - 0x400) + i, value >> 8 * i & 0xff);
    }
    return;
  }
  const unsigned first = first_of_word(offset);
  for (unsigned i = 0; i < 32 && first + i < end_; ++i) {
    if ((value >> i & 1) == 0) continue;
    switch (offset & 0x380U) {
      case 0x100:
        enabled_[first + i] = true;
        break;
      case 0x180:
        enabled_[first + i] = false;
        break;
      case 0x200:
        set_pending(first + i, true);
        break;
      case 0x280:
        // A line that is still high pends its interrupt again at once.
        pending_[first + i] = false;
        if (high_[first + i] && !active_[first + i]) set_pending(first + i, true);
        break;
      default:
        break;
    }
  }
}

}  // namespace boardless::sim
