// The loop between execution and everything that interrupts it.
//
//        +-> advance devices -> ended? -> take an exception? -> stuck? -> run to the next event --+
//        |                                                                                        |
//        +---- trap, fault, exception return, deadline <------------------------------------------+
#include "sim/machine.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "sim/fault_report.h"

namespace boardless::sim {
namespace {

// Between two looks at whether the program only loops on itself, and whether it shall go on.
constexpr std::uint64_t kQuantum = 100000;

std::string_view architecture_name(isa::Architecture architecture) {
  return architecture == isa::Architecture::kArm ? "Arm" : "RISC-V";
}

}  // namespace

template <class Translator>
Machine<Translator>::Machine(const isa::Variant& variant, const BoardSpec& board,
                             SerialConsole& console, Semihosting& semihosting)
    : interpreter_(variant),
      board_(board, interpreter_.memory(), console, *this),
      semihosting_(semihosting),
      architecture_(variant.architecture),
      console_(console),
      clock_hz_(board.core_clock_hz) {}

template <class Translator>
void Machine<Translator>::load(const ElfImage& program) {
  // Raw bytes do not say what they are for.
  if (program.entry && program.architecture != architecture_) {
    throw InputError(fmt::format("{}: is a program for {} cores; the target's core is {}",
                                 program.file, architecture_name(program.architecture),
                                 architecture_name(architecture_)));
  }
  program_ = &program;
  board_.load(program);
}

template <class Translator>
void Machine<Translator>::set_memory_control(
    std::function<void(const std::string&, std::uint32_t)> listener) {
  board_.on_control = std::move(listener);
  board_.report_controls();
}

template <class Translator>
RunEnd Machine<Translator>::run(const RunLimits& limits) {
  if (limits.until) board_.set_breakpoint(*limits.until, breakpoint_code());
  try {
    for (;;) {
      if (std::optional<RunEnd> ended = step(limits)) return *ended;
    }
  } catch (const GuestFault& fault) {
    return end(EndReason::kFault, fault.what());
  } catch (const NotModelled& missing) {
    return end(EndReason::kNotModelled, missing.what());
  }
}

template <class Translator>
std::optional<RunEnd> Machine<Translator>::step(const RunLimits& limits) {
  advance_devices();
  if (std::optional<RunEnd> ended = finished(limits)) {
    if (ended->reason != EndReason::kCycles) return ended;
    // That it was stuck, or could do nothing but fault, says more than that its cycles are over.
    if (faults_.goes_on(now())) return end(EndReason::kFault, faults_.text());
    return is_stuck() ? stuck(limits) : ended;
  }
  if (take_exception()) return std::nullopt;
  if (std::exchange(sleeps_, false)) return sleep(limits);
  if (loops_on_itself()) return stuck(limits);
  const std::uint64_t deadline = std::min({next_event(), limits.cycles, now() + kQuantum});
  interpreter_.set_deadline(may_be_unmasked() ? 0 : deadline);
  try {
    switch (execute()) {
      case Stop::kTrap:
        if (waits()) {
          std::optional<RunEnd> ended = sleep(limits);
          wake();
          return ended;
        }
        on_trap(limits);
        break;
      case Stop::kNoCode:
        on_no_code();
        break;
      case Stop::kDeadline:
        break;
    }
  } catch (const isa::MemoryFault& fault) {
    on_memory_fault(fault);
  }
  return std::nullopt;
}

template <class Translator>
Stop Machine<Translator>::execute() {
  struct Mark {  // an access may fault
    explicit Mark(bool& flag) : flag_(flag) { flag_ = true; }
    ~Mark() { flag_ = false; }
    bool& flag_;
  };
  const Mark mark(executes_);
  return interpreter_.run();
}

template <class Translator>
std::size_t Machine<Translator>::instructions_left() const {
  const isa::CodeBlock* block = executes_ ? interpreter_.latest_block() : nullptr;
  if (block == nullptr) return 0;
  const std::uint32_t pc = state().pc;
  const auto place = std::ranges::find(block->instructions, pc, &isa::Instruction::address);
  return static_cast<std::size_t>(block->instructions.end() - place);
}

template <class Translator>
std::uint64_t Machine<Translator>::cycles_left() const {
  const std::size_t left = instructions_left();
  if (left == 0) return 0;
  return sink_cycles_left_(sink_, interpreter_.latest_block()->instructions.size() - left);
}

template <class Translator>
std::optional<RunEnd> Machine<Translator>::finished(const RunLimits& limits) {
  if (pending_end_) return pending_end_;
  if (semihosting_.exit_status()) return end(EndReason::kExit);
  if (console_.stopped()) return end(EndReason::kOutput);
  if (reset_) return end(EndReason::kReset, *reset_);
  if (now() >= limits.cycles) return end(EndReason::kCycles);
  if (is_quiet(limits)) return end(EndReason::kQuiet);
  if (limits.go_on && now() >= next_look_) {
    next_look_ = now() + kQuantum;
    if (!limits.go_on(now())) return end(EndReason::kInterrupted);
  }
  return std::nullopt;
}

template <class Translator>
bool Machine<Translator>::is_quiet(const RunLimits& limits) {
  const std::uint64_t printed = console_.output().bytes() + semihosting_.output().bytes();
  if (printed != printed_) {
    printed_ = printed;
    printed_at_ = now();
  }
  return printed_ != 0 && now() - printed_at_ >= limits.quiet_cycles;
}

template <class Translator>
void Machine<Translator>::request_reset(std::string why) {
  if (!reset_) reset_ = std::move(why);
  reschedule();
}

template <class Translator>
bool Machine<Translator>::loops_on_itself() {
  const std::span<const std::uint8_t> code = memory().code_from(state().pc);
  return !code.empty() && is_self_jump(code);
}

template <class Translator>
bool Machine<Translator>::is_stuck() {
  return loops_on_itself() && is_undisturbed();
}

template <class Translator>
bool Machine<Translator>::is_undisturbed() {
  return !board_.will_reset() && (next_event() == kNever || !can_be_interrupted());
}

template <class Translator>
const isa::CodeBlock* Machine<Translator>::block_before() const {
  const std::vector<const isa::CodeBlock*> blocks = interpreter_.recent_blocks();
  const std::size_t passed =
      !blocks.empty() && blocks.back()->address == state().pc ? std::size_t{1} : 0;
  return blocks.size() > passed ? blocks[blocks.size() - 1 - passed] : nullptr;
}

template <class Translator>
void Machine<Translator>::note_fault(const std::string& what, bool retried) {
  faults_.add(state().pc, retried, now(), what, before_that());
  last_fault_ = what;
  if (faults_taken_++ == 0) first_fault_ = what;
  if (faults_.is_endless() && is_undisturbed()) throw GuestFault(faults_.text());
}

template <class Translator>
void Machine<Translator>::note_call(const std::string& what) {
  faults_.add(state().pc, /*retried=*/false, now(), what, before_that());
  last_fault_ = what;
}

template <class Translator>
std::string Machine<Translator>::before_that() const {
  return last_fault_.empty() ? std::string() : "; before that, " + last_fault_;
}

template <class Translator>
std::optional<RunEnd> Machine<Translator>::stuck(const RunLimits& limits) {
  if (is_stuck()) {
    return end(EndReason::kStuck,
               fmt::format("the program loops on itself at 0x{:08x}, and no interrupt can come{}",
                           state().pc, before_that()));
  }
  return sleep(limits);  // nothing changes until the next event
}

template <class Translator>
std::optional<RunEnd> Machine<Translator>::sleep(const RunLimits& limits) {
  for (;;) {
    advance_devices();
    if (wakes()) return std::nullopt;
    if (std::optional<RunEnd> ended = finished(limits)) return ended;
    const std::uint64_t wake = next_event();
    if (wake == kNever) {
      return end(EndReason::kSleepsForever,
                 fmt::format("the core sleeps at 0x{:08x}, and nothing will wake it", state().pc));
    }
    const std::uint64_t until = std::min(wake, limits.cycles);
    pass(std::max<std::uint64_t>(until - std::min(until, now()), 1), Pause::kAsleep);
  }
}

template <class Translator>
RunEnd Machine<Translator>::end(EndReason reason, std::string message) {
  RunEnd result;
  result.reason = reason;
  result.exit_status = semihosting_.exit_status().value_or(0);
  result.message = std::move(message);
  result.pc = state().pc;
  result.exceptions = exceptions_taken_;
  result.faults = faults_taken_;
  result.first_fault = first_fault_;
  const bool explains = reason == EndReason::kFault || reason == EndReason::kStuck ||
                        reason == EndReason::kNotModelled || reason == EndReason::kSleepsForever;
  if (explains) result.report = report();
  return result;
}

template <class Translator>
std::string Machine<Translator>::report() {
  State& s = state();
  std::string text = registers_text(s) + status_text();
  if (!last_fault_.empty()) text += fmt::format("last fault: {}\n", last_fault_);
  text += "last blocks:\n";
  for (const isa::CodeBlock* block : interpreter_.recent_blocks()) {
    const Symbol* symbol = program_->at(block->address);
    text += fmt::format(
        "  0x{:08x}{}\n", block->address,
        symbol == nullptr ? ""
                          : fmt::format(" {}+{}", symbol->name, block->address - symbol->address));
  }
  constexpr std::size_t kMostBytes = 32;
  const std::span<const std::uint8_t> bytes = memory().code_from(s.pc);
  if (!bytes.empty()) {
    text +=
        code_text(interpreter_.decoder(), s.pc, bytes.first(std::min(bytes.size(), kMostBytes)));
  }
  return text;
}

template class Machine<isa::arm::Translator>;
template class Machine<isa::riscv::Translator>;

std::string access_text(const isa::MemoryFault& fault, std::uint32_t pc) {
  return fmt::format("{}, {} bytes at 0x{:08x}, by the instruction at 0x{:08x}",
                     memory_fault_name(fault), fault.bytes, fault.address, pc);
}

std::string_view end_reason_name(EndReason reason) {
  switch (reason) {
    case EndReason::kExit:
      return "exit";
    case EndReason::kSymbol:
      return "symbol";
    case EndReason::kOutput:
      return "output";
    case EndReason::kCycles:
      return "cycles";
    case EndReason::kQuiet:
      return "quiet";
    case EndReason::kReset:
      return "reset";
    case EndReason::kStuck:
      return "stuck";
    case EndReason::kSleepsForever:
      return "sleeps_forever";
    case EndReason::kInterrupted:
      return "interrupted";
    case EndReason::kFault:
      return "fault";
    case EndReason::kNotModelled:
      return "not_modelled";
  }
  return "unknown";
}

}  // namespace boardless::sim
