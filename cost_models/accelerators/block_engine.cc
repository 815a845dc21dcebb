// What one block of an Ethos-U operator takes in the multipliers, the output unit and the ports.
#include "cost_models/accelerators/block_engine.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace boardless::cost_models {
namespace {

constexpr std::int64_t kSubKernel = 8;
constexpr std::int64_t kBrick = 16;  // channels stored together (NHCWB16)
constexpr double kInFlight = 4;      // commands that share the pipeline
constexpr double kBiasBits = 10 * 8;

Extent smaller(const Extent& a, const Extent& b) {
  return {std::min(a.h, b.h), std::min(a.w, b.w), std::min(a.c, b.c)};
}

// The graph's input lies pixel by pixel, what the Ethos-U wrote itself in bricks of 16 channels.
bool in_bricks(const LayerShape& layer) { return layer.index > 0; }

double burst_waste(double burst, const PortMemory& port) {
  const double whole = port.burst_bytes.value();
  return whole / std::min(whole, std::max(burst, 1.0));
}

double read_burst(const LayerShape& layer, const BlockChoice& block) {
  return static_cast<double>(in_bricks(layer) ? kBrick * block.input.w : block.input.c);
}

double write_burst(const BlockChoice& block, const BlockEngine& engine) {
  return static_cast<double>(kBrick * block.output.w * engine.cores);
}

// Filling and emptying one block over the SRAM port.
double block_transfer(const LayerShape& layer, const BlockChoice& block, const Extent& output,
                      const BlockEngine& engine) {
  const PortMemory& port = engine.sram;
  const auto bytes = [](const Extent& extent) { return static_cast<double>(extent.elements()); };
  const double in = bytes(smaller(layer.input, block.input)) *
                    burst_waste(read_burst(layer, block), port) / port.bytes_per_cycle.value();
  const double out = bytes(smaller(output, block.output)) *
                     burst_waste(write_burst(block, engine), port) / port.bytes_per_cycle.value();
  return port.read_latency.value() + in + port.write_latency.value() + out;
}

double output_cycles(const LayerShape& layer, const BlockEngine& engine) {
  const OutputCycles& output = engine.output;
  const std::string_view op = workloads::operator_name(layer.kind);
  double cycles = output.plain;
  if (op == "MUL") cycles = output.multiply;
  if (op == "ADD" || op == "SUB") cycles = output.add;
  if (layer.is_maximum) cycles = output.maximum;
  double activation = layer.has_activation ? output.clamp.value() : 0.0;
  if (layer.layer_class == LayerClass::kTable) activation = output.lookup;
  return std::max(cycles, activation);
}

std::vector<std::int64_t> sub_kernels(std::int64_t h, std::int64_t w) {
  std::vector<std::int64_t> taps;
  for (std::int64_t y = 0; y < h; y += kSubKernel) {
    for (std::int64_t x = 0; x < w; x += kSubKernel) {
      taps.push_back(std::min(kSubKernel, h - y) * std::min(kSubKernel, w - x));
    }
  }
  return taps;
}

// Of one block in the multipliers; for all its sub-kernels and input depths.
double multiplier_cycles(const LayerShape& layer, const BlockChoice& block, const Extent& out_block,
                         BlockOperation operation, const BlockEngine& engine) {
  const Extent in_block = smaller(layer.input, block.input);
  std::int64_t unit_w = engine.ublock_w, unit_h = engine.ublock_h;
  const bool is_row = unit_h == 2 && layer.output.h == 1 && layer.output.w % 2 == 0 &&
                      layer.kernel_h == 1 && operation != BlockOperation::kPool;
  if (is_row) unit_w = 4, unit_h = 1;
  const double across =
      ceil_divide(out_block.w, unit_w) * ceil_divide(is_row ? 1 : out_block.h, unit_h);
  const double deep = ceil_divide(out_block.c, engine.ublock_d);
  const double weight_block = 32.0 * engine.ublock_d.value() / 8;
  double sum = 0;
  for (const std::int64_t taps : sub_kernels(layer.kernel_h, layer.kernel_w)) {
    double steps = 1, cycles = 0, rounds = 1;
    if (operation == BlockOperation::kPool) {
      cycles = static_cast<double>(std::max<std::int64_t>(4, taps)) * across * deep;
    } else {
      const bool by_fours = operation == BlockOperation::kDepthwise ||
                            (operation == BlockOperation::kConvolution && block.part_kernel_first);
      steps = by_fours ? ceil_divide(taps, 4) : static_cast<double>(taps);
      if (operation == BlockOperation::kConvolution && block.part_kernel_first) {
        rounds = ceil_divide(in_block.c, 8);
      }
      cycles = std::max(weight_block, 4 * across) * steps * rounds * deep;
    }
    double ramp = 0;
    if (across == 1 && deep == 1) ramp = engine.ramp_cycles.value() * steps;
    if (across == 1 && deep > 1 && steps > 1)
      ramp = engine.ramp_cycles.value() * (steps - 1) * deep;
    sum += cycles + ramp * rounds;
  }
  if (operation == BlockOperation::kConvolution || operation == BlockOperation::kVector) {
    sum *= ceil_divide(layer.input.c, in_block.c);
  }
  return sum / engine.cores.value();
}

ArrayCycles elementwise_cycles(const LayerShape& layer, const BlockChoice& block,
                               const Extent& output, const BlockEngine& engine) {
  const double elements = static_cast<double>(block.output.elements());
  double each = output_cycles(layer, engine);
  const double transfer = block_transfer(layer, block, output, engine);
  each = std::max(each, (transfer + each * elements) / kInFlight / elements);
  const Extent stored{output.h, output.w, round_up(output.c, kBrick)};
  ArrayCycles cycles;
  cycles.traffic = std::ceil(each * static_cast<double>(stored.elements()));
  return cycles;
}

}  // namespace

BlockOperation block_operation(const LayerShape& layer) {
  switch (layer.layer_class) {
    case LayerClass::kDense:
      // One pixel, one tap: a matrix times a vector.
      return layer.input.h * layer.input.w == 1 && layer.kernel_h * layer.kernel_w == 1
                 ? BlockOperation::kVector
                 : BlockOperation::kConvolution;
    case LayerClass::kDepthwise:
      return BlockOperation::kDepthwise;
    case LayerClass::kVector:
    case LayerClass::kRecurrent:
      return BlockOperation::kVector;
    case LayerClass::kPool:
      return BlockOperation::kPool;
    default:
      return BlockOperation::kElementwise;
  }
}

ArrayCycles block_cycles(const LayerShape& layer, const BlockChoice& block,
                         std::int64_t output_channels, bool weights_in_sram,
                         const BlockEngine& engine) {
  if (layer.layer_class == LayerClass::kView) return {};
  Extent output = layer.output;
  output.c = std::min(output.c, output_channels);
  const BlockOperation operation = block_operation(layer);
  if (operation == BlockOperation::kElementwise) {
    return elementwise_cycles(layer, block, output, engine);
  }
  const Extent out_block = smaller(output, block.output);
  double multiply = multiplier_cycles(layer, block, out_block, operation, engine);
  double drain =
      std::ceil(output_cycles(layer, engine) * static_cast<double>(out_block.elements()));
  if (operation != BlockOperation::kPool) {
    const PortMemory& port = weights_in_sram ? engine.sram : engine.weights_port;
    drain = std::max(
        drain, kBiasBits / 8 * static_cast<double>(out_block.c) * port.read_latency.value() / 256);
  }
  const double transfer = block_transfer(layer, block, output, engine);
  const double pipelined = (transfer + drain + multiply) / kInFlight;
  const double blocks = ceil_divide(output.h, out_block.h) * ceil_divide(output.w, out_block.w) *
                        ceil_divide(output.c, out_block.c);
  ArrayCycles cycles;
  cycles.multiply = multiply * blocks;
  multiply = std::max(multiply, pipelined);
  drain = std::max(drain, pipelined);
  const double total = std::floor(std::max(multiply, drain) * blocks + std::min(multiply, drain));
  cycles.traffic = std::max(0.0, total - cycles.multiply);
  return cycles;
}

double sram_cycles(const LayerShape& layer, const BlockChoice& block, const BlockEngine& engine) {
  if (layer.layer_class == LayerClass::kView) return 0;
  const PortMemory& port = engine.sram;
  const std::int64_t brick = in_bricks(layer) ? kBrick : 1;
  const BlockOperation operation = block_operation(layer);
  double read = 0;
  if (operation == BlockOperation::kElementwise) {
    const Extent& out = layer.output;
    read = static_cast<double>(layer.reads.size()) *
           static_cast<double>(out.h * out.w * round_up(out.c, brick));
  } else {
    const Extent in_block = smaller(layer.input, block.input);
    const Extent out_block = smaller(layer.output, block.output);
    const bool once = operation == BlockOperation::kDepthwise || operation == BlockOperation::kPool;
    const double blocks = ceil_divide(layer.output.h, out_block.h) *
                          ceil_divide(layer.output.w, out_block.w) *
                          (once ? 1.0 : ceil_divide(layer.output.c, out_block.c));
    const double parts =
        ceil_divide(layer.kernel_h, kSubKernel) * ceil_divide(layer.kernel_w, kSubKernel);
    read = static_cast<double>(in_block.h * in_block.w * round_up(layer.input.c, brick)) * parts *
           blocks;
  }
  const Extent& out = layer.output;
  const double written = static_cast<double>(out.h * out.w * round_up(out.c, kBrick));
  return (read * burst_waste(read_burst(layer, block), port) +
          written * burst_waste(write_burst(block, engine), port)) /
         port.bytes_per_cycle.value();
}

}  // namespace boardless::cost_models
