// The architectural state of an M-profile core, Armv6-M to Armv8.1-M.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "isa/memory_port.h"
#include "isa/op.h"

namespace boardless::isa::arm {

// Why execution stopped at state.pc, other than by a memory fault. trap_value: the immediate of
// SVC, BKPT and UDF.
enum class Trap : std::uint8_t {
  kNone,
  kSupervisorCall,    // pc: the instruction after
  kBreakpoint,        // pc: the BKPT itself
  kUndefined,         // pc: the instruction; also an FP instruction while CPACR denies it
  kDivideByZero,      // pc: the divide, when CCR.DIV_0_TRP is set
  kWaitForInterrupt,  // pc: the instruction after
  kWaitForEvent,      // likewise
  kInvalidState,      // pc: the instruction: LE in a loop with tail predication
  kNotThumb,          // pc: where not_thumb keeps the code from running
  kStackLimit,        // pc: the instruction, which would move SP below its limit
  kStop,              // whoever runs the core asked for it; pc: where to go on
};

struct State {
  std::array<std::uint32_t, 16> r{};  // r[13]: the stack pointer in use; r[15] is not kept: see pc
  std::uint32_t pc = 0;               // next instruction, without the Thumb bit, between blocks
  // N is the sign of `nz`, Z says that its low 32 bits are 0: one store for both.
  std::int64_t nz = 1;
  std::uint32_t c = 0, v = 0;  // 0 or 1
  std::uint32_t q = 0;         // 0 or 1
  std::uint32_t ge = 0;        // 4 bits
  std::uint32_t it = 0;        // ITSTATE at pc; 0 outside IT blocks
  // EPSR.T is 0: the code at pc cannot run, as an address without bit 0 was gone to. 0 or 1.
  std::uint32_t not_thumb = 0;
  Trap trap = Trap::kNone;
  std::uint32_t trap_value = 0;

  bool traps_unaligned = false;        // every unaligned access faults: Armv6-M, CCR.UNALIGN_TRP
  bool traps_divide_by_zero = false;   // CCR.DIV_0_TRP
  bool fp_enabled = true;              // CPACR; false: FP instructions trap as kUndefined
  bool privileged_only = false;        // Armv6-M without the unprivileged extension
  bool protects_memory = false;        // MPU_CTRL.ENABLE
  bool accesses_as_user = false;       // while LDRT, STRT and their like access memory
  std::uint32_t checks_execution = 0;  // see note_privilege()

  // Floating point: S0-S31 as words; D and Q registers are pairs and fours of them.
  alignas(16) std::array<std::uint32_t, 32> s{};
  std::uint32_t fpscr = 0;
  std::uint32_t fpscr_writable = 0xf7c0009f;  // more with Armv8.1-M's half precision and MVE
  std::uint32_t fpdscr = 0;                   // the modes that a new FP context starts with
  std::uint32_t vpr = 0;                      // P0 15:0, MASK01 19:16, MASK23 23:20
  // The rest follows from vpr, fpscr.LTPSIZE and control.FPCA: see note_predication().
  std::uint32_t vpt = 0;  // vpr's masks at pc; 0 outside VPT blocks
  // MVE instructions work on whole vectors when LR is at least this: 0 but in VPT blocks and loops
  // with tail predication.
  std::uint64_t whole_vector_from = 0;

  // System registers.
  std::uint32_t ipsr = 0;
  std::uint32_t primask = 0, basepri = 0, faultmask = 0;
  std::uint32_t control = 0;  // nPRIV, SPSEL, FPCA
  std::uint32_t other_sp =
      0;  // the stack pointer not in use: PSP while r[13] is MSP, and vice versa
  std::uint32_t msplim = 0, psplim = 0;
  std::uint32_t sp_before = 0;  // r[13] before the arithmetic on it that is being checked
  bool exclusive = false;       // the local exclusive monitor is armed
  std::uint32_t exclusive_address = 0;
  std::uint32_t event = 0;  // the event register of WFE

  Surroundings around;

  bool n() const { return nz < 0; }
  bool z() const { return static_cast<std::uint32_t>(nz) == 0; }
  void set_nz(std::uint32_t result) { nz = static_cast<std::int32_t>(result); }
  void set_flags(bool n_flag, bool z_flag, bool c_flag, bool v_flag) {
    nz = (n_flag ? std::int64_t{-1} << 32 : 0) | (z_flag ? 0 : 1);
    c = c_flag;
    v = v_flag;
  }
  bool handler_mode() const { return ipsr != 0; }
  bool privileged() const { return handler_mode() || (control & 1U) == 0; }
  // Whether what the instruction that runs accesses is accessed so.
  bool accesses_privileged() const { return privileged() && !accesses_as_user; }
  // Whether r[13] is the process stack pointer.
  bool uses_psp() const { return !handler_mode() && (control & 2U) != 0; }
};

using Op = isa::Op<State>;

// FPSCR.LTPSIZE: log2 of the bytes of an element, under tail predication; from 4 on: none.
constexpr std::uint32_t kLtpsizeShift = 16, kLtpsizeMask = 7U << kLtpsizeShift;
constexpr std::uint32_t kNoTailPredication = 4U << kLtpsizeShift;
constexpr std::uint32_t kFpSaturated = 1U << 27;  // FPSCR.QC
constexpr std::uint32_t kVprMasks = 0x00ff0000;   // VPR.MASK01 and MASK23

// Goes where BX, BLX, and loads to the PC go: bit 0 of the address becomes EPSR.T (DDI 0403E
// A2.3.1).
inline void interwork(State& s, std::uint32_t address) {
  s.pc = address & ~1U;
  s.not_thumb = ~address & 1U;
}

// Whoever changes vpr's masks, fpscr's LTPSIZE or control's FPCA calls this afterwards. Without an
// active FP context there is no predication (DDI 0553 B5.6).
void note_predication(State& state);

// Whoever changes ipsr, control's nPRIV or protects_memory calls this afterwards: code without
// privilege is asked for at each block where memory is protected.
inline void note_privilege(State& s) { s.checks_execution = s.protects_memory && !s.privileged(); }

// xPSR without IPSR: flags, Q, GE and T; IT bits as stacked. set_xpsr() leaves T alone.
std::uint32_t xpsr(const State& state);
void set_xpsr(State& state, std::uint32_t value);

}  // namespace boardless::isa::arm
