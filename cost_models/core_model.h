// A core's instruction timing as data: what targets/cores/*.yaml says.
//
// The machinery is an in-order pipeline that issues one instruction a cycle, or two where `pairs`
// allows. An instruction occupies issue for `cycles` (and more for each register it transfers); its
// result is ready `result_delay` cycles after that. A consumer may issue when its operands are
// ready, or as many cycles before as its stages leave it (`operand_late`, `accumulate_late`), or
// must wait longer (`address_early`); `bypasses` are the pairs of classes for which this is not so.
//
// A number that is absent means that the core has no such effect, and is 0. Those that it must have
// are asked for (core_reader.cc): the class's cycles; without a predictor what taken branches and
// loads of the PC cost; what each of several registers takes; what unaligned accesses cost where
// they do not trap; what saving floating-point registers costs where there are any.
//
// Vector instructions issue in one cycle and then keep a pipe of the vector unit for `beats`: the
// next one may overlap with it where another pipe takes it.
#pragma once

#include <array>
#include <bitset>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cost_models/branch_prediction_model.h"
#include "cost_models/exception_timing.h"
#include "cost_models/operand_timing.h"
#include "isa/instruction.h"
#include "targets/sourced.h"

namespace boardless::cost_models {

using targets::Sourced;

constexpr std::size_t kInstructionClasses = static_cast<std::size_t>(isa::InstructionClass::kCount);

// In YAML a list of class names; a name that ends in '*' stands for all that start so.
class ClassSet {
 public:
  bool contains(isa::InstructionClass c) const { return bits_[static_cast<std::size_t>(c)]; }
  void add(isa::InstructionClass c) { bits_.set(static_cast<std::size_t>(c)); }
  bool empty() const { return bits_.none(); }

 private:
  std::bitset<kInstructionClasses> bits_;
};

// Early execution (Cortex-M7): an instruction whose operands are there when it issues uses the ALU
// one stage before the usual one, and its result is ready a cycle sooner. Where there are ALUs in
// several stages (Cortex-M85), it uses the first one that its operands reach.
enum class EarlyAlu { kNone, kOlderSlot, kEitherSlot };

struct ClassTiming {
  Sourced<std::uint32_t> cycles;              // occupancy, without wait states
  Sourced<std::uint32_t> per_register;        // more cycles for each 32-bit register transferred
  Sourced<std::uint32_t> registers_per_beat;  // … for each so many, rounded up; at least 1
  Sourced<std::uint32_t> result_delay;        // after the occupancy, before a dependent may issue
  Sourced<std::uint32_t> narrow_delay;        // more for loads of bytes and halfwords
  Sourced<std::uint32_t> flags_cycles;        // more occupancy when it sets flags
  Sourced<std::uint32_t> taken_penalty;       // refill when the branch is taken
  Sourced<std::uint32_t> operand_late;        // operands are needed so long after issue
  Sourced<std::uint32_t> accumulate_late;     // what a product is added to, so long after issue
  EarlyAlu early_alu = EarlyAlu::kNone;
  Sourced<std::uint32_t> early_stages{1, targets::NumberRef{}};  // by how many stages at most
  // Pipes of the vector unit that can take it, by their bits in CoreModel::pipes; it takes the one
  // that is free first. 0: none.
  std::uint8_t pipes = 0;
  Sourced<std::uint32_t> beats;  // cycles for which it keeps the pipe
  // … and more where a gather or scatter makes more than so many accesses for each of them; 0: no.
  Sourced<std::uint32_t> transfers_per_beat;
  Sourced<std::uint32_t> lane_delay;   // more result delay for each halving of a lane below a word
  Sourced<std::uint32_t> index_early;  // a vector of addresses is needed so long before issue
  Sourced<std::uint32_t> core_late;   // a core register is needed so long after issue; operand_late
  Sourced<std::uint32_t> core_delay;  // result_delay of core registers; result_delay
  std::optional<Sourced<std::uint32_t>> mispredict_penalty;  // in place of the predictor's

  std::uint32_t pipe_cycles(const isa::Instruction& instruction) const;
  std::uint32_t occupancy(const isa::Instruction& instruction) const;
  // From issue until a plain consumer may issue.
  std::uint32_t latency(const isa::Instruction& instruction) const;
  // The same for core registers.
  std::uint32_t core_latency(const isa::Instruction& instruction) const {
    return latency(instruction) + core_delay - result_delay;
  }
};

// What an operand is for.
enum class OperandRole : std::uint8_t { kValue, kAccumulate, kShifted, kAddress, kStoreData };

// A dependent pair of instructions whose distance does not follow from their stages.
struct Bypass {
  ClassSet from, into;
  std::optional<OperandRole> operand;  // any when absent
  Sourced<std::uint32_t> latency;      // from issue to earliest issue
};

// After an instruction of one class, others cannot issue for some cycles.
struct IssueBlock {
  ClassSet after, classes;
  Sourced<std::uint32_t> cycles;
  bool younger_slot_only = false;
};

// Which two instructions may issue together. In a pair the older one comes first in program order.
struct PairRules {
  bool narrow_only = false;             // both have 16-bit encodings
  bool light_with_any = false;          // … and either is light (isa::Instruction)
  ClassSet younger, never, older_only;  // younger: these alone may be the younger one
  std::vector<ClassSet> one_per_cycle;  // at most one of each set
  struct Forbidden {
    ClassSet older, younger;
  };
  std::vector<Forbidden> forbidden;
  // Two loads pair when they go to different banks of this many bytes. Offsets from one base tell;
  // where the bases differ every second pair is taken to collide. 0: loads need no banks.
  Sourced<std::uint32_t> load_bank_bytes;
  Sourced<std::uint32_t> load_banks;
  // These may issue as a third beside a pair, where the cycle's instructions take no more than so
  // many bytes of code.
  ClassSet third;
  Sourced<std::uint32_t> third_within_bytes;
};

// A load so many cycles behind a store finds its memory bank taken. Offsets from one base tell
// which bank; where they do not, every second load is taken to collide.
struct BankHazard {
  ClassSet stores, loads;
  Sourced<std::uint32_t> distance;  // from issue to issue
  Sourced<std::uint32_t> cycles;    // that the load then waits
  Sourced<std::uint32_t> banks, bank_bytes;
};

// Which loads continue a chain, so that the load before needs no second cycle.
enum class IndexedLoadChain {
  kAny,            // any load
  kDifferentBase,  // not one whose base the load before updated
  kFirstOnly,      // no pre- or post-indexed load but the first
};

// Extra cycles of an access that is not aligned to its size; absent: the core faults, or the access
// is free.
struct UnalignedAccess {
  Sourced<std::uint32_t>
      load_at_halfword;                 // a word at a halfword address, a halfword at an odd one
  Sourced<std::uint32_t> load_at_byte;  // a word at an odd address
  Sourced<std::uint32_t> store_at_halfword;
  Sourced<std::uint32_t> store_at_byte;
};

struct CoreModel {
  static constexpr std::size_t kMaxIssueBlocks = 8;
  static constexpr std::size_t kMaxPipes = 6;

  std::string name;    // "cortex-m4"
  std::string sha256;  // of what its file says (targets/yaml_digest.h)
  std::string description;
  std::string image;      // kernel image, "v7e-m"
  std::string fpu_image;  // kernel image when the chip has the FPU; empty when it cannot have one
  // Instruction sets (isa/variant.h) of whole programs; wider than those of the kernel images where
  // a core can more than the kernels need.
  std::string firmware_isa, fpu_firmware_isa;
  std::array<std::optional<ClassTiming>, kInstructionClasses>
      classes;  // empty: the core has no such instruction

  // The last cycle of a single load is hidden by a following load of the chain, immediate or
  // indexed store, or NOP.
  bool loads_overlap = false;
  IndexedLoadChain indexed_load_chain = IndexedLoadChain::kAny;
  bool store_hides_load = false;
  bool indexed_store_hides_load = false;
  bool nop_hides_load = false;
  bool nop_hides_store = false;  // the second cycle of a register-offset store
  // A pre- or post-indexed store on the base that the store before updated waits a cycle.
  bool indexed_store_chain_breaks = false;
  Sourced<std::uint32_t> store_to_load;          // extra cycles when a load follows a single store
  Sourced<std::uint32_t> store_register_offset;  // extra cycles of a register-offset store
  Sourced<std::uint32_t> address_early;          // address registers are needed this much earlier
  Sourced<std::uint32_t> target_early;           // so is the register of an indirect branch

  Sourced<std::uint32_t> pc_load_penalty;         // refill after POP {PC}, LDR PC
  Sourced<std::uint32_t> link_register_penalty;   // refill after BX LR, unless LR is brand new
  bool link_register_forwarded = false;           // link_register_penalty is given
  Sourced<std::uint32_t> misaligned_wide_target;  // refill extra: 32-bit target not word aligned
  // The so-manieth 32-bit instruction in a row that is not word aligned costs one cycle; 0: none
  // does.
  Sourced<std::uint32_t> misaligned_wide_run;

  // Conditional branches do not wait for their flags; taken with flags that are not ready at issue,
  // one costs late_flags_penalty more.
  bool branches_resolve_late = false;
  Sourced<std::uint32_t> late_flags_penalty;

  // A loop's end is remembered: from its second iteration on it takes no time (LO_BRANCH_INFO).
  bool loop_cache = false;
  // The second register of a 32-bit register-register operation passes the shifter, shifted or not.
  bool operand2_passes_shifter = false;
  std::vector<std::string> pipes;  // of the vector unit
  std::optional<BankHazard> bank_hazard;
  // A value that has been ready for so long is ready for everyone.
  std::uint32_t ready_horizon = 2;

  // Floating-point arithmetic may issue so long before its operands (other than an accumulator); it
  // then completes out of order and holds other FP instructions off for as long.
  Sourced<std::uint32_t> fp_issue_ahead;

  std::vector<Bypass> bypasses;
  std::vector<IssueBlock> blocks;
  std::optional<PairRules> pairs;
  std::optional<BranchPredictionModel> prediction;
  OperandTiming operand_timing;
  std::optional<UnalignedAccess> unaligned;
  std::optional<ExceptionTiming> exceptions;

  // Of RISC-V cores: what the architecture leaves open.
  bool traps_unaligned = true;  // loads and stores; atomics always do
  bool user_mode = false;
  struct TrapValue {  // what mtval is written with; otherwise 0
    bool address = true, instruction = true, breakpoint = true;
  };
  TrapValue trap_value;
  targets::Sourced<std::uint32_t> local_interrupts;  // the core's own in mie, from bit 16 on
  bool counters_inhibited = false;                   // mcycle and minstret stand still after reset

  targets::Ledger numbers;  // all of the above

  const std::optional<ClassTiming>& timing(isa::InstructionClass instruction_class) const {
    return classes[static_cast<std::size_t>(instruction_class)];
  }
};

// The timing of an instruction's class. Throws NotModelled naming core, class and address when the
// core has none.
const ClassTiming& timing_of(const CoreModel& core, const isa::Instruction& instruction);

// The kinds of unaligned accesses that UnalignedAccess tells apart.
constexpr std::size_t kUnalignedKinds = 4;
inline std::size_t unaligned_kind(std::uint32_t address, std::uint32_t bytes, bool is_store) {
  return (is_store ? 2U : 0U) + (address % 2 != 0 && bytes == 4 ? 1U : 0U);
}
// Cycles that one access of the kind costs beyond an aligned one.
std::uint32_t unaligned_cycles(const CoreModel& core, std::size_t kind);

// The file may say `extends:` (targets/yaml_bases.h). Throws InputError naming file, line and key.
CoreModel load_core_model(const std::filesystem::path& file);
// The bundled core of that name (targets/cores/NAME.yaml).
CoreModel load_core_model_named(const std::string& name);

}  // namespace boardless::cost_models
