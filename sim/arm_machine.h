// An M-profile microcontroller: core, system control space, exceptions and board. Boots a program
// from its vector table.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>

#include "sim/core_system.h"
#include "sim/exceptions.h"
#include "sim/machine.h"
#include "sim/system_control.h"
#include "sim/undefined_instruction.h"

namespace boardless::sim {

class ArmMachine final : public Machine<isa::arm::Translator> {
 public:
  // `console` and `semihosting` must outlive it.
  ArmMachine(const isa::Variant& variant, const CoreSystem& core, const BoardSpec& board,
             SerialConsole& console, Semihosting& semihosting);

  // Puts the program into memory and the core at its reset vector. Throws InputError when it does
  // not fit the board, or when there is no vector table at `vector_table`.
  void boot(const ElfImage& program, std::uint32_t vector_table);

  // The core's own caches are told as "l1i.enable" and "l1d.enable".
  void set_memory_control(std::function<void(const std::string&, std::uint32_t)> listener) override;

  SystemControl& system() { return system_; }

 private:
  void set_line(unsigned line, bool level) override { system_.interrupts().set_line(line, level); }
  std::uint64_t next_event() const override {
    return std::min(system_.next_event(), board_.next_event());
  }
  void advance_devices() override;
  bool take_exception() override;
  bool wakes() const override;
  void wake() override;
  bool can_be_interrupted() override;
  bool is_self_jump(std::span<const std::uint8_t> code) const override;
  bool waits() const override;
  void on_trap(const RunLimits& limits) override;
  void on_no_code() override;
  void on_memory_fault(const isa::MemoryFault& fault) override;
  std::span<const std::uint8_t> breakpoint_code() const override;
  std::string status_text() const override;

  void semihost();
  void on_undefined();
  void on_stack_limit();
  void enter(unsigned number);
  // note_fault(), of the instruction at state().pc.
  void note(const std::string& what);
  // Takes the fault's exception, or HardFault when it is not enabled or does not pre-empt.
  void raise(unsigned number, std::uint32_t status, const std::string& what);
  // Which of the two is taken; notes it in the status registers. Throws GuestFault for a lockup.
  unsigned taken_as(unsigned number, std::uint32_t status, const std::string& what);
  void require_hard_fault(const std::string& what);
  void escalate(const std::string& what);
  // In place of an exception return that failed: the next handler. Returns the cycles it takes.
  std::uint32_t chain_failed_return(Exceptions::Return how, std::uint32_t exc_return);

  const CoreSystem core_;
  SystemControl system_;
  Exceptions exceptions_;
  UndefinedInstruction undefined_;
  unsigned failed_returns_ = 0;  // since the last exception return that succeeded
  // The last block of the handler that made the last one.
  const isa::CodeBlock* returned_by_ = nullptr;
  std::uint32_t returned_to_ = 0;
};

}  // namespace boardless::sim
