// Finds the output block of an Ethos-U operator that costs least traffic for each result.
#include <algorithm>
#include <limits>

#include "cost_models/accelerators/block_engine.h"

namespace boardless::cost_models {
namespace {

constexpr std::int64_t kBankBytes = 1024, kOutputBanks = 2;
constexpr std::int64_t kMostHeight = 32, kMostWidth = 64, kMostDepth = 128;  // of a block
constexpr std::int64_t kSplitDepth = 16, kSubKernel = 8, kAccumulatorBytes = 4;
constexpr std::int64_t kSmallBlock = 4;

std::int64_t area(const Extent& extent) { return extent.h * extent.w; }
double ratio(std::int64_t a, std::int64_t b) {
  return static_cast<double>(a) / static_cast<double>(b);
}

bool takes_part_of_kernel(const LayerShape& layer) {
  const std::int64_t depth = layer.input.c;
  if (depth <= 8) return true;
  const std::int64_t taps = layer.kernel_h * layer.kernel_w;
  const double by_depth = ratio(depth, round_up(depth, 32));
  const double by_part = ratio(depth * taps, round_up(depth, 8) * round_up(taps, 4));
  return by_part > by_depth;
}

// The search for one operator.
class BlockSearch {
 public:
  BlockSearch(const LayerShape& layer, const BlockEngine& engine)
      : layer_(layer), engine_(engine), operation_(block_operation(layer)) {
    equal_depth_ = operation_ == BlockOperation::kElementwise ||
                   operation_ == BlockOperation::kPool || operation_ == BlockOperation::kDepthwise;
    convolves_ =
        operation_ == BlockOperation::kConvolution || operation_ == BlockOperation::kDepthwise;
    best_.part_kernel_first = convolves_ && takes_part_of_kernel(layer);
    input_depth_ =
        round_up(std::min<std::int64_t>(layer.input.c, best_.part_kernel_first ? 16 : 32),
                 engine.input_ublock_d);
    const std::int64_t most_h = round_up(std::min(layer.output.h, kMostHeight), engine.ublock_h);
    const std::int64_t most_w = round_up(std::min(layer.output.w, kMostWidth), engine.ublock_w);
    most_ = {most_h, most_w, round_up(std::min(layer.output.c, kMostDepth), engine.ublock_d)};
  }

  BlockChoice run() {
    std::int64_t depth = std::max<std::int64_t>(engine_.ublock_d, std::min(most_.c, kSplitDepth));
    if (depth < layer_.output.c) depth = round_up(depth, kSplitDepth);
    while (depth <= most_.c) {
      try_depth(depth);
      depth += engine_.ublock_d;
      if (depth < layer_.output.c) depth = round_up(depth, kSplitDepth);
    }
    return best_;
  }

 private:
  void try_depth(std::int64_t depth) {
    // What does not fit does not fit wider or higher either.
    for (std::int64_t h = engine_.ublock_h; h <= most_.h; h += engine_.ublock_h) {
      for (std::int64_t w = engine_.ublock_w; w <= most_.w; w += engine_.ublock_w) {
        if (try_block({h, w, depth})) continue;
        if (w == engine_.ublock_w) return;
        break;
      }
    }
  }

  Extent input_block(const Extent& block) const {
    const auto side = [](std::int64_t out, std::int64_t stride, std::int64_t kernel,
                         std::int64_t dilation, std::int64_t granule) {
      const std::int64_t span = (kernel - 1) * dilation + 1;
      return round_up((out - 1) * stride + std::min(span, kSubKernel), granule);
    };
    return {side(block.h, layer_.stride_h, layer_.kernel_h, layer_.dilation_h, engine_.ublock_h),
            side(block.w, layer_.stride_w, layer_.kernel_w, layer_.dilation_w, engine_.ublock_w),
            equal_depth_ ? block.c : input_depth_};
  }

  bool fits(const Extent& output, const Extent& input) const {
    const std::int64_t input_bytes = area(input) * round_up(input.c, 8);
    const std::int64_t input_banks =
        round_up(2 * ((input_bytes + kBankBytes - 1) / kBankBytes), engine_.input_granule);
    std::int64_t end = std::int64_t{engine_.shram_banks} - engine_.reserved_banks;
    if (operation_ == BlockOperation::kElementwise) {
      const std::int64_t inputs = layer_.reads.size() > 1 ? 2 : 1;
      return kOutputBanks + inputs * input_banks <= end;
    }
    const std::int64_t sums = area(output) * round_up(output.c, 8) * kAccumulatorBytes;
    end -= round_up(2 * ((sums + kBankBytes - 1) / kBankBytes), engine_.accumulator_granule);
    return kOutputBanks + input_banks <= end;
  }

  // Bytes moved for each result.
  double cost_of(const Extent& block, const Extent& input) const {
    const Extent& out = layer_.output;
    const double full_h = ceil_divide(out.h, block.h), full_w = ceil_divide(out.w, block.w);
    const double full_d = ceil_divide(out.c, block.c);
    double cost = 0;
    if (operation_ == BlockOperation::kElementwise) {
      cost = std::max(ratio(out.elements(), block.elements()), 1.0);
    } else {
      double weights = 0;
      if (convolves_) {
        const std::int64_t span_h = (layer_.kernel_h - 1) * layer_.dilation_h + 1;
        const std::int64_t span_w = (layer_.kernel_w - 1) * layer_.dilation_w + 1;
        weights = static_cast<double>(span_h * span_w * layer_.input.c) * full_h * full_w;
        if (operation_ != BlockOperation::kDepthwise) weights *= static_cast<double>(out.c);
      }
      const double repeats =
          ceil_divide(layer_.kernel_w, kSubKernel) * ceil_divide(layer_.kernel_h, kSubKernel);
      double reads = static_cast<double>(area(input) * layer_.input.c) * repeats *
                     ratio(area(out), area(block));
      if (!equal_depth_) reads *= full_d;
      cost = (reads + weights) / static_cast<double>(out.elements());
    }
    // Both input buffers hold it whole.
    if (layer_.input.elements() < 2 * input.elements()) cost /= 2;
    return cost;
  }

  bool try_block(const Extent& block) {
    const Extent input = input_block(block);
    Extent summed = block;
    if (layer_.output.h == 1 && layer_.kernel_h == 1 && engine_.ublock_h == 2) summed.h = 1;
    if (!fits(summed, input)) return false;
    const double cost = cost_of(block, input);
    if (cost > best_cost_) return true;
    if (cost == best_cost_) {
      const double coverage = ratio(area(layer_.input), std::min(layer_.input.h, input.h) *
                                                            std::min(layer_.input.w, input.w));
      if (coverage > best_coverage_ || block.h > kSmallBlock || block.w > kSmallBlock) return true;
      best_coverage_ = coverage;
    } else {
      best_coverage_ = std::numeric_limits<double>::infinity();
    }
    best_cost_ = cost;
    best_.output = block;
    best_.input = input;
    return true;
  }

  const LayerShape& layer_;
  const BlockEngine& engine_;
  const BlockOperation operation_;
  bool equal_depth_ = false, convolves_ = false;
  std::int64_t input_depth_ = 0;
  Extent most_;
  BlockChoice best_;
  double best_cost_ = std::numeric_limits<double>::infinity();
  double best_coverage_ = std::numeric_limits<double>::infinity();
};

}  // namespace

BlockChoice choose_block(const LayerShape& layer, const BlockEngine& engine) {
  return BlockSearch(layer, engine).run();
}

}  // namespace boardless::cost_models
