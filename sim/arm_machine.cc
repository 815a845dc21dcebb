// Reset, exceptions and faults of M-profile cores.
#include "sim/arm_machine.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"
#include "isa/arm/coprocessor.h"
#include "sim/fault_report.h"

namespace boardless::sim {
namespace {

constexpr std::uint32_t kSemihostingBreakpoint = 0xab;
constexpr std::uint32_t kForced = 1U << 30, kDebugEvent = 1U << 31;  // HFSR

// Far more than a handler that means to recover makes in a row.
constexpr unsigned kMostFailedReturns = 1000;
constexpr unsigned kFloatingPoint = 10;  // its coprocessor

}  // namespace

ArmMachine::ArmMachine(const isa::Variant& variant, const CoreSystem& core, const BoardSpec& board,
                       SerialConsole& console, Semihosting& semihosting)
    : Machine(variant, board, console, semihosting),
      core_(core),
      system_(core_, state(), *this),
      exceptions_(core_, state(), memory(), system_) {
  memory().map(system_, SystemControl::kBase, SystemControl::kBytes);
  system_.on_protection = [this] {
    memory().set_guard(system_.protection().enabled() ? &system_.guard() : nullptr);
    interpreter_.recheck_execution();
  };
  system_.on_trace_character = [this](char c) {
    if (semihosting_.on_print) semihosting_.on_print(c);
  };
}

void ArmMachine::boot(const ElfImage& program, std::uint32_t vector_table) {
  load(program);
  system_.set_vector_table(vector_table);
  State& s = state();
  try {
    s.r[13] = memory().load(vector_table, 4) & ~3U;
    s.pc = memory().load(vector_table + 4, 4);
  } catch (const isa::MemoryFault&) {
    throw InputError(fmt::format("{}: the target has no memory at its vector table, 0x{:08x}",
                                 program.file, vector_table));
  }
  if ((s.pc & 1U) == 0 || memory().code_from(s.pc & ~1U).empty()) {
    throw InputError(fmt::format(
        "{}: no vector table at 0x{:08x}: the reset vector 0x{:08x} is no Thumb code in memory",
        program.file, vector_table, s.pc));
  }
  s.pc &= ~1U;
  s.r[14] = ~0U;
}

void ArmMachine::set_memory_control(
    std::function<void(const std::string&, std::uint32_t)> listener) {
  Machine::set_memory_control(listener);
  if (core_.instruction_cache_bytes == 0 && core_.data_cache_bytes == 0) return;
  listener("l1i.enable", 0);
  listener("l1d.enable", 0);
  system_.on_caches = [listener](bool instruction_cache, bool data_cache) {
    listener("l1i.enable", static_cast<std::uint32_t>(instruction_cache));
    listener("l1d.enable", static_cast<std::uint32_t>(data_cache));
  };
}

void ArmMachine::advance_devices() {
  system_.advance();
  board_.advance();
}

bool ArmMachine::take_exception() {
  const InterruptController& interrupts = system_.interrupts();
  if (interrupts.most_urgent() == 0) return false;
  const unsigned number = interrupts.preempting(interrupts.execution_priority(state()));
  if (number == 0) return false;
  enter(number);
  return true;
}

// PRIMASK does not keep the core asleep (DDI 0403E B1.5.18).
bool ArmMachine::wakes() const {
  if (state().trap == isa::arm::Trap::kWaitForEvent && state().event != 0) return true;
  const InterruptController& interrupts = system_.interrupts();
  return interrupts.preempting(interrupts.active_priority()) != 0;
}

void ArmMachine::enter(unsigned number) {
  ++exceptions_taken_;
  const std::uint32_t stack = state().r[13];
  try {
    const Exceptions::Entry entry = exceptions_.enter(number);
    if (!entry.lost.empty()) {
      last_fault_ = fmt::format("entering exception {} with the stack pointer at 0x{:08x}: {}",
                                number, stack, entry.lost);
    }
    pass(entry.cycles, Pause::kException);
    enters_exception();
  } catch (const isa::MemoryFault& fault) {
    throw GuestFault(
        fmt::format("entering exception {} with the stack pointer at 0x{:08x}: {} at "
                    "0x{:08x}{}",
                    number, stack, memory_fault_name(fault), fault.address, before_that()));
  }
}

void ArmMachine::wake() {
  State& s = state();
  if (s.trap == isa::arm::Trap::kWaitForEvent) s.event = 0;
  s.trap = isa::arm::Trap::kNone;
}

bool ArmMachine::is_self_jump(std::span<const std::uint8_t> code) const {
  if (code.size() < 4 || state().not_thumb != 0) return false;
  const auto first = static_cast<std::uint32_t>(code[0] | code[1] << 8);
  const auto second = static_cast<std::uint32_t>(code[2] | code[3] << 8);
  return first == 0xe7fe || (first == 0xf7ff && second == 0xbffe);  // b . in both encodings
}

bool ArmMachine::can_be_interrupted() {
  const InterruptController& interrupts = system_.interrupts();
  return interrupts.can_preempt(interrupts.execution_priority(state()));
}

bool ArmMachine::waits() const {
  return state().trap == isa::arm::Trap::kWaitForInterrupt ||
         state().trap == isa::arm::Trap::kWaitForEvent;
}

std::span<const std::uint8_t> ArmMachine::breakpoint_code() const {
  static constexpr std::array<std::uint8_t, 2> kBreakpoint{0x00, 0xbe};  // BKPT #0
  return kBreakpoint;
}

void ArmMachine::on_trap(const RunLimits& limits) {
  State& s = state();
  const isa::arm::Trap trap = s.trap;
  s.trap = isa::arm::Trap::kNone;
  switch (trap) {
    case isa::arm::Trap::kSupervisorCall: {
      const InterruptController& interrupts = system_.interrupts();
      if (interrupts.group_priority(exception::kSvCall) < interrupts.execution_priority(s)) {
        enter(exception::kSvCall);
      } else {
        if (core_.features.has(isa::Feature::kMainline)) system_.add_hard_fault(kForced);
        escalate("an SVC where its exception cannot be taken");
      }
      break;
    }
    case isa::arm::Trap::kBreakpoint:
      if (limits.until == s.pc) {
        stop_at_symbol();
      } else if (s.trap_value == kSemihostingBreakpoint) {
        semihost();
      } else {
        system_.add_hard_fault(kDebugEvent);
        escalate(fmt::format("BKPT #{} without a debugger", s.trap_value));
      }
      break;
    case isa::arm::Trap::kUndefined:
      on_undefined();
      break;
    case isa::arm::Trap::kInvalidState:
      raise(exception::kUsageFault, fault_status::kInvalidState,
            "LE at the end of a loop with tail predication");
      break;
    case isa::arm::Trap::kNotThumb:
      raise(exception::kUsageFault, fault_status::kInvalidState,
            fmt::format("a jump to 0x{:08x}, whose bit 0, the Thumb bit, is clear", s.pc));
      break;
    case isa::arm::Trap::kStackLimit:
      on_stack_limit();
      break;
    case isa::arm::Trap::kDivideByZero:
      raise(exception::kUsageFault, fault_status::kDivideByZero, "a division by zero");
      break;
    default:
      break;
  }
}

void ArmMachine::on_undefined() {
  State& s = state();
  std::uint32_t cycles = 0;
  if (exceptions_.save_lazy_state(cycles)) {
    pass(cycles, Pause::kException);
    return;
  }
  const std::span<const std::uint8_t> code = memory().code_from(s.pc);
  const auto halfword = [&](std::size_t at) {
    return at + 1 < code.size() ? static_cast<std::uint32_t>(code[at] | code[at + 1] << 8) : 0;
  };
  const std::optional<unsigned> coprocessor =
      isa::arm::coprocessor_of(halfword(0), halfword(2), core_.features);
  if (coprocessor && (core_.coprocessors >> *coprocessor & 1U) != 0) {
    throw NotModelled(fmt::format("instruction at 0x{:08x} ({}): coprocessor {} of this chip", s.pc,
                                  decoder().text(s.pc, code), *coprocessor));
  }
  if (coprocessor && *coprocessor != kFloatingPoint) {
    raise(exception::kUsageFault, fault_status::kNoCoprocessor,
          fmt::format("an instruction for coprocessor {}, which is not there", *coprocessor));
    return;
  }
  if (coprocessor && !system_.fp_permitted()) {
    raise(exception::kUsageFault, fault_status::kNoCoprocessor,
          core_.fpu ? "a floating-point instruction while CPACR denies it"
                    : undefined_.describe(s.pc, code));
    return;
  }
  raise(exception::kUsageFault, fault_status::kUndefined, undefined_.describe(s.pc, code));
}

// DDI 0553 B3.21: below the limit nothing is stored, and the instruction has changed nothing.
void ArmMachine::on_stack_limit() {
  const State& s = state();
  if (system_.ignores_stack_limit_in_faults() && system_.interrupts().execution_priority(s) < 0) {
    throw NotModelled("CCR.STKOFHFNMIGN: a fault handler below its stack limit");
  }
  raise(exception::kUsageFault, fault_status::kStackOverflow,
        fmt::format("the instruction at 0x{:08x} takes SP below its limit, 0x{:08x}", s.pc,
                    s.uses_psp() ? s.psplim : s.msplim));
}

void ArmMachine::semihost() {
  State& s = state();
  const ProtectionGuard::Pause pause(system_.guard());
  s.r[0] = semihosting_.call(s.r[0], s.r[1], memory(), seconds());
  s.pc += 2;
}

void ArmMachine::on_no_code() {
  State& s = state();
  if (exceptions_.is_return(s.pc)) {
    const bool sleeps = system_.sleeps_on_exit();
    const std::uint32_t value = exceptions_.exc_return_at_pc();
    std::uint32_t cycles = 0;
    try {
      const Exceptions::Return left = exceptions_.leave(cycles);
      if (left == Exceptions::Return::kInvalid || left == Exceptions::Return::kProtected) {
        cycles = chain_failed_return(left, value);
        leaves_exception();
        pass(cycles, Pause::kException);
        enters_exception();
        return;
      }
      failed_returns_ = 0;
      leaves_exception();
      if (left == Exceptions::Return::kTailChained) {
        enters_exception();
      } else {
        returned_by_ = interpreter_.latest_block();
        returned_to_ = s.pc;
      }
    } catch (const isa::MemoryFault& fault) {
      throw GuestFault(fmt::format("returning from an exception: {} at 0x{:08x}",
                                   memory_fault_name(fault), fault.address));
    }
    pass(cycles, Pause::kException);
    sleeps_ = sleeps && !s.handler_mode();
    return;
  }
  // The regions of devices and of the system are never executable (DDI 0403E B3.1).
  const bool never_executable = (s.pc >= 0x40000000U && s.pc < 0x60000000U) || s.pc >= 0xa0000000U;
  const bool refused = !memory().may_execute(s.pc);
  const std::string what = fmt::format(
      "a jump to 0x{:08x}, {}", s.pc,
      refused ? "where the memory protection unit lets nothing be executed" : "where no code is");
  if (never_executable || refused) {
    raise(exception::kMemManage, fault_status::kInstructionAccess, what);
  } else {
    raise(exception::kBusFault, fault_status::kInstructionBus, what);
  }
}

void ArmMachine::on_memory_fault(const isa::MemoryFault& fault) {
  const std::string what = access_text(fault, state().pc);
  if (fault.kind == isa::MemoryFault::Kind::kUnaligned) {
    raise(exception::kUsageFault, fault_status::kUnaligned, what);
    return;
  }
  if (fault.kind == isa::MemoryFault::Kind::kProtected) {
    system_.set_protection_fault_address(fault.address);
    raise(exception::kMemManage, fault_status::kDataAccess | fault_status::kProtectionAddressValid,
          what);
    return;
  }
  system_.set_fault_address(fault.address);
  raise(exception::kBusFault, fault_status::kPreciseBus | fault_status::kBusAddressValid, what);
}

void ArmMachine::raise(unsigned number, std::uint32_t status, const std::string& what) {
  enter(taken_as(number, status, what));
}

void ArmMachine::note(const std::string& what) {
  const State& s = state();
  note_fault(what,
             returned_by_ != nullptr && returned_to_ == s.pc && block_before() == returned_by_);
}

unsigned ArmMachine::taken_as(unsigned number, std::uint32_t status, const std::string& what) {
  note(what);
  const InterruptController& interrupts = system_.interrupts();
  if (core_.features.has(isa::Feature::kMainline)) {
    system_.add_fault(status);
    if (interrupts.is_enabled(number) &&
        interrupts.group_priority(number) < interrupts.execution_priority(state())) {
      return number;
    }
    system_.add_hard_fault(kForced);
  }
  require_hard_fault(what);
  return exception::kHardFault;
}

void ArmMachine::require_hard_fault(const std::string& what) {
  constexpr int kHardFaultPriority = -1;
  if (system_.interrupts().execution_priority(state()) <= kHardFaultPriority) {
    throw GuestFault(fmt::format("the core locks up at 0x{:08x}: {}", state().pc, what));
  }
}

void ArmMachine::escalate(const std::string& what) {
  note(what);
  require_hard_fault(what);
  enter(exception::kHardFault);
}

std::uint32_t ArmMachine::chain_failed_return(Exceptions::Return how, std::uint32_t exc_return) {
  const bool refused = how == Exceptions::Return::kProtected;
  const std::string what =
      refused ? fmt::format(
                    "an exception return with the value 0x{:08x} to code for which the "
                    "memory protection unit refuses the frame",
                    exc_return)
              : fmt::format("an exception return with the invalid value 0x{:08x}", exc_return);
  if (++failed_returns_ > kMostFailedReturns) {
    const auto blocks = interpreter_.recent_blocks();
    throw GuestFault(
        fmt::format("the core cannot leave its handlers: the code at 0x{:08x} makes {} "
                    "without end",
                    blocks.empty() ? 0 : blocks.back()->address, what));
  }
  ++exceptions_taken_;
  const unsigned number =
      refused ? taken_as(exception::kMemManage, fault_status::kProtectedUnstacking, what)
              : taken_as(exception::kUsageFault, fault_status::kInvalidPc, what);
  return exceptions_.chain(number, exc_return);
}

std::string ArmMachine::status_text() const {
  const State& s = state();
  return fmt::format(
      "IPSR {} CFSR 0x{:08x} HFSR 0x{:08x} BFAR 0x{:08x} PRIMASK {} BASEPRI 0x{:02x} "
      "VTOR 0x{:08x}\n",
      s.ipsr, system_.configurable_fault_status(), system_.hard_fault_status(),
      system_.fault_address(), s.primask, s.basepri, system_.vector_table());
}

}  // namespace boardless::sim
