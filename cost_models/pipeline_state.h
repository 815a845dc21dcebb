// What a pipeline carries from one basic block into the next: the key under which a block's cost is
// remembered (the idea of FastSim's memoization, Schnarr and Larus 1998).
#pragma once

#include <array>
#include <cstdint>

#include "cost_models/core_model.h"
#include "isa/instruction.h"

namespace boardless::cost_models {

// How a block was reached from the one before it.
enum class Arrival : std::uint8_t {
  kSequential,         // the next in memory, and no branch prediction was wrong
  kTaken,              // by a branch that jumped, predicted or not predictable
  kUnknownTarget,      // by a direct branch that jumped and that the predictor did not know
  kMispredicted,       // by a branch wrongly predicted to jump
  kMispredictedTaken,  // by a branch that jumped, wrongly predicted not to, or to elsewhere
  kCount,
};

// The instruction that a next one may join in its cycle.
struct OpenSlot {
  bool open = false;
  bool narrow = false;
  isa::InstructionClass instruction_class = isa::InstructionClass::kNop;
  bool light = false;
  bool third_open = false;  // for a third instruction, whether or not `open`
  std::uint8_t bytes = 0;   // of code that has issued in its cycle
  isa::AddressForm form = isa::AddressForm::kNone;
  std::int32_t offset = 0;   // of its access, from `base`; its address when form is kLiteral
  isa::RegisterMask base{};  // its access's address registers
  bool operator==(const OpenSlot&) const = default;
};

// The last store, while a load may still find its bank taken.
struct RecentStore {
  std::int8_t issued = 0;  // 0: there is none that matters
  std::uint8_t words = 0;
  std::int32_t offset = 0;
  isa::RegisterMask base{};  // none: its address is not known
  bool operator==(const RecentStore&) const = default;
};

// All times are relative to the first cycle of the next instruction. Trivially comparable.
struct PipelineState {
  // A value ready for at least so long is ready for everyone.
  static constexpr std::int8_t kLongReady = -8;
  static constexpr std::int8_t kFlagsLongAgo = -15;
  static constexpr std::uint8_t kNoWriter = 0xff;

  struct Register {
    std::int8_t ready = kLongReady;   // how many cycles until its value is ready
    std::int8_t issued = 0;           // when its writer issued; only while a bypass may care
    std::uint8_t writer = kNoWriter;  // its writer's class; likewise
    bool operator==(const Register&) const = default;
  };
  std::array<Register, isa::kRegisterCount> registers;
  // Cycles that each block still holds, and until another FP instruction may issue; counted from
  // the cycle before, which a younger instruction may still join.
  std::array<std::uint8_t, CoreModel::kMaxIssueBlocks> blocked{};
  std::array<std::uint8_t, CoreModel::kMaxPipes> pipes{};  // likewise
  std::uint8_t fp_held = 0;
  std::int8_t flags_issued = kFlagsLongAgo;
  isa::RegisterMask indexed_base{};      // base that the load before updated
  isa::RegisterMask stored_base{};       // base that the store before updated
  std::uint32_t taken_penalty = 0;       // to pay if the next block was reached by a jump
  std::uint32_t mispredict_penalty = 0;  // to pay if the branch had been predicted wrongly
  bool load_pending = false;             // a load's second cycle may still be hidden
  bool store_pending = false;            // the instruction before was a single store
  bool store_occupies = false;           // … with a second cycle that may still be hidden
  bool bank_turn = false;                // the last two loads of unknown banks paired
  std::uint8_t wide_run = 0;             // misaligned 32-bit instructions in a row
  bool at_loop_end = false;              // the block before ended in a loop's end
  std::uint32_t loop_end = 0;            // address of the loop's end that is remembered; 0: none
  RecentStore stored;
  OpenSlot slot;

  // Row buffers of a prefetching flash interface (FetchBuffer), by address.
  static constexpr std::uint32_t kNoRow = 0xffffffff;
  std::uint32_t row = kNoRow, other_row = kNoRow, coming_row = kNoRow;
  std::int32_t coming_ready = 0;

  bool operator==(const PipelineState&) const = default;
};

}  // namespace boardless::cost_models
