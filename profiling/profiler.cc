// Following calls and returns from block to block.
#include "profiling/profiler.h"

#include <algorithm>
#include <limits>

namespace boardless::profiling {
namespace {

using isa::Instruction;
using isa::InstructionClass;

bool is_call(const Instruction& i) {
  if (i.instruction_class == InstructionClass::kBranchLink) return true;
  // BLX and JALR leave a return address in a register.
  return i.instruction_class == InstructionClass::kBranchIndirect && i.links;
}

bool is_return(const Instruction& i) {
  if (i.writes_pc && i.is_load() && i.instruction_class != InstructionClass::kTableBranch) {
    return true;  // POP {PC}
  }
  return i.instruction_class == InstructionClass::kBranchIndirect && !i.links;  // or a tail call
}

}  // namespace

Profiler::Profiler(cost_models::TimingRun& timing, CodeMap& code,
                   const std::uint32_t* stack_pointer, const Options& options)
    : timing_(timing),
      code_(code),
      stack_pointer_(stack_pointer),
      options_(options),
      counts_(1),
      next_sample_(options.keep_samples ? 0 : std::numeric_limits<Cycles>::max()) {}

void Profiler::meet(const isa::CodeBlock& block) {
  blocks_.resize(block.id + 1);
  counts_.resize(block.id + 1);
  const Met& from = blocks_[last_];
  if (from.ending == Ending::kCall || starting_ != 0) code_.declare(block.address);
  Met& met = blocks_[block.id];
  met.function = code_.function_at(block.address);
  met.end = block.end;
  met.starts_function = code_.is_start(block.address);
  const Instruction& last = block.instructions.back();
  met.ending = is_call(last) ? Ending::kCall : is_return(last) ? Ending::kReturn : Ending::kOther;
}

// How the block was reached decides what became of the calls in progress; a jump into another
// function is a tail call, which replaces the one in progress.
void Profiler::change_frame(const isa::CodeBlock& block, Cycles now) {
  const Met& from = blocks_[last_];
  const std::uint32_t function = blocks_[block.id].function;
  if (starting_ != 0) {
    const bool exception = !frames_.empty();
    if (!exception && stack_pointer_ != nullptr) stack_top_ = *stack_pointer_;
    push(from.end, function, now, exception);
    frames_.back().interrupted = last_;
    frames_.back().waiting = starting_ - 1;
    starting_ = 0;
    return;
  }
  if (from.ending == Ending::kCall && block.address != from.end) {
    push(from.end, function, now, false);
    return;
  }
  if (from.ending == Ending::kReturn) {
    constexpr std::size_t kMostUnwound = 64;  // longjmp, functions that never return
    const std::size_t lowest = frames_.size() - std::min(frames_.size(), kMostUnwound);
    for (std::size_t i = frames_.size(); i-- > lowest;) {
      if (frames_[i].exception) break;
      if (frames_[i].return_address != block.address || i == 0) continue;
      while (frames_.size() > i) pop(now);
      return;
    }
    // Into the middle of a function that waits for a call: longjmp() out of what it called.
    for (std::size_t i = frames_.size(); !blocks_[block.id].starts_function && i-- > lowest;) {
      if (tree_[frames_[i].node].function == function) {
        while (frames_.size() > i + 1) pop(now);
        return;
      }
      if (frames_[i].exception) break;
    }
  }
  const Frame frame = frames_.back();
  if (tree_[frame.node].function == function) return;
  pop(now);
  push(frame.return_address, function, now, frame.exception);
  frames_.back().interrupted = frame.interrupted;
  frames_.back().waiting = frame.waiting;
}

void Profiler::push(std::uint32_t return_address, std::uint32_t function, Cycles now,
                    bool exception) {
  if (frames_.size() >= options_.most_frames) {
    ++unfollowed_;
    pop(now);
  }
  const std::uint32_t parent = frames_.empty() ? CallTree::kRoot : frames_.back().node;
  node_ = tree_.child(parent, function);
  ++tree_[node_].calls;
  frames_.push_back({return_address, node_, exception, 0, 0});
  record(now, function, true);
}

void Profiler::pop(Cycles now) {
  record(now, tree_[frames_.back().node].function, false);
  frames_.pop_back();
  node_ = frames_.empty() ? CallTree::kRoot : frames_.back().node;
}

void Profiler::record(Cycles now, std::uint32_t function, bool enters) {
  if (!options_.keep_events) return;
  // A call is kept with both ends or with neither.
  if (enters ? events_.size() >= options_.most_events : dropped_open_ > 0) {
    dropped_open_ += enters ? 1 : std::uint64_t{0} - 1;
    ++dropped_;
    return;
  }
  events_.push_back({now, function, enters});
}

void Profiler::book_waits() {
  const cost_models::StallCounts& now = timing_.waits();
  for (std::size_t i = 0; i < now.size(); ++i) counts_[last_].memory[i] += now[i] - waits_[i];
  waits_ = now;
  waited_ = timing_.waited();
}

void Profiler::enter_exception() {
  book(timing_.now());
  ++starting_;
}

void Profiler::leave_exception() {
  const Cycles now = timing_.now();
  book(now);
  if (starting_ != 0) {  // nothing of the handler ran
    --starting_;
    return;
  }
  const auto exception = std::find_if(frames_.rbegin(), frames_.rend(),
                                      [](const Frame& frame) { return frame.exception; });
  if (exception == frames_.rend()) return;
  const auto left = static_cast<std::size_t>(frames_.rend() - exception) - 1;
  last_ = exception->interrupted;
  starting_ = exception->waiting;
  while (frames_.size() > left) pop(now);
}

void Profiler::finish() {
  const Cycles now = timing_.now();
  book(now);
  while (!frames_.empty()) pop(now);
}

}  // namespace boardless::profiling
