// A memory system under a clock that a test moves.
#pragma once

#include <cstdint>

#include "cost_models/memory_system.h"
#include "tests/cost_models/code_blocks.h"

namespace boardless::cost_models {

constexpr std::uint32_t kFlashBase = 0x08000000, kRamBase = 0x20000000;

// One memory of 1 MB at `base`.
inline MemorySystemModel one_memory(const MemoryModel& memory, std::uint32_t base = kFlashBase) {
  MemorySystemModel model;
  model.memories = {memory};
  model.regions = {{base, base + 0xfffff, 0}};
  return model;
}

// STM32F4's flash at 5 wait states behind its ART accelerator: 64 lines of 128 bits for
// instructions, 8 for data.
inline MemorySystemModel art(bool prefetch) {
  MemoryModel flash{.name = "flash", .is_flash = true, .wait_states = 5, .row_bytes = 16};
  flash.fetch_cache = 0;
  flash.data_cache = 1;
  flash.prefetch = prefetch;
  MemorySystemModel model = one_memory(flash);
  model.caches = {{.name = "flash.fetch", .geometry = {64, 16, 16, 0}},
                  {.name = "flash.data", .geometry = {8, 16, 16, 0}}};
  return model;
}

class PricedMemory {
 public:
  PricedMemory(const MemorySystemModel& model, std::uint32_t code_base = kFlashBase,
               std::uint16_t encoding = kAdds)
      : blocks_(code_base, repeated(encoding, 4096)),
        uses_(blocks_.table()),
        system_(model, blocks_.table(), uses_, 0, clock_) {}

  // Executes [address, address + bytes) in `cycles`; returns the cycles waited for its fetch.
  Cycles run(std::uint32_t address, std::uint32_t bytes, std::uint32_t cycles) {
    const isa::CodeBlock& block = blocks_.block(address, bytes);
    uses_.meet(block.id);
    pass(cycles);
    BlockUse& use = uses_[block.id];
    use.executed = now_;
    if ((use.to_fetch & system_.bit()) == 0) return 0;
    use.to_fetch = 0;
    const Cycles before = system_.waited();
    if (system_.fetch_block(block.id, now_)) uses_[block.id].to_fetch |= system_.bit();
    return system_.waited() - before;
  }
  // A block of `cycles` that is fetched for nothing.
  void pass(std::uint32_t cycles) {
    ++now_;
    clock_.cycles += cycles;
    clock_.block_cycles = cycles;
  }
  // Waits of a load or store of the block that runs.
  Cycles load(std::uint32_t address) {
    const Cycles before = system_.waited();
    system_.read(address, now_);
    return system_.waited() - before;
  }
  Cycles store(std::uint32_t address) {
    const Cycles before = system_.waited();
    system_.write(address, now_);
    return system_.waited() - before;
  }
  Cycles stalls(StallCause cause) { return system_.take_stalls()[static_cast<std::size_t>(cause)]; }
  MemorySystem& system() { return system_; }

 private:
  CodeBlocks blocks_;
  BlockUses uses_;
  PipelineClock clock_;
  MemorySystem system_;
  std::uint64_t now_ = 0;
};

}  // namespace boardless::cost_models
