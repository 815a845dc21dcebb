// Stands before the clock of a machine and tells a watch where control arrives.
#pragma once

#include <cstdint>
#include <vector>

#include "isa/code_block.h"
#include "profiling/call_registers.h"
#include "profiling/firmware_watch.h"
#include "sim/machine.h"

namespace boardless::profiling {

// Arrivals are seen where a block begins: Machine::begin_blocks_at(watch.addresses()).
template <sim::MachineSink Clock, class State>
class WatchedClock {
 public:
  // All must outlive it.
  WatchedClock(Clock& clock, const State& state, FirmwareWatch& watch)
      : clock_(clock), state_(state), watch_(watch) {}

  void on_block(const isa::CodeBlock& block) {
    if (block.id >= is_edge_.size()) [[unlikely]] {
      is_edge_.resize(block.id + 1);
      is_edge_[block.id] = watch_.is_edge(block.address);
    }
    if (is_edge_[block.id] != 0 || watch_.watches_all()) [[unlikely]]
      watch_.arrive(block.address, clock_.now());
    watch_.see_stack(main_stack_pointer(state_));
    if (watch_.keeps_timeline()) [[unlikely]]
      watch_.note_memory(clock_.now());
    clock_.on_block(block);
  }
  void on_read(std::uint32_t address, std::uint32_t bytes) { clock_.on_read(address, bytes); }
  void on_write(std::uint32_t address, std::uint32_t bytes) { clock_.on_write(address, bytes); }
  void on_operands(isa::OperandTimed operation, std::uint32_t first, std::uint32_t second) {
    clock_.on_operands(operation, first, second);
  }
  std::uint64_t now() const { return clock_.now(); }
  std::uint64_t cycles_left(std::size_t index) { return clock_.cycles_left(index); }
  void advance(std::uint64_t cycles, sim::Pause pause) { clock_.advance(cycles, pause); }

  void enter_exception() {
    watch_.enter_exception();
    if constexpr (sim::ExceptionSink<Clock>) clock_.enter_exception();
  }
  void leave_exception() {
    watch_.leave_exception(clock_.now());
    if constexpr (sim::ExceptionSink<Clock>) clock_.leave_exception();
  }

 private:
  Clock& clock_;
  const State& state_;
  FirmwareWatch& watch_;
  std::vector<std::uint8_t> is_edge_;  // by block
};

}  // namespace boardless::profiling
