// Asks each meter.
#include "profiling/firmware_watch.h"

namespace boardless::profiling {

std::vector<std::uint32_t> FirmwareWatch::addresses() const {
  std::vector<std::uint32_t> addresses;
  if (regions_) addresses = regions_->addresses();
  if (heap_) addresses.push_back(heap_->address());
  return addresses;
}

bool FirmwareWatch::is_edge(std::uint32_t address) const {
  return (regions_ && regions_->is_edge(address)) || (heap_ && heap_->address() == address);
}

std::vector<RegionTimes> FirmwareWatch::region_times() const {
  return regions_ ? regions_->times() : std::vector<RegionTimes>{};
}

std::optional<Bytes> FirmwareWatch::heap_bytes() const {
  return heap_ ? std::optional<Bytes>(heap_->most_bytes()) : std::nullopt;
}

}  // namespace boardless::profiling
