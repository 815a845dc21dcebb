// Cycles of one operator on an array of lanes (LaneArray).
#pragma once

#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/array_cycles.h"
#include "cost_models/accelerators/layer_shape.h"

namespace boardless::cost_models {

// The layer's output is cut into a rectangle for each tile; in it, pixel after pixel, each group of
// output channels takes one cycle for each group of the reduction. `weight_bytes` are as stored.
ArrayCycles lane_cycles(const LayerShape& layer, Bytes weight_bytes, const LaneArray& array);

}  // namespace boardless::cost_models
