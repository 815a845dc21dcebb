// Cycles of one operator on an Arm Ethos-U: the block that fits its shared buffer, and what that
// block takes. Restates the estimate of Arm's compiler Vela (facts: ethosu/vela/npu_performance.py,
// architecture_allocator.py); the block search is ours, over the same costs.
#pragma once

#include <cstdint>

#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/array_cycles.h"
#include "cost_models/accelerators/layer_shape.h"

namespace boardless::cost_models {

enum class BlockOperation { kConvolution, kDepthwise, kVector, kPool, kElementwise };

struct BlockChoice {
  Extent input, output;
  bool part_kernel_first = false;  // four taps of eight channels at once, not 32 channels of a tap
};

// How the operator runs there.
BlockOperation block_operation(const LayerShape& layer);
BlockChoice choose_block(const LayerShape& layer, const BlockEngine& engine);
// Of the first `output_channels` of the operator with that block.
ArrayCycles block_cycles(const LayerShape& layer, const BlockChoice& block,
                         std::int64_t output_channels, bool weights_in_sram,
                         const BlockEngine& engine);
// Cycles in which the SRAM port carries the operator's activations.
double sram_cycles(const LayerShape& layer, const BlockChoice& block, const BlockEngine& engine);

}  // namespace boardless::cost_models
