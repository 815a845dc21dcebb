// The engine: runs translated blocks of one core, and reports them to a sink.
//
// A `Translator` (isa/arm, isa/riscv) gives the state and turns code at state.pc into a block of
// operations; this file knows nothing of an instruction set. Blocks are found by pc through a small
// direct-mapped table, translated at their first execution, and dropped when their code is written.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "isa/code_block.h"
#include "isa/variant.h"
#include "sim/address_space.h"
#include "sim/execution_sink.h"

namespace boardless::sim {

// Why run() came back; state().pc is where the core goes on.
enum class Stop : std::uint8_t {
  kTrap,      // state().trap says why
  kDeadline,  // the sink's now() reached the deadline
  kNoCode,  // nothing is mapped at state().pc (or it is a magic address: EXC_RETURN, a return page)
};

template <class Translator>
class Interpreter {
 public:
  using State = typename Translator::State;
  using Op = typename Translator::Op;

  explicit Interpreter(const isa::Variant& variant);
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  AddressSpace& memory() { return memory_; }
  State& state() { return state_; }
  const State& state() const { return state_; }
  const isa::BlockTable& blocks() const { return blocks_; }
  isa::Decoder& decoder() { return translator_.decoder(); }

  // Reports blocks and operands, and accesses inside `watch`, to `sink` from the next run() on.
  template <ExecutionSink Sink>
  void attach(Sink& sink, const AccessWatch& watch);
  void detach();

  // Code that is translated from now on is divided at these addresses, too.
  void begin_blocks_at(std::vector<std::uint32_t> addresses) {
    translator_.begin_blocks_at(std::move(addresses));
  }

  // Asks the memory again whether what was executed may be.
  void recheck_execution() { entries_.fill({}); }

  // run() comes back at the end of the block during which the attached sink's now() reaches this.
  void set_deadline(std::uint64_t cycles) { deadline_ = cycles; }

  // Runs from state().pc. Throws isa::MemoryFault (state().pc is the instruction's), and
  // NotModelled for an instruction without semantics.
  Stop run() { return run_(*this); }

  // The block reported last; null before the first.
  const isa::CodeBlock* latest_block() const {
    return recent_[(recent_next_ + kRecent - 1) % kRecent];
  }
  // The most recent blocks, oldest first, for fault reports.
  std::vector<const isa::CodeBlock*> recent_blocks() const;

 private:
  struct Block {
    const isa::CodeBlock* code = nullptr;  // null: nothing to report, an undefined instruction
    std::vector<Op> ops;
    std::uint32_t address = 0, end = 0;
    std::uint32_t mode = 0;
  };
  struct Entry {
    std::uint32_t pc = 1;  // no block starts at an odd address
    Block* block = nullptr;
  };
  static constexpr std::size_t kEntries = 8192;
  static constexpr std::size_t kRecent = 16;

  struct NoSink {
    void on_block(const isa::CodeBlock&) {}
    std::uint64_t now() const { return 0; }
  };
  template <class Sink>
  static Stop run_with(Interpreter& self, Sink& sink);

  // The block at state_.pc, translated if need be; null when nothing is mapped there.
  Block* find_block();
  void forget_blocks(std::uint32_t address, std::uint32_t bytes);
  Entry& entry_of(std::uint32_t pc) { return entries_[(pc >> 1) % kEntries]; }

  AddressSpace memory_;
  Translator translator_;
  State state_;
  isa::BlockTable blocks_;
  std::array<Entry, kEntries> entries_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Block>> by_pc_;  // and mode in the upper half
  std::unordered_map<std::uint32_t, std::vector<Block*>> by_page_;   // blocks that touch each page
  std::vector<std::unique_ptr<Block>> dropped_;                      // one of them may be running
  std::array<const isa::CodeBlock*, kRecent> recent_{};
  std::size_t recent_next_ = 0;
  std::uint64_t deadline_ = std::numeric_limits<std::uint64_t>::max();
  Stop (*run_)(Interpreter&) = nullptr;
  void* sink_ = nullptr;
};

template <class Translator>
Interpreter<Translator>::Interpreter(const isa::Variant& variant)
    : translator_(variant), state_(translator_.initial_state()) {
  state_.around.read_pages = memory_.read_pages();
  state_.around.write_pages = memory_.write_pages();
  state_.around.port = &memory_;
  memory_.set_code_observer(this, [](void* self, std::uint32_t address, std::uint32_t bytes) {
    static_cast<Interpreter*>(self)->forget_blocks(address, bytes);
  });
  detach();
}

template <class Translator>
template <ExecutionSink Sink>
void Interpreter<Translator>::attach(Sink& sink, const AccessWatch& watch) {
  detach();
  sink_ = &sink;
  run_ = [](Interpreter& self) { return run_with(self, *static_cast<Sink*>(self.sink_)); };
  const AccessObserver observer{&sink,
                                [](void* to, std::uint32_t address, std::uint32_t bytes) {
                                  static_cast<Sink*>(to)->on_read(address, bytes);
                                },
                                [](void* to, std::uint32_t address, std::uint32_t bytes) {
                                  static_cast<Sink*>(to)->on_write(address, bytes);
                                }};
  memory_.set_observer(observer);
  memory_.watch_reads(watch.read_begin, watch.read_end);
  memory_.watch_writes(watch.write_begin, watch.write_end);
  state_.around.sink = &sink;
  state_.around.on_read = observer.on_read;
  state_.around.on_write = observer.on_write;
  state_.around.on_operands = [](void* to, isa::OperandTimed operation, std::uint32_t first,
                                 std::uint32_t second) {
    static_cast<Sink*>(to)->on_operands(operation, first, second);
  };
}

template <class Translator>
void Interpreter<Translator>::detach() {
  memory_.unwatch();
  memory_.set_observer({});
  state_.around.on_operands = nullptr;
  run_ = [](Interpreter& self) {
    NoSink none;
    return run_with(self, none);
  };
}

template <class Translator>
template <class Sink>
Stop Interpreter<Translator>::run_with(Interpreter& self, Sink& sink) {
  State& state = self.state_;
  for (;;) {
    const Entry& entry = self.entry_of(state.pc);
    Block* block = entry.block;
    if (entry.pc != state.pc || Translator::mode(state) != 0) [[unlikely]] {
      block = self.find_block();
      if (block == nullptr) return Stop::kNoCode;
    }
    if (block->code != nullptr) [[likely]] {
      sink.on_block(*block->code);
      self.recent_[self.recent_next_++ % kRecent] = block->code;
    }
    const Op* op = block->ops.data();
    do {
      op = op->run(state, op);
    } while (op != nullptr);
    if (state.trap != decltype(state.trap){}) [[unlikely]]
      return Stop::kTrap;
    if (sink.now() >= self.deadline_) [[unlikely]]
      return Stop::kDeadline;
  }
}

template <class Translator>
auto Interpreter<Translator>::find_block() -> Block* {
  const std::uint32_t pc = state_.pc;
  const std::uint32_t mode = Translator::mode(state_);
  if (!memory_.may_execute(pc)) return nullptr;
  const std::uint64_t key = std::uint64_t{mode} << 32 | pc;
  auto found = by_pc_.find(key);
  if (found == by_pc_.end()) {
    const std::span<const std::uint8_t> bytes = memory_.code_from(pc);
    if (bytes.size() < 2) return nullptr;
    auto translated = translator_.translate(state_, bytes);
    auto block = std::make_unique<Block>();
    block->address = pc;
    block->end = pc + 2;
    block->mode = mode;
    if (!translated.instructions.empty()) {
      block->code = &blocks_.add(pc, std::move(translated.instructions));
      block->end = block->code->end;
    }
    block->ops = std::move(translated.ops);
    memory_.mark_code(pc, block->end);
    for (std::uint32_t page = pc >> isa::kPageShift; page <= (block->end - 1) >> isa::kPageShift;
         ++page) {
      by_page_[page].push_back(block.get());
    }
    found = by_pc_.emplace(key, std::move(block)).first;
  }
  if (mode == 0) entry_of(pc) = {pc, found->second.get()};
  return found->second.get();
}

template <class Translator>
void Interpreter<Translator>::forget_blocks(std::uint32_t address, std::uint32_t bytes) {
  // An aligned store, or one byte of an unaligned one: it lies in one page.
  const auto page = by_page_.find(address >> isa::kPageShift);
  if (page == by_page_.end()) return;
  std::erase_if(page->second, [&](Block* block) {
    if (block->address >= address + bytes || address >= block->end) return false;
    Entry& entry = entry_of(block->address);
    if (entry.block == block) entry = {};
    // A block that runs on into another page was dropped by a store there already.
    const auto found = by_pc_.find(std::uint64_t{block->mode} << 32 | block->address);
    if (found != by_pc_.end() && found->second.get() == block) {
      dropped_.push_back(std::move(found->second));
      by_pc_.erase(found);
    }
    return true;
  });
}

template <class Translator>
std::vector<const isa::CodeBlock*> Interpreter<Translator>::recent_blocks() const {
  std::vector<const isa::CodeBlock*> blocks;
  for (std::size_t i = 0; i < kRecent; ++i) {
    const isa::CodeBlock* block = recent_[(recent_next_ + i) % kRecent];
    if (block != nullptr) blocks.push_back(block);
  }
  return blocks;
}

}  // namespace boardless::sim
