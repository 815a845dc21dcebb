// Utilisation from tiling and channel padding: every count is rounded up to the lanes that exist.
#include "cost_models/accelerators/lane_array.h"

#include <algorithm>

namespace boardless::cost_models {
namespace {

// Output pixels that the busiest tile has to make.
double pixels_per_tile(const Extent& output, const LaneArray& array) {
  if (array.pixels_in_line) {
    return ceil_divide(output.h * output.w, std::int64_t{1} * array.rows * array.columns);
  }
  return ceil_divide(output.h, array.rows) * ceil_divide(output.w, array.columns);
}

std::int64_t tiles(const LaneArray& array) { return std::int64_t{1} * array.rows * array.columns; }

double reduction_cycles(const LayerShape& layer, const LaneArray& array) {
  const std::int64_t taps = layer.kernel_h * layer.kernel_w;
  if (array.taps_share_inputs) return ceil_divide(layer.input.c * taps, array.inputs);
  return ceil_divide(layer.input.c, array.inputs) * ceil_divide(taps, array.taps);
}

double multiply_cycles(const LayerShape& layer, const LaneArray& array) {
  const std::int64_t pixels = layer.output.h * layer.output.w;
  const std::int64_t taps = layer.kernel_h * layer.kernel_w;
  switch (layer.layer_class) {
    case LayerClass::kDense:
    case LayerClass::kVector:
      // One pixel leaves all tiles but one idle, so output channels are spread over them.
      if (pixels == 1) {
        return ceil_divide(layer.output.c, array.outputs * tiles(array)) *
               reduction_cycles(layer, array);
      }
      return pixels_per_tile(layer.output, array) * ceil_divide(layer.output.c, array.outputs) *
             reduction_cycles(layer, array);
    case LayerClass::kPool:
      // A window over the whole picture: each tile sums up its own part.
      if (pixels == 1) {
        return pixels_per_tile({layer.kernel_h, layer.kernel_w, 1}, array) *
               ceil_divide(layer.output.c, array.depthwise_channels) /
               static_cast<double>(array.depthwise_taps.value());
      }
      [[fallthrough]];
    case LayerClass::kDepthwise:
      return pixels_per_tile(layer.output, array) *
             ceil_divide(layer.output.c, array.depthwise_channels) *
             ceil_divide(taps, array.depthwise_taps);
    case LayerClass::kRecurrent:
      return ceil_divide(layer.macs, array.outputs * std::int64_t{array.inputs});
    default:
      return 0;
  }
}

double drain_cycles(const LayerShape& layer, const LaneArray& array) {
  const bool is_table = layer.layer_class == LayerClass::kTable;
  const double rate = is_table ? array.table_per_cycle.value() : array.drain_per_cycle.value();
  const bool is_spread = layer.output.h * layer.output.w == 1 && !is_table;
  const std::int64_t channels =
      is_spread ? static_cast<std::int64_t>(ceil_divide(layer.output.c, tiles(array)))
                : layer.output.c;
  const double pixels = is_spread ? 1 : pixels_per_tile(layer.output, array);
  // What is only moved needs no lanes.
  const bool is_packed = is_table || is_spread || layer.layer_class == LayerClass::kMovement;
  const std::int64_t granule = is_packed ? 1 : array.drain_granule.value();
  return pixels * static_cast<double>(round_up(channels, granule)) / rate;
}

}  // namespace

ArrayCycles lane_cycles(const LayerShape& layer, Bytes weight_bytes, const LaneArray& array) {
  ArrayCycles cycles;
  if (layer.layer_class == LayerClass::kView) return cycles;
  cycles.control = array.operator_cycles.value();
  cycles.multiply = multiply_cycles(layer, array);
  const double drain = drain_cycles(layer, array);
  const double weights = static_cast<double>(weight_bytes) / array.weight_bytes_per_cycle.value();
  const double busy =
      array.drain_overlaps ? std::max(cycles.multiply, drain) : cycles.multiply + drain;
  cycles.traffic = std::max(busy, weights) - cycles.multiply;
  return cycles;
}

}  // namespace boardless::cost_models
