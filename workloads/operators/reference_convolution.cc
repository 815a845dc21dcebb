// CONV_2D and FULLY_CONNECTED on 8-bit types as integer matrix products, DEPTHWISE_CONV_2D
// directly.
#include <Eigen/Core>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/convolution.h"
#include "workloads/operators/reference_sums.h"

namespace boardless::workloads {
namespace {

using Matrix = Eigen::Matrix<std::int32_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// A dense array of T as int32, `offset` added.
template <class T>
Matrix widen(const T* values, Eigen::Index rows, Eigen::Index columns, std::int32_t offset) {
  using Stored = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const Stored> stored(values, rows, columns);
  return (stored.template cast<std::int32_t>().array() + offset).matrix();
}

}  // namespace

// Each output pixel's patch of the input becomes a row (offset added, zero in the padding), and a
// block of rows times the filters a block of accumulators. Blocks keep the rows in the cache.
template <class E>
void answer_conv_2d(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_conv_2d_params>();
  const Weighted<T, T, std::int32_t> operands(call);
  const OutputStage output_stage(call, p, operands, true);
  const Eigen::Index depth = Eigen::Index{p.filter_h} * p.filter_w * p.input_c;
  const Matrix filters = widen(operands.filter, p.output_c, depth, p.filter_offset);

  constexpr Eigen::Index kBlockElements = 1 << 16;
  const std::int64_t pixels = output_pixels(p);
  const Eigen::Index block =
      std::min<Eigen::Index>(pixels, std::max<Eigen::Index>(16, kBlockElements / depth));
  Matrix patches(block, depth);
  Matrix sums(block, p.output_c);
  T* output = operands.output;
  for (std::int64_t first = 0; first < pixels; first += block) {
    const Eigen::Index rows = std::min<Eigen::Index>(block, pixels - first);
    patches.setZero();
    for (Eigen::Index row = 0; row < rows; ++row) {
      std::int32_t* patch = patches.row(row).data();
      for_each_tap(p, Pixel(p, first + row), [&](std::int32_t tap, std::int64_t offset) {
        std::transform(operands.input + offset, operands.input + offset + p.input_c,
                       patch + std::int64_t{tap} * p.input_c,
                       [&](T value) { return value + p.input_offset; });
      });
    }
    sums.topRows(rows).noalias() = patches.topRows(rows) * filters.transpose();
    for (Eigen::Index row = 0; row < rows; ++row) {
      for (std::int32_t c = 0; c < p.output_c; ++c) *output++ = output_stage(sums(row, c), c);
    }
  }
}

template <class E>
void answer_depthwise_conv_2d(const KernelCall& call) {
  using T = typename E::Storage;
  const auto params = call.params<bl_depthwise_conv_2d_params>();
  const bl_conv_2d_params& p = params.conv;
  const Weighted<T, T, std::int32_t> operands(call);
  const OutputStage output_stage(call, p, operands, true);
  const Matrix filters =
      widen(operands.filter, Eigen::Index{p.filter_h} * p.filter_w, p.output_c, p.filter_offset);

  std::vector<std::int32_t> sums(static_cast<std::size_t>(p.output_c));
  T* output = operands.output;
  const std::int64_t pixels = output_pixels(p);
  for (std::int64_t number = 0; number < pixels; ++number) {
    std::ranges::fill(sums, 0);
    for_each_tap(p, Pixel(p, number), [&](std::int32_t tap, std::int64_t offset) {
      const T* input = operands.input + offset;
      const std::int32_t* filter = filters.row(tap).data();
      std::int32_t* sum = sums.data();
      for (std::int32_t c = 0; c < p.input_c; ++c) {
        const std::int32_t value = input[c] + p.input_offset;
        for (std::int32_t m = 0; m < params.depth_multiplier; ++m) *sum++ += value * *filter++;
      }
    });
    for (std::int32_t c = 0; c < p.output_c; ++c) {
      *output++ = output_stage(sums[static_cast<std::size_t>(c)], c);
    }
  }
}

template <class E>
void answer_fully_connected(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_fully_connected_params>();
  const Weighted<T, T, std::int32_t> operands(call);
  const OutputStage output_stage(call, p, operands, p.per_channel != 0);
  const Matrix inputs = widen(operands.input, p.batches, p.input_depth, p.input_offset);
  const Matrix filters = widen(operands.filter, p.output_depth, p.input_depth, p.filter_offset);
  const Matrix sums = inputs * filters.transpose();
  T* output = operands.output;
  for (std::int32_t batch = 0; batch < p.batches; ++batch) {
    for (std::int32_t c = 0; c < p.output_depth; ++c) *output++ = output_stage(sums(batch, c), c);
  }
}

template void answer_conv_2d<Int8>(const KernelCall&);
template void answer_conv_2d<UInt8>(const KernelCall&);
template void answer_depthwise_conv_2d<Int8>(const KernelCall&);
template void answer_depthwise_conv_2d<UInt8>(const KernelCall&);
template void answer_fully_connected<Int8>(const KernelCall&);
template void answer_fully_connected<UInt8>(const KernelCall&);

}  // namespace boardless::workloads
