// Asks an M-profile core's memory protection unit on behalf of the code that runs.
#pragma once

#include <cstdint>

#include "isa/arm/state.h"
#include "sim/address_space.h"
#include "sim/interrupt_controller.h"
#include "sim/memory_protection.h"

namespace boardless::sim {

class ProtectionGuard final : public AccessGuard {
 public:
  // All must outlive it.
  ProtectionGuard(const MemoryProtection& unit, const isa::arm::State& state,
                  const InterruptController& interrupts)
      : unit_(unit), state_(state), interrupts_(interrupts) {}

  void require(std::uint32_t address, std::uint32_t bytes, Access access) const override;
  bool is_open(std::uint32_t page, Access access) const override;
  bool executes(std::uint32_t address) const override;

  // As long as it lives everything is permitted: vectors, and what a debugger does.
  class Pause {
   public:
    explicit Pause(ProtectionGuard& guard) : guard_(guard), before_(guard.paused_) {
      guard_.paused_ = true;
    }
    ~Pause() { guard_.paused_ = before_; }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    ProtectionGuard& guard_;
    bool before_;
  };

 private:
  bool holds() const;

  const MemoryProtection& unit_;
  const isa::arm::State& state_;
  const InterruptController& interrupts_;
  bool paused_ = false;
};

}  // namespace boardless::sim
