// Looks at what sbrk() is asked for, and at what it answers.
#include "profiling/heap_meter.h"

#include <algorithm>
#include <utility>

namespace boardless::profiling {

void HeapMeter::arrive(std::uint32_t address) {
  if (call_ && address == call_->return_address &&
      registers_.stack_pointer == call_->stack_pointer) {
    const std::uint32_t increment = std::exchange(call_, {})->increment;
    constexpr std::uint32_t kRefused = 0xffffffff;
    const std::uint32_t before = registers_.first_argument;
    if (before != kRefused) {
      if (first_ == 0) first_ = before;
      break_ = before + increment;
      highest_ = std::max(highest_, break_);
    }
  }
  if (address == sbrk_) {
    call_ = {.return_address = registers_.return_address & ~1U,
             .stack_pointer = registers_.stack_pointer,
             .increment = registers_.first_argument};
  }
}

}  // namespace boardless::profiling
