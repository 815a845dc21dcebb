// Watches a run beside its timing and says where the cycles went: by block, by call path, in time.
//
// A sink that stands between the engine and the timing of the first target: what passes between two
// blocks, on the timing's clock, belongs to the first of them, with all it waited for.
#pragma once

#include <cstdint>
#include <vector>

#include "cost_models/timing_run.h"
#include "isa/code_block.h"
#include "profiling/call_tree.h"
#include "profiling/code_map.h"
#include "profiling/memory_traffic.h"
#include "profiling/timeline.h"
#include "sim/run_end.h"

namespace boardless::profiling {

// One function was entered or left, for traces over time.
struct CallEvent {
  Cycles at = 0;
  std::uint32_t function = 0;
  bool enters = false;
};

class Profiler {
 public:
  struct Options {
    bool keep_events = false;           // for a trace over time
    std::size_t most_events = 1000000;  // later ones are dropped; dropped_events() counts them
    // Calls in progress that are followed; those beyond replace the one that made them.
    std::size_t most_frames = 1U << 20U;
    MemoryTraffic* traffic = nullptr;  // counts accesses, if the engine reports all of them
    bool keep_samples = false;         // which path it was on, over the whole run
  };
  struct BlockCounts {
    std::uint64_t executions = 0;
    Cycles cycles = 0;
    Cycles paused = 0;       // of them, exception entry and return, and sleep
    Cycles by_operands = 0;  // … that divisions and the like took longer for their operands
    cost_models::StallCounts memory{};  // … that it waited for memory, by cause
  };

  // The path at the beginning of a step of time.
  struct PathSample {
    std::uint32_t node = CallTree::kRoot;
    void take(const PathSample&) {}
  };

  // `stack_pointer` is read at every block; null: stack depth is not followed. All must outlive the
  // profiler.
  Profiler(cost_models::TimingRun& timing, CodeMap& code, const std::uint32_t* stack_pointer,
           const Options& options);

  void on_block(const isa::CodeBlock& block) {
    const Cycles now = timing_.now();
    book(now);
    timing_.on_block(block);
    if (options_.traffic != nullptr) options_.traffic->on_block(block, timing_.waited() - waited_);
    if (block.id >= blocks_.size()) [[unlikely]]
      meet(block);
    const std::uint32_t before = node_;
    follow(block, now);
    if (now >= next_sample_) [[unlikely]]
      sample(now, before);
    ++counts_[block.id].executions;
    last_ = block.id;
    if (stack_pointer_ != nullptr && *stack_pointer_ < tree_[node_].lowest_stack) {
      tree_[node_].lowest_stack = *stack_pointer_;
    }
  }
  void on_read(std::uint32_t address, std::uint32_t bytes) {
    const Cycles before = timing_.waited();
    timing_.on_read(address, bytes);
    if (options_.traffic == nullptr) return;
    options_.traffic->on_read(address, bytes, timing_.waited() - before);
  }
  void on_write(std::uint32_t address, std::uint32_t bytes) {
    const Cycles before = timing_.waited();
    timing_.on_write(address, bytes);
    if (options_.traffic == nullptr) return;
    options_.traffic->on_write(address, bytes, timing_.waited() - before);
  }
  void on_operands(isa::OperandTimed operation, std::uint32_t first, std::uint32_t second) {
    const Cycles before = timing_.now();
    timing_.on_operands(operation, first, second);
    counts_[last_].by_operands += timing_.now() - before;
  }
  std::uint64_t now() const { return timing_.now(); }
  std::uint64_t cycles_left(std::size_t index) { return timing_.cycles_left(index); }

  // Time passes without an instruction: it belongs to the block before it.
  void advance(Cycles cycles, sim::Pause pause) {
    counts_[last_].paused += cycles;
    timing_.advance(cycles, pause == sim::Pause::kAsleep ? cost_models::StallCause::kAsleep
                                                         : cost_models::StallCause::kException);
  }

  // An exception interrupts what runs: the next block starts its handler, until leave_exception().
  void enter_exception();
  void leave_exception();

  // Books what has passed since the last block began, and closes the calls that are open.
  void finish();

  const std::vector<BlockCounts>& blocks() const { return counts_; }
  const CallTree& tree() const { return tree_; }
  // Of a block that has run, in the code map.
  std::uint32_t function_of(std::uint32_t block) const { return blocks_[block].function; }
  // The stack pointer where the run began.
  std::uint32_t stack_top() const { return stack_top_; }
  const std::vector<CallEvent>& events() const { return events_; }
  std::uint64_t dropped_events() const { return dropped_; }
  const Timeline<PathSample>& samples() const { return samples_; }
  // Calls that were nested too deep to be followed.
  std::uint64_t unfollowed_calls() const { return unfollowed_; }

 private:
  enum class Ending : std::uint8_t { kOther, kCall, kReturn };
  struct Met {
    std::uint32_t function = 0;
    std::uint32_t end = 0;
    Ending ending = Ending::kOther;
    bool starts_function = false;
  };
  struct Frame {
    std::uint32_t return_address = 0;
    std::uint32_t node = CallTree::kRoot;
    bool exception = false;
    std::uint32_t interrupted = 0;  // exception: the block before it,
    std::uint32_t waiting = 0;      // and the handlers that it pre-empted before they began
  };

  void meet(const isa::CodeBlock& block);
  // What has passed since the last block began, and what of it was waiting for memory.
  void book(Cycles now) {
    if (timing_.waited() != waited_) book_waits();
    counts_[last_].cycles += now - since_;
    tree_[node_].self += now - since_;
    since_ = now;
  }
  void follow(const isa::CodeBlock& block, Cycles now) {
    const Met& from = blocks_[last_];
    const Met& to = blocks_[block.id];
    if (from.ending != Ending::kOther || to.function != from.function || starting_ != 0)
        [[unlikely]]
      change_frame(block, now);
  }
  void book_waits();
  void change_frame(const isa::CodeBlock& block, Cycles now);
  void push(std::uint32_t return_address, std::uint32_t function, Cycles now, bool exception);
  void pop(Cycles now);
  void record(Cycles now, std::uint32_t function, bool enters);
  void sample(Cycles now, std::uint32_t before) {
    samples_.at(now, {before}).node = node_;
    next_sample_ = samples_.end();
  }

  cost_models::TimingRun& timing_;
  CodeMap& code_;
  const std::uint32_t* stack_pointer_;
  Options options_;
  std::vector<Met> blocks_;  // by block
  std::vector<BlockCounts> counts_;
  CallTree tree_;
  std::vector<Frame> frames_;  // never empty once a block has run
  std::uint32_t node_ = CallTree::kRoot;
  std::uint32_t last_ = 0;
  Cycles since_ = 0;
  Cycles waited_ = 0;                 // for memory, when last booked,
  cost_models::StallCounts waits_{};  // and by cause
  std::uint32_t starting_ = 1;  // handlers entered of which nothing has run; at first, the program
  std::uint32_t stack_top_ = 0;
  Timeline<PathSample> samples_;
  Cycles next_sample_;
  std::vector<CallEvent> events_;
  std::uint64_t dropped_ = 0;
  std::uint64_t unfollowed_ = 0;
  std::uint64_t dropped_open_ = 0;  // calls in progress whose entry was dropped
};

}  // namespace boardless::profiling
