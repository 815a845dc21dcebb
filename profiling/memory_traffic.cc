// From addresses to memories.
#include "profiling/memory_traffic.h"

#include <algorithm>

namespace boardless::profiling {

MemoryTraffic::MemoryTraffic(const cost_models::MemorySystemModel& model) : model_(model) {
  for (const cost_models::MemoryModel& memory : model.memories) {
    uses_.emplace_back().memory = memory.name;
  }
  uses_.emplace_back().memory = "peripherals";
}

std::size_t MemoryTraffic::index_of(std::uint32_t address) const {
  const auto region =
      std::ranges::lower_bound(model_.regions, address, {}, &cost_models::Region::last);
  const bool inside = region != model_.regions.end() && region->begin <= address;
  return inside ? region->memory : uses_.size() - 1;
}

std::vector<MemoryUse> MemoryTraffic::rows() const {
  std::vector<MemoryUse> rows;
  for (const MemoryUse& use : uses_) {
    if (use.executed_bytes + use.loads + use.stores == 0) continue;
    auto row = std::ranges::find(rows, use.memory, &MemoryUse::memory);
    if (row == rows.end()) {
      rows.push_back(use);
      continue;
    }
    row->executed_bytes += use.executed_bytes;
    row->loads += use.loads;
    row->loaded_bytes += use.loaded_bytes;
    row->stores += use.stores;
    row->stored_bytes += use.stored_bytes;
    row->fetch_waits += use.fetch_waits;
    row->data_waits += use.data_waits;
  }
  return rows;
}

}  // namespace boardless::profiling
