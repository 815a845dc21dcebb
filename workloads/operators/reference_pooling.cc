// AVERAGE_POOL_2D and MAX_POOL_2D on the host.
#include "kernels/abi.h"
#include "workloads/operators/reference_kernels.h"

namespace boardless::workloads {
namespace {

// The input coordinates a window covers along one dimension: first <= i < end.
struct Span {
  std::int32_t first, end;
};

Span covered(std::int32_t out, std::int32_t stride, std::int32_t pad, std::int32_t filter,
             std::int32_t input) {
  const std::int32_t origin = out * stride - pad;
  return {std::max(origin, 0), std::min(origin + filter, input)};
}

// Stores summarise(state, taps) for every output, where state starts as `initial` and takes each
// value in the window by accumulate(state, value).
template <class T, class Accumulate, class Summarise>
void pool(const KernelCall& call, std::int32_t initial, Accumulate accumulate,
          Summarise summarise) {
  const auto p = call.params<bl_pool_2d_params>();
  const T* input = call.input<T>(0);
  T* output = call.output<T>();
  for (std::int64_t batch = 0; batch < p.batches; ++batch) {
    for (std::int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      const Span rows = covered(out_y, p.stride_h, p.pad_top, p.filter_h, p.input_h);
      for (std::int32_t out_x = 0; out_x < p.output_w; ++out_x) {
        const Span columns = covered(out_x, p.stride_w, p.pad_left, p.filter_w, p.input_w);
        const std::int32_t taps = (rows.end - rows.first) * (columns.end - columns.first);
        for (std::int32_t c = 0; c < p.channels; ++c) {
          std::int32_t state = initial;
          for (std::int32_t y = rows.first; y < rows.end; ++y) {
            const T* row = input + (batch * p.input_h + y) * p.input_w * p.channels + c;
            for (std::int32_t x = columns.first; x < columns.end; ++x) {
              state = accumulate(state, std::int32_t{row[std::int64_t{x} * p.channels]});
            }
          }
          *output++ = clamp_to<T>(summarise(state, taps), p.activation_min, p.activation_max);
        }
      }
    }
  }
}

}  // namespace

template <class T>
void reference_average_pool_2d(const KernelCall& call) {
  pool<T>(
      call, 0, [](std::int32_t sum, std::int32_t value) { return sum + value; },
      [](std::int32_t sum, std::int32_t taps) {
        const std::int32_t half = taps / 2;
        return (sum < 0 ? sum - half : sum + half) / taps;
      });
}

template <class T>
void reference_max_pool_2d(const KernelCall& call) {
  pool<T>(
      call, std::numeric_limits<T>::min(),
      [](std::int32_t largest, std::int32_t value) { return std::max(largest, value); },
      [](std::int32_t largest, std::int32_t) { return largest; });
}

template void reference_average_pool_2d<std::int8_t>(const KernelCall&);
template void reference_average_pool_2d<std::uint8_t>(const KernelCall&);
template void reference_max_pool_2d<std::int8_t>(const KernelCall&);
template void reference_max_pool_2d<std::uint8_t>(const KernelCall&);

}  // namespace boardless::workloads
