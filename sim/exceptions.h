// Exception entry and return of an M-profile core: what the hardware stacks and restores, and in
// which mode the core goes on (DDI 0403E B1.5.6 to B1.5.8, DDI 0553 B3.18 to B3.21).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

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

  struct Entry {
    std::uint32_t cycles = 0;
    std::string_view lost;  // why there is no frame; empty: there is
  };
  // Stacks the context and goes on in the handler; state.pc is where the handler returns to. When
  // the frame would lie below the stack's limit, or where the memory protection unit lets the
  // interrupted code store nothing, it is lost, and the exception for that (STKOF, MSTKERR) may
  // come first. Throws isa::MemoryFault when the stack or the vector is not memory.
  Entry enter(unsigned number);

  // Whether a jump to `pc` (bit 0 cleared) in Handler mode is an exception return.
  bool is_return(std::uint32_t pc) const { return state_.handler_mode() && pc >= 0xffffff00U; }

  // The EXC_RETURN value of such a jump.
  std::uint32_t exc_return_at_pc() const { return state_.pc | (state_.not_thumb ^ 1U); }

  enum class Return : std::uint8_t {
    kDone,         // back in the interrupted code
    kTailChained,  // in the next handler, without unstacking
    kInvalid,      // integrity check failed: UsageFault INVPC, to be chained; nothing unstacked
    kProtected,    // the code returned to may not load the frame: MemManage MUNSTKERR, likewise
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
  // What becomes of an exception whose frame is lost.
  struct Lost {
    unsigned number = 0;  // the exception for that
    std::uint32_t status = 0;
    std::string_view why;
  };
  struct Frame {
    std::uint32_t address = 0;
    std::array<std::uint32_t, 8> words{};  // R0-R3, R12, LR, PC, xPSR
    bool has_fp = false;                   // the rest is in it and to be loaded
    std::array<std::uint32_t, 16> s{};
    std::uint32_t fpscr = 0, vpr = 0;
    std::uint32_t xpsr() const { return words[7]; }
  };
  std::optional<Lost> stack(bool fp_in_use);
  void store_frame(std::uint32_t address, const std::array<std::uint32_t, 8>& words, bool fp);
  unsigned enters_instead(unsigned number, const Lost& lost);
  bool may_return(std::uint32_t exc_return) const;
  // Nothing when the code that is returned to may not load it.
  std::optional<Frame> load_frame(std::uint32_t exc_return);
  void unstack(std::uint32_t exc_return, const Frame& frame);
  void jump_to_handler(unsigned number);
  void store_fp(std::uint32_t address);
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
