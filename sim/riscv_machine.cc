// Reset, traps and semihosting of RV32 cores.
#include "sim/riscv_machine.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"

namespace boardless::sim {
namespace {

using namespace isa::riscv;

// mcause (privileged architecture 1.12, table 3.6).
constexpr std::uint32_t kInterrupt = 1U << 31;
constexpr std::uint32_t kInstructionFault = 1, kIllegalInstruction = 2, kBreakpointCause = 3,
                        kLoadMisaligned = 4, kLoadFault = 5, kStoreMisaligned = 6, kStoreFault = 7,
                        kUserCall = 8, kMachineCall = 11;
// Far more than handlers nest; a handler that faults itself passes it at once.
constexpr unsigned kMostNested = 1000;
constexpr unsigned kFirstLocalInterrupt = 16;

std::uint32_t word_at(std::span<const std::uint8_t> code) {
  return static_cast<std::uint32_t>(code[0]) | static_cast<std::uint32_t>(code[1]) << 8 |
         static_cast<std::uint32_t>(code[2]) << 16 | static_cast<std::uint32_t>(code[3]) << 24;
}

}  // namespace

RiscvMachine::RiscvMachine(const isa::Variant& variant, const RiscvSystem& core,
                           const BoardSpec& board, SerialConsole& console, Semihosting& semihosting)
    : Machine(variant, board, console, semihosting),
      core_(core),
      counters_(
          state(),
          {[this] { return now(); },
           [this] { return instructions_ == nullptr ? 0 : *instructions_ - instructions_left(); },
           [this] { return board_.machine_time(); }},
          core_.counters_inhibited) {
  constexpr std::uint32_t kMisaUser = 1U << ('u' - 'a');
  state().csrs = &counters_;
  state().traps_unaligned = core_.traps_unaligned;
  state().has_user_mode = core_.user_mode;
  if (core_.user_mode) state().misa |= kMisaUser;
  const RiscvSystem::TrapValue& told = core_.trap_value;
  state().has_mtval = told.address || told.instruction || told.breakpoint;
  state().mie_writable |= ((1U << core_.local_interrupts) - 1) << kFirstLocalInterrupt;
}

void RiscvMachine::boot(const ElfImage& program, std::optional<std::uint32_t> reset_vector) {
  load(program);
  const std::uint32_t first = program.segments.empty() ? 0 : program.segments.front().load_address;
  state().pc = reset_vector.value_or(program.entry.value_or(first));
  if ((state().pc & 1U) != 0 || memory().code_from(state().pc).empty()) {
    throw InputError(fmt::format("{}: execution begins at 0x{:08x}, where the target has no code",
                                 program.file, state().pc));
  }
}

void RiscvMachine::set_line(unsigned line, bool level) {
  const std::uint32_t bit = 1U << line;
  state().mip = level ? state().mip | bit : state().mip & ~bit;
}

bool RiscvMachine::interrupts_enabled() const {
  return state().privilege != Privilege::kMachine || (state().mstatus & kMstatusMie) != 0;
}

// External, software, timer (3.1.9); a core's own lines come first, the highest of them first, as
// CV32E40P has it (user manual, "Interrupts").
bool RiscvMachine::take_exception() {
  const std::uint32_t due = state().mip & state().mie;
  if (due == 0 || !interrupts_enabled()) return false;
  constexpr std::uint32_t kOwnLines = 0xffff0000;
  std::uint32_t line = 31;
  if ((due & kOwnLines) != 0) {
    while ((due >> line & 1U) == 0) --line;
  } else {
    line = (due & 1U << 11) != 0 ? 11 : (due & 1U << 3) != 0 ? 3 : 7;
    if ((due >> line & 1U) == 0) return false;
  }
  enter(kInterrupt | line, 0, core_.trap_entry_cycles);
  return true;
}

void RiscvMachine::enter(std::uint32_t cause, std::uint32_t value, std::uint32_t cycles) {
  ++exceptions_taken_;
  const std::uint32_t from = state().pc;
  enter_trap(state(), cause, from, value);
  if (memory().code_from(state().pc).empty()) {
    throw GuestFault(
        fmt::format("the core locks up: the trap handler of what happened at 0x{:08x} "
                    "is at 0x{:08x}, where no code is{}",
                    from, state().pc, before_that()));
  }
  pass(cycles, Pause::kException);
}

void RiscvMachine::raise(std::uint32_t cause, std::uint32_t value, std::uint32_t cycles,
                         const std::string& what) {
  const std::string before = before_that();
  // An environment call is no fault, whoever goes on making it.
  const bool is_call = cause == kMachineCall || cause == kUserCall;
  if (is_call) {
    note_call(what);
  } else {
    note_fault(what, was_returned_to());
  }
  if (state().mtvec == 0) {
    throw GuestFault(fmt::format("{}, and mtvec names no trap handler{}", what, before));
  }
  if (state().pc == (state().mtvec & ~3U)) {
    throw GuestFault(
        fmt::format("the core locks up: the first instruction of the trap handler, at "
                    "0x{:08x}, traps: {}{}",
                    state().pc, what, before));
  }
  // In a handler interrupts are off, and stay off in mstatus.MPIE when it traps itself; MRET sets
  // it.
  const bool inside = (state().mstatus & (kMstatusMie | kMstatusMpie)) == 0;
  nested_ = inside ? nested_ + 1 : 0;
  if (nested_ > kMostNested) {
    throw GuestFault(
        fmt::format("the core locks up: the trap handler at 0x{:08x} traps without end: "
                    "{}",
                    state().mtvec & ~3U, what));
  }
  enter(cause, value, cycles);
}

bool RiscvMachine::was_returned_to() {
  constexpr std::uint32_t kMret = 0x30200073;
  const isa::CodeBlock* block = block_before();
  if (block == nullptr || state().mepc != state().pc) return false;
  const std::span<const std::uint8_t> code = memory().code_from(block->end - 4);
  return code.size() >= 4 && word_at(code) == kMret;
}

bool RiscvMachine::is_self_jump(std::span<const std::uint8_t> code) const {
  constexpr std::uint32_t kCompressed = 0xa001, kJump = 0x0000006f;  // c.j 0, jal zero, 0
  if (code.size() < 4) return false;
  return (word_at(code) & 0xffffU) == kCompressed || word_at(code) == kJump;
}

std::span<const std::uint8_t> RiscvMachine::breakpoint_code() const {
  static constexpr std::array<std::uint8_t, 2> kBreakpoint{0x02, 0x90};  // C.EBREAK
  return kBreakpoint;
}

void RiscvMachine::on_trap(const RunLimits& limits) {
  State& s = state();
  const Trap trap = s.trap;
  s.trap = Trap::kNone;
  const auto at = [&](std::string_view what) { return fmt::format("{} at 0x{:08x}", what, s.pc); };
  switch (trap) {
    case Trap::kEnvironmentCall:
      raise(s.privilege == Privilege::kMachine ? kMachineCall : kUserCall, 0, 0,
            at("an environment call"));
      break;
    case Trap::kBreakpoint:
      if (limits.until == s.pc) {
        stop_at_symbol();
      } else if (is_semihosting_call()) {
        semihost();
      } else {
        raise(kBreakpointCause, core_.trap_value.breakpoint ? s.pc : 0, 0, at("a breakpoint"));
      }
      break;
    case Trap::kIllegal:
      raise(kIllegalInstruction, core_.trap_value.instruction ? instruction_at_pc() : 0,
            core_.trap_entry_cycles, at("an illegal instruction"));
      break;
    default:
      break;
  }
}

std::uint32_t RiscvMachine::instruction_at_pc() {
  const std::span<const std::uint8_t> code = memory().code_from(state().pc);
  if (code.size() >= 4 && (code[0] & 3) == 3) return word_at(code);
  return code.size() >= 2 ? static_cast<std::uint32_t>(code[0] | code[1] << 8) : 0;
}

// "RISC-V Semihosting" 2: EBREAK between SLLI x0, x0, 0x1f and SRAI x0, x0, 7.
bool RiscvMachine::is_semihosting_call() {
  constexpr std::uint32_t kBefore = 0x01f01013, kCall = 0x00100073, kAfter = 0x40705013;
  const std::span<const std::uint8_t> code = memory().code_from(state().pc - 4);
  return code.size() >= 12 && word_at(code) == kBefore && word_at(code.subspan(4)) == kCall &&
         word_at(code.subspan(8)) == kAfter;
}

void RiscvMachine::semihost() {
  constexpr std::size_t kA0 = 10, kA1 = 11;
  State& s = state();
  s.x[kA0] = semihosting_.call(s.x[kA0], s.x[kA1], memory(), seconds());
  s.pc += 4;
}

void RiscvMachine::on_no_code() {
  raise(kInstructionFault, core_.trap_value.address ? state().pc : 0, core_.trap_entry_cycles,
        fmt::format("a jump to 0x{:08x}, where no code is", state().pc));
}

void RiscvMachine::on_memory_fault(const isa::MemoryFault& fault) {
  const bool unaligned = fault.kind == isa::MemoryFault::Kind::kUnaligned;
  const std::uint32_t load = unaligned ? kLoadMisaligned : kLoadFault;
  const std::uint32_t store = unaligned ? kStoreMisaligned : kStoreFault;
  raise(fault.is_store ? store : load, core_.trap_value.address ? fault.address : 0,
        core_.trap_entry_cycles, access_text(fault, state().pc));
}

std::string RiscvMachine::status_text() const {
  const State& s = state();
  return fmt::format(
      "mstatus 0x{:08x} mcause 0x{:08x} mepc 0x{:08x} mtval 0x{:08x} mtvec 0x{:08x} mie 0x{:08x} "
      "mip 0x{:08x}\n",
      s.mstatus, s.mcause, s.mepc, s.mtval, s.mtvec, s.mie, s.mip);
}

}  // namespace boardless::sim
