// One walk over one block, with or without a trace.
#include "cost_models/block_timer.h"

#include <numeric>

#include "cost_models/pipeline_walk.h"

namespace boardless::cost_models {

Cycles InstructionTiming::cycles() const {
  return std::accumulate(stalls.begin(), stalls.end(), Cycles{0});
}

BlockTimer::BlockTimer(const CoreModel& core, std::optional<FetchBuffer> fetch)
    : core_(core), fetch_(fetch) {}

BlockCost BlockTimer::time(std::span<const isa::Instruction> block, const PipelineState& entry,
                           Arrival arrival) const {
  return PipelineWalk(core_, fetch_, entry, nullptr).run(block, arrival);
}

std::vector<InstructionTiming> BlockTimer::explain(std::span<const isa::Instruction> block,
                                                   const PipelineState& entry,
                                                   Arrival arrival) const {
  std::vector<InstructionTiming> trace;
  PipelineWalk(core_, fetch_, entry, &trace).run(block, arrival);
  return trace;
}

}  // namespace boardless::cost_models
