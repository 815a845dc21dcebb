// Puts machine, clock and console together.
#include "prediction/firmware_run.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/visible_text.h"
#include "cost_models/core_model.h"
#include "cost_models/timing_run.h"
#include "prediction/firmware_board.h"
#include "prediction/firmware_machine.h"
#include "prediction/provenance.h"
#include "prediction/region_text.h"
#include "profiling/code_map.h"
#include "profiling/firmware_watch.h"
#include "profiling/profiler.h"
#include "profiling/region_meter.h"
#include "profiling/viewer_formats.h"
#include "profiling/watched_clock.h"
#include "sim/counting_sink.h"

namespace boardless::prediction {
namespace {

using cost_models::StallCause;
using cost_models::TimingRun;

// Cycles that passed without an instruction.
struct Pauses {
  Cycles asleep = 0, exceptions = 0;
  void add(Cycles cycles, sim::Pause pause) {
    (pause == sim::Pause::kAsleep ? asleep : exceptions) += cycles;
  }
};

// The models as the machine's clock.
class ModelClock {
 public:
  explicit ModelClock(TimingRun& timing) : timing_(timing) {}
  void on_block(const isa::CodeBlock& block) { timing_.on_block(block); }
  void on_read(std::uint32_t address, std::uint32_t bytes) { timing_.on_read(address, bytes); }
  void on_write(std::uint32_t address, std::uint32_t bytes) { timing_.on_write(address, bytes); }
  void on_operands(isa::OperandTimed operation, std::uint32_t first, std::uint32_t second) {
    timing_.on_operands(operation, first, second);
  }
  std::uint64_t now() const { return timing_.now(); }
  std::uint64_t cycles_left(std::size_t index) { return timing_.cycles_left(index); }
  void advance(std::uint64_t cycles, sim::Pause pause) {
    timing_.advance(cycles,
                    pause == sim::Pause::kAsleep ? StallCause::kAsleep : StallCause::kException);
  }

 private:
  TimingRun& timing_;
};

// Instructions as the machine's clock, and its pauses.
class InstructionClock : public sim::CountingSink {
 public:
  void advance(std::uint64_t cycles, sim::Pause pause) {
    CountingSink::advance(cycles, pause);
    pauses.add(cycles, pause);
  }
  Pauses pauses;
};

// Signals of register fields reach the memories by name: "flash.wait_states", "icache.enable". One
// for a memory that the target does not describe changes nothing.
class MemoryControl {
 public:
  explicit MemoryControl(cost_models::MemorySystem& memory) : memory_(memory) {}

  void operator()(const std::string& signal, std::uint32_t value) {
    const std::size_t dot = signal.rfind('.');
    const std::string name = signal.substr(0, dot), what = signal.substr(dot + 1);
    const auto& model = memory_.model();
    const auto named = [&](const auto& each) { return each.name == name; };
    if (std::ranges::any_of(model.memories, named)) {
      const std::size_t index = memory_.memory_index(name);
      if (what == "wait_states") memory_.set_wait_states(index, value);
      if (what == "prefetch") memory_.set_prefetch(index, value != 0);
    }
    if (std::ranges::any_of(model.caches, named)) {
      const std::size_t index = memory_.cache_index(name);
      if (what == "multi_way") multi_way_ = value != 0;
      if (what == "enable") memory_.set_cache(index, value != 0, multi_way_ ? 0 : 1);
      if (what == "invalidate" && value != 0) memory_.invalidate_cache(index);
    }
  }

 private:
  cost_models::MemorySystem& memory_;
  bool multi_way_ = true;
};

// Only an ELF file has debug information.
std::optional<std::filesystem::path> debug_file(const sim::ElfImage& firmware) {
  if (firmware.symbols_file.empty()) return std::nullopt;
  return firmware.symbols_file;
}

using profiling::FirmwareWatch;
using profiling::RegionMeter;

// What is to run, how far, and what is watched of it.
struct Task {
  const sim::ElfImage& firmware;
  const FirmwareOptions& options;
  sim::RunLimits limits;
  FirmwareWatch watch;
};

// Runs the machine by `clock`.
template <class Machine, class Clock>
void run_by(Clock& clock, Machine& machine, const sim::AccessWatch& accesses, Task& task,
            FirmwareRun& run) {
  profiling::WatchedClock sink(clock, std::as_const(machine).state(), task.watch);
  machine.begin_blocks_at(task.watch.addresses());
  machine.attach(sink, accesses);
  run.end = machine.run(task.limits);
}

// Runs the machine under a profiler.
template <class Machine>
profiling::Profile run_profiled(Machine& machine, TimingRun& timing,
                                const sim::AccessWatch& accesses, Task& task, FirmwareRun& run) {
  const sim::ElfImage& firmware = task.firmware;
  const FirmwareOptions::Profiling& options = *task.options.profiling;
  profiling::CodeMap code(firmware.symbols);
  profiling::MemoryTraffic traffic(timing.memory_system(0).model());
  profiling::Profiler profiler(timing, code,
                               &profiling::call_registers(machine.state()).stack_pointer,
                               {.keep_events = options.trace,
                                .traffic = options.traffic ? &traffic : nullptr,
                                .keep_samples = options.timeline});
  constexpr sim::AccessWatch kAll{0, 0xffffffff, 0, 0xffffffff};
  run_by(profiler, machine, options.traffic ? kAll : accesses, task, run);
  profiler.finish();
  const profiling::CodeBytes bytes = [](void* memory, std::uint32_t address) {
    return static_cast<const sim::AddressSpace*>(memory)->code_from(address);
  };
  profiling::Profile profile =
      profiling::make_profile(profiler,
                              {timing, machine.blocks(), code, machine.decoder(), &machine.memory(),
                               bytes, debug_file(firmware)},
                              options.hot_blocks);
  if (options.traffic) profile.memories = traffic.rows();
  if (options.trace) {
    profile.trace = profiling::chrome_trace(profiler.events(), code, run.clock_hz, firmware.file);
  }
  return profile;
}

// Runs the machine, whichever it is, by the clock that was asked for.
template <class Machine>
void run_machine(Machine& machine, const cost_models::CoreModel& core,
                 const targets::Target& target, Task& task, FirmwareRun& run,
                 Provenance& provenance) {
  if (run.clock == FirmwareOptions::Clock::kInstructions) {
    InstructionClock clock;
    run_by(clock, machine, {}, task, run);
    run.instructions = clock.instructions();
    run.cycles = clock.now();
    run.asleep_cycles = clock.pauses.asleep;
    run.exception_cycles = clock.pauses.exceptions;
    return;
  }
  TimingRun timing(machine.blocks());
  timing.add_target(core, cost_models::firmware_memory_system(target));
  ModelClock clock(timing);
  const TimingRun::Range reads = timing.waiting_reads(), writes = timing.waiting_writes();
  const sim::AccessWatch accesses{reads.begin, reads.end, writes.begin, writes.end};
  machine.set_memory_control(MemoryControl(timing.memory_system(0)));
  if (task.options.profiling) {
    run.profile = run_profiled(machine, timing, accesses, task, run);
  } else {
    run_by(clock, machine, accesses, task, run);
  }
  run.cycles = timing.now();
  const TimingRun::Cost cost = timing.take_costs().front();
  run.instructions = cost.instructions;
  run.stalls = cost.stalls;
  run.asleep_cycles = cost.stalls[static_cast<std::size_t>(StallCause::kAsleep)];
  run.exception_cycles = cost.stalls[static_cast<std::size_t>(StallCause::kException)];
  provenance.add("cycles", timing.used_numbers(0));
  if (run.end.exceptions != 0) {
    provenance.ask("cycles", [&] { exception_cycles(target, core); });
  }
}

sim::RunLimits limits_of(const FirmwareOptions& options, const sim::ElfImage& firmware,
                         std::uint64_t clock_hz) {
  sim::RunLimits limits;
  if (options.max_cycles != 0) limits.cycles = options.max_cycles;
  if (has_default_end(options)) {
    limits.cycles = kDefaultSeconds * clock_hz;
    limits.quiet_cycles = kQuietSeconds * clock_hz;
  }
  limits.go_on = options.go_on;
  if (!options.until_symbol.empty()) limits.until = symbol_address(firmware, options.until_symbol);
  return limits;
}

std::vector<profiling::Region> regions_of(const FirmwareOptions& options,
                                          const sim::ElfImage& firmware) {
  std::vector<profiling::Region> regions;
  for (const RegionText& text : options.regions) regions.push_back(resolve_region(text, firmware));
  return regions;
}

template <class State>
FirmwareWatch watch_of(const State& state, const FirmwareOptions& options,
                       const sim::ElfImage& firmware) {
  const profiling::CallRegisters registers = profiling::call_registers(state);
  std::optional<RegionMeter> regions;
  if (!options.regions.empty()) regions.emplace(regions_of(options, firmware), registers);
  std::optional<profiling::HeapMeter> heap;
  for (const char* name : {"_sbrk", "sbrk"}) {  // of newlib, of picolibc
    const sim::Symbol* symbol = firmware.find(name);
    if (symbol != nullptr && !heap) heap.emplace(symbol->address, registers);
  }
  const bool keeps_timeline = options.profiling && options.profiling->timeline;
  return {std::move(regions), heap, keeps_timeline};
}

// What the machine prints is the watch's to hear, too.
template <class Machine>
void listen(const Machine& machine, FirmwareWatch& watch, sim::SerialConsole& console,
            sim::Semihosting& semihosting) {
  console.on_print = [&, first = console.on_print](std::uint8_t byte) {
    if (first) first(byte);
    watch.print(RegionMeter::Stream::kSerial, static_cast<char>(byte), machine.now());
  };
  semihosting.on_print = [&, first = semihosting.on_print](char c) {
    if (first) first(c);
    watch.print(RegionMeter::Stream::kSemihosting, c, machine.now());
  };
}

}  // namespace

bool has_default_end(const FirmwareOptions& options) {
  return options.max_cycles == 0 && options.until_symbol.empty() &&
         options.serial.stop_text.empty() && options.serial.prompt.empty();
}

FirmwareRun run_firmware(const sim::ElfImage& firmware, const targets::Target& target,
                         const FirmwareOptions& options) {
  const cost_models::CoreModel core = cost_models::load_core_model_named(target.core);
  sim::SerialConsole console(options.serial);
  console.on_print = options.on_serial;
  sim::Semihosting semihosting({options.semihosting_input, options.command_line});
  semihosting.on_print = options.on_semihosting;
  Provenance provenance(target.name);
  std::optional<FirmwareMachine> booted;
  provenance.ask("machine", [&] {
    booted.emplace(boot_machine(firmware, target, core, console, semihosting));
  });
  const FirmwareMachine& machine = *booted;

  Task task{
      .firmware = firmware,
      .options = options,
      .limits = limits_of(options, firmware, target.clock_hz),
      .watch = std::visit(
          [&](const auto& each) { return watch_of(each->state(), options, firmware); }, machine)};
  std::visit([&](const auto& each) { listen(*each, task.watch, console, semihosting); }, machine);

  FirmwareRun run;
  run.firmware = visible(firmware.file);
  run.target = target.name;
  run.core = core.name;
  run.clock_hz = target.clock_hz;
  run.clock = options.clock;
  run.has_default_end = has_default_end(options);
  const auto started = std::chrono::steady_clock::now();
  std::visit([&](const auto& each) { run_machine(*each, core, target, task, run, provenance); },
             machine);
  run.host_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  provenance.ask("simulated_ms", [&] { target.clock_hz.value(); });
  run.estimates = provenance.estimates();
  run.sources = provenance.sources();
  run.size = measure_firmware(firmware, target);
  run.stack_bytes = task.watch.stack_bytes();
  run.heap_bytes = task.watch.heap_bytes();
  run.regions = task.watch.region_times();
  if (const auto& timeline = task.watch.timeline()) {
    run.memory_steps = timeline->steps();
    run.memory_step_cycles = timeline->step_cycles();
  }
  run.serial_output = console.output().text();
  run.semihosting_output = semihosting.output().text();
  run.dropped_output_bytes =
      console.output().dropped_bytes() + semihosting.output().dropped_bytes();
  run.input_left = console.input_left();
  return run;
}

}  // namespace boardless::prediction
