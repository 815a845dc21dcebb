// What is watched of a run of firmware beside its clock: where control arrives, what is printed,
// and how deep the stack grows.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/units.h"
#include "profiling/heap_meter.h"
#include "profiling/region_meter.h"
#include "profiling/timeline.h"

namespace boardless::profiling {

// The most of each within a step of time.
struct MemoryStep {
  Bytes stack_bytes = 0, heap_bytes = 0;
  void take(const MemoryStep& later) {
    stack_bytes = std::max(stack_bytes, later.stack_bytes);
    heap_bytes = std::max(heap_bytes, later.heap_bytes);
  }
};

class FirmwareWatch {
 public:
  FirmwareWatch(std::optional<RegionMeter> regions, std::optional<HeapMeter> heap,
                bool keeps_timeline)
      : regions_(std::move(regions)), heap_(heap) {
    if (keeps_timeline) timeline_.emplace();
  }

  // Where a block of code must begin for its arrival to be seen.
  std::vector<std::uint32_t> addresses() const;
  bool is_edge(std::uint32_t address) const;
  bool watches_all() const {
    return (regions_ && regions_->watches_all()) || (heap_ && heap_->watches_all());
  }
  void arrive(std::uint32_t address, Cycles now) {
    if (regions_) regions_->arrive(address, now);
    if (heap_) heap_->arrive(address);
  }
  void enter_exception() {
    if (regions_) regions_->enter_exception();
  }
  void leave_exception(Cycles now) {
    if (regions_) regions_->leave_exception(now);
  }
  void print(RegionMeter::Stream stream, char c, Cycles now) {
    if (regions_) regions_->print(stream, c, now);
  }
  // The main stack's pointer where a block begins; 0: not in use.
  void see_stack(std::uint32_t pointer) {
    if (pointer == 0) return;
    lowest_stack_ = std::min(lowest_stack_, pointer);
    highest_stack_ = std::max(highest_stack_, pointer);
    stack_ = pointer;
  }
  // Of memory, over the whole run.
  bool keeps_timeline() const { return timeline_.has_value(); }
  void note_memory(Cycles now) {
    const MemoryStep before = memory_;
    memory_ = {highest_stack_ - std::min(highest_stack_, stack_), heap_ ? heap_->bytes() : 0};
    timeline_->at(now, before).take(memory_);
  }
  const std::optional<Timeline<MemoryStep>>& timeline() const { return timeline_; }

  std::vector<RegionTimes> region_times() const;
  // Absent: the program has no function that asks for it.
  std::optional<Bytes> heap_bytes() const;
  Bytes stack_bytes() const {
    return highest_stack_ == 0 ? 0 : Bytes{highest_stack_ - lowest_stack_};
  }

 private:
  std::optional<RegionMeter> regions_;
  std::optional<HeapMeter> heap_;
  std::optional<Timeline<MemoryStep>> timeline_;
  MemoryStep memory_;        // in use, when last noted
  std::uint32_t stack_ = 0;  // the last that was seen
  std::uint32_t lowest_stack_ = std::numeric_limits<std::uint32_t>::max(), highest_stack_ = 0;
};

}  // namespace boardless::profiling
