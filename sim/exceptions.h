// Exception entry and return of an M-profile core: what the hardware stacks and restores, and in
// which mode the core goes on (DDI 0403E B1.5.6 to B1.5.8, DDI 0553 B3.18 to B3.21).
#pragma once

#include <cstdint>

#include "isa/arm/state.h"
#include "sim/address_space.h"
#include "sim/core_system.h"
#include "sim/system_control.h"

namespace boardless::sim {

class Exceptions {
 public:
  // All must outlive it.
  Exceptions(const CoreSystem& core, isa::arm::State& state, AddressSpace& memory,
             SystemControl& system)
      : core_(core), state_(state), memory_(memory), system_(system) {}

  // Stacks the context and goes on in the handler; state.pc is where the handler returns to. When
  // the frame would lie below the stack's limit, none is stacked and STKOF's exception may come
  // first. Returns the cycles it takes. Throws isa::MemoryFault when the stack or the vector is not
  // memory.
  std::uint32_t enter(unsigned number);

  // Whether a jump to `pc` (bit 0 cleared) in Handler mode is an exception return.
  bool is_return(std::uint32_t pc) const { return state_.handler_mode() && pc >= 0xffffff00U; }

  // The EXC_RETURN value of such a jump.
  std::uint32_t exc_return_at_pc() const { return state_.pc | (state_.not_thumb ^ 1U); }

  enum class Return : std::uint8_t {
    kDone,         // back in the interrupted code
    kTailChained,  // in the next handler, without unstacking
    kInvalid,      // integrity check failed: UsageFault INVPC, to be chained; nothing unstacked
  };
  // Returns to what state.pc, an EXC_RETURN value, says; sets `cycles`.
  Return leave(std::uint32_t& cycles);

  // Goes on in another handler without unstacking and stacking; it gets `link` as EXC_RETURN.
  // Returns the cycles it takes.
  std::uint32_t chain(unsigned number, std::uint32_t link);

  // For an FP instruction at state.pc that found fp_enabled off: saves the FP registers of the
  // interrupted code, after which it can run; sets `cycles`. False when that was not the reason.
  bool save_lazy_state(std::uint32_t& cycles);

 private:
  // False: the frame does not fit above the stack's limit; SP is at the limit, nothing is stored.
  bool stack(bool fp_in_use);
  unsigned overflow_while_entering(unsigned number);
  bool may_return(std::uint32_t exc_return) const;
  bool frame_matches(std::uint32_t exc_return) const;
  void unstack(std::uint32_t exc_return);
  void jump_to_handler(unsigned number);
  void store_fp(std::uint32_t address);
  void load_fp(std::uint32_t address);
  std::uint32_t exc_return(bool fp_in_use) const;
  bool fp_in_use() const {
    return core_.fpu && system_.preserves_fp_state() && (state_.control & kFpca) != 0;
  }

  static constexpr std::uint32_t kSpsel = 2, kFpca = 4;

  const CoreSystem& core_;
  isa::arm::State& state_;
  AddressSpace& memory_;
  SystemControl& system_;
};

}  // namespace boardless::sim
