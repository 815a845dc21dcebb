// What a program takes for its heap: how far it moves the break by _sbrk(), which malloc() calls.
#pragma once

#include <cstdint>
#include <optional>

#include "base/units.h"
#include "profiling/call_registers.h"

namespace boardless::profiling {

class HeapMeter {
 public:
  // `sbrk` is the address of void* sbrk(ptrdiff_t), which returns the break before, or -1.
  HeapMeter(std::uint32_t sbrk, const CallRegisters& registers)
      : sbrk_(sbrk), registers_(registers) {}

  std::uint32_t address() const { return sbrk_; }
  bool watches_all() const { return request_.has_value(); }
  // The block at `address` is about to execute.
  void arrive(std::uint32_t address);

  // The break less the first, now and at its highest; 0 when it was never moved.
  Bytes bytes() const { return break_ - first_; }
  Bytes most_bytes() const { return highest_ - first_; }

 private:
  struct Request {
    OpenCall call;
    std::uint32_t increment = 0;
  };

  std::uint32_t sbrk_;
  CallRegisters registers_;
  std::optional<Request> request_;
  std::uint32_t first_ = 0, break_ = 0, highest_ = 0;
};

}  // namespace boardless::profiling
