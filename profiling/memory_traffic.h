// Counts what a run asks of each memory of its first target: instructions fetched, loads, stores,
// and the cycles that were waited for them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/units.h"
#include "cost_models/memory_model.h"
#include "isa/code_block.h"

namespace boardless::profiling {

struct MemoryUse {
  std::string memory;                // "peripherals" where the target's memories are not
  std::uint64_t executed_bytes = 0;  // of the instructions executed, whatever fetched them
  std::uint64_t loads = 0, loaded_bytes = 0;
  std::uint64_t stores = 0, stored_bytes = 0;
  Cycles fetch_waits = 0, data_waits = 0;
};

class MemoryTraffic {
 public:
  // `model` must outlive it.
  explicit MemoryTraffic(const cost_models::MemorySystemModel& model);

  void on_block(const isa::CodeBlock& block, Cycles waited) {
    MemoryUse& use = uses_[index_of(block.address)];
    use.executed_bytes += block.end - block.address;
    use.fetch_waits += waited;
  }
  void on_read(std::uint32_t address, std::uint32_t bytes, Cycles waited) {
    MemoryUse& use = uses_[index_of(address)];
    ++use.loads;
    use.loaded_bytes += bytes;
    use.data_waits += waited;
  }
  void on_write(std::uint32_t address, std::uint32_t bytes, Cycles waited) {
    MemoryUse& use = uses_[index_of(address)];
    ++use.stores;
    use.stored_bytes += bytes;
    use.data_waits += waited;
  }

  // Memories that were used, in the target's order, peripherals last. Paths to one memory at
  // several addresses are one row.
  std::vector<MemoryUse> rows() const;

 private:
  std::size_t index_of(std::uint32_t address) const;

  const cost_models::MemorySystemModel& model_;
  std::vector<MemoryUse> uses_;  // by memory of the model; the last: everything else
};

}  // namespace boardless::profiling
