// Boots a firmware image on a target and runs it to an end: what `boardless run` answers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cost_models/stall_cause.h"
#include "prediction/firmware_size.h"
#include "prediction/prediction.h"
#include "prediction/region_text.h"
#include "profiling/firmware_watch.h"
#include "profiling/profile.h"
#include "profiling/region.h"
#include "sim/elf_image.h"
#include "sim/run_end.h"
#include "sim/serial_console.h"
#include "targets/target.h"

namespace boardless::prediction {

struct FirmwareOptions {
  // kModel: the target's core and memory models. kInstructions: one cycle an instruction, several
  // times as fast to run; for boot problems, and to count instructions.
  enum class Clock { kModel, kInstructions };
  Clock clock = Clock::kModel;
  std::uint64_t max_cycles = 0;  // 0: no limit but the default end
  std::string until_symbol;      // stop where this function begins
  sim::SerialConsole::Options serial;
  std::string semihosting_input;
  std::string command_line;
  // Find out where the cycles go (kModel only).
  struct Profiling {
    std::size_t hot_blocks = 3;  // explained by instruction
    bool trace = false;          // keep every call, for a view over time
    bool traffic = false;        // count every access by memory; slower
    bool timeline = false;       // paths and memory over the whole run
  };
  std::optional<Profiling> profiling;
  std::vector<RegionText> regions;  // to be timed
  // Told each byte as it is printed.
  std::function<void(std::uint8_t)> on_serial;
  std::function<void(char)> on_semihosting;
  // As sim::RunLimits::go_on.
  std::function<bool(std::uint64_t cycles)> go_on;
};

// How a run ends, at the latest, of which nothing else is asked: no cycles, symbol, text or prompt.
inline constexpr std::uint64_t kDefaultSeconds = 10;  // of simulated time
inline constexpr std::uint64_t kQuietSeconds = 2;     // … without new output, once there was some
bool has_default_end(const FirmwareOptions& options);

struct FirmwareRun {
  std::string firmware, target, core;
  std::uint32_t clock_hz = 0;
  FirmwareOptions::Clock clock = FirmwareOptions::Clock::kModel;
  bool has_default_end = false;
  sim::RunEnd end;
  Cycles cycles = 0;  // all of them
  Cycles asleep_cycles = 0, exception_cycles = 0;
  std::uint64_t instructions = 0;
  cost_models::StallCounts stalls{};  // kModel: all cycles by cause
  std::optional<profiling::Profile> profile;
  std::vector<profiling::RegionTimes> regions;  // as they were asked for
  FirmwareSize size;
  // How deep the main stack grew, seen where blocks of code begin; and the heap, where the program
  // has sbrk(), which makes it.
  Bytes stack_bytes = 0;
  std::optional<Bytes> heap_bytes;
  // Over time, when the profile was to have a timeline; steps of so many cycles.
  std::vector<profiling::MemoryStep> memory_steps;
  Cycles memory_step_cycles = 0;
  std::string serial_output, semihosting_output;  // the first sim::KeptOutput::kMostBytes
  std::uint64_t dropped_output_bytes = 0;         // of both, beyond them
  bool input_left = false;                        // not all that was to be typed was taken
  // What the run rests on: "cycles", "simulated_ms", and "machine", which is what the program
  // finds: memories, peripherals, what the core calls itself.
  std::vector<Estimate> estimates;
  std::vector<std::string> sources;
  double host_seconds = 0;  // what the simulation took
  double simulated_seconds() const { return static_cast<double>(cycles) / clock_hz; }
};

// Throws InputError (the program does not fit the target, a symbol is not there) and NotModelled
// (the core); what happens once the program runs is in the result.
FirmwareRun run_firmware(const sim::ElfImage& firmware, const targets::Target& target,
                         const FirmwareOptions& options);

}  // namespace boardless::prediction
