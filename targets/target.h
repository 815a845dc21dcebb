// A microcontroller as data: core, clock, memories, what stands in front of the flash, power,
// price. Loaded from targets/mcus/*.yaml; a new chip is a new file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "targets/availability.h"
#include "targets/ledger.h"
#include "targets/sourced.h"

namespace boardless::targets {

// A cache between the core and memories: `lines` lines of `line_bytes` in `ways` ways (0: fully
// associative), least recently used replaced. fill:
//   row   a miss reads the one row of the memory that was asked for, and the line keeps which of
//   its
//         rows it holds (flash accelerators, serial flash caches with a flag per word)
//   line  a miss reads the whole line in beats of `beat_bytes`; the word that was asked for comes
//   first
//         when `critical_word_first`
// write: stores pass a `read_only` cache by; `write_back` allocates on a missing store and writes a
// changed line when it is replaced.
struct Cache {
  enum class Fill { kRow, kLine };
  enum class Write { kReadOnly, kWriteBack };
  std::string name;  // of an entry of `caches:`; empty for a cache that belongs to one read path
  Sourced<std::uint32_t> lines;
  Sourced<std::uint32_t> line_bytes;
  Sourced<std::uint32_t> ways;
  Fill fill = Fill::kRow;
  Sourced<std::uint32_t> beat_bytes;  // of a line fill
  bool critical_word_first = true;
  Write write = Write::kReadOnly;
};

// The buffer or cache between the core and a wait-stated memory, for one of the two read paths
// (instruction fetch, data). kind:
//   none          every read pays the wait states; fetches hold the one row read last
//   prefetch      `lines` row buffers, the next row is fetched while the current one executes
//   cache         a cache of this path alone
//   shared_cache  an entry of Target::caches, in front of several memories or of both paths
struct ReadPath {
  enum class Kind { kNone, kPrefetch, kCache, kSharedCache };
  Kind kind = Kind::kNone;
  Sourced<std::uint32_t> buffers;  // kPrefetch
  Cache cache;                     // kCache
  std::string shared;              // kSharedCache: its name
  // The row behind the one in use is requested as soon as the memory is free. Always so for
  // kPrefetch.
  bool sequential_prefetch = false;
};

// One row of a flash wait state table: `wait_states` up to and including `up_to_hz` of the clock of
// the memory's bus.
struct WaitStateStep {
  Sourced<std::uint32_t> up_to_hz;
  Sourced<std::uint32_t> wait_states;
  std::string voltage_range;  // one of Target::voltage_ranges; empty: in each
};

struct Memory {
  std::string name;  // "flash", "sram1"
  enum class Kind { kFlash, kRam, kExternalFlash, kTcm };
  Kind kind = Kind::kRam;
  Sourced<std::uint32_t> base;
  Sourced<Bytes> size_bytes;
  // Further addresses at which the same bytes are seen along the same path.
  std::vector<Sourced<std::uint32_t>> alias_bases;
  // Not a memory of its own but another path to this one's first bytes (a second bus with another
  // accelerator). Empty: a memory.
  std::string view_of;
  Sourced<std::uint32_t> wait_states;  // at the target's clock; a row read takes wait_states + 1
  std::vector<WaitStateStep> wait_states_by_clock;  // rising in each range; empty: always the same
  std::optional<Sourced<std::uint32_t>> write_wait_states;  // absent: stores take one cycle
  // Core cycles that an access spends between core and memory, apart from the wait states.
  std::optional<Sourced<std::uint32_t>> bus_cycles;
  // Bus cycles from one beat of a line fill to the next; absent: 1.
  std::optional<Sourced<std::uint32_t>> beat_cycles;
  // The memory's bus runs at the core clock up to this, above it at the highest integer fraction of
  // the core clock that is not above it. Wait states and beats are cycles of that bus.
  std::optional<Sourced<std::uint32_t>> bus_max_hz;
  Sourced<std::uint32_t> clock_divider{1, NumberRef{}};  // of the bus at the target's clock
  Sourced<std::uint32_t> row_bytes;                      // width of one read of the array
  // Instructions come over the bus that loads and stores take (code in SRAM on a core with one bus
  // there): both share its one transfer a cycle.
  bool fetch_shares_bus = false;
  ReadPath fetch;        // instruction fetches
  ReadPath data;         // loads; ignored when `unified`
  bool unified = false;  // one cache serves fetches and loads

  // Holds data that a program writes.
  bool is_writable() const { return kind == Kind::kRam || kind == Kind::kTcm; }
};

// Where each window of a linked program lies; names refer to Target::memories.
struct Placement {
  std::string code, constants, arena, stack;
};

struct Power {
  Sourced<double> run_ua_per_mhz;
  Sourced<double> supply_v;
};

constexpr std::uint32_t kMaxWriteBufferEntries = 8;

struct Target {
  std::string name;         // "stm32f446re": the YAML's file stem
  std::string description;  // "STM32F446RE, Nucleo-F446RE"
  std::string vendor;
  Availability availability = Availability::kPart;
  std::string core;  // "cortex-m4": names a file in targets/cores
  bool fpu = false;  // the chip has the core's optional single-precision FPU
  Sourced<std::uint32_t> clock_hz;
  bool fixed_clock = false;  // the core runs at clock_hz and at nothing else
  // Of the regulator, as wait state tables name them, and the one that holds.
  std::vector<std::string> voltage_ranges;
  std::string voltage_range;
  // Stores that the core can leave behind while it goes on; absent: none.
  std::optional<Sourced<std::uint32_t>> write_buffer_entries;
  std::vector<Cache> caches;  // those in front of several memories
  std::vector<Memory> memories;
  Placement placement;
  std::string peripherals;  // names a file in targets/peripherals; empty: none but the core's own
  Power power;
  std::optional<Sourced<double>> price_usd;
  std::vector<std::string> notes;
  Ledger numbers;      // all of the above
  std::string sha256;  // of what its file says (yaml_digest.h)

  const Memory& memory(const std::string& memory_name) const;  // check()s that it exists
  const Cache& cache(const std::string& cache_name) const;     // likewise
};

// Sorted names of the bundled targets.
std::vector<std::string> target_names();
// Whether a word means a file, not a bundled target or accelerator: it contains '/' or ends in
// .yaml.
bool is_target_file(const std::string& word);
// A bundled target by name, or a path to a YAML file (is_target_file()), which may say
// `extends:`. Throws InputError: unknown name (with the nearest), unknown or missing key (file,
// line, nearest key), a number without a source, a placement that names no memory.
Target load_target(const std::string& name_or_path);
// The same chip at another clock: wait states follow their tables, the run current per MHz stays
// and becomes an estimate. Throws InputError for a clock the chip cannot run at.
Target with_clock(Target target, std::uint32_t clock_hz);
// The same chip in another of its voltage ranges. Throws InputError for a range it does not have,
// or in which its memories have no wait states for its clock.
Target with_voltage_range(Target target, const std::string& range);

}  // namespace boardless::targets
