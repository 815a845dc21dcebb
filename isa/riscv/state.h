// The architectural state of an RV32 machine-mode core, with or without user mode.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "isa/memory_port.h"
#include "isa/op.h"
#include "isa/variant.h"

namespace boardless::isa::riscv {

// Why execution stopped at state.pc, other than by a memory fault. But for kWaitForInterrupt and
// kStop pc is the instruction's own address, as mepc gets it.
enum class Trap : std::uint8_t {
  kNone,
  kEnvironmentCall,
  kBreakpoint,
  kIllegal,
  kWaitForInterrupt,  // pc: the instruction after
  kStop,              // whoever runs the core asked for it; pc: where to go on
};

// Control and status registers that the state does not hold: counters (mcycle, time, …), memory
// protection, a core's own.
class CsrPort {
 public:
  // Nothing: there is no such register, the access is illegal.
  virtual std::optional<std::uint32_t> read(std::uint32_t csr) = 0;
  virtual bool write(std::uint32_t csr, std::uint32_t value) = 0;

 protected:
  ~CsrPort() = default;
};

enum class Privilege : std::uint8_t { kUser = 0, kMachine = 3 };

// What is written to x0 goes here instead, so that handlers need not ask.
constexpr std::uint8_t kNowhere = 32;

// mstatus fields (privileged architecture 1.12, 3.1.6).
constexpr std::uint32_t kMstatusMie = 1U << 3;
constexpr std::uint32_t kMstatusMpie = 1U << 7;
constexpr std::uint32_t kMstatusMpp = 3U << 11;
constexpr std::uint32_t kMstatusFs = 3U << 13;
constexpr std::uint32_t kMstatusMprv = 1U << 17;
constexpr std::uint32_t kMstatusTw = 1U << 21;

// Bits of mie and mip for a machine's software, timer and external interrupt (3.1.9).
constexpr std::uint32_t kMachineInterrupts = 1U << 3 | 1U << 7 | 1U << 11;

struct State {
  std::array<std::uint32_t, 33> x{};  // x[0] stays 0
  std::uint32_t pc = 0;
  std::array<std::uint32_t, 32> f{};  // single precision
  std::uint32_t fflags = 0;           // accrued exceptions: NV DZ OF UF NX from bit 4 down
  std::uint32_t frm = 0;              // dynamic rounding mode
  Trap trap = Trap::kNone;

  bool traps_unaligned = true;  // loads and stores; atomics always do
  bool has_fpu = false;
  bool has_user_mode = false;
  bool has_mtval = true;                            // else it reads 0
  std::uint32_t mie_writable = kMachineInterrupts;  // those that the core has
  Privilege privilege = Privilege::kMachine;

  // Machine-mode registers (3.1).
  std::uint32_t mstatus = kMstatusMpp;
  std::uint32_t misa = 0, mhartid = 0, mvendorid = 0, marchid = 0, mimpid = 0;
  std::uint32_t mtvec = 0, mscratch = 0, mepc = 0, mcause = 0, mtval = 0;
  std::uint32_t mie = 0, mip = 0;

  bool reserved = false;  // LR's reservation
  std::uint32_t reserved_address = 0;

  CsrPort* csrs = nullptr;  // null: no more registers than these
  Surroundings around;

  bool fp_enabled() const { return (mstatus & kMstatusFs) != 0; }
};

using Op = isa::Op<State>;

// Puts a core out of reset: misa and has_fpu say what the variant has. Keeps `around` and `csrs`.
void reset(State& state, const Variant& variant);

// Enters the trap handler for an exception or, with bit 31 of `cause`, an interrupt; `pc` is where
// mepc is to point (3.1.6.1, 3.1.7).
void enter_trap(State& state, std::uint32_t cause, std::uint32_t pc, std::uint32_t value);
// MRET.
void leave_trap(State& state);

}  // namespace boardless::isa::riscv
