// A microcontroller: a core that runs programs, and the board around it. What is the same on every
// architecture: loading, time, devices, sleep, ends and reports. ArmMachine and RiscvMachine add
// how their cores come out of reset and take exceptions.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "isa/arm/translator.h"
#include "isa/riscv/translator.h"
#include "isa/variant.h"
#include "sim/board.h"
#include "sim/elf_image.h"
#include "sim/fault_series.h"
#include "sim/interpreter.h"
#include "sim/run_end.h"
#include "sim/semihosting.h"
#include "sim/serial_console.h"

namespace boardless::sim {

// A sink of whole machines: time passes in it without instructions, too.
template <class T>
concept MachineSink = ExecutionSink<T> && requires(T sink, std::uint64_t cycles, Pause pause) {
  { sink.advance(cycles, pause) } -> std::same_as<void>;
};

// One that follows exceptions too: told when one is entered, after its cycles have passed, and when
// one is left, before. A tail-chained exception is entered as the one before it is left.
template <class T>
concept ExceptionSink = MachineSink<T> && requires(T sink) {
  { sink.enter_exception() } -> std::same_as<void>;
  { sink.leave_exception() } -> std::same_as<void>;
};

// One whose time passes within blocks: of the cycles that its now() counts, how many are those
// after instruction `index` of the block reported last began. Others' time passes between blocks
// alone.
template <class T>
concept InnerClock = MachineSink<T> && requires(T sink, std::size_t index) {
  { sink.cycles_left(index) } -> std::same_as<std::uint64_t>;
};

template <class Translator>
class Machine : protected DeviceHost {
 public:
  using State = typename Translator::State;

  // Reports to `sink` from now on; its now() is the machine's clock. Without a sink no time passes.
  template <MachineSink Sink>
  void attach(Sink& sink, const AccessWatch& watch) {
    interpreter_.attach(sink, watch);
    sink_ = &sink;
    sink_now_ = [](const void* s) { return static_cast<const Sink*>(s)->now(); };
    sink_advance_ = [](void* s, std::uint64_t cycles, Pause pause) {
      static_cast<Sink*>(s)->advance(cycles, pause);
    };
    sink_cycles_left_ = [](void*, std::size_t) { return std::uint64_t{0}; };
    if constexpr (InnerClock<Sink>) {
      sink_cycles_left_ = [](void* s, std::size_t index) {
        return static_cast<Sink*>(s)->cycles_left(index);
      };
    }
    sink_enters_ = sink_leaves_ = [](void*) {};
    if constexpr (ExceptionSink<Sink>) {
      sink_enters_ = [](void* s) { static_cast<Sink*>(s)->enter_exception(); };
      sink_leaves_ = [](void* s) { static_cast<Sink*>(s)->leave_exception(); };
    }
  }

  // Told what firmware sets of the memories (RegisterFileSpec::controls); told the values out of
  // reset at once.
  virtual void set_memory_control(std::function<void(const std::string&, std::uint32_t)> listener);

  // Before it runs: a block of code shall begin at each of these addresses, so that a sink sees
  // control arrive there. Not within an IT or VPT block.
  void begin_blocks_at(std::vector<std::uint32_t> addresses) {
    interpreter_.begin_blocks_at(std::move(addresses));
  }

  RunEnd run(const RunLimits& limits);

  // While an instruction executes, as it issues.
  std::uint64_t now() const override {
    const std::uint64_t counted = sink_now_(sink_);
    return executes_ ? counted - cycles_left() : counted;
  }
  const isa::BlockTable& blocks() const { return interpreter_.blocks(); }
  Board& board() { return board_; }
  State& state() { return interpreter_.state(); }
  const State& state() const { return interpreter_.state(); }
  AddressSpace& memory() { return interpreter_.memory(); }
  isa::Decoder& decoder() { return interpreter_.decoder(); }

 protected:
  // `console` and `semihosting` must outlive it.
  Machine(const isa::Variant& variant, const BoardSpec& board, SerialConsole& console,
          Semihosting& semihosting);
  virtual ~Machine() = default;

  // Puts the program into memory; it must outlive the machine. Throws InputError when it does not
  // fit the board, or is for the other architecture.
  void load(const ElfImage& program);

  // When something changes next without an instruction; kNever: nothing does.
  virtual std::uint64_t next_event() const { return board_.next_event(); }
  virtual void advance_devices() { board_.advance(); }

  // Enters the handler of the exception that is due, if there is one.
  virtual bool take_exception() = 0;
  // Whether an exception ends the core's sleep, masked or not.
  virtual bool wakes() const = 0;
  // Whether an instruction that masks or enables could bring an exception at once.
  virtual bool may_be_unmasked() const { return wakes(); }
  // Whether any exception that comes would be taken.
  virtual bool can_be_interrupted() = 0;
  // Whether the code at state().pc does nothing but jump to itself; `code` is not empty.
  virtual bool is_self_jump(std::span<const std::uint8_t> code) const = 0;
  // Whether state() stopped because it waits for an interrupt or event; as long as it sleeps.
  virtual bool waits() const = 0;
  // The core goes on after waiting.
  virtual void wake() { state().trap = {}; }

  virtual void on_trap(const RunLimits& limits) = 0;
  virtual void on_no_code() = 0;
  virtual void on_memory_fault(const isa::MemoryFault& fault) = 0;
  virtual std::span<const std::uint8_t> breakpoint_code() const = 0;
  // The system registers, in lines.
  virtual std::string status_text() const = 0;

  void reschedule() override { interpreter_.set_deadline(0); }
  void request_reset(std::string why) override;
  void pass(std::uint64_t cycles, Pause pause) {
    if (cycles != 0) sink_advance_(sink_, cycles, pause);
  }
  void enters_exception() { sink_enters_(sink_); }
  void leaves_exception() { sink_leaves_(sink_); }
  // Of the block that executes, the instructions from the one at state().pc on; 0 when none does.
  std::size_t instructions_left() const;
  double seconds() const { return static_cast<double>(now()) / clock_hz_; }
  // "; before that, …", or nothing.
  std::string before_that() const;
  // The instruction at state().pc faults, and its handler is to be entered. `retried`: a handler
  // returned to it, and nothing ran since. Throws GuestFault when that goes on for ever.
  void note_fault(const std::string& what, bool retried);
  // The same of an exception that is none.
  void note_call(const std::string& what);
  // The block that ran last, but for one that begins at state().pc; null before the first.
  const isa::CodeBlock* block_before() const;
  void stop_at_symbol() { pending_end_ = end(EndReason::kSymbol); }

  Interpreter<Translator> interpreter_;
  Board board_;
  Semihosting& semihosting_;
  std::string last_fault_;
  FaultSeries faults_;
  bool sleeps_ = false;  // before the next instruction
  std::uint64_t exceptions_taken_ = 0;

 private:
  // One stretch of execution, and what ended it.
  std::optional<RunEnd> step(const RunLimits& limits);
  std::optional<RunEnd> finished(const RunLimits& limits);
  bool is_quiet(const RunLimits& limits);
  std::optional<RunEnd> stuck(const RunLimits& limits);
  bool loops_on_itself();
  bool is_stuck();
  // Whether nothing comes from outside the code that runs: no interrupt, no reset.
  bool is_undisturbed();
  Stop execute();
  std::uint64_t cycles_left() const;
  std::optional<RunEnd> sleep(const RunLimits& limits);
  RunEnd end(EndReason reason, std::string message = {});
  std::string report();

  isa::Architecture architecture_;
  const ElfImage* program_ = nullptr;
  SerialConsole& console_;
  double clock_hz_;
  std::optional<RunEnd> pending_end_;
  std::optional<std::string> reset_;  // why
  bool executes_ = false;             // within execute()
  std::uint64_t next_look_ = 0;       // when RunLimits::go_on is asked again
  std::uint64_t faults_taken_ = 0;
  std::string first_fault_;
  std::uint64_t printed_ = 0;  // bytes, at the last look; more than before at the time
  std::uint64_t printed_at_ = 0;

  void* sink_ = nullptr;
  std::uint64_t (*sink_now_)(const void*) = [](const void*) { return std::uint64_t{0}; };
  void (*sink_advance_)(void*, std::uint64_t, Pause) = [](void*, std::uint64_t, Pause) {};
  std::uint64_t (*sink_cycles_left_)(void*, std::size_t) = [](void*, std::size_t) {
    return std::uint64_t{0};
  };
  void (*sink_enters_)(void*) = [](void*) {};
  void (*sink_leaves_)(void*) = [](void*) {};
};

extern template class Machine<isa::arm::Translator>;
extern template class Machine<isa::riscv::Translator>;

// What a fault says of an access: "invalid read (nothing is mapped there), 4 bytes at …".
std::string access_text(const isa::MemoryFault& fault, std::uint32_t pc);

}  // namespace boardless::sim
