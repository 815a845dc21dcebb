// A microcontroller as data: core, clock, memories, what stands in front of the flash, power,
// price. Loaded from targets/mcus/*.yaml; a new chip is a new file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "targets/sourced.h"

namespace boardless::targets {

// The buffer or cache between the core and a wait-stated memory, for one of the two read paths
// (instruction fetch, data). kind:
//   none      every read pays the wait states
//   prefetch  `lines` row buffers, the next row is fetched while the current one executes
//   cache     `lines` lines of `line_bytes` in `ways` ways (0: fully associative), LRU; a miss
//             reads the one row that was asked for, and the line keeps which of its rows it holds
struct ReadPath {
  enum class Kind { kNone, kPrefetch, kCache };
  Kind kind = Kind::kNone;
  Sourced<std::uint32_t> lines;
  Sourced<std::uint32_t> line_bytes;
  Sourced<std::uint32_t> ways;
  // Cache: the following row is requested after a sequential miss.
  bool sequential_prefetch = false;
};

// One row of a flash wait state table: `wait_states` up to and including `up_to_hz`.
struct WaitStateStep {
  Sourced<std::uint32_t> up_to_hz;
  Sourced<std::uint32_t> wait_states;
};

struct Memory {
  std::string name;  // "flash", "sram1"
  enum class Kind { kFlash, kRam, kExternalFlash };
  Kind kind = Kind::kRam;
  Sourced<std::uint32_t> base;
  Sourced<Bytes> size_bytes;
  Sourced<std::uint32_t> wait_states;  // at the target's clock; a row read takes wait_states + 1
  std::vector<WaitStateStep> wait_states_by_clock;  // rising; empty: the same at every clock
  Sourced<std::uint32_t> row_bytes;                 // width of one read of the array
  ReadPath fetch;                                   // instruction fetches
  ReadPath data;                                    // loads; ignored when `unified`
  bool unified = false;                             // one cache serves fetches and loads
};

// Where each window of a linked program lies; names refer to Target::memories.
struct Placement {
  std::string code, constants, arena, stack;
};

struct Power {
  Sourced<double> run_ua_per_mhz;
  Sourced<double> supply_v;
};

struct Target {
  std::string name;         // "stm32f446re": the YAML's file stem
  std::string description;  // "STM32F446RE, Nucleo-F446RE"
  std::string vendor;
  std::string core;  // "cortex-m4": names a file in targets/cores
  bool fpu = false;  // the chip has the core's optional single-precision FPU
  Sourced<std::uint32_t> clock_hz;
  bool fixed_clock = false;  // the core runs at clock_hz and at nothing else
  std::vector<Memory> memories;
  Placement placement;
  Power power;
  std::optional<Sourced<double>> price_usd;
  std::vector<std::string> notes;

  const Memory& memory(const std::string& memory_name) const;  // check()s that it exists
};

// Sorted names of the bundled targets.
std::vector<std::string> target_names();
// A bundled target by name, or a path to a YAML file (contains '/' or ends in .yaml). Throws
// InputError: unknown name (with the nearest), unknown or missing key (file, line, nearest key),
// a number without a source, a placement that names no memory.
Target load_target(const std::string& name_or_path);
// The same chip at another clock: wait states follow their tables, the run current per MHz stays
// and becomes an estimate. Throws InputError for a clock the chip cannot run at.
Target with_clock(Target target, std::uint32_t clock_hz);

}  // namespace boardless::targets
