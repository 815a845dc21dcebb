// Reset, exceptions and faults of M-profile cores.
#include "sim/arm_machine.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"
#include "isa/arm/missing_feature.h"
#include "sim/fault_report.h"

namespace boardless::sim {
namespace {

constexpr std::uint32_t kSemihostingBreakpoint = 0xab;
constexpr std::uint32_t kForced = 1U << 30, kDebugEvent = 1U << 31;  // HFSR

bool is_coprocessor(std::uint32_t first_halfword) {
  // 111x 11xx: coprocessor, floating point, MVE (DDI 0403E A5.3.18).
  return (first_halfword & 0xec00U) == 0xec00U;
}

}  // namespace

ArmMachine::ArmMachine(const isa::Variant& variant, const CoreSystem& core, const BoardSpec& board,
                       SerialConsole& console, Semihosting& semihosting)
    : Machine(variant, board, console, semihosting),
      core_(core),
      system_(core_, state(), *this),
      exceptions_(core_, state(), memory(), system_) {
  memory().map(system_, SystemControl::kBase, SystemControl::kBytes);
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
  const InterruptController& interrupts = system_.interrupts();
  return interrupts.preempting(interrupts.active_priority()) != 0;
}

void ArmMachine::enter(unsigned number) {
  ++exceptions_taken_;
  const std::uint32_t stack = state().r[13];
  try {
    pass(exceptions_.enter(number), Pause::kException);
    enters_exception();
  } catch (const isa::MemoryFault& fault) {
    throw GuestFault(
        fmt::format("entering exception {} with the stack pointer at 0x{:08x}: {} at "
                    "0x{:08x}{}",
                    number, stack, memory_fault_name(fault), fault.address, before_that()));
  }
}

bool ArmMachine::is_self_jump(std::span<const std::uint8_t> code) const {
  if (code.size() < 4) return false;
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
    case isa::arm::Trap::kUndefined: {
      std::uint32_t cycles = 0;
      if (exceptions_.save_lazy_state(cycles)) {
        pass(cycles, Pause::kException);
        break;
      }
      const bool denied =
          core_.fpu && !system_.fp_permitted() && is_coprocessor(memory().load(s.pc, 2));
      if (denied) {
        raise(exception::kUsageFault, fault_status::kNoCoprocessor,
              "a floating-point instruction while CPACR denies it");
        break;
      }
      const std::string missing = isa::arm::missing_feature(s.pc, memory().code_from(s.pc));
      raise(exception::kUsageFault, fault_status::kUndefined,
            "an undefined instruction" + (missing.empty() ? "" : ": " + missing));
      break;
    }
    case isa::arm::Trap::kInvalidState:
      raise(exception::kUsageFault, fault_status::kInvalidState,
            "LE at the end of a loop with tail predication");
      break;
    case isa::arm::Trap::kDivideByZero:
      raise(exception::kUsageFault, fault_status::kDivideByZero, "a division by zero");
      break;
    default:
      break;
  }
}

void ArmMachine::semihost() {
  State& s = state();
  s.r[0] = semihosting_.call(s.r[0], s.r[1], memory(), seconds());
  s.pc += 2;
}

void ArmMachine::on_no_code() {
  State& s = state();
  if (exceptions_.is_return(s.pc)) {
    const bool sleeps = system_.sleeps_on_exit();
    std::uint32_t cycles = 0;
    try {
      const Exceptions::Return left = exceptions_.leave(cycles);
      if (left == Exceptions::Return::kInvalid) {
        raise(exception::kUsageFault, fault_status::kInvalidPc,
              fmt::format("an exception return with the invalid value 0x{:08x}", s.pc | 1U));
        return;
      }
      leaves_exception();
      if (left == Exceptions::Return::kTailChained) enters_exception();
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
  const std::string what = fmt::format("a jump to 0x{:08x}, where no code is", s.pc);
  if (never_executable) {
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
  system_.set_fault_address(fault.address);
  raise(exception::kBusFault, fault_status::kPreciseBus | fault_status::kBusAddressValid, what);
}

void ArmMachine::raise(unsigned number, std::uint32_t status, const std::string& what) {
  last_fault_ = what;
  const InterruptController& interrupts = system_.interrupts();
  if (core_.features.has(isa::Feature::kMainline)) {
    system_.add_fault(status);
    if (interrupts.is_enabled(number) &&
        interrupts.group_priority(number) < interrupts.execution_priority(state())) {
      enter(number);
      return;
    }
    system_.add_hard_fault(kForced);
  }
  escalate(what);
}

void ArmMachine::escalate(const std::string& what) {
  last_fault_ = what;
  constexpr int kHardFaultPriority = -1;
  if (system_.interrupts().execution_priority(state()) <= kHardFaultPriority) {
    throw GuestFault(fmt::format("the core locks up at 0x{:08x}: {}", state().pc, what));
  }
  enter(exception::kHardFault);
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
