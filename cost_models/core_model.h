// A core's instruction timing as data: what targets/cores/*.yaml says.
//
// The machinery is a single-issue in-order pipeline. Each instruction class occupies the core for
// `cycles` (+ `per_register` for each register it transfers) and its result is ready
// `result_delay` cycles after that. The rules below say what overlaps and what stalls.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "isa/instruction.h"
#include "targets/sourced.h"

namespace boardless::cost_models {

using targets::Sourced;

struct ClassTiming {
  Sourced<std::uint32_t> cycles;         // occupancy, without wait states
  Sourced<std::uint32_t> per_register;   // more cycles for each 32-bit register transferred
  Sourced<std::uint32_t> result_delay;   // after the occupancy, before a dependent may issue
  Sourced<std::uint32_t> taken_penalty;  // refill when the branch is taken
};

// Which loads continue a chain, so that the load before needs no second cycle.
enum class IndexedLoadChain {
  kAny,            // any load
  kDifferentBase,  // not one whose base the load before updated
  kFirstOnly,      // no pre- or post-indexed load but the first
};

struct CoreModel {
  std::string name;  // "cortex-m4"
  std::string description;
  std::string image;      // kernel image, "v7e-m"
  std::string fpu_image;  // kernel image when the chip has the FPU; empty when it cannot have one
  std::array<std::optional<ClassTiming>, static_cast<std::size_t>(isa::InstructionClass::kCount)>
      classes;  // empty: the core has no such instruction

  // The last cycle of a single load is hidden by a following load of the chain, immediate or
  // indexed store, or NOP.
  bool loads_overlap = false;
  IndexedLoadChain indexed_load_chain = IndexedLoadChain::kAny;
  // A 32-bit-encoded load that is not word aligned does not continue a chain.
  bool misaligned_wide_load_breaks_chain = false;
  bool store_hides_load = false;
  bool nop_hides_load = false;
  Sourced<std::uint32_t> store_to_load;           // extra cycles when a load follows a single store
  Sourced<std::uint32_t> store_register_offset;   // extra cycles of a register-offset store
  Sourced<std::uint32_t> address_early;           // address registers are needed this much earlier
  Sourced<std::uint32_t> pc_load_penalty;         // refill after POP {PC}, LDR PC
  Sourced<std::uint32_t> misaligned_wide_target;  // refill extra: 32-bit target not word aligned
  bool if_then_folds = false;                     // IT behind a 16-bit instruction costs nothing

  const std::optional<ClassTiming>& timing(isa::InstructionClass instruction_class) const {
    return classes[static_cast<std::size_t>(instruction_class)];
  }
};

// The timing of an instruction's class. Throws NotModelled naming core, class and address when the
// core has none.
const ClassTiming& timing_of(const CoreModel& core, const isa::Instruction& instruction);

// Throws InputError naming file, line and key.
CoreModel load_core_model(const std::filesystem::path& file);
// The bundled core of that name (targets/cores/NAME.yaml).
CoreModel load_core_model_named(const std::string& name);

}  // namespace boardless::cost_models
