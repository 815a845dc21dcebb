// Convolution sums in 16 x 16 bit products, a form that compilers vectorise on any machine.
#include "workloads/zoo/accumulate.h"

#include <algorithm>

namespace boardless::workloads {
namespace {

std::int32_t dot(const std::int16_t* a, const std::int16_t* b, std::size_t size) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

// One tap of a depthwise convolution for all channels of a pixel.
void add_tap(const std::int16_t* input, const std::int16_t* weights, std::size_t multiplier,
             std::span<std::int32_t> sums) {
  if (multiplier == 1) {
    for (std::size_t c = 0; c < sums.size(); ++c) {
      sums[c] += std::int32_t{input[c]} * std::int32_t{weights[c]};
    }
    return;
  }
  for (std::size_t c = 0; c < sums.size(); ++c) {
    sums[c] += std::int32_t{input[c / multiplier]} * std::int32_t{weights[c]};
  }
}

void full_pixel(const std::vector<std::int16_t>& patch, const std::vector<std::int16_t>& weights,
                std::span<std::int32_t> sums) {
  const std::int16_t* row = weights.data();
  for (std::int32_t& sum : sums) {
    sum = dot(patch.data(), row, patch.size());
    row += patch.size();
  }
}

}  // namespace

std::vector<std::int32_t> accumulate(const SlidingWindow& window, bool depthwise,
                                     std::span<const std::int8_t> input, std::int32_t zero_point,
                                     std::span<const std::int8_t> weights) {
  const auto input_c = static_cast<std::size_t>(window.input_c);
  const auto output_c = static_cast<std::size_t>(window.output_c);
  const auto taps = static_cast<std::size_t>(window.kernel_h) * window.kernel_w;
  const std::vector<std::int16_t> wide_weights(weights.begin(), weights.end());
  std::vector<std::int16_t> centred(input.size());
  std::transform(input.begin(), input.end(), centred.begin(), [zero_point](std::int8_t value) {
    return static_cast<std::int16_t>(value - zero_point);
  });
  std::vector<std::int32_t> sums(static_cast<std::size_t>(window.samples) * window.output_h *
                                 window.output_w * output_c);
  std::vector<std::int16_t> patch(taps * input_c);
  std::size_t position = 0;
  for (std::int32_t sample = 0; sample < window.samples; ++sample) {
    for (std::int32_t y = 0; y < window.output_h; ++y) {
      for (std::int32_t x = 0; x < window.output_w; ++x, position += output_c) {
        const std::span<std::int32_t> pixel(&sums[position], output_c);
        if (depthwise) {
          for_each_tap(window, sample, y, x, [&](std::int32_t tap, std::size_t offset) {
            add_tap(&centred[offset], &wide_weights[static_cast<std::size_t>(tap) * output_c],
                    output_c / input_c, pixel);
          });
        } else {
          std::fill(patch.begin(), patch.end(), std::int16_t{0});
          for_each_tap(window, sample, y, x, [&](std::int32_t tap, std::size_t offset) {
            std::copy_n(&centred[offset], input_c, &patch[static_cast<std::size_t>(tap) * input_c]);
          });
          full_pixel(patch, wide_weights, pixel);
        }
      }
    }
  }
  return sums;
}

}  // namespace boardless::workloads
