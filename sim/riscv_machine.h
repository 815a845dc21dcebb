// An RV32 machine-mode microcontroller: core, counters, traps and board. Boots a program from its
// entry point.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "sim/machine.h"
#include "sim/riscv_counters.h"

namespace boardless::sim {

// What distinguishes one core from another.
struct RiscvSystem {
  bool traps_unaligned = true;  // loads and stores; atomics always do
  bool user_mode = false;
  // What mtval tells of a trap: the address of an access or jump, an illegal instruction, the
  // address of a breakpoint; otherwise 0. A core that tells nothing has no register there but a 0.
  struct TrapValue {
    bool address = true, instruction = true, breakpoint = true;
  };
  TrapValue trap_value;
  std::uint32_t local_interrupts = 0;   // the core's own in mie, from bit 16 on
  bool counters_inhibited = false;      // mcycle and minstret stand still after reset
  std::uint32_t trap_entry_cycles = 0;  // of interrupts and faults; ECALL and EBREAK pay their own
};

class RiscvMachine final : public Machine<isa::riscv::Translator> {
 public:
  // `console` and `semihosting` must outlive it.
  RiscvMachine(const isa::Variant& variant, const RiscvSystem& core, const BoardSpec& board,
               SerialConsole& console, Semihosting& semihosting);

  // Puts the program into memory and the core at `reset_vector`, or without one where the program
  // says that it begins, or else at its first byte. Throws InputError when the program does not fit
  // the board, or when no code is there.
  void boot(const ElfImage& program, std::optional<std::uint32_t> reset_vector = std::nullopt);

  template <MachineSink Sink>
  void attach(Sink& sink, const AccessWatch& watch) {
    auto counting = std::make_shared<Counting<Sink>>(sink);
    Machine::attach(*counting, watch);
    instructions_ = &counting->instructions;
    counting_ = std::move(counting);
  }

 private:
  // Passes everything on, and counts instructions for minstret.
  template <class Sink>
  struct Counting {
    explicit Counting(Sink& to) : sink(to) {}
    void on_block(const isa::CodeBlock& block) {
      instructions += block.instructions.size();
      sink.on_block(block);
    }
    void on_read(std::uint32_t address, std::uint32_t bytes) { sink.on_read(address, bytes); }
    void on_write(std::uint32_t address, std::uint32_t bytes) { sink.on_write(address, bytes); }
    void on_operands(isa::OperandTimed operation, std::uint32_t first, std::uint32_t second) {
      sink.on_operands(operation, first, second);
    }
    std::uint64_t now() const { return sink.now(); }
    std::uint64_t cycles_left(std::size_t index)
      requires InnerClock<Sink>
    {
      return sink.cycles_left(index);
    }
    void advance(std::uint64_t cycles, Pause pause) { sink.advance(cycles, pause); }
    Sink& sink;
    std::uint64_t instructions = 0;
  };

  // Lines are the bits of mip.
  void set_line(unsigned line, bool level) override;
  bool take_exception() override;
  bool wakes() const override { return (state().mip & state().mie) != 0; }
  bool may_be_unmasked() const override { return state().mip != 0; }
  bool can_be_interrupted() override { return interrupts_enabled() && state().mie != 0; }
  bool is_self_jump(std::span<const std::uint8_t> code) const override;
  bool waits() const override { return state().trap == isa::riscv::Trap::kWaitForInterrupt; }
  void on_trap(const RunLimits& limits) override;
  void on_no_code() override;
  void on_memory_fault(const isa::MemoryFault& fault) override;
  std::span<const std::uint8_t> breakpoint_code() const override;
  std::string status_text() const override;

  bool interrupts_enabled() const;
  // The instruction at pc, 16 or 32 bits.
  std::uint32_t instruction_at_pc();
  bool is_semihosting_call();
  void semihost();
  // Takes the exception; throws GuestFault when that leads nowhere.
  void raise(std::uint32_t cause, std::uint32_t value, std::uint32_t cycles,
             const std::string& what);
  void enter(std::uint32_t cause, std::uint32_t value, std::uint32_t cycles);
  // Whether MRET went to the instruction at pc, and nothing ran since.
  bool was_returned_to();

  const RiscvSystem core_;
  RiscvCounters counters_;
  std::shared_ptr<void> counting_;
  const std::uint64_t* instructions_ = nullptr;
  // Exceptions since the last one that did not come from inside a handler.
  unsigned nested_ = 0;
};

}  // namespace boardless::sim
