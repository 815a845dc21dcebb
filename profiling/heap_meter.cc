// Looks at what sbrk() is asked for, and at what it answers.
#include "profiling/heap_meter.h"

#include <algorithm>
#include <utility>

namespace boardless::profiling {

void HeapMeter::arrive(std::uint32_t address) {
  if (request_ && request_->call.ends_at(address, registers_)) {
    const std::uint32_t increment = std::exchange(request_, {})->increment;
    constexpr std::uint32_t kRefused = 0xffffffff;
    const std::uint32_t before = registers_.first_argument;
    if (before != kRefused) {
      if (first_ == 0) first_ = before;
      break_ = before + increment;
      highest_ = std::max(highest_, break_);
    }
  }
  if (address == sbrk_) {
    request_ = {.call = open_call(registers_), .increment = registers_.first_argument};
  }
}

}  // namespace boardless::profiling
